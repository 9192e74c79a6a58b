"""Equality of numbers that is proved by their form, where no field of ours holds them."""

from __future__ import annotations

from contextlib import suppress

from flint import ctx

from exact.numbers.arithmetics import Known
from exact.numbers.bounds import FIRST_PRECISION
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.logarithms import equal, has_logarithm


def formally_equal(left: Known, right: Known) -> bool:
    """Whether two numbers are proved equal by their form, or that of e to their power; False says nothing.

    For real x and y, x = y exactly if e^x = e^y: that decides 17 + ln(1 + e^-17), which lies in no field of ours.
    """
    with ctx.workprec(FIRST_PRECISION):
        if not (left.enclosure(FIRST_PRECISION) - right.enclosure(FIRST_PRECISION)).contains(0):
            return False
    return any(_proved_equal(left, right, symbolic=symbolic) for symbolic in (True, False))


def _proved_equal(left: Known, right: Known, *, symbolic: bool) -> bool:
    one, other = left.tower(symbolic=symbolic), right.tower(symbolic=symbolic)
    if one is not None and other is not None:
        with suppress(TooLarge, ZeroDivisionError):
            if equal(one, other):
                return True
        if not has_logarithm(one) and not has_logarithm(other):
            return False
    with suppress(TooLarge, ZeroDivisionError):
        mine, theirs = left.antilogarithm(symbolic=symbolic), right.antilogarithm(symbolic=symbolic)
        return mine is not None and theirs is not None and equal(mine[0] ** theirs[1], theirs[0] ** mine[1])
    return False
