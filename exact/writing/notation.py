"""How exact numbers are written: one table of rules for plain text (our own answer language), one for LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from exact.numbers.affine import Affine
from exact.numbers.field import Element


@dataclass(frozen=True, slots=True)
class Notation:
    """The rules of one way of writing; each function returns one positive piece of an expression."""

    rational: Callable[[Fraction], str]
    multiple: Callable[[Fraction, str], str]  # a coefficient other than 1, times a symbol
    probability: Callable[[int], str]
    power_of_e: Callable[[Fraction], str]
    grouped: Callable[[str], str]  # a sum, as the numerator of a quotient
    quotient: Callable[[str, str], str]
    logarithm: Callable[[str], str]
    scientific: Callable[[str, str], str]


def _text_multiple(coefficient: Fraction, symbol: str) -> str:
    top = symbol if coefficient.numerator == 1 else f"{coefficient.numerator}*{symbol}"
    return top if coefficient.denominator == 1 else f"{top}/{coefficient.denominator}"


def _text_power(exponent: Fraction) -> str:
    if exponent in (0, 1):
        return "e" if exponent else "1"
    return f"e^{exponent}" if exponent.denominator == 1 else f"e^({exponent})"


def _latex_rational(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value)
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def _latex_power(exponent: Fraction) -> str:
    if exponent in (0, 1):
        return "e" if exponent else "1"
    return f"e^{{{exponent}}}"


TEXT = Notation(
    rational=str,
    multiple=_text_multiple,
    probability="p_{}".format,
    power_of_e=_text_power,
    grouped=lambda terms: f"({terms})",
    quotient=lambda top, bottom: f"{top}/({bottom})",
    logarithm="ln({})".format,
    scientific=lambda digits, exponent: f"{digits}e{exponent}",
)

LATEX = Notation(
    rational=_latex_rational,
    multiple=lambda c, symbol: f"{_latex_rational(c)} {symbol}" if c != 1 else symbol,
    probability="p_{{{}}}".format,
    power_of_e=_latex_power,
    grouped=lambda terms: terms,
    quotient=lambda top, bottom: rf"\frac{{{top}}}{{{bottom}}}",
    logarithm=lambda inner: rf"\ln\left({inner}\right)",
    scientific=lambda digits, exponent: rf"{digits} \times 10^{{{exponent}}}",
)


def affine(form: Affine, notation: Notation) -> str:
    """The form, its c rational, as a sum, `5 - 3*p_3`, its terms in the order of `Affine.terms`.

    >>> print(affine(Affine(Fraction(-1), (Fraction(0), Fraction(15, 2))), TEXT))
    15*p_2/2 - 1
    """
    return " ".join(affine_terms(form, notation))


def affine_terms(form: Affine, notation: Notation) -> Iterator[str]:
    """The same, term by term: a line may break before each but the first."""
    return _terms(((c, notation.probability(i) if i else "") for c, i in form.terms()), notation)


def field_element(value: Element, notation: Notation) -> str:
    """The value as a quotient of sums of powers of e, none of them negative in a proper quotient.

    The largest power comes first, unless it is subtracted from others.

    >>> print(field_element(1 - 2 / (Element.exponential(1) + 1), TEXT))
    (e - 1)/(e + 1)
    """
    top, bottom = value.quotient()
    shift = min(r for r, _ in (*top, *bottom)) if len(bottom) > 1 else Fraction(0)
    over, under = (_sum(_by_size(terms, shift, notation), notation) for terms in (top, bottom))
    if len(bottom) == 1:
        return over
    return notation.quotient(notation.grouped(over) if len(top) > 1 else over, under)


def _by_size(terms: list[tuple[Fraction, fmpq]], shift: Fraction, notation: Notation) -> Iterator[tuple[Fraction, str]]:
    """The terms of e^-shift times the sum, the largest power first but for a subtracted one."""
    ordered = sorted(terms, key=lambda term: term[0], reverse=True)
    leader = next((term for term in ordered if term[1] > 0), ordered[0])
    for r, c in (leader, *(term for term in ordered if term is not leader)):
        yield Fraction(int(c.p), int(c.q)), notation.power_of_e(r - shift) if r != shift else ""


def softmax_quotient(logits: Sequence[Fraction], output: int, notation: Notation) -> str:
    """p_i in exponentials of the logits, as it comes from the definition; `output` counts from zero.

    >>> print(softmax_quotient((Fraction(42), Fraction(-31), Fraction(25)), 0, TEXT))
    e^42/(e^42 + e^-31 + e^25)
    """
    return notation.quotient(notation.power_of_e(logits[output]), " + ".join(notation.power_of_e(s) for s in logits))


def decimal_number(decimal: str, notation: Notation) -> str:
    """A decimal of `exact.numbers.decimals` in the notation's way of writing powers of ten."""
    digits, mark, exponent = decimal.partition("e")
    return notation.scientific(digits, exponent) if mark else decimal


def _sum(terms: Iterable[tuple[Fraction, str]], notation: Notation) -> str:
    """c_1 symbol_1 + c_2 symbol_2 - ...; an empty symbol stands for 1."""
    return " ".join(_terms(terms, notation))


def _terms(terms: Iterable[tuple[Fraction, str]], notation: Notation) -> Iterator[str]:
    """The terms of a sum, each but the first with its sign before it: `2`, `- 3 p_1`."""
    for place, (coefficient, symbol) in enumerate(terms):
        size = abs(coefficient)
        piece = notation.multiple(size, symbol) if symbol else notation.rational(size)
        if place:
            yield f"{'-' if coefficient < 0 else '+'} {piece}"
        else:
            yield f"{'-' if coefficient < 0 else ''}{piece}"
