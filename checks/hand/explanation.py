"""What explains the wrong entries of a cell: a known mistake, tried on the numbers that the student had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.own_cells import Judged
from checks.judging.clauses import Ground
from checks.judging.judge import Judgement, is_far, judge
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.tree import AnswerError
from exact.calculation.balls import BITS, as_ball
from exact.calculation.inputs import Inputs
from exact.mistakes import MISTAKES, Mistake, cell_with
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.unknown import is_known

LEAST_FOR_A_PAIR = 2
"""Wrong entries of a cell from which two mistakes at once are looked for; one alone is explained too easily."""

LEAST_BESIDE_A_SLIP = 3
"""Wrong entries that a mistake has to give where one other entry of the cell is a slip."""

WEAK = (Ground.TERMS, Ground.ZERO, Ground.INPUTS, Ground.FLOAT)
"""Grounds on which nearly anything small is near enough: alone they explain nothing."""

Mistakes = tuple[Mistake, ...]
Candidate = tuple[Mistakes, Array]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What gives the wrong entries at `places`: `equals`, each of them one mistake or two at once.

    `values` are the cell as it comes out with the first; `slip` is a wrong entry that is none of it.
    """

    equals: tuple[Mistakes, ...]
    places: tuple[int, ...]
    values: Array
    slip: int | None = None


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """The first of each set of mistakes."""
    first: dict[frozenset[str], Candidate] = {}
    for mistakes, values in found:
        first.setdefault(frozenset(mistake.id for mistake in mistakes), (mistakes, values))
    return list(first.values())


def _are_equal(one: Array, other: Array) -> bool:
    """Whether no enclosure tells the entries apart."""
    if one.shape != other.shape or not all(map(is_known, (*one, *other))):
        return False
    pairs = zip(one, other, strict=True)
    return all(Number.of(Number.of(x) - y).enclosure(BITS).contains(0) for x, y in pairs)


