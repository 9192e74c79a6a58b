"""Whether two expressions with letters are equal wherever both have values: decided, not guessed.

- `Equal`: proved by a normal form (`exact.letters.normal`). Equal at every point where both have values, but for points
  apart from all others at which a root is 0; and both are proved to have values at one point at least.
- `Different`: proved by a rational point at which rigorous enclosures of the two do not meet.
- `Undecided`: neither was found; the reason says why.

A quick look at a few points comes first: most pairs that differ cost no algebra.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from exact.letters.bounds import MAX_EVALUATED, MAX_PRECISION, MAX_SHOWN
from exact.letters.enclosure import enclosures
from exact.letters.normal import formally_equal
from exact.letters.points import FIRST, points
from exact.letters.symbolic import Rational, Symbolic, bottom_up, letters
from exact.numbers.decimals import rational_decimal
from exact.numbers.exponential_sums import TooLarge

QUICK = len(FIRST)
LAST = 120
FIRST_PRECISION, STEP = 64, 4
FEWEST_DIGITS, MOST_DIGITS = 3, 12


@dataclass(frozen=True, slots=True)
class Equal:
    """Proved equal."""


@dataclass(frozen=True, slots=True)
class Different:
    """Proved different: the decimals of key and answer at a point, with as many digits as show it, and answer - key."""

    point: Mapping[str, Fraction]
    key: str
    answer: str
    difference: str

    @property
    def where(self) -> str:
        """The point, as in `w1 = 2, x = 3`; "" where there is no letter."""
        return ", ".join(f"{name} = {value}" for name, value in self.point.items())

    @property
    def is_tiny(self) -> bool:
        """Whether the decimals do not show the difference."""
        return Fraction(self.key) == Fraction(self.answer)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither is proved; the reason is a clause."""

    reason: str


Decision = Equal | Different | Undecided


def decide(key: Symbolic, answer: Symbolic, positive: Sequence[Symbolic] = ()) -> Decision:
    """Whether key and answer are equal where all of `positive` are positive. Raises nothing."""
    try:
        comparison = _Comparison(key, answer, tuple(positive))
    except TooLarge as error:
        return Undecided(f"too large: {error}")
    if quick := comparison.difference(0, QUICK, FIRST_PRECISION):
        return quick
    try:
        formal = formally_equal(key, answer, positive)
    except TooLarge as error:
        formal, reason = False, f"too large to be compared as formulas: {error}"
    else:
        reason = "the formulas look different, but no point was found at which they are proved to differ"
    if formal and comparison.has_common_value():
        return Equal()
    if formal is not False:
        return comparison.difference(QUICK, LAST, FIRST_PRECISION) or Undecided(
            "no point was found at which both have a value"
        )
    precision = FIRST_PRECISION
    while precision <= MAX_PRECISION:
        if found := comparison.difference(0, LAST if precision == FIRST_PRECISION else QUICK, precision):
            return found
        precision *= STEP
    return Undecided(reason)


class _Comparison:
    """Two expressions, and what was seen of them at points."""

    def __init__(self, key: Symbolic, answer: Symbolic, positive: tuple[Symbolic, ...]) -> None:
        self.roots = (*positive, key, answer)
        self.nodes = tuple(bottom_up(*self.roots))
        self.names = letters(*self.roots)
        self.numbers = tuple(dict.fromkeys(node.value for node in self.nodes if isinstance(node, Rational)))
        self.met = False
        self.evaluated = 0

    def at_points(self, first: int, last: int, precision: int) -> Iterator[tuple[dict[str, Fraction], arb, arb]]:
        """(point, key, answer) for those of the points at which both are proved to have values, within the bound."""
        for place, point in enumerate(points(self.names, self.numbers, last)):
            if place < first:
                continue
            self.evaluated += len(self.nodes) * precision // FIRST_PRECISION
            if self.evaluated > MAX_EVALUATED:
                return
            *claims, key, answer = enclosures(self.nodes, self.roots, point, precision)
            if key.is_finite() and answer.is_finite() and all(claim > 0 for claim in claims):
                yield point, key, answer

    def difference(self, first: int, last: int, precision: int) -> Different | None:
        """The point that shows best that they differ, of the first few that prove it; None where none does."""
        found: list[Different] = []
        for point, key, answer in self.at_points(first, last, precision):
            self.met = True
            if key.overlaps(answer) or not (_can_be_shown(key) and _can_be_shown(answer)):
                continue
            found.append(Different(point, *_told_apart(key, answer)))
            if len(found) == QUICK or len(found[-1].key) <= 6:
                break
        return min(found, key=lambda one: len(one.key) + len(one.answer), default=None)

    def has_common_value(self) -> bool:
        """Whether both are proved to have values at some point."""
        if not self.met:
            self.met = any(True for _ in self.at_points(QUICK, LAST, 4 * FIRST_PRECISION))
        return self.met


def _told_apart(key: arb, answer: arb) -> tuple[str, str, str]:
    """Two decimals with the fewest digits that show the difference, within limits, and the difference."""
    told = "", ""
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        told = _decimal(key, digits), _decimal(answer, digits)
        if Fraction(told[0]) != Fraction(told[1]):
            break
    return *told, _decimal(answer - key, FEWEST_DIGITS)


def _can_be_shown(ball: arb) -> bool:
    """Whether its size can be written down: not 2 to the power of a million."""
    mantissa, exponent = ball.mid().man_exp()
    return abs(int(exponent)) < MAX_SHOWN and mantissa.bit_length() < MAX_SHOWN


def _decimal(ball: arb, digits: int) -> str:
    mantissa, exponent = ball.mid().man_exp()
    return rational_decimal(int(mantissa) * Fraction(2) ** int(exponent), digits)
