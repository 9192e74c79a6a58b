"""A number as it stands, with how far what was meant by it can be from it: another reading of a sum of products.

A step on such numbers gives, beside the value of the numbers as they stand, how far the value of what was meant can be
from that. Every such bound holds; it is not wider than needed where no number enters the step twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.numbers.number import Number
from exact.numbers.span import BITS, ZERO, Span


@dataclass(frozen=True, slots=True)
class Deviating:
    """`value` holds the number as it stands, `off` what was meant, less that. `+ - *` take rational numbers, too."""

    value: Span
    off: Span

    def __add__(self, other: Any) -> Deviating:
        operand = _deviating(other)
        if operand is None:
            return NotImplemented
        return Deviating(self.value + operand.value, self.off + operand.off)

    def __mul__(self, other: Any) -> Deviating:
        operand = _deviating(other)
        if operand is None:
            return NotImplemented
        own, others = self.value * operand.off, operand.value * self.off
        return Deviating(self.value * operand.value, own + others + self.off * operand.off)

    def __neg__(self) -> Deviating:
        return self.__mul__(-1)

    def __sub__(self, other: Any) -> Deviating:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Deviating:
        return (-self).__add__(other)

    __radd__ = __add__
    __rmul__ = __mul__


def deviating(number: Number | Fraction, off: Span) -> Deviating | None:
    """The number with this deviation; None where no enclosure of it is finite."""
    value = Span.of(number.enclosure(BITS) if isinstance(number, Number) else number)
    return None if value is None else Deviating(value, off)


def _deviating(operand: Any) -> Deviating | None:
    if isinstance(operand, Deviating):
        return operand
    span = Span.of(operand) if isinstance(operand, Fraction | int) else None
    return None if span is None else Deviating(span, ZERO)