class Trial:
    """One cell, on which known mistakes are tried; `named` are those found in earlier cells.

    They work on the student's own earlier entries, and on the right ones too: what was miscopied, or rounded, need not
    have been used so.
    """

    def __init__(self, follower: Follower, cell: KeyCell, wrong: list[int], named: Mapping[str, str]) -> None:
        self.follower, self.cell = follower, cell
        self.quantity = cell.quantity
        self.judged = follower.judged[cell.quantity.name]
        own, right = (
            Inputs(follower.calculation, cell.quantity, given) for given in (follower.own, follower.right.value)
        )
        self.right = right
        self.inputs = (own, right) if follower.has_wrong_sources(cell) else (right, own)
        self.mistakes = tuple(one for one in MISTAKES if self._is_open(one, named))

        self.wrong = wrong

    @cached_property
    def singles(self) -> list[Candidate]:
        """The cells that each of the mistakes makes."""
        return list(self.cells(1))

    @cached_property
    def pairs(self) -> list[Candidate]:
        """The cells that two mistakes at once make."""
        return list(self.cells(2))

    def single(self) -> Explanation | None:
        """One mistake that gives every answered entry."""
        found = self._explanation(one for one in self.singles if not self.misses(one[1], most=0))
        return found if found and self.is_evident() else None

    def is_evident(self) -> bool:
        """Whether a wrong entry is more than the right value rounded to too few digits, which may be anything."""
        return any(not self.judged[place].is_short for place in self.wrong)

    def pair(self) -> Explanation | None:
        """Two at once that do."""
        if len(self.wrong) < LEAST_FOR_A_PAIR:
            return None
        return self._explanation(one for one in self.pairs if not self.misses(one[1], most=0))

    def beside_a_slip(self) -> Explanation | None:
        """One that gives all but a single entry."""
        if len(self.wrong) > LEAST_BESIDE_A_SLIP:
            for mistakes, values in self.singles:
                missed = self.misses(values, most=1)
                if len(missed) == 1 and missed[0] in self.wrong:
                    places = tuple(place for place in self.wrong if place != missed[0])
                    return Explanation((mistakes,), places, values, missed[0])
        return None

    def with_values(self, values: Array) -> Explanation | None:
        """One mistake that makes the cell these very values."""
        found = _distinct(one for one in self.singles if _are_equal(one[1], values))
        return Explanation(tuple(one for one, _ in found), tuple(self.wrong), values) if found else None

    def explained_by(self, name: str) -> Array | None:
        """The cell with the mistake of this name, seen in a cell before or not, if that gives every answered entry."""
        made = (cell_with((one,), inputs) for one in MISTAKES if one.id == name for inputs in self.inputs)
        return next((values for values in made if values is not None and not self.misses(values, most=0)), None)

    def contradicts(self, name: str) -> bool:
        """Whether the mistake of this name can be made here, and gives none of the cell's wrong entries."""
        made = [cell_with((one,), inputs) for one in MISTAKES if one.id == name for inputs in self.inputs]
        missed = [self.misses(values, most=values.size) for values in made if values is not None]
        return bool(missed) and all(set(self.wrong) <= set(places) for places in missed)

    def _explanation(self, candidates: Iterable[Candidate]) -> Explanation | None:
        found = _distinct(candidates)
        if not found:
            return None
        found.sort(key=lambda one: self.is_contradicted(one[0]))
        return Explanation(tuple(mistakes for mistakes, _ in found), tuple(self.wrong), found[0][1])

    def _is_open(self, mistake: Mistake, named: Mapping[str, str]) -> bool:
        """Whether the mistake may be made here: one that shows first in another cell must be seen there, if it can."""
        if not mistake.applies(self.inputs[0]):
            return False
        first = self._beside(mistake.first_in)
        if first is None:
            return True
        is_answered = any(one.value for one in self.follower.judged.get(first, ()))
        return not is_answered or named.get(first) == mistake.id

    def _beside(self, letter: str) -> str | None:
        """The name of the cell that a letter of the step, or one beside it, stands for."""
        return self.quantity.of.get(letter) or self.quantity.beside.get(letter)

    def is_contradicted(self, mistakes: Mistakes) -> bool:
        """Whether one of them belongs to a whole group of cells, of which another one that is right has it not."""
        group = self.quantity.group
        if not group:
            return False
        for cell in self.follower.reference.cells:
            judged = self.follower.judged[cell.quantity.name]
            if cell.quantity.group != group or cell is self.cell or not any(one.value for one in judged):
                continue
            is_wrong = any(one.finding.verdict is Verdict.WRONG for one in judged)
            shows_there = {mistake.id for mistake in MISTAKES if cell.quantity.step.name in mistake.steps}
            if not is_wrong and any(mistake.id in shows_there for mistake in mistakes):
                return True
        return False

    def cells(self, at_once: int) -> Iterator[Candidate]:
        """Every so many mistakes at once, with the cell that they make; two on the likelier inputs alone."""
        for inputs in self.inputs[: 2 if at_once == 1 else 1]:
            for mistakes in permutations(self.mistakes, at_once):
                values = self._made(mistakes, inputs)
                if values is None or values.size != len(self.judged):
                    continue
                if at_once == 1 or any(value != 0 for value in values):  # two may leave nothing of each other
                    yield mistakes, values

    def _made(self, mistakes: Mistakes, inputs: Inputs) -> Array | None:
        if inputs is self.right and len(mistakes) == 1:
            return self.follower.right.with_mistake(self.quantity, mistakes[0])
        return cell_with(mistakes, inputs)

    def misses(self, values: Array, *, most: int) -> list[int]:
        """The places of answered entries that are not these values; no more than one above `most`.

        Where none of the wrong ones is met but for terms that cancel, or for what is rounded before it, all are missed;
        one that has too few digits is met only by its very value.
        """
        missed: list[int] = []
        is_met = False
        for place, one in enumerate(self.judged):
            if one.value is None:
                continue
            judgement = self._judgement(place, one, values[place])
            if judgement is None or judgement.verdict not in RIGHT:
                missed.append(place)
                if len(missed) > most:
                    break
            elif one.finding.verdict is Verdict.WRONG:
                is_met = is_met or (judgement.equal is True if one.is_short else judgement.ground not in WEAK)
        return missed if is_met else list(range(len(self.judged)))

    def _judgement(self, place: int, one: Judged, value: object) -> Judgement | None:
        """What the entry is beside this value; None where it is far from it, or that is not known."""
        if self.follower.balls.is_another((self.quantity.name, place), as_ball(value)):
            return None
        key = self.follower.key(self.quantity.name, place, value, one)
        tolerance = self.follower.reference.part.tolerance
        if key is None or one.value is None or is_far(one.value, key, tolerance):
            return None
        try:
            return judge(one.value, key, tolerance)
        except AnswerError:
            return None
