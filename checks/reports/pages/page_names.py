"""What a submission's page is called: a name that every file system takes, whatever the id holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from hashlib import sha256

LONGEST = 60
"""Characters of an id that its page's name has at most."""

_PLAIN = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST - 1}}}")

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Names that Windows keeps for devices, with any suffix."""


def page_name(name: str, taken: Collection[str]) -> str:
    """The page's name, without suffix and other than those that are taken.

    A plain id is its own name; any other is told apart by its hash, so that case and accents make no difference to a
    file system that does not see them.

    >>> page_name("s001", set()), page_name("S001", set()), page_name("../x", set())
    ('s001', 's001-c5e0e70c', 'x-d6b96a97')
    """
    if _PLAIN.fullmatch(name) and name not in _RESERVED and name not in taken:
        return name
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    readable = re.sub(r"[^a-z0-9_]+", "-", letters).strip("-_")[:LONGEST] or "submission"
    digits = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    names = (f"{readable}-{digits[:length]}" for length in range(8, len(digits)))
    return next(one for one in names if one not in taken)
