"""One submission's cells as expressions, and what each entry of them is worked out from.

A name in an answer may stand for what it names, or for what the student wrote of that: two readings of one submission,
each consistent in itself.
"""

from __future__ import annotations

from collections.abc import Callable

from checks.hand.letter_key import LetterKey
from checks.hand.own_cells import Judged, OwnCells
from checks.judging.verdicts import Verdict
from checks.language.tree import AnswerError
from exact.calculation.readings import made_trivial_by
from exact.letters.decide import Equal, decide
from exact.letters.lettered import NoFormula
from exact.letters.solution import Unsettled
from exact.letters.symbolic import ZERO, Letter, Symbolic, letters, symbolic
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge

UNKNOWN = Letter("?")
"""Stands for what is not known of a submission: no name is spelt so."""


class OwnExpressions:
    """The cells of one submission in one reading; `names_are_own`: names stand for what the student wrote.

    What is missing, or cannot be read, is as it should be: that an entry follows from it is proved, not guessed.
    """

    def __init__(
        self, key: LetterKey, cells: OwnCells, judged: dict[str, list[Judged]], *, names_are_own: bool
    ) -> None:
        self.key, self.cells, self.judged, self.names_are_own = key, cells, judged, names_are_own
        self.solution = key.scope.solution
        self._own: dict[str, Array] = {}
        self._again: dict[str, Array] = {}
        self._formulas: dict[tuple[str, int], Symbolic | None] = {}

    def formula(self, name: str, one: Judged) -> Symbolic | None:
        """The answer to an entry; None where there is none that can be read."""
        if not self.names_are_own or one.node is None or one.formula is None:
            return one.formula
        place = name, one.entry.place
        if place not in self._formulas:
            try:
                self._formulas[place] = self.key.scope.value(one.node, name, self.stated)
            except AnswerError:
                self._formulas[place] = None
        return self._formulas[place]

    def step(self, name: str) -> Array:
        """The quantity by its own step from what the student has; `UNKNOWN` in what nothing is known of."""
        if name not in self._again:
            self._again[name] = self._careful(name, lambda: self._followed(name))
        return self._again[name]

    def _followed(self, name: str) -> Array:
        calculation = self.solution.calculation
        quantity = calculation.by_name[name]
        sources = {source for source in quantity.of.values() if source in calculation.by_name}
        trivial = made_trivial_by(self.cells.calculation, quantity)
        own = {source: self.own(source) if source in trivial else self.stated(source) for source in sources}
        return self.solution.followed(name, own)

    def own(self, name: str) -> Array:
        """The quantity as the student has it and as there is something in it to follow: not wrong and all 0."""
        judged = [one for one in self.judged.get(name, []) if self.cells.is_asked((name, one.entry.place))]
        is_wrong = any(one.finding.verdict is Verdict.WRONG for one in judged)
        if is_wrong and all(one.formula is None or self.is_equal(ZERO, one.formula) for one in judged):
            return self.stated(name).each(lambda _: UNKNOWN)
        return self.stated(name)

    def stated(self, name: str) -> Array:
        """The quantity as the student wrote it; what was not asked for is worked out."""
        if name in self.solution.calculation.given:
            return self.solution.values(name)
        if name not in self._own:
            judged = self.judged.get(name)
            if judged is None:
                self._own[name] = self.step(name)
            else:
                shape = self.solution.calculation.shape_of(name)
                self._own[name] = Array((self._stated(name, one) for one in judged), shape)
        return self._own[name]

    def _stated(self, name: str, one: Judged) -> Symbolic:
        place = one.entry.place
        if not self.cells.is_asked((name, place)):
            return symbolic(self.step(name)[place])
        found = self.formula(name, one)
        return symbolic(self.right(name)[place]) if found is None else found

    def right(self, name: str) -> Array:
        """The quantity as it should be."""
        return self._careful(name, lambda: self.solution.values(name))

    def is_equal(self, value: object, answer: Symbolic | None) -> bool:
        """Whether the answer is proved to be this value, all of which is known."""
        if answer is None:
            return False
        expected = symbolic(value)  # type: ignore[arg-type]  # an entry of an array
        try:
            is_known = UNKNOWN.name not in letters(expected, answer)
        except TooLarge:
            return False
        return is_known and isinstance(decide(expected, answer, self.solution.positive), Equal)

    def _careful(self, name: str, made: Callable[[], Array]) -> Array:
        """What is made; unknown where it cannot be."""
        calculation = self.solution.calculation
        try:
            return made()
        except (Unsettled, NoFormula, TooLarge):
            return Array([UNKNOWN] * calculation.by_name[name].size, calculation.shape_of(name))
