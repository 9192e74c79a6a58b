"""What was found of a problem, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from checks.inspection.remark import Inspection, Remark
from checks.reports.console import Console


def inspection_lines(inspection: Inspection, console: Console) -> Iterator[str]:
    """The figures, the remarks, and what the structure settles."""
    yield ""
    yield console.bold(console.text(inspection.part.heading))
    yield console.text(effort(inspection), "  ")
    if units := units_at_work(inspection):
        yield console.text(units, "  ")
    if inspection.has_letters:
        yield console.text("Its numbers are letters: what they show depends on what is put in their place.", "  ")
        return
    yield console.text(mistakes_shown(inspection), "  ")
    if not inspection.remarks:
        yield console.text("Nothing to say against its numbers.", "  ")
    for remark in inspection.remarks:
        yield ""
        yield from _remark(remark, console)
    if inspection.settled:
        yield ""
        yield console.text("Whatever the numbers are:", "  ")
        for remark in inspection.settled:
            yield console.text(f"- {remark.message}", "  ", "    ")


def effort(inspection: Inspection) -> str:
    """How much there is to work out, in words."""
    counts = inspection.counts
    told = [
        _counted(counts.entries, "entry", "entries"),
        _counted(counts.products, "product"),
        _counted(counts.sums, "sum"),
        _counted(counts.functions, "value of a function", "values of functions"),
    ]
    return ", ".join(told[:-1] if not counts.functions else told) + (
        f"; {_counted(counts.long, 'long number')}" if counts.long else ""
    )


def mistakes_shown(inspection: Inspection) -> str:
    """How many mistakes show, in words."""
    number = len(inspection.shown)
    return "1 listed mistake shows." if number == 1 else f"{number} listed mistakes show."


def units_at_work(inspection: Inspection) -> str:
    """How many units of each cell with a mask are live, and how many dead; "" where there is no mask."""
    counts = inspection.counts
    return "; ".join(f"{cell}: {live} live, {counts.dead[cell]} dead" for cell, live in counts.live.items())


def _remark(remark: Remark, console: Console) -> Iterator[str]:
    yield console.text(f"{remark.kind}: {remark.message}", "  ", "    ")
    yield console.text(f"{remark.why};", "    ")
    yield console.text(f"{remark.change}.", "    ")


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
