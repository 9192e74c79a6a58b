"""The verdict on an answer with letters, in words: a proof, a point at which it is not the key, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from checks.judging.verdicts import Verdict
from exact.letters.decide import Different, Equal, decide
from exact.letters.symbolic import Symbolic


def compared_with_letters(key: Symbolic, answer: Symbolic, positive: Sequence[Symbolic] = ()) -> tuple[Verdict, str]:
    """The verdict, and the words for it, where all of `positive` are positive."""
    found = decide(key, answer, positive)
    if isinstance(found, Equal):
        return Verdict.EXACT, "equal for all values at which both are defined"
    if isinstance(found, Different):
        return Verdict.WRONG, words(found)
    return Verdict.UNDECIDED, found.reason


def words(found: Different) -> str:
    """The point at which the two differ, and how."""
    said = f"yours is {found.answer}, the key {found.key}"
    if found.is_tiny:
        said = f"yours less the key is {found.difference}"
    return f"at {found.where} {said}" if found.point else said
