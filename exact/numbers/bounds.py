"""How large a number may become before exact arithmetic refuses it.

Every operation of `exact.numbers.field` checks its result against these bounds, so nothing that is built from bounded
operands can exhaust time or memory: there is no timer anywhere.
"""

MAX_TERMS = 1_000
"""Terms c e^r in one sum."""

MAX_PAIRS = 2_500
"""Pairs of terms in one product of sums."""

MAX_EXPONENT = 100_000
"""The size of an exponent of e in any value."""

MAX_BITS = 100_000
"""Bits in all the coefficients of one sum together."""

MAX_ALGEBRAIC_TERMS = 40
"""Terms in one sum with algebraic coefficients."""

MAX_TOWER_PAIRS = 1_000
"""Pairs of terms, those of exponents included, in one operation on nested exponentials."""

MAX_FACTORED_BITS = 64
"""Bits of a whole number whose logarithm is told by its primes."""

MAX_LOGARITHM_POWER = 40
"""Whole multiples of a logarithm in an exponent."""

MAX_LOGARITHM_ROOT = 8
"""The index of a root of an algebraic number that a part of its logarithm in an exponent stands for."""

MAX_ALGEBRAIC_BITS = 4_000
"""Bits of a rational number that is taken beside roots."""

MAX_ALGEBRAIC_DIGITS = 4_000
"""Digits of a rational number that comes out beside roots."""

MAX_GIVEN_DIGITS = 300
"""Digits, and the size of the power of ten, of one number that a problem gives."""

MAX_KEY_BITS = 5_000
"""Bits of a numerator or denominator in a problem's key: 1,500 digits."""

MAX_KEY_TERMS = 200
"""Powers of e in the exact value of one entry of a key; larger ones are known by enclosures alone."""

MAX_KEY_ROOTS = 4
"""Square roots in one entry of a key that is decided among algebraic numbers; with more it is known by enclosures."""

MAX_NUMBER_PRECISION = 1 << 14
"""Bits at which an enclosure of an entry of a key is given up, where its exact value is not known."""

MAX_POWER = 10_000
"""The size of an integer power, and of an exponent of e that is written down."""

MAX_NUMERAL_DIGITS = 400
"""Digits in one numeral."""

MAX_DECIMAL_EXPONENT = 5_000
"""The size of the power of ten in one numeral."""

FIRST_PRECISION = 64
"""Bits at which an enclosure is first tried."""

MAX_SIGN_WORK = 1 << 21
"""Bits times terms at which the sign of a sum is given up."""

LAST_PRECISION = 1 << 18
"""Bits at which an enclosure that still does not decide is given up; see `exact.numbers.exponential_sums.Undecided`."""
