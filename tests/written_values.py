r"""Random values, written as people and programs write them: LaTeX, Unicode, numpy, torch, sympy, Matlab and so on.

Nothing here knows the parser. Where a program's own printer is at hand it prints: numpy its arrays, sympy its LaTeX and
the code of Mathematica, Matlab, Julia and R. A value has a plain text too, in the few signs that no language disputes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import sympy

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Value:
    """A value of some kind: a number, rows of numbers (a vector has one number a row), or an expression in e.

    `plain` is it in plain text, `number` in sympy's objects; `digits` is a decimal as somebody wrote it down.
    """

    kind: str
    plain: str
    number: sympy.Basic | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    digits: str = ""


def random_value(chance: random.Random) -> Value:
    """A value of a random kind."""
    return chance.choice(_KINDS)(chance)


def _whole(chance: random.Random) -> Value:
    n = chance.randint(-9999, 9999) if chance.random() < 0.3 else chance.randint(-60, 60)
    return Value("whole number", str(n), sympy.Integer(n), digits=str(n))


def _decimal_digits(chance: random.Random) -> str:
    return f"{'-' * chance.randint(0, 1)}{chance.randint(0, 99)}.{chance.randint(1, 9999):0{chance.randint(1, 4)}d}"


def _decimal(chance: random.Random) -> Value:
    digits = _decimal_digits(chance)
    return Value("decimal", f"({Fraction(digits)})", sympy.Rational(digits), digits=digits)


def _fraction(chance: random.Random) -> Value:
    q = Fraction(chance.randint(-40, 40), chance.randint(2, 30))
    return Value("fraction", f"({q})", sympy.Rational(q.numerator, q.denominator))


def _scientific(chance: random.Random) -> Value:
    mantissa, power = f"{chance.randint(1, 9)}.{chance.randint(0, 999):03d}", chance.randint(-40, 20)
    sign = "-" * chance.randint(0, 1)
    exact = Fraction(f"{sign}{mantissa}e{power}")
    return Value(
        "scientific",
        f"({exact})",
        sympy.Rational(exact.numerator, exact.denominator),
        digits=f"{sign}{mantissa}e{power}",
    )


def _exponential(chance: random.Random) -> Value:
    c, r = Fraction(chance.randint(1, 9), chance.choice((1, 1, 2, 3))), chance.randint(-40, 40)
    number = sympy.Rational(c.numerator, c.denominator) * sympy.exp(r)
    return Value("power of e", f"({c})*e^({r})", number)


def _softmax(chance: random.Random) -> Value:
    logits = chance.sample(range(-40, 45), 3)
    i = chance.randrange(3)
    total = " + ".join(f"e^({r})" for r in logits)
    number = sympy.exp(logits[i], evaluate=False) / sympy.Add(*(sympy.exp(r) for r in logits))
    return Value("softmax", f"e^({logits[i]})/({total})", number)


def _root(chance: random.Random) -> Value:
    n, a = chance.randint(2, 30), chance.randint(1, 9)
    return Value("root", f"{a}*sqrt({n})", a * sympy.sqrt(n, evaluate=False))


def _numbers(chance: random.Random, count: int) -> list[str]:
    style = chance.choice(("whole", "whole", "decimal", "fraction"))
    if style == "whole":
        return [str(chance.randint(-30, 30)) for _ in range(count)]
    if style == "decimal":
        return [_decimal_digits(chance) for _ in range(count)]
    return [str(Fraction(chance.randint(-20, 20), chance.randint(1, 9))) for _ in range(count)]


def _vector(chance: random.Random) -> Value:
    numbers = _numbers(chance, chance.randint(2, 5))
    return _rows("vector", tuple((one,) for one in numbers), f"[{', '.join(numbers)}]")


def _matrix(chance: random.Random) -> Value:
    rows, columns = chance.randint(2, 4), chance.randint(2, 4)
    numbers = _numbers(chance, rows * columns)
    table = tuple(tuple(numbers[i * columns : (i + 1) * columns]) for i in range(rows))
    return _rows("matrix", table, "[" + ", ".join(f"[{', '.join(row)}]" for row in table) + "]")


def _rows(kind: str, rows: tuple[tuple[str, ...], ...], plain: str) -> Value:
    return Value(kind, plain, sympy.Matrix([[sympy.Rational(one) for one in row] for row in rows]), rows)


_KINDS = (_whole, _decimal, _fraction, _scientific, _exponential, _softmax, _root, _vector, _matrix)


# --- one writer for each system


def latex(value: Value, chance: random.Random) -> str:
    """As sympy writes LaTeX, or as a person does."""
    if value.digits and value.kind == "scientific":
        mantissa, power = value.digits.split("e")
        times = chance.choice((r"\times ", r"\cdot ", r" \times "))
        text = f"{mantissa} {times}10^{{{power}}}"
    elif value.digits:
        text = value.digits
    elif value.rows:
        text = _latex_rows(value, chance)
    else:
        text = sympy.latex(value.number, fold_short_frac=False)
        if chance.random() < 0.3:
            text = text.replace("e^", r"\mathrm{e}^")
    if chance.random() < 0.1:
        text = rf"\boxed{{{text}}}"
    return chance.choice(("{}", "${}$", "$${}$$", r"\({}\)", "${}$.", r"\displaystyle {}")).format(text)


def _latex_rows(value: Value, chance: random.Random) -> str:
    entries = [[_latex_entry(one) for one in row] for row in value.rows]
    if value.kind == "vector" and chance.random() < 0.3:
        body, after = (
            " & ".join(row[0] for row in entries),
            chance.choice(("^T", r"^{\mathsf T}", r"^\top", r"^{\text{T}}")),
        )
    else:
        body, after = chance.choice((r" \\ ", r"\\", " \\\\\n", r" \cr ")).join(" & ".join(row) for row in entries), ""
    columns = "c" * (len(entries[0]) if not after else len(entries))
    begin, end = chance.choice(
        (
            (r"\begin{bmatrix}", r"\end{bmatrix}"),
            (r"\begin{pmatrix} ", r" \end{pmatrix}"),
            (rf"\left[ \begin{{array}}{{{columns}}} ", r" \end{array} \right]"),
            (rf"\left(\begin{{array}}{{@{{}}{columns}@{{}}}}", r"\end{array}\right)"),
            (r"\begin{bmatrix*}[r]", r"\end{bmatrix*}"),
            (r"\left[\begin{matrix}", r"\end{matrix}\right]"),
        )
    )
    return begin + body + end + after


def _latex_entry(number: str) -> str:
    if "/" not in number:
        return number
    over, under = number.lstrip("-").split("/")
    return f"{'-' * number.startswith('-')}\\frac{{{over}}}{{{under}}}"


def unicode(value: Value, chance: random.Random) -> str:
    """With the signs of a good editor: minus, superscripts, real fractions."""
    if value.kind == "scientific":
        mantissa, power = value.digits.split("e")
        return f"{mantissa}{chance.choice(('×', ' × ', '·', ' ⋅ '))}10{power.translate(SUPERSCRIPTS)}".replace("-", "−")
    if value.digits:
        return value.digits.replace("-", chance.choice("−–-"))
    if value.rows:
        row = chance.choice((", ", ",\u2009", "; ")) if value.kind == "vector" else ", "
        lines = [row.join(one) for one in value.rows]
        text = row.join(lines) if value.kind == "vector" else "; ".join(lines)
        begin, end = chance.choice(("[]", "[]", "⟨⟩", "［］")) if value.kind == "vector" else "[]"
        return f"{begin}{text}{end}".replace("-", "−")
    text = str(value.number).replace("**", "^").replace("*", chance.choice(("·", "×", " ")))
    for r in range(-45, 46):
        text = text.replace(f"exp({r})", "e" + str(r).translate(SUPERSCRIPTS))
    return text.replace("sqrt", "√").replace("E", "e")


def numpy(value: Value, chance: random.Random) -> str:
    """What Python shows of numpy's numbers and arrays."""
    if value.rows:
        numbers = [[float(Fraction(one)) for one in row] for row in value.rows]
        if any(
            Fraction(repr(one)) != Fraction(text)
            for row, own in zip(numbers, value.rows, strict=True)
            for one, text in zip(row, own, strict=True)
        ):
            return (
                str([[*row] for row in value.rows]).replace("'", "") if value.kind == "matrix" else plain(value, chance)
            )
        array = np.array(numbers)
        array = array[:, 0] if value.kind == "vector" and chance.random() < 0.7 else array
        return chance.choice((repr, str, lambda a: f"np.{a!r}", lambda a: str(a.tolist())))(array)
    if value.digits:
        number = float(value.digits)
        return chance.choice((repr(number), repr(np.float64(number)), str(np.float64(number)), f"np.array({number!r})"))
    return _python(value).replace("exp", "np.exp").replace("sqrt", "np.sqrt")


