"""How an answer was read, as a tree of MathML: `["mfrac", ["mn", "1"], ["mn", "2"]]`; a text stands for itself.

It is made of what the parser found, never of the student's own markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checks.language.tree import (
    Applied,
    Call,
    Chain,
    Constant,
    Named,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
)

MathTree = list["MathTree | str"]
"""A tag, then what stands in it."""

TAGS = frozenset(
    {"math", "mrow", "mi", "mn", "mo", "mtext", "msup", "msub", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd"}
)
"""All tags that a tree has."""

MOST_PLACES = 40
"""Digits before or after the point that are written without a power of ten."""

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
"""How strongly an expression binds."""


def formula(node: Node) -> MathTree:
    """The formula of a scalar tree."""
    match node:
        case Numeral():
            return _numeral(node)
        case Constant(name=name):
            return ["mi", {"e": "e", "pi": "π"}[name]]
        case Probability(index=index):
            return ["msub", ["mi", "p"], ["mn", str(index)]]
        case Named(name=name):
            return ["mi", name]
        case Sum(terms=terms):
            return _sum(terms)
        case Product(factors=factors):
            return _product(factors)
        case Power(base=base, exponent=exponent):
            return ["msup", _bracketed(base, _ATOM), formula(exponent)]
        case Call(function="exp", argument=argument):
            return ["msup", ["mi", "e"], formula(argument)]
        case Call(function=function, argument=argument):
            return ["mrow", ["mi", function], *_in_brackets(formula(argument))]
        case Root(degree=2, argument=argument):
            return ["msqrt", formula(argument)]
        case Root(degree=degree, argument=argument):
            return ["mroot", formula(argument), ["mn", str(degree)]]
        case Applied(function=function, arguments=arguments):
            inner: MathTree = ["mrow", *_joined([formula(one) for one in arguments], ",")]
            return ["mrow", ["mi", function], *_in_brackets(inner)]
        case Chain(members=members):
            return ["mrow", *_joined([formula(member) for member in members], "=")]
        case _:
            return UNREAD


UNREAD: MathTree = ["mtext", "?"]
"""What stands in the place of an entry that could not be read."""

EMPTY: MathTree = ["mtext", "\u2007"]
"""What stands in the place of an entry that is left empty."""


def grid(rows: Sequence[Sequence[MathTree]]) -> MathTree:
    """A matrix in brackets."""
    lines: list[MathTree | str] = [["mtr", *(["mtd", entry] for entry in row)] for row in rows]
    return ["mrow", ["mo", "["], ["mtable", *lines], ["mo", "]"]]


def _binds(node: Node) -> int:
    match node:
        case Sum() | Chain():
            return _SUM
        case Product():
            return _PRODUCT
        case Numeral(is_scientific=True):
            return _PRODUCT
        case Power() | Call(function="exp"):
            return _POWER
        case _:
            return _ATOM


def _bracketed(node: Node, needed: int) -> MathTree:
    inner = formula(node)
    return inner if _binds(node) >= needed else ["mrow", *_in_brackets(inner)]


def _in_brackets(inner: MathTree) -> MathTree:
    return [["mo", "("], inner, ["mo", ")"]]


def _joined(parts: list[MathTree], sign: str) -> MathTree:
    joined: MathTree = []
    for part in parts:
        if joined:
            joined.append(["mo", sign])
        joined.append(part)
    return joined


def _sum(terms: tuple[tuple[int, Node], ...]) -> MathTree:
    written: MathTree = ["mrow"]
    for number, (sign, term) in enumerate(terms):
        if sign < 0 or number:
            written.append(["mo", "−" if sign < 0 else "+"])
        written.append(_bracketed(term, _PRODUCT))
    return written


def _product(factors: tuple[tuple[bool, Node], ...]) -> MathTree:
    """From left to right: what has been written so far is divided by the next divisor."""
    so_far: MathTree = []
    for multiplied, factor in factors:
        if multiplied:
            if so_far:
                so_far.append(["mo", "·"])
            so_far.append(_bracketed(factor, _PRODUCT))
        else:
            over: MathTree = ["mrow", *so_far] if so_far else ["mn", "1"]
            so_far = [["mfrac", over, formula(factor)]]
    return ["mrow", *so_far]


def _numeral(node: Numeral) -> MathTree:
    """As it was written: with its trailing zeros, scientific where it was."""
    places = _places(node.unit)
    size = len(str(abs(node.value.numerator))) - len(str(node.value.denominator))
    if not node.is_scientific and -1 <= places <= MOST_PLACES and size <= MOST_PLACES:
        return ["mn", _fixed(node.value, max(places, 0))]
    if node.value == 0:
        return ["mn", "0"]
    exponent = node.digits - 1 - places
    mantissa = _fixed(node.value / Fraction(10) ** exponent, node.digits - 1)
    power: MathTree = ["msup", ["mn", "10"], ["mrow", *_signed(exponent)]]
    return ["mrow", ["mn", mantissa], ["mo", "·"], power]


def _signed(number: int) -> MathTree:
    size: MathTree = ["mn", str(abs(number))]
    return [["mo", "−"], size] if number < 0 else [size]


def _places(unit: Fraction) -> int:
    """The decimals of a unit that is a power of ten: 2 for 1/100, -1 for 10."""
    if unit == 0:
        return 0
    return len(str(unit.denominator)) - 1 if unit < 1 else 1 - len(str(unit.numerator))


def _fixed(value: Fraction, places: int) -> str:
    """A number that has so many decimals, exactly."""
    scaled = value * 10**places
    digits = str(abs(scaled.numerator // scaled.denominator)).rjust(places + 1, "0")
    sign = "−" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
