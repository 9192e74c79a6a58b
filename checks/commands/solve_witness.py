"""`backcheck solve --witness`: the key derived a second time, by sympy alone, and confirmed entry by entry."""

from __future__ import annotations

import json
import sys

from checks.assignment.assignment import Assignment
from checks.assignment.letter_scope import LetterScope
from checks.assignment.parts import HandPart
from checks.assignment.second_reading import derived_graph
from exact.calculation.solution import Solution
from exact.witness.confirmation import DIGITS, Confirmation, Derived, How, confirmed, confirmed_in_letters
from exact.witness.derivation import Derivation
from exact.witness.given import NO_LETTERS, Letters


def print_confirmations(assignment: Assignment, *, as_json: bool) -> int:
    """Prints how many entries are confirmed, and which are not. 1 where one is not."""
    found = [(part, one) for part in assignment.hand_parts for one in confirmations(part)]
    failed = [(part, one) for part, one in found if not one.is_confirmed]
    numerical = sum(one.how is How.DIGITS for _, one in found)
    if as_json:
        outcome = {
            "entries": len(found),
            "confirmed": len(found) - len(failed),
            "exact": sum(one.how is How.EXACT for _, one in found),
            "failed": [_as_json(part, one) for part, one in failed],
        }
        print(json.dumps(outcome, indent=2))
        return 1 if failed else 0
    from checks.reports.console import console_for

    console = console_for(sys.stdout)
    told = f"{len(found) - len(failed)} of {len(found)} entries confirmed by a second derivation"
    if 0 < numerical < len(found):
        told += f", {numerical} of them to {DIGITS} digits, the others exactly"
    elif numerical:
        told += f" to {DIGITS} digits"
    print(console.text(told))
    for part, one in failed:
        name = part.entry_name(one.cell, one.place)
        print(console.text(f"{name}: {_told(one)}", "  ", " " * 6))
    return 1 if failed else 0


def confirmations(part: HandPart) -> tuple[Confirmation, ...]:
    """What the witness says of every entry that the part asks for."""
    scope = None if part.letters is None else LetterScope(part.naming, part.letters)
    letters = NO_LETTERS if scope is None else Letters(scope.stands_for, scope.solution.positive)
    derived: list[Derived] = [Derivation(part.problem, letters)] if part.problem is not None else []
    derived += [derived_graph(part.graph, letters)] if part.graph is not None else []
    entries = [(cell.quantity.name, place) for cell in part.cells for place in cell.places]
    if scope is not None:
        return tuple(confirmed_in_letters(derived[0], scope.solution, letters, entries))
    return tuple(confirmed(derived[0], Solution(part.naming.calculation), entries))


def _told(one: Confirmation) -> str:
    match one.how:
        case How.UNDERIVED:
            return f"the key has {one.key or 'a formula'}, the witness derives nothing"
        case How.UNDECIDED:
            return f"it could not be decided whether what the witness derives is the key ({one.derived})"
        case _:
            return f"the key has {one.key}, the witness derives {one.derived}"


def _as_json(part: HandPart, one: Confirmation) -> dict[str, str | None]:
    return {
        "name": part.entry_name(one.cell, one.place),
        "cell": part.naming.calculation.by_name[one.cell].entry(one.place),
        "found": one.how.value,
        "key": one.key,
        "derived": one.derived,
    }
