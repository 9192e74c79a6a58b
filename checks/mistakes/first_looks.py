"""Where to look first: the causes of what is wrong, the earliest first, and few of them."""

from __future__ import annotations

from collections.abc import Iterable

from checks.judging.findings import Finding, cell_of
from checks.judging.verdicts import Verdict
from checks.mistakes.advice import SLIPS, advice

MOST = 3
"""Causes that are told: more is no help."""

LEAST = 2
"""Causes from which on they are told; what a single one was stands with its entries."""


def first_looks(findings: Iterable[Finding], level: str) -> list[str]:
    """The first causes of wrong entries, each with the cells that show it; none where there is but one.

    Entries that a mistake explains have that in common; others their cell. Below `full` nothing is told but the cells
    and the names of mistakes, and of marks alone nothing.
    """
    causes: dict[object, list[Finding]] = {}
    for finding in findings:
        if finding.verdict is Verdict.WRONG and not finding.is_right:
            is_named = finding.mistakes and not set(finding.mistakes) & SLIPS
            cause = (finding.mistakes, finding.layer, finding.detail) if is_named else cell_of(finding.name)
            causes.setdefault(cause, []).append(finding)
    if level == "marks" or len(causes) < LEAST:
        return []
    return [_told(found) for found in list(causes.values())[:MOST]]


def _told(found: list[Finding]) -> str:
    first = found[0]
    cells = list(dict.fromkeys(cell_of(finding.name) for finding in found))
    names = first.name if len(found) == 1 else " ".join(cells)
    match dict(first.detail):
        case {"number": number, "given": given, "read_as": read_as}:
            return f"{names}, where you worked with {number} = {read_as} for {given}"
        case {"formula": _}:
            return f"{names}, which is another formula than the step's"
    named = [advice()[name].title for name in first.mistakes if name not in SLIPS]
    return ", where ".join(filter(None, (names, " and ".join(named))))
