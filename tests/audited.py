"""Numbers that carry the size of their terms and how far what was meant can be from them, and functions of those.

The same functions take numpy's floats, so that one calculation is worked out by students and by the oracle of marks.
Nothing of this is the judge's or the solver's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

LARGEST = 10_000
"""The size of an exponent beyond which nothing is followed."""

Floats = Any


def mpf(value: Any) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else mpmath.mpf(value)


def plus(left: Any, right: Any) -> Any:
    """The sum, which is rational where both are."""
    both = isinstance(left, Fraction) and isinstance(right, Fraction)
    return left + right if both else mpf(left) + mpf(right)


def times(left: Any, right: Any) -> Any:
    """The product, which is rational where both are, or a factor is 0."""
    if left == 0 or right == 0:
        return Fraction(0)
    both = isinstance(left, Fraction) and isinstance(right, Fraction)
    return left * right if both else mpf(left) * mpf(right)


def least(*values: Any) -> Any:
    return min(values, key=mpf)


def most(*values: Any) -> Any:
    return max(values, key=mpf)


@dataclass(frozen=True, eq=False)
class Audited:
    """A value, None where it is not known; the sum of its |terms|; the least and the largest that can be meant.

    `terms` is the size of the terms of the cell that it stands in, as far as there is one.
    """

    value: Any
    size: Any = None
    low: Any = None
    high: Any = None
    terms: Any = None

    @classmethod
    def of(cls, value: Any, off: Any = Fraction(0), terms: Any = None) -> Audited:
        """A number as it is written, which may be so much off."""
        return cls(value, abs(value), plus(value, -off), plus(value, off), terms)

    def __neg__(self) -> Audited:
        return self if self.value is None else Audited(-self.value, self.size, _minus(self.high), _minus(self.low))

    def __add__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        one = _audited(other)
        if self.value is None or one.value is None:
            return UNKNOWN
        ends = (_both(self.low, one.low, plus), _both(self.high, one.high, plus))
        return Audited(plus(self.value, one.value), plus(self.size, one.size), *ends)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self + -_audited(other)

    def __rsub__(self, other: Any) -> Any:
        return _audited(other) - self

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        one = _audited(other)
        if self.value == 0 or one.value == 0:
            if self.value is None or one.value is None:
                return Audited.of(Fraction(0))
        elif self.value is None or one.value is None:
            return UNKNOWN
        ends = [_both(x, y, times) for x in (self.low, self.high) for y in (one.low, one.high)]
        return Audited(times(self.value, one.value), times(self.size, one.size), *_hull(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        one = _audited(other)
        if self.value is None or one.value is None or one.value == 0:
            return UNKNOWN
        value = times(self.value, 1 / one.value)
        size = abs(value) if isinstance(other, Audited) else times(self.size, 1 / abs(one.value))
        if one.low is None or one.high is None or mpf(one.low) * mpf(one.high) <= 0:
            return Audited(value, size)
        ends = [_both(x, 1 / y, times) for x in (self.low, self.high) for y in (one.low, one.high)]
        return Audited(value, size, *_hull(ends))

    def __rtruediv__(self, other: Any) -> Any:
        return Audited.of(Fraction(other)) / self

    def __pow__(self, exponent: int) -> Any:
        return self if exponent == 1 else self * self ** (exponent - 1)

    def mapped(self, function: Callable[[Any], Any], size: Callable[[Any], Any] = abs) -> Audited:
        """A function that grows; None is what it has no value of."""
        value = None if self.value is None else function(self.value)
        if value is None:
            return UNKNOWN
        ends = [None if x is None else function(x) for x in (self.low, self.high)]
        return Audited(value, size(value), *ends)


def _audited(x: Any) -> Audited:
    return x if isinstance(x, Audited) else Audited.of(Fraction(x))


UNKNOWN = Audited(None)


def _minus(x: Any) -> Any:
    return None if x is None else -x


def _both(x: Any, y: Any, function: Callable[[Any, Any], Any]) -> Any:
    return None if x is None or y is None else function(x, y)


def _hull(ends: list[Any]) -> tuple[Any, Any]:
    return (None, None) if None in ends else (least(*ends), most(*ends))


def _function(of_floats: Callable[[Floats], Floats], of_audited: Callable[[Audited], Audited]) -> Callable[[Any], Any]:
    """A function entry by entry, of both."""
    each = np.frompyfunc(of_audited, 1, 1)

    def function(x: Any) -> Any:
        array = np.asarray(x)
        return each(array) if array.dtype == object else of_floats(array)

    return function


def _bounded(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: None if abs(x) > LARGEST else function(mpf(x))


def _exp(x: Any) -> Any:
    return Fraction(1) if x == 0 else _bounded(mpmath.exp)(x)


def _tanh(x: Any) -> Any:
    return Fraction(0) if x == 0 else _bounded(mpmath.tanh)(x)


def _sigmoid(x: Any) -> Any:
    return Fraction(1, 2) if x == 0 else _bounded(lambda s: 1 / (1 + mpmath.exp(-s)))(x)


def _ln(x: Any) -> Any:
    return None if x <= 0 else Fraction(0) if x == 1 else mpmath.log(mpf(x))


def _sqrt(x: Any) -> Any:
    if x < 0:
        return None
    root = mpmath.sqrt(mpf(x))
    rational = Fraction(int(mpmath.nint(root * 10**6)), 10**6)
    return rational if rational**2 == x else root


def _square(x: Audited) -> Audited:
    """A square, whose ends know that it is none of two numbers."""
    made = x * x
    if made.value is None or x.low is None or x.high is None:
        return made
    ends = (times(x.low, x.low), times(x.high, x.high))
    return Audited(made.value, made.size, Fraction(0) if mpf(x.low) * mpf(x.high) <= 0 else least(*ends), most(*ends))


def _bump(a: Audited) -> Audited:
    """a (1 - a), which is largest at 1/2."""
    made = a * (1 - a)
    if made.value is None or a.low is None or a.high is None:
        return made
    ends = [times(x, plus(Fraction(1), -x)) for x in (a.low, a.high)]
    is_at_top = mpf(a.low) <= 0.5 <= mpf(a.high)
    return Audited(made.value, made.size, least(*ends), Fraction(1, 4) if is_at_top else most(*ends))


def _relu(x: Audited) -> Audited:
    made = x.mapped(lambda s: most(s, Fraction(0)))
    if made.value is None:
        return made
    size = x.size if x.terms is None else x.terms
    return Audited(made.value, size if x.value > 0 else made.size, made.low, made.high)


exp, tanh = _function(np.exp, lambda x: x.mapped(_exp)), _function(np.tanh, lambda x: x.mapped(_tanh))
sigmoid = _function(lambda x: 1 / (1 + np.exp(-x)), lambda x: x.mapped(_sigmoid))
ln = _function(np.log, lambda x: x.mapped(_ln, lambda y: max(mpf(1), mpf(abs(y)))))
sqrt = _function(np.sqrt, lambda x: x.mapped(_sqrt))
square = _function(lambda x: x * x, _square)
sigmoid_slope = _function(lambda a: a * (1 - a), _bump)
relu = _function(lambda x: np.maximum(x, 0), _relu)
step = _function(
    lambda x: (x > 0).astype(x.dtype), lambda x: UNKNOWN if x.value is None else Audited.of(Fraction(int(x.value > 0)))
)


def softmax(s: Any) -> Any:
    """Of a vector, or of each row of a matrix."""
    array = np.asarray(s)
    if array.ndim == 2:
        return np.array([softmax(row) for row in array], dtype=array.dtype)
    if array.dtype != object:
        powers = np.exp(array - array.max())
        return powers / powers.sum()
    found = np.empty(array.shape, dtype=object)
    for i, x in enumerate(array):
        others = [(y - x).mapped(_exp) for j, y in enumerate(array) if j != i]
        one = Audited.of(Fraction(1))
        share = one / sum(others, one)
        found[i] = share if share.value is None else Audited(share.value, abs(share.value), share.low, share.high)
    return found
