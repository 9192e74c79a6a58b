"""Random trees printed in every notation and read back; random pairs that are equal, nearly equal or unlike."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.judging.comparison import compare
from checks.language.tree import AnswerError
from tests.reading import value

LOGITS = (42, -31, 25)
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Tree:
    """An operation on trees; a leaf has a number: itself, an exponent of e, or the index of an output."""

    kind: str
    parts: tuple[Tree, ...] = ()
    number: Fraction = Fraction(0)


leaves = st.one_of(
    st.builds(Tree, st.just("number"), st.just(()), st.integers(0, 20).map(Fraction)),
    st.builds(Tree, st.just("number"), st.just(()), st.integers(1, 999).map(lambda n: Fraction(n, 100))),
    st.builds(Tree, st.just("exp"), st.just(()), st.integers(-9, 9).map(Fraction)),
    st.builds(Tree, st.just("p"), st.just(()), st.integers(1, 3).map(Fraction)),
)


def grown(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    pairs = st.tuples(trees, trees)
    return st.one_of(
        st.builds(Tree, st.sampled_from(["+", "-", "*", "/"]), pairs),
        st.builds(Tree, st.just("^"), st.tuples(trees), st.integers(-3, 3).map(Fraction)),
        st.builds(Tree, st.just("negated"), st.tuples(trees)),
    )


trees = st.recursive(leaves, grown, max_leaves=7)

STRENGTH = {"+": 1, "-": 1, "negated": 1, "*": 2, "/": 2, "^": 4, "exp": 4}


@dataclass(frozen=True)
class Printer:
    """One way of writing; brackets only where precedence asks for them."""

    decimal: Callable[[Fraction], str]
    exp: Callable[[Fraction], str]
    output: str
    signs: dict[str, str]
    power: Callable[[str, int], str]
    brackets: tuple[str, str] = ("(", ")")
    fraction: Callable[[str, str], str] | None = None

    def __call__(self, tree: Tree) -> str:
        match tree.kind:
            case "number":
                return self.decimal(tree.number)
            case "exp":
                return self.exp(tree.number)
            case "p":
                return self.output.format(tree.number)
            case "negated":
                return f"{self.signs['-'].strip()}{self.inner(tree.parts[0], 2)}"
            case "^":
                return self.power(self.inner(tree.parts[0], 5), int(tree.number))
            case "/" if self.fraction:
                return self.fraction(self(tree.parts[0]), self(tree.parts[1]))
        left, right = tree.parts
        strength = STRENGTH[tree.kind]
        return f"{self.inner(left, strength)}{self.signs[tree.kind]}{self.inner(right, strength + 1)}"

    def inner(self, tree: Tree, strength: int) -> str:
        text = self(tree)
        if STRENGTH.get(tree.kind, 9) >= strength and not (self.fraction and tree.kind == "/" and strength > 2):
            return text
        return text.join(self.brackets)


def written(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):.2f}"


NOTATIONS = {
    "plain": Printer(
        written,
        lambda r: f"e^{r}",
        "p_{}",
        {"+": " + ", "-": " - ", "*": "*", "/": "/"},
        lambda base, n: f"{base}^{n}",
    ),
    "program": Printer(
        written,
        lambda r: f"exp({r})",
        "p{}",
        {"+": "+", "-": "-", "*": " * ", "/": " / "},
        lambda base, n: f"{base}**({n})",
    ),
    "unicode": Printer(
        written,
        lambda r: "e" + str(r).translate(SUPERSCRIPTS),
        "p_{}",
        {"+": " + ", "-": " − ", "*": "×", "/": " / "},
        lambda base, n: base + str(n).translate(SUPERSCRIPTS),
    ),
    "latex": Printer(
        written,
        lambda r: rf"\mathrm{{e}}^{{{r}}}",
        "p_{{{}}}",
        {"+": " + ", "-": " - ", "*": r" \cdot ", "/": ""},
        lambda base, n: f"{base}^{{{n}}}",
        (r"\left(", r"\right)"),
        lambda over, under: rf"\frac{{{over}}}{{{under}}}",
    ),
}


def in_mpmath(tree: Tree) -> mpmath.mpf:
    """The tree's value; a divisor near 0 is not wanted here."""
    match tree.kind:
        case "number":
            return mpmath.mpf(tree.number.numerator) / tree.number.denominator
        case "exp":
            return mpmath.exp(int(tree.number))
        case "p":
            return mpmath.exp(LOGITS[int(tree.number) - 1]) / mpmath.fsum(map(mpmath.exp, LOGITS))
    parts = [in_mpmath(part) for part in tree.parts]
    match tree.kind:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            assume(abs(parts[1]) > mpmath.mpf(10) ** -300)
            return parts[0] / parts[1]
        case "negated":
            return -parts[0]
    assume(abs(parts[0]) > mpmath.mpf(10) ** -300)
    return parts[0] ** int(tree.number)


def has_output(tree: Tree) -> bool:
    return tree.kind == "p" or any(map(has_output, tree.parts))


