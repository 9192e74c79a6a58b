"""How far an answer is from a number: every question is answered with a proof, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from flint import arb, ctx

from checks.language.evaluate import Value
from exact.numbers.equality import formally_equal
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.field import Element
from exact.numbers.number import Number


class Distance:
    """|answer - key|: exact where that is known and small enough to work with, else enclosed ever more narrowly.

    Every question is answered by True or False, proved, or by None where the last precision leaves it open.
    """

    def __init__(self, value: Value, key: Number) -> None:
        self.value, self.key = value, key
        self.exact: Element | None = None
        if value.exact is not None and key.exact is not None:
            with suppress(TooLarge, Undecided):
                self.exact = abs(value.exact - key.exact)

    def is_zero(self) -> bool | None:
        """Whether answer and key are equal."""
        if self.exact is not None:
            return self.exact.is_zero()
        if formally_equal(self.value, self.key):
            return True
        return self._decided(lambda ball, _: False if not ball.contains(0) else None)

    def at_most(self, bound: Number, *, strictly: bool = False) -> bool | None:
        """Whether the distance is the bound or less; strictly less, where that is asked."""
        if self.exact is not None and bound.exact is not None:
            with suppress(TooLarge, Undecided):
                return (bound.exact - self.exact).sign() >= (1 if strictly else 0)
        return self._decided(lambda ball, bits: _ordered(abs(ball), bound.enclosure(bits)))

    def _decided(self, question: Callable[[arb, int], bool | None]) -> bool | None:
        """The first answer that an enclosure of answer - key gives."""
        for bits, ball in self.value.enclosures():
            with ctx.workprec(bits):
                answer = question(ball - self.key.enclosure(bits), bits)
            if answer is not None:
                return answer
        return None


def _ordered(left: arb, right: arb) -> bool | None:
    """Whether left < right, as far as the balls show it; where both are one number they never do."""
    return True if left < right else False if left > right else None
