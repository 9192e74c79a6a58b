"""What was read, for reading: how much is certain, what is to be confirmed and why, what was not found."""

from __future__ import annotations

from itertools import groupby

from checks.display import printable
from checks.judging.findings import cell_of
from checks.marking.read_submission import FoundEntry, ReadSubmission
from checks.reports.console import Console

INDENT = " " * 4


def reading_text(reading: ReadSubmission, console: Console) -> str:
    """The lines on one submission."""
    lines = [console.bold(console.plain(printable(reading.id)))]
    if reading.failure:
        lines.append(console.text(f"not read: {reading.failure}; left to a person", "  ", INDENT))
    lines += [console.text(f"{one.file}: {one.message}", "  ", INDENT) for one in reading.troubles]
    certain = [one for one in reading.entries if not one.reason]
    if certain:
        cells = ", ".join(f"{cell} {where}" for (cell, where), _ in groupby(certain, key=_cell_and_place))
        lines.append(console.text(f"certain: {len(certain)} entries: {cells}", "  ", INDENT))
    for one in reading.entries:
        if one.reason:
            told = f"to confirm: {one.name} = {one.value} at {one.source}: {one.reason}"
            lines.append(console.text(told, "  ", INDENT))
    if reading.not_found:
        lines.append(console.text(f"not found: {' '.join(reading.not_found)}", "  ", INDENT))
    return "\n".join(lines) + "\n"


def _cell_and_place(one: FoundEntry) -> tuple[str, str]:
    return cell_of(one.name), str(one.source)