def torch(value: Value, chance: random.Random) -> str:
    """What Python shows of torch's tensors: four decimals, unless set otherwise."""
    if value.rows:
        rows = [[_plain_decimal(one) for one in row] for row in value.rows]
        if any(one is None for row in rows for one in row):
            return plain(value, chance)
        if value.kind == "vector":
            text = "[" + ", ".join(str(row[0]) for row in rows) + "]"
        else:
            text = "[" + ",\n        ".join("[" + ", ".join(map(str, row)) + "]" for row in rows) + "]"
        after = chance.choice(
            ("", ", dtype=torch.float64", ", grad_fn=<SoftmaxBackward0>", ", requires_grad=True", ", device='cuda:0'")
        )
        return f"{chance.choice(('', 'torch.'))}tensor({text}{after})"
    if value.digits:
        return f"tensor({value.digits})"
    return _python(value).replace("exp", "torch.exp").replace("sqrt", "math.sqrt")


def _plain_decimal(number: str) -> str | None:
    q = Fraction(number)
    text = f"{float(q):.4f}"
    return text if Fraction(text) == q else None


def _python(value: Value) -> str:
    return str(value.number)


def sympy_code(value: Value, _: random.Random) -> str:
    """What sympy's str gives."""
    if value.digits:
        return value.digits
    return str(value.number)


