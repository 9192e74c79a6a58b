"""Arrays of exact numbers in digits: value = 2^exponent * sum of digits[k] * 2^(bits k), every digit a whole float64.

A matrix product of such arrays is exact in float64, in any order of summation, as long as no sum of products of digits
reaches 2^53; so it runs at the speed of the BLAS (K. Ozaki, T. Ogita, S. Oishi, S. Rump, Numer. Algorithms 59, 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from numeric.network import Floats

MANTISSA = 53
"""Bits of a float64: whole numbers up to 2^53 in size are exact."""

LEAST_EXPONENT = -1074
"""Every float64 is a multiple of 2^-1074."""

LARGEST_POWER = 1023

MOST_BITS_OF_A_NUMBER = 1000
"""Bits from a number's first to the array's least unit, within the range of float64."""


class TooFarApart(ArithmeticError):
    """Numbers of too different sizes to be written in the same units."""


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Exact numbers of shape (...): `array` has shape (digits, ...), the least digit first.

    Every digit lies from -2^(bits-1) to 2^(bits-1).
    """

    array: Floats
    bits: int
    exponent: int

    @classmethod
    def of(cls, values: Floats, bits: int, exponent: int) -> Digits:
        """The values, finite multiples of 2^exponent. Raises `TooFarApart` where the largest needs too many digits."""
        if int(np.frexp(np.abs(values).max(initial=0.0))[1]) - exponent > MOST_BITS_OF_A_NUMBER:
            raise TooFarApart
        rest = scaled(values, -exponent)
        largest = float(np.abs(rest).max(initial=0.0))
        count = 1
        while largest > 2.0 ** (bits * count - 1):
            count += 1
        digits = np.empty((count, *values.shape))
        for k in range(count - 1, 0, -1):
            np.rint(scaled(rest, -bits * k), out=digits[k])
            rest -= scaled(digits[k], bits * k)
        digits[0] = rest
        return cls(digits, bits, exponent)

    def leading(self) -> Floats:
        """The numbers in float64 in units of 2^exponent, off by a few units in the last place at most.

        Signs and zeros are right: the last digit that is not 0 outweighs all those below it.
        """
        total: Floats = self.array[-1].copy()
        for digit in self.array[-2::-1]:
            total *= 2.0**self.bits
            total += digit
        return total

    def nearest(self) -> Floats:
        """The numbers in float64, off by a few units in the last place at most."""
        return scaled(self.leading(), self.exponent)

    def fractions(self, index: int) -> tuple[Fraction, ...]:
        """The row at the index, exactly."""
        columns = zip(*self.array[:, index].astype(np.int64).tolist(), strict=True)
        units = [sum(digit << (self.bits * k) for k, digit in enumerate(column)) for column in columns]
        return tuple(unit * Fraction(2) ** self.exponent for unit in units)


def scaled(values: Floats, exponent: int) -> Floats:
    """2^exponent times the values in float64; exact where the result is in range."""
    result: Floats = values.astype(np.float64)
    while exponent:
        step = max(-LARGEST_POWER, min(LARGEST_POWER, exponent))
        result *= 2.0**step
        exponent -= step
    return result


def are_multiples(values: Floats, exponent: int) -> bool:
    """Whether all values, finite, are multiples of 2^exponent."""
    units = scaled(values, -exponent)
    return bool((units == np.rint(units)).all())


def common_exponent(values: Floats) -> int:
    """The largest number e such that all values, finite, are multiples of 2^e; 0 where they all are 0."""
    mantissas, exponents = np.frexp(values[values != 0].astype(np.float64))
    if not len(mantissas):
        return 0
    whole = (mantissas * 2.0**MANTISSA).astype(np.int64)
    _, trailing = np.frexp((whole & -whole).astype(np.float64))
    return int((exponents - MANTISSA + trailing - 1).min())


def carried(sums: Floats, bits: int) -> Floats:
    """The same numbers with digits in range: sums of shape (digits, ...), whole and below 2^52, are overwritten.

    Digits are added at the end as far as they are needed.
    """
    base, part = 2.0**bits, 2.0**-bits
    carry = np.empty_like(sums[0])
    place = 0
    while place < len(sums) - 1 or float(np.abs(sums[place]).max(initial=0.0)) > base / 2:
        if place == len(sums) - 1:
            sums = np.concatenate([sums, np.zeros_like(sums[:1])])
        np.multiply(sums[place], part, out=carry)
        np.rint(carry, out=carry)
        sums[place + 1] += carry
        carry *= base
        sums[place] -= carry
        place += 1
    return sums
