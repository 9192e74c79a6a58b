"""Expressions with letters, written: as text in the answer language, and as LaTeX.

Terms and factors keep their order, a divisor goes below a line. Letters are written as somebody else says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from exact.letters.functions import FUNCTIONS, bracketed
from exact.letters.symbolic import (
    Function,
    Letter,
    Pi,
    Power,
    Product,
    Rational,
    Sum,
    Symbolic,
    is_rational,
)

TERM, FACTOR, POWER, ATOM = range(4)
"""How strongly a piece of writing binds: a sum, a product or quotient, a power, and what needs no brackets."""


@dataclass(frozen=True, slots=True)
class Style:
    """The rules of one way of writing. `times` joins factors; `is_built_up`: quotients are fractions with a line."""

    letter: Callable[[str], str]
    rational: Callable[[Fraction], str]
    quotient: Callable[[str, str], str]
    power: Callable[[str, str], str]
    root: Callable[[str], str]
    function: Callable[[str, str], str]
    brackets: Callable[[str], str]
    pi: str
    times: str
    is_built_up: bool


def text_style(letter: Callable[[str], str] = str) -> Style:
    """Text that the answer language reads."""
    return Style(
        letter,
        str,
        lambda top, bottom: f"{top}/{bottom}",
        lambda base, exponent: f"{base}^{exponent}",
        lambda argument: f"sqrt({argument})",
        lambda name, argument: f"{name}({argument})",
        lambda inner: f"({inner})",
        "pi",
        "*",
        is_built_up=False,
    )


TEXT = text_style()


def latex_style(letter: Callable[[str], str] = str) -> Style:
    """LaTeX, for mathematical mode."""
    return Style(
        letter,
        lambda value: str(value) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}",
        lambda top, bottom: rf"\frac{{{top}}}{{{bottom}}}",
        lambda base, exponent: f"{base}^{{{exponent}}}",
        lambda argument: rf"\sqrt{{{argument}}}",
        lambda name, argument: FUNCTIONS[name].latex(argument),
        bracketed,
        r"\pi",
        r"\, ",
        is_built_up=True,
    )


def written(root: Symbolic, style: Style) -> str:
    """The whole expression."""
    return _Writer(style).terms(root)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one expression; `texts` are those of factors that were compared, by id, each with the factor itself."""

    style: Style
    texts: dict[int, tuple[Symbolic, str]] = field(default_factory=dict)

    def terms(self, node: Symbolic) -> str:
        """The expression as it stands by itself, term by term."""
        pieces = []
        for place, term in enumerate(node.terms if isinstance(node, Sum) else (node,)):
            negative, size = _sign(term)
            text = self.within(size, FACTOR)
            if place:
                pieces.append(f"{'-' if negative else '+'} {text}")
            else:
                pieces.append(f"-{text}" if negative else text)
        return " ".join(pieces)

    def within(self, node: Symbolic, needs: int) -> str:
        """The expression where its surroundings bind as strongly as `needs`: in brackets, if it binds less."""
        text, binding = self.piece(node)
        return text if binding >= needs else self.style.brackets(text)

    def piece(self, node: Symbolic) -> tuple[str, int]:
        """The expression, and how strongly it binds."""
        style = self.style
        if _sign(node)[0] or isinstance(node, Sum):
            return self.terms(node), TERM
        match node:
            case Rational(value=value):
                whole = value.denominator == 1
                return style.rational(value), ATOM if whole or style.is_built_up else FACTOR
            case Letter(name=name):
                return style.letter(name), ATOM
            case Pi():
                return style.pi, ATOM
            case Product() | Power(exponent=Fraction(numerator=-1)):
                return self.product(node)
            case Power(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Function(name="exp", argument=argument):
                return self.exponential(argument), POWER
            case Function(name=name, argument=argument):
                return style.function(name, self.terms(argument)), ATOM
            case _:
                raise AssertionError(node)

    def product(self, node: Symbolic) -> tuple[str, int]:
        """Factors, those with negative powers below a line."""
        over, under = [], []
        for factor in node.factors if isinstance(node, Product) else (node,):
            if isinstance(factor, Power) and factor.exponent < 0:
                under.append(factor.base if factor.exponent == -1 else Power(factor.base, -factor.exponent))
            else:
                over.append(factor)
        over = list(self.gathered(over))
        if not under:
            return self.factors(over), FACTOR
        alone = self.style.is_built_up
        top = self.terms(over[0]) if alone and len(over) == 1 else self.factors(over) or "1"
        bottom = self.terms(under[0]) if alone and len(under) == 1 else self.factors(under)
        if not alone and (len(under) > 1 or _is_quotient(under[0])):
            bottom = self.style.brackets(bottom)
        return self.style.quotient(top, bottom), FACTOR

    def gathered(self, factors: list[Symbolic]) -> Iterator[Symbolic]:
        """The factors, one that stands among them several times as its power, where it stands first."""
        kinds = Counter(map(type, factors))
        alike = [self.alike(factor) if kinds[type(factor)] > 1 else id(factor) for factor in factors]
        times = Counter(alike)
        for factor, same in zip(factors, alike, strict=True):
            if number := times.pop(same, 0):
                yield factor if number == 1 else Power(factor, Fraction(number))

    def alike(self, factor: Symbolic) -> str | int:
        """What two factors that are gathered have in common: the name of a letter; else what they are as text."""
        match factor:
            case Letter(name=name):
                return name
            case Function() | Sum():
                if id(factor) not in self.texts:
                    self.texts[id(factor)] = factor, _Writer(TEXT, self.texts).terms(factor)
                return self.texts[id(factor)][1]
            case _:
                return id(factor)

    def factors(self, parts: list[Symbolic]) -> str:
        """The factors side by side; a quotient among others is written as one where it is built up."""
        return self.style.times.join(self.within(part, FACTOR if len(parts) == 1 else POWER) for part in parts)

    def power(self, base: Symbolic, exponent: Fraction) -> tuple[str, int]:
        if exponent == Fraction(1, 2):
            return self.style.root(self.terms(base)), ATOM
        written_exponent = str(exponent)
        if not self.style.is_built_up and (exponent < 0 or exponent.denominator > 1):
            written_exponent = self.style.brackets(written_exponent)
        below = self.within(base, ATOM)
        if self.style.is_built_up and isinstance(base, Letter) and ("^" in below or "'" in below):
            below = self.style.brackets(below)
        return self.style.power(below, written_exponent), POWER

    def exponential(self, argument: Symbolic) -> str:
        """e to the power of the argument."""
        if is_rational(argument, 1):
            return "e"
        text, binding = self.piece(argument)
        if not self.style.is_built_up and not (binding == ATOM and text.isalnum()):
            text = self.style.brackets(text)
        return self.style.power("e", text)


def _sign(term: Symbolic) -> tuple[bool, Symbolic]:
    """Whether the term is written with a minus, and what is written behind it."""
    if isinstance(term, Rational) and term.value < 0:
        return True, Rational(-term.value)
    if isinstance(term, Product) and isinstance(term.factors[0], Rational) and term.factors[0].value < 0:
        return True, -term
    return False, term


def _is_quotient(node: Symbolic) -> bool:
    return (isinstance(node, Rational) and node.value.denominator > 1) or isinstance(node, Product)
