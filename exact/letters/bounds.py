"""How large an expression with letters may become, and how long a comparison may take; nothing is timed."""

MAX_NODES = 20_000
"""Operations in an expression with letters."""

MAX_DEPTH = 200
"""Operations inside one another in an expression with letters."""

MAX_TERMS = 2_000
"""Terms of a polynomial in letters."""

MAX_PAIRS = 50_000
"""Pairs of terms in one product of polynomials in letters."""

MAX_WORK = 250_000
"""Pairs of terms multiplied in one comparison of expressions with letters."""

MAX_BITS = 100_000
"""Bits in all the coefficients of a polynomial in letters."""

MAX_POWER = 10_000
"""The exponent of a letter."""

MAX_GCD = 4_000
"""Terms times the largest exponent, where common factors of polynomials in letters are still looked for."""

MAX_FACTORED = 1_000
"""The same, where a polynomial in letters is factored."""

MAX_GENERATORS = 40
"""Letters, and independent exponentials, logarithms and roots, in one comparison."""

MAX_BRANCHES = 32
"""Combinations of signs that are looked at in one comparison, where absolute values or roots stand beside letters."""

MAX_RESTARTS = 12
"""How often a comparison is begun again with finer exponentials or roots."""

MAX_PRECISION = 4_096
"""Bits at which two expressions with letters that no enclosure tells apart at a point are given up there."""

MAX_EVALUATED = 400_000
"""Operations on balls of 64 bits in one comparison of expressions with letters; wider balls count for more."""

MAX_PRIME_BITS = 64
"""Bits of a number beside letters that is factored into primes."""

MAX_SHOWN = 16_000
"""The power of two up to which a value at a point is shown."""