def asks_for_outputs(tree: Tree) -> bool:
    """Whether a verdict on it could tell what an output is: one in a denominator, or in a negative power."""
    divided = tree.kind == "/" and has_output(tree.parts[1])
    return (
        divided or (tree.kind == "^" and tree.number < 0 and has_output(tree)) or any(map(asks_for_outputs, tree.parts))
    )


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(max_examples=120)
@given(tree=trees)
def test_a_tree_in_every_notation_has_its_value(notation: str, tree: Tree) -> None:
    with mpmath.workdps(700), ctx.workprec(4000):
        expected = in_mpmath(tree)
        text = NOTATIONS[notation](tree)
        try:
            found = value(text)
            assert not asks_for_outputs(tree), text
        except AnswerError as error:
            if asks_for_outputs(tree):
                assert "is not read" in error.message or ".10" in text, text
                return
            assume("too large" not in error.message)  # powers of powers of an output
            assume(".10" not in text or "for a power of ten" not in error.message)  # 1.10^2 may be 1 times 10^2
            raise
        ball = found.enclosure(4000) - arb(mpmath.nstr(expected, 600))
        scale = arb(1) if abs(expected) < 1 else abs(arb(mpmath.nstr(expected, 600)))
        assert abs(ball) <= scale * arb("1e-60"), (text, expected)


# --- pairs

Sum = dict[int, int]  # exponent to coefficient


def random_sum(chance: random.Random, terms: int) -> Sum:
    return {chance.randint(-40, 40): chance.choice((1, 1, 2, 3, -1, -2, 7)) for _ in range(terms)}


def times(left: Sum, right: Sum) -> Sum:
    product: Counter[int] = Counter()
    for r, c in left.items():
        for s, d in right.items():
            product[r + s] += c * d
    return {r: c for r, c in product.items() if c}


def told(terms: Sum, chance: random.Random) -> str:
    """The sum in some order and some notation of e^(r/2)."""
    pieces = []
    for r, c in chance.sample(sorted(terms.items()), len(terms)):
        half = Fraction(r, 2)
        power = chance.choice((f"e^({half})", f"exp({half})", f"e^{{{half}}}"))
        pieces.append(f"{c}*{power}" if chance.random() < 0.5 else f"({c}){power}")
    return " + ".join(pieces)


def quotient(over: Sum, under: Sum, chance: random.Random) -> str:
    return f"({told(over, chance)})/({told(under, chance)})"


FIELD, T = sympy.polys.fields.field("t", sympy.QQ)


def in_sympy(over: Sum, under: Sum) -> object:
    """The quotient in Q(t), t = e^(1/2) being transcendental."""
    return sum(c * T**r for r, c in over.items()) / sum(c * T**r for r, c in under.items())


def in_decimals(over: Sum, under: Sum) -> mpmath.mpf:
    sums = (mpmath.fsum(c * mpmath.exp(mpmath.mpf(r) / 2) for r, c in one.items()) for one in (over, under))
    return next(sums) / next(sums)


def test_pairs_that_are_equal_nearly_equal_or_unlike() -> None:
    """Equal as sympy's Q(t) says, never undecided; at least a third differ by less than a millionth."""
    chance = random.Random(541)
    seen: Counter[str] = Counter()
    while seen.total() < 400:
        over, under = random_sum(chance, chance.randint(1, 4)), random_sum(chance, chance.randint(1, 3))
        factor = random_sum(chance, chance.randint(1, 2))
        a, b = times(over, factor), times(under, factor)
        if not all(in_sympy(x, {0: 1}) for x in (over, under, factor)):
            continue
        kind = chance.choice(("equal", "changed", "changed", "unlike"))
        if kind == "changed":  # the smallest term is changed: its coefficient, or its exponent
            place = min(a)
            coefficient = a.pop(place)
            shift = chance.choice((0, -1, -3))
            a[place + shift] = coefficient + (0 if shift else chance.choice((1, -1, 2)))
        elif kind == "unlike":
            a = random_sum(chance, 3)
        equal = in_sympy(over, under) == in_sympy(a, b) if a else False
        key, answer = quotient(over, under, chance), quotient(a, b, chance)
        found = compare(key, answer)
        is_rational = over.keys() == under.keys() and len({Fraction(over[r]) / under[r] for r in over}) == 1
        assert (found.verdict == "exact") == equal, (key, answer, found)
        assert found.verdict in ("exact", "close", "wrong"), (key, answer, found)
        with mpmath.workdps(80):
            x, y = in_decimals(over, under), in_decimals(a, b)
            near = abs(x - y) <= abs(x) * mpmath.mpf(10) ** -6
            is_near = equal if is_rational else abs(x - y) <= abs(x) / 1000
            assert (found.verdict != "wrong") == is_near, (key, answer, found)
        seen["equal" if equal else "near" if near else "far"] += 1
    assert seen["near"] >= 400 / 3, seen
    assert seen["equal"] >= 400 / 6, seen
    assert seen["far"] >= 400 / 6, seen