def matlab(value: Value, chance: random.Random) -> str:
    """As sympy's printer for Octave writes, or spaces and semicolons by hand."""
    if value.digits:
        return value.digits
    if value.rows and chance.random() < 0.7:
        row = " ".join if chance.random() < 0.5 else ", ".join
        text = "; ".join(row(one) for one in value.rows)
        if value.kind == "vector" and chance.random() < 0.5:
            text = f"{row(one[0] for one in value.rows)}"
        return f"[{text}]{chance.choice(('', ';'))}"
    return str(sympy.octave_code(value.number)).replace(".*", "*").replace("./", "/").replace(".^", "^")


def mathematica(value: Value, _: random.Random) -> str:
    """As sympy's printer for Mathematica writes; powers of ten as Mathematica does."""
    if value.kind == "scientific":
        return value.digits.replace("e", "*^")
    if value.digits:
        return value.digits
    if value.kind == "vector":
        return "{" + ", ".join(row[0] for row in value.rows) + "}"
    return str(sympy.mathematica_code(value.number))


def r_code(value: Value, _: random.Random) -> str:
    """R's c() and rbind(); expressions by sympy's printer."""
    if value.digits:
        return value.digits
    if value.kind == "vector":
        return "c(" + ", ".join(row[0] for row in value.rows) + ")"
    if value.rows:
        return "rbind(" + ", ".join("c(" + ", ".join(row) + ")" for row in value.rows) + ")"
    return str(sympy.rcode(value.number))


def julia(value: Value, chance: random.Random) -> str:
    """Julia's literals; expressions by sympy's printer."""
    if value.kind == "scientific" and chance.random() < 0.2:
        return value.digits.replace("e", "f")
    if value.digits:
        return value.digits
    if value.kind == "vector":
        return "[" + ", ".join(row[0].replace("/", "//") for row in value.rows) + "]"
    if value.rows:
        return "[" + "; ".join(" ".join(one.replace("/", "//") for one in row) for row in value.rows) + "]"
    return str(sympy.julia_code(value.number)).replace(".*", "*").replace("./", "/").replace(".^", "^")


def excel(value: Value, chance: random.Random) -> str:
    """Formulas and array constants of a spreadsheet."""
    if value.digits:
        return chance.choice(("{}", "={}")).format(value.digits.replace("e", "E"))
    if value.kind == "vector":
        return "{" + chance.choice((",", ";")).join(row[0] for row in value.rows) + "}"
    if value.rows:
        return "{" + ";".join(",".join(row) for row in value.rows) + "}"
    return "=" + str(value.number).replace("**", "^").replace("exp", "EXP").replace("sqrt", "SQRT").replace(
        "E(", "EXP("
    )


def word(value: Value, chance: random.Random) -> str:
    """Word's linear format, with its own letters."""
    if value.kind == "scientific":
        mantissa, power = value.digits.split("e")
        return f"{mantissa}×10^({power})" if chance.random() < 0.5 else f"{mantissa}×〖10〗^({power})"
    if value.digits:
        return value.digits.replace("-", "-")
    if value.rows:
        body = "@".join("&".join(row) for row in value.rows)
        return f"[■({body})]"
    text = str(value.number).replace("**", "^").replace("*", " ").replace("sqrt", "√")
    for r in range(-45, 46):
        text = text.replace(f"exp({r})", f"𝑒^({r})" if chance.random() < 0.5 else f"ⅇ^({r})")
    return text.replace("E", "𝑒")


def markdown(value: Value, chance: random.Random) -> str:
    """Emphasis, code, tables, formulas."""
    if value.rows and chance.random() < 0.4:
        if value.kind == "vector":
            return "| " + " | ".join(row[0] for row in value.rows) + " |"
        return "\n".join("| " + " | ".join(row) + " |" for row in value.rows)
    if value.kind == "scientific" and chance.random() < 0.3:
        mantissa, power = value.digits.split("e")
        return f"{mantissa} × 10<sup>{power}</sup>"
    return chance.choice(("`{}`", "**{}**", "{}")).format(plain(value, chance))


def plain(value: Value, _: random.Random) -> str:
    """As one types it into a text file."""
    return value.digits or value.plain


WRITERS: dict[str, Callable[[Value, random.Random], str]] = {
    "LaTeX": latex,
    "Unicode": unicode,
    "numpy": numpy,
    "torch": torch,
    "sympy": sympy_code,
    "Matlab": matlab,
    "Mathematica": mathematica,
    "R": r_code,
    "Julia": julia,
    "Excel": excel,
    "Word": word,
    "Markdown": markdown,
}
