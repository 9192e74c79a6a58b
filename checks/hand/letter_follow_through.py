"""Follows an early mistake through where answers have letters: what is right from the student's own expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checks.hand.key import BackpropReference, KeyCell
from checks.hand.letter_key import LetterKey
from checks.hand.own_cells import Judged, OwnCells, Place
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from exact.letters.decide import Equal, decide
from exact.letters.lettered import NoFormula
from exact.letters.solution import Unsettled
from exact.letters.symbolic import ZERO, Letter, Symbolic, letters, symbolic
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge

UNKNOWN = Letter("?")
"""Stands for what is not known of a submission: no name is spelt so."""


class LetterFollower:
    """The cells of one submission in letters, judged as they follow from each other."""

    def __init__(self, reference: BackpropReference, key: LetterKey, judged: dict[str, list[Judged]]) -> None:
        self.reference, self.key, self.judged = reference, key, judged
        self.solution, self.positive = key.scope.solution, key.scope.solution.positive
        self.cells = OwnCells(reference, judged)
        self._own: dict[str, Array] = {}
        self._again: dict[str, Array] = {}

    def follow(self) -> None:
        """Changes the findings of wrong and undecided entries that are right from the student's own earlier ones."""
        for cell in self.reference.cells:
            name = cell.quantity.name
            for place in cell.places:
                one = self.judged[name][place]
                is_open = one.finding.verdict in (Verdict.WRONG, Verdict.UNDECIDED)
                if is_open and self.is_equal(self.step(name)[place], one.formula):
                    self.changed(name, place, self._followed(one.finding, (name, place)))

    def step(self, name: str) -> Array:
        """The quantity by its own step from what the student has; `UNKNOWN` in what nothing is known of."""
        if name not in self._again:
            quantity = self.solution.calculation.by_name[name]
            sources = {source for source in quantity.of.values() if source in self.solution.calculation.by_name}
            given = self.own if self.cells.is_trivial(name) else self.stated
            self._again[name] = self._careful(
                name, lambda: self.solution.followed(name, {source: given(source) for source in sources})
            )
        return self._again[name]

    def own(self, name: str) -> Array:
        """The quantity as the student has it and as there is something in it to follow: not wrong and all 0."""
        judged = [one for one in self.judged.get(name, []) if self.cells.is_asked((name, one.entry.place))]
        is_wrong = any(one.finding.verdict is Verdict.WRONG for one in judged)
        if is_wrong and all(one.formula is None or self.is_equal(ZERO, one.formula) for one in judged):
            return self.stated(name).each(lambda _: UNKNOWN)
        return self.stated(name)

    def stated(self, name: str) -> Array:
        """The quantity as the student wrote it; what was not asked for is worked out."""
        if name not in self._own:
            judged = self.judged.get(name)
            if judged is None:
                self._own[name] = self.step(name)
            else:
                shape = self.solution.calculation.shape_of(name)
                self._own[name] = Array((self._stated(name, one) for one in judged), shape)
        return self._own[name]

    def _stated(self, name: str, one: Judged) -> Symbolic:
        if self.cells.is_asked((name, one.entry.place)):
            return UNKNOWN if one.formula is None else one.formula
        return symbolic(self.step(name)[one.entry.place])

    def right(self, name: str) -> Array:
        """The quantity as it should be."""
        return self._careful(name, lambda: self.solution.values(name))

    def _careful(self, name: str, made: Callable[[], Array]) -> Array:
        """What is made; unknown where it cannot be."""
        calculation = self.solution.calculation
        try:
            return made()
        except (Unsettled, NoFormula, TooLarge):
            size = calculation.by_name[name].size
            return Array([UNKNOWN] * size, calculation.shape_of(name))

    def is_equal(self, value: object, answer: Symbolic | None) -> bool:
        """Whether the answer is proved to be this value, all of which is known."""
        if answer is None:
            return False
        expected = symbolic(value)  # type: ignore[arg-type]  # an entry of an array
        try:
            is_known = UNKNOWN.name not in letters(expected)
        except TooLarge:
            return False
        return is_known and isinstance(decide(expected, answer, self.positive), Equal)

    def changed(self, name: str, place: int, finding: Finding) -> None:
        """Puts another finding in the place of an entry's."""
        self.judged[name][place] = replace(self.judged[name][place], finding=finding)

    def verdict(self, place: Place) -> Verdict:
        """What was found of an entry."""
        return self.judged[place[0]][place[1]].finding.verdict

    def has_wrong_sources(self, cell: KeyCell) -> bool:
        """Whether something that one of the cell's entries works on is not right."""
        found = {source for place in cell.places for source in self.cells.sources((cell.quantity.name, place))}
        return any(self.verdict(source) not in RIGHT for source in found)

    def _followed(self, finding: Finding, place: Place) -> Finding:
        wrong = [source for source in self.cells.sources(place) if self.verdict(source) not in RIGHT]
        if not wrong:
            return replace(finding, verdict=Verdict.CLOSE, note="right from your rounded entries")
        names = list(dict.fromkeys(map(self._told, wrong)))
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        return replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=f"right from your own {listed}")

    def _told(self, place: Place) -> str:
        part = self.reference.part
        own = part.naming.own_entry(*place)
        return part.name(own) if own else part.cell_name(place[0])
