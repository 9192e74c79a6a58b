"""`backcheck solve --letters`: the key with letters for all that is given, every entry as a formula."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from checks.assignment.assignment import Assignment
from checks.assignment.parts import HandPart
from checks.errors import CallError
from exact.writing.letters import Written, steps

STEP = "step(s) is 1 for s > 0 and 0 for s < 0."


def written_formulas(part: HandPart) -> tuple[Written, ...]:
    """The formulas of what a part asks for, and of the steps on the way there."""
    return tuple(steps(part.naming, [(cell.quantity, cell.places) for cell in part.cells]))


def print_formulas(assignment: Assignment, form: str) -> int:
    """Prints the formulas of every hand problem as text, LaTeX or JSON."""
    parts = [(part, written_formulas(part)) for part in assignment.hand_parts]
    if form == "json":
        entries = [(part.name(one.name), one) for part, found in parts for one in found]
        print(json.dumps({name: _as_json(one) for name, one in entries}, indent=2))
    elif form == "latex":
        from exact.writing.latex.letter_tables import NEEDS, letter_tables

        tables = [table for _, found in parts for table in letter_tables(found).values() if table]
        print("\n\n".join([NEEDS, *tables]))
    elif form == "text":
        from checks.reports.console import console_for

        console = console_for(sys.stdout)
        print(console.bold(console.text(assignment.title)))
        for part, found in parts:
            for line, is_heading in _lines(part, found):
                print(console.bold(line) if is_heading else console.text(line, "  ", " " * 6))
    else:
        raise CallError("--letters goes with --format text, latex or json")
    return 0


def _as_json(one: Written) -> dict[str, str | bool]:
    return {"formula": one.text, "latex": one.latex, "cell": one.quantity.entry(one.place), "asked": one.is_asked}


def _lines(part: HandPart, found: tuple[Written, ...]) -> Iterator[tuple[str, bool]]:
    """The lines, headings among them; the second value says which is one."""
    heading = ""
    for one in found:
        if one.quantity.place.title != heading:
            heading = one.quantity.place.title
            yield "", False
            yield heading, True
        yield " = ".join(filter(None, (part.name(one.name), one.other_name, one.text))), False
    if any("step(" in one.text for one in found):
        yield "", False
        yield STEP, False
