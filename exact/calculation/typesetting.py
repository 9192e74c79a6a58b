r"""How a course's names are typeset: `yhat` as \hat{y}, `w46` as w_{46}, `delta_k` as \delta_{k}.

A name that is a word stands upright; what is behind an underscore, or digits at the end, stand as a subscript.
"""

from __future__ import annotations

import re

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "rho",
        "sigma",
        "tau",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Phi",
        "Psi",
        "Omega",
    ]
)
ACCENTS = ("hat", "tilde", "bar")

_PARTS = re.compile(r"([A-Za-z]+?)((?:_|[0-9]).*)?")


def name_latex(name: str) -> str:
    r"""The name as LaTeX.

    >>> [name_latex(one) for one in ("yhat", "w46", "delta_k", "z_in1", "BCE", "h", "I_4")]
    ['\\hat{y}', 'w_{46}', '\\delta_{k}', 'z_{\\mathrm{in}1}', '\\mathrm{BCE}', 'h', 'I_{4}']
    """
    match = _PARTS.fullmatch(name)
    if match is None:
        plain = name.replace("_", r"\_")
        return rf"\mathrm{{{plain}}}"
    head, tail = _word(match[1]), (match[2] or "").strip("_")
    return head + (f"_{{{_subscript(tail)}}}" if tail else "")


def _word(word: str) -> str:
    if word in GREEK:
        return f"\\{word}"
    for accent in ACCENTS:
        if word.endswith(accent) and len(word) > len(accent):
            return rf"\{accent}{{{_word(word.removesuffix(accent))}}}"
    return word if len(word) == 1 else rf"\mathrm{{{word}}}"


def _subscript(text: str) -> str:
    pieces = re.findall(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+", text)
    return "".join(_word(piece) if piece.isalpha() else piece.replace("_", ",") for piece in pieces)


def derived_latex(pattern: str, base: str, cost: str) -> str:
    r"""What derives from something named: its gradient, its step, its new value, itself at a later step.

    >>> derived_latex("{}_new", "w_{5}", "L"), derived_latex("grad_{}", "w_{5}", "L")
    ('w_{5}^{\\mathrm{new}}', '\\frac{\\partial L}{\\partial w_{5}}')
    """
    plain, _, step = pattern.partition("@")
    latex = base
    kept = re.fullmatch(r"([mv])(hat)?_\{\}", plain)
    if kept:
        letter = rf"\hat{{{kept[1]}}}" if kept[2] else kept[1]
        latex = rf"{letter}_{{{base}}}"
    elif plain.startswith("grad_"):
        latex = rf"\frac{{\partial {cost}}}{{\partial {base}}}"
    elif plain.startswith("step_"):
        latex = rf"\Delta {base}"
    elif plain.endswith("_new"):
        latex = (
            rf"{base}_{{\mathrm{{new}}}}" if "^" in base and "_" not in base else raised_latex(base, r"\mathrm{new}")
        )
    return rf"{latex}{{}}^{{[{step}]}}" if step else latex


def indexed_latex(latex: str, index: str) -> str:
    r"""An entry of what is typeset so; in parentheses where there is an index already.

    >>> indexed_latex("s^{(1)}", "2"), indexed_latex(r"W^{(1)}_{\mathrm{new}}", "1,2"), indexed_latex("C", "")
    ('s^{(1)}_{2}', '\\bigl(W^{(1)}_{\\mathrm{new}}\\bigr)_{1,2}', 'C')
    """
    if not index:
        return latex
    is_plain = "_" not in latex and not latex.startswith(r"\frac")
    return f"{latex}_{{{index}}}" if is_plain else rf"\bigl({latex}\bigr)_{{{index}}}"


def raised_latex(latex: str, mark: str) -> str:
    r"""What is typeset so with a mark above, beside another mark where there is one.

    >>> raised_latex("y", r"\ast"), raised_latex("a^{(1)}_{2}", r"\ast")
    ('y^{\\ast}', '{a^{(1)}_{2}}^{\\ast}')
    """
    return rf"{{{latex}}}^{{{mark}}}" if "^" in latex else rf"{latex}^{{{mark}}}"


_FRACTION = re.compile(r"\s*\\(?:[td]?frac|nabla)")


def transposed_latex(x: str) -> str:
    """The transpose of what is written, its T within an index that stands above; a fraction in brackets."""
    if _FRACTION.match(x):
        return rf"\left({x}\right)^{{\mathsf{{T}}}}"
    return rf"{x[:-1]}\mathsf{{T}}}}" if x.endswith(")}") and "^{(" in x else rf"{x}^{{\mathsf{{T}}}}"


def raised(x: str, above: str) -> str:
    """What is written, with an exponent; what stands above already in braces, a fraction in brackets."""
    if _FRACTION.match(x):
        return rf"\left({x}\right)^{above}"
    return f"{{{x}}}^{above}" if "^" in x and not x.startswith(r"\left(") else f"{x}^{above}"


def fault_of_latex(latex: str) -> str:
    r"""What is wrong with somebody's LaTeX for a name, "" where it can stand in a formula.

    >>> fault_of_latex(r"\mathrm{net}_{h_1}"), fault_of_latex("net_{h"), fault_of_latex("$x$")
    ('', 'a brace without its partner', 'no $ in a formula')
    """
    for character in "$%&#~\n":
        if character in latex.replace(f"\\{character}", ""):
            return f"no {character if character != chr(10) else 'new line'} in a formula"
    depth = 0
    for character in latex.replace(r"\{", "").replace(r"\}", ""):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    if depth:
        return "a brace without its partner"
    if latex.count(r"\left") != latex.count(r"\right") or latex.count(r"\begin{") != latex.count(r"\end{"):
        return "a bracket without its partner"
    return "nothing behind the last mark" if latex.rstrip().endswith(("^", "_", "\\")) else ""
