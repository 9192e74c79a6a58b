"""Where answers that were read from write-ups stand, cell by cell: what every report tells in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from checks.judging.findings import Finding, Reading, cell_of


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """The entries, or the cell, that stand at one place, and how sure that is."""

    names: str
    place: str
    reading: Reading


def read_places(findings: Iterable[Finding]) -> list[ReadPlace]:
    """The places of all findings that were read from write-ups; none of those in files of answers.

    Entries of one cell that stand together are told by the cell's name.
    """
    read = [one for one in findings if one.source is not None and one.reading is not Reading.TYPED]
    told = []
    for (cell, place, reading), group in groupby(read, key=_where):
        names = [one.name for one in group]
        told.append(ReadPlace(cell if len(names) > 1 else names[0], place, reading))
    return told


def _where(finding: Finding) -> tuple[str, str, Reading]:
    return cell_of(finding.name), str(finding.source), finding.reading
