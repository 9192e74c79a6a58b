"""How large what is handed in may be; each bound is checked before the work that it bounds.

The bounds on numbers (digits, powers, terms, bits) are those of `exact.numbers.bounds`.
"""

MAX_FILE_BYTES = 32 * 2**20
"""One file of a submission."""

MAX_ANSWERS_BYTES = 256 * 2**10
"""One answers file."""

MAX_TABLE_BYTES = 256 * 2**20
"""A roster or a grade book."""

MAX_OUTCOME_BYTES = 64 * 2**20
"""What was found in one submission, as it is stored, before and after it is unpacked."""

MAX_ZIP_ENTRIES = 10_000
"""Files in one submission's folder or zip."""

MAX_DIRECTORY_BYTES = 4 * 2**20
"""The list of contents of a submission's zip: 46 bytes and its name for each file."""

MAX_CLASS_ENTRIES = 1_000_000
"""Files in the zip of a whole class."""

MAX_DEPTH = 100
"""Folders inside one another."""

MAX_ZIPS = 20
"""Zips within one submission that are looked into."""

MAX_VALUE_CHARACTERS = 16_000
"""The text of one value."""

MAX_ENTRY_CHARACTERS = 4_000
"""The text of one entry of a vector or matrix, or of a value that is a single number."""

MAX_NESTING = 60
"""Brackets, braces, functions and powers inside one another."""

MAX_NODES = 20_000
"""Operations in all, after products of matrices are multiplied out."""

MAX_CHAIN = 20
"""Members of a chain a = b = c."""

MAX_WORK = 200_000
"""What it may cost to evaluate one number exactly: terms copied, and eight for each pair of terms multiplied."""

MAX_ROOT_INDICES = 64
"""The product of the indices of the different roots in one number that is to be decided."""

MAX_ALGEBRAIC_POWER = 100
"""Powers and denominators of powers beside roots."""

MAX_ALGEBRAIC_WORK = 1_000
"""Operations beside roots, each counted as often as the indices multiply to."""

LAST_BALL_PRECISION = 4_096
"""Bits at which an answer outside the exact field is left undecided."""

MAX_SIGN_PRECISION = 1_024
"""Bits at which the sign of a number below a root or a logarithm is left open."""
