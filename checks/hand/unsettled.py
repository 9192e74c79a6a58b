"""What is left to a person in a hand problem: readings to be confirmed, what a write-up may hold, and what rests on it.

"Could not tell" is never "wrong": where an entry that others were worked out from is open, so is whether they follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checks.hand.follow_through import Follower
from checks.hand.own_cells import Place
from checks.judging.findings import Finding, LeftOpen, Reading
from checks.judging.verdicts import Verdict

_CHARGED = frozenset({Verdict.WRONG, Verdict.FOLLOW_THROUGH})


def settled(follower: Follower, findings: tuple[Finding, ...], left_open: LeftOpen) -> Iterator[Finding]:
    """The findings, those left open that rest on what is open; what is missing is, where a write-up may hold it."""
    names = [(cell.quantity.name, place) for cell in follower.reference.cells for place in cell.places]
    open_ones = {name: one for name, one in zip(names, findings, strict=True) if _is_open(one, left_open)}
    for name, finding in zip(names, findings, strict=True):
        if finding.verdict is Verdict.MISSING and name in open_ones:
            yield replace(finding, verdict=Verdict.UNDECIDED, note=left_open.reason)
        elif finding.verdict in _CHARGED and (source := _first_open(follower, name, open_ones)):
            open_ones[name] = _resting(finding, source)
            yield open_ones[name]
        else:
            yield finding


def found_or_open(findings: Iterable[Finding], left_open: LeftOpen) -> Iterator[Finding]:
    """The findings, those left open that are missing and that a write-up may hold."""
    for finding in findings:
        is_open = finding.verdict is Verdict.MISSING and left_open.covers(finding.name)
        yield replace(finding, verdict=Verdict.UNDECIDED, note=left_open.reason) if is_open else finding


def _is_open(finding: Finding, left_open: LeftOpen) -> bool:
    if finding.verdict is Verdict.MISSING:
        return left_open.covers(finding.name)
    return finding.verdict is Verdict.UNDECIDED and finding.reading is Reading.TO_CONFIRM


def _first_open(follower: Follower, name: Place, open_ones: dict[Place, Finding]) -> str:
    """The first open entry that the entry may be worked out from, whichever way."""
    sources = follower.sources(name)
    for way in follower.other_ways(name[0]):
        sources += follower.sources_of(way.inputs.quantity, name[1])
    return next((open_ones[source].name for source in sources if source in open_ones), "")


def _resting(finding: Finding, source: str) -> Finding:
    note = f"it rests on {source}, which is left to a person; it cannot be told yet whether it follows"
    nothing = {
        "mistakes": (),
        "alternatives": (),
        "layer": None,
        "detail": (),
        "deciding": "",
        "hint": "",
        "evidence": "",
    }
    return replace(finding, verdict=Verdict.UNDECIDED, note=note, **nothing)  # type: ignore[arg-type]
