"""How near to the key an answer has to be: what an assignment sets, and its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near is near enough.

    relative: to the key; absolute: to the size of the terms that the entry is the sum of; digits: significant digits
    from which a rounding needs no further nearness.
    """

    relative: Fraction = Fraction(1, 1000)
    absolute: Fraction = Fraction(1, 1_000_000)
    digits: int = 2
