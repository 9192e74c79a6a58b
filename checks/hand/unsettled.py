"""What is left to a person in a hand problem: readings to be confirmed, what a write-up may hold, and what rests on it.

"Could not tell" is never "wrong": where an entry that others were worked out from is open, so is whether they follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.hand.follow_through import Follower
from checks.judging.findings import Finding, Reading
from checks.judging.verdicts import Verdict
from exact.networks.cells import CellName

_CHARGED = frozenset({Verdict.WRONG, Verdict.FOLLOW_THROUGH})


def settled(follower: Follower, findings: tuple[Finding, ...], left_to_a_person: str) -> Iterator[Finding]:
    """The findings, those left open that rest on what is open. What is missing is too, for the reason given, if any."""
    names = [(cell.name, place) for cell in follower.reference.cells for place in range(len(cell.entries))]
    missing = Verdict.MISSING if left_to_a_person else None
    open_ones = {
        name: finding
        for name, finding in zip(names, findings, strict=True)
        if finding.verdict in (Verdict.UNDECIDED, missing)
        and (finding.verdict is missing or finding.reading is Reading.TO_CONFIRM)
    }
    for name, finding in zip(names, findings, strict=True):
        if finding.verdict is missing:
            yield replace(finding, verdict=Verdict.UNDECIDED, note=left_to_a_person)
        elif finding.verdict in _CHARGED and open_ones:
            yield _resting(finding, _first_open(follower, name, open_ones))
        else:
            yield finding


def _first_open(follower: Follower, name: tuple[CellName, int], open_ones: dict[tuple[CellName, int], Finding]) -> str:
    return next((open_ones[source].name for source in follower.sources(name) if source in open_ones), "")


def _resting(finding: Finding, source: str) -> Finding:
    if not source:
        return finding
    note = f"it rests on {source}, which is left to a person; it cannot be told yet whether it follows"
    nothing = {"mistakes": (), "alternatives": (), "layer": None, "deciding": "", "hint": "", "evidence": ""}
    return replace(finding, verdict=Verdict.UNDECIDED, note=note, **nothing)  # type: ignore[arg-type]
