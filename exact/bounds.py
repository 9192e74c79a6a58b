"""How large a number may become before exact arithmetic refuses it.

Every operation of `exact.field` checks its result against these bounds, so nothing that is built from bounded
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
"""Bits at which an enclosure that still does not decide is given up; see `exact.exponential_sums.Undecided`."""

MAX_LETTER_NODES = 20_000
"""Operations in an expression with letters."""

MAX_LETTER_DEPTH = 200
"""Operations inside one another in an expression with letters."""

MAX_LETTER_TERMS = 2_000
"""Terms of a polynomial in letters."""

MAX_LETTER_PAIRS = 50_000
"""Pairs of terms in one product of polynomials in letters."""

MAX_LETTER_WORK = 250_000
"""Pairs of terms multiplied in one comparison of expressions with letters."""

MAX_LETTER_BITS = 100_000
"""Bits in all the coefficients of a polynomial in letters."""

MAX_LETTER_POWER = 10_000
"""The exponent of a letter."""

MAX_LETTER_GCD = 4_000
"""Terms times the largest exponent, where common factors of polynomials in letters are still looked for."""

MAX_LETTER_FACTORED = 1_000
"""The same, where a polynomial in letters is factored."""

MAX_LETTER_GENERATORS = 40
"""Letters, and independent exponentials, logarithms and roots, in one comparison."""

MAX_LETTER_BRANCHES = 32
"""Combinations of signs that are looked at in one comparison, where absolute values or roots stand beside letters."""

MAX_LETTER_RESTARTS = 12
"""How often a comparison is begun again with finer exponentials or roots."""

MAX_LETTER_PRECISION = 4_096
"""Bits at which two expressions with letters that no enclosure tells apart at a point are given up there."""

MAX_LETTER_EVALUATED = 400_000
"""Operations on balls of 64 bits in one comparison of expressions with letters; wider balls count for more."""

MAX_LETTER_PRIME_BITS = 64
"""Bits of a number beside letters that is factored into primes."""

MAX_LETTER_SHOWN = 16_000
"""The power of two up to which a value at a point is shown."""
