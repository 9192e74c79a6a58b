"""Why what a document says of an entry is not certain: what stands beside it, who bears it out, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checks.writeups.anchors import RESTS
from checks.writeups.claims import Written
from checks.writeups.conventions import Conventions
from checks.writeups.sayings import Saying
from checks.writeups.witness import agrees

Values = tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A saying with its numbers, and what witnesses each of its entries.

    `anchored`: the step rests on what is given and certain; `unknown` is why the chain may be of another problem.
    """

    saying: Saying
    values: Values
    by_step: tuple[bool | None, ...]
    by_chain: tuple[bool | None, ...]
    anchored: tuple[bool, ...]
    unknown: str
    is_disputed: bool = False


def doubt_of(one: Weighed, at: int, conventions: Conventions) -> str:
    """Why a saying does not make its entry certain; "" where it does."""
    saying = one.saying
    if unread := unread_beside(saying):
        return unread
    if conventions.clashes:
        return "its layers are not numbered as the assignment numbers them"
    if one.is_disputed:
        return "its name and the formula beside it mean different cells"
    contradicted = sum(agreed is False for agreed in one.by_step)
    holds_others = any(not _agree(written, saying.written) for written in saying.claim.plain)
    by_chain = one.by_chain[at] is True and all(agreed is not False for agreed in one.by_chain)
    mostly = (by_chain and not one.unknown) or 4 * contradicted <= len(one.by_step)
    is_borne_out = contradicted == 0 or (not holds_others and mostly)
    if one.by_step[at] is True and is_borne_out and one.anchored[at]:
        return "" if saying.by_name or saying.by_formula else "its name was not read"
    if one.by_step[at] is True and is_borne_out and not by_chain:
        return RESTS
    if conventions.assumed:
        return "what its layers are counted from is not clear"
    if not saying.by_name:
        return "its name was not read, only the formula beside it"
    if saying.is_parameter:
        return "nothing says that this is the updated one"
    if holds_others:
        return "its chain holds other values"
    if by_chain and saying.by_formula:
        return one.unknown
    return "no other number in the write-up bears it out"


def _agree(one: Written, other: Written) -> bool:
    """Whether two values of a chain are the same, or roundings of one another."""
    if one.value.shape != other.value.shape:
        return False
    pairs = zip(one.value.elements, other.value.elements, strict=True)
    return all(a.text == b.text or agrees(b, b.value, a.value, a.size) is True for a, b in pairs)


def unread_beside(saying: Saying) -> str:
    """What stands beside the value and may say something else, or was not read behind it."""
    claim, number = saying.claim, saying.written.number
    if claim.aside:
        return claim.aside
    if saying.written.value.rest:
        return f"what stands behind it was not read: {saying.written.value.rest[:40]}"
    if claim.loose or any(one > number for one in claim.unread) or not saying.is_last:
        return "what stands behind it was not read"
    for later in claim.worked:
        if later.number > number and not _agree(later, saying.written):
            return "what stands behind it gives another value"
    return ""
