"""How well write-ups are read: what is certain, and whether it is what stands in the text."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.assignment.assignment import Assignment, read_assignment
from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from exact.calculation.quantity import place_of
from tests.hands.characters import DAMAGES, number, standing
from tests.hands.damages import TOOLS, damaged
from tests.hands.desk import Desk
from tests.hands.files import Typed, as_file, typed
from tests.hands.habits import HABITS
from tests.hands.held_out import HELD_OUT
from tests.hands.problems import ASKED, PROBLEMS
from tests.hands.writeup import WriteUp, entries

HANDS: dict[str, Callable[[Desk], WriteUp]] = {**HABITS, **HELD_OUT}

Values = Mapping[str, set[Fraction]]


def assignment_of(problem: str) -> Assignment:
    """An assignment with that one problem."""
    return read_assignment({"id": "test", "title": "Test", "backprop": PROBLEMS[problem]})


def asked(name: str) -> tuple[str, Assignment, Callable[[str], str]]:
    """A problem as another course asks for it: what the hand works out, and what its entries are called there."""
    problem, table = ASKED[name]
    assignment = read_assignment({"id": "test", "title": "Test", "backprop": table})
    naming = assignment.hand_parts[0].naming

    def called(entry: str) -> str:
        cell, _, inside = entry.rstrip("]").partition("[")
        index = tuple(map(int, inside.split(",")))
        index = index[::-1] if table.get("orientation") == "rows" and len(index) == 2 else index
        place = place_of(naming.calculation.shape_of(cell), index)
        assert place is not None
        return naming.entry(cell, place)

    return problem, assignment, called


@dataclass
class Tally:
    """What was read of so many entries: certain or to be confirmed, right or wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    misread: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        self.counts += other.counts
        self.misread += other.misread
        return self


def tally(data: bytes, name: str, assignment: Assignment, stands: Values) -> Tally:
    """Reads a file and holds what was read against what stands in it."""
    found = Tally()
    reading = read_document(open_document(data, name), assignment)
    read = {str(one.name): one for one in reading.answers if one.name.cell}
    for entry, answer in read.items():
        right = number_in(answer.text) in stands.get(entry, set())
        found.counts[f"{answer.reading} {'right' if right else 'wrong'}"] += 1
        if not right and not answer.doubt:
            found.misread.append(f"{name}: {entry} read as {answer.text}, there stands {stands.get(entry)}")
    found.counts["not found"] += len([entry for entry, values in stands.items() if entry not in read and values])
    found.counts["all"] += len([entry for entry, values in stands.items() if values])
    return found


def number_in(text: str) -> Fraction | None:
    """The number that the reader gives, in the answer language."""
    return number(text.replace(" ", "").removeprefix("(").removesuffix(")"))


def of_hand(hand: str, problem: str, kind: str, assignment: Assignment, called: Callable[[str], str] = str) -> Tally:
    """The undamaged write-up of a hand as a file of that kind; `called` are the assignment's names of entries."""
    write_up = HANDS[hand](Desk(PROBLEMS[problem]))
    stands: dict[str, set[Fraction]] = {}
    for name, text in entries(write_up):
        stands.setdefault(called(name), set()).add(Fraction(text))
    return tally(as_file(write_up, kind), f"homework.{kind}", assignment, stands)


def of_pdf(data: bytes, write_up: WriteUp, assignment: Assignment, name: str = "homework.pdf") -> Tally:
    """A write-up as some program made a file of it."""
    stands: dict[str, set[Fraction]] = {}
    for entry, text in entries(write_up):
        stands.setdefault(entry, set()).add(Fraction(text))
    return tally(data, name, assignment, stands)


def damaged_texts(count: int, seed: int = 16) -> Iterator[tuple[str, str, Typed]]:
    """So many write-ups, each with one damage: what was done, the problem, the text."""
    chance = random.Random(seed)
    texts = {
        (hand, problem): typed(make(Desk(PROBLEMS[problem])), "md")
        for hand, make in HANDS.items()
        for problem in PROBLEMS
    }
    keys, kinds = list(texts), list(DAMAGES)
    for n in range(count):
        hand, problem = keys[n % len(keys)]
        kind = chance.choice(kinds)
        yield f"{kind}, {hand}, {problem}, {n}", problem, DAMAGES[kind](texts[hand, problem], chance)


def of_damaged(told: str, assignment: Assignment, text: Typed) -> Tally:
    """One damaged text."""
    found = tally(text.text.encode(), "homework.md", assignment, standing(text))
    found.misread = [f"{told}: {one}" for one in found.misread]
    return found


def of_damages(hand: str, problem: str, kind: str, assignment: Assignment, chance: random.Random) -> Tally:
    """The write-up of a hand, damaged in several places, as a file of that kind."""
    write_up = damaged(HANDS[hand](Desk(PROBLEMS[problem])), chance)
    if kind in TOOLS:
        text = TOOLS[kind](typed(write_up, "md"))
        return tally(text.text.encode(), "homework.md", assignment, standing(text))
    stands: dict[str, set[Fraction]] = {}
    for name, value in entries(write_up):
        stands.setdefault(name, set()).add(Fraction(value))
    return tally(as_file(write_up, kind), f"homework.{kind}", assignment, stands)
