"""Makes a variant of an assignment for each student: other numbers, as much to work out, and no two alike."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random

from checks.assignment.assignment import Assignment
from checks.assignment.assignment_file import AssignmentText
from checks.assignment.given_numbers import Given, with_given
from checks.assignment.parts import HandPart
from checks.assignment.vary import VaryError
from checks.errors import CallError
from checks.inspection.inspecting import counts_of, faults_in, hidden_in, wanted_of
from checks.inspection.remark import Counts
from checks.roster.directory import Known
from checks.variants.variant import Variant
from exact.calculation.inputs import worked_out_once
from exact.calculation.quantity import Calculation
from exact.calculation.quantity import Given as Values
from exact.inspection.alike import Model, drawn_like, free_places, is_alike
from exact.inspection.figures import Figures, figures_of
from exact.inspection.structure import Structure, structure_of

MOST_DRAWS = 3000
"""Sets of numbers that are drawn for one student before it is given up."""

TOKEN_BYTES = 18

Numbers = tuple[tuple[str, tuple[Fraction, ...]], ...]
"""What is given, by the place of its part and its name: by this variants are told apart."""


@dataclass(frozen=True)
class Pattern:
    """A hand problem that variants are made of, with all that they are to be like."""

    part: HandPart

    @cached_property
    def model(self) -> Model:
        """The calculation and what of it may change."""
        calculation = self.part.naming.calculation
        return Model(calculation, wanted_of(self.part), free_places(calculation, self.part.vary.drawn))

    @cached_property
    def value(self) -> Values:
        """Its own quantities, worked out."""
        return worked_out_once(self.model.calculation, {})

    @cached_property
    def figures(self) -> Figures:
        """What its own numbers come to."""
        return figures_of(self.model.calculation, self.model.wanted, self.value)

    @cached_property
    def structure(self) -> Structure:
        """What other numbers could do."""
        return structure_of(self.model.calculation, self.model.wanted)

    @cached_property
    def faults(self) -> frozenset[tuple[str, str]]:
        """What is to be said against its own numbers: a variant may have that, too."""
        return frozenset(self.faults_of(self.model.calculation, self.figures, self.value))

    def faults_of(self, calculation: Calculation, figures: Figures, value: Values) -> Iterator[tuple[str, str]]:
        """What is to be said against numbers in the place of its own."""
        return faults_in(calculation, self.model.wanted, self.structure, figures, value)

    def of(self, student: str, random: Random) -> Iterator[Calculation]:
        """Calculations for a student: the one of the formulas in the id, or as many as are asked for, drawn."""
        if formulas := self.part.vary.formulas:
            calculation = self.model.calculation
            for (name, place), formula in formulas.items():
                calculation = calculation.with_given(name, place, formula.value(student))
            yield calculation
            return
        for _ in range(MOST_DRAWS):
            drawn = drawn_like(self.model, random)
            if drawn is not None and self.is_like(drawn):
                yield drawn

    def is_like(self, calculation: Calculation) -> bool:
        """Whether there is about as much to work out, and nothing to be said against it that is not said already."""
        value = worked_out_once(calculation, {})
        figures = figures_of(calculation, self.model.wanted, value)
        if not is_alike(figures.labour, self.figures.labour):
            return False
        return all(fault in self.faults for fault in self.faults_of(calculation, figures, value))


class Maker:
    """Makes variants of one assignment. Raises `CallError` where there is nothing to vary."""

    def __init__(self, text: AssignmentText, seed: int) -> None:
        self._text, self._seed = text, seed
        self._assignment: Assignment = text.parsed()
        self._patterns = [Pattern(part) for part in self._assignment.hand_parts]
        if not self._patterns:
            raise CallError(f"{text.path}: no [backprop] or [[graph]] problem to vary")
        for one in self._patterns:
            if one.part.letters is not None:
                raise CallError(f"{text.path}: some of its numbers are letters; there is nothing to vary")
            if not one.part.vary.formulas and not one.model.free:
                raise CallError(f"{text.path}: no number that may be another")

    def unlike(self, variant: Variant) -> list[str]:
        """What is to be said against a variant and not against the assignment: kinds of remarks."""
        found = []
        for part, pattern in zip(variant.assignment.parsed().hand_parts, self._patterns, strict=True):
            calculation = part.naming.calculation
            value = worked_out_once(calculation, {})
            faults = pattern.faults_of(calculation, figures_of(calculation, pattern.model.wanted, value), value)
            found += [kind for kind, about in faults if (kind, about) not in pattern.faults]
        return found

    @property
    def by_formula(self) -> bool:
        """Whether some numbers are worked out from ids, so that several students may have the same."""
        return any(one.part.vary.formulas for one in self._patterns)

    def variant(self, known: Known, folder: str, taken: Collection[Numbers]) -> tuple[Variant, Numbers]:
        """A student's variant: other numbers than those taken, unless they follow from ids. Raises `CallError`."""
        student = known.student
        random = Random(f"{self._seed} {student.id or student.email or student.name}")  # noqa: S311  not for secrets
        try:
            made = self._made(student.id, random, taken)
        except VaryError as error:
            raise CallError(f"{student}: {error}") from None
        if made is None:
            raise CallError(f"{student}: no numbers were found that nobody else has; let more of them vary")
        given = {
            pattern.part.prefix: {name: calculation.given[name] for name in _changed(pattern, calculation)}
            for pattern, calculation in zip(self._patterns, made, strict=True)
        }
        text = AssignmentText(f"{folder}.toml", with_given(self._text.text, self._assignment, given))
        self._refuse_others(text, made)
        counts: dict[str, Counts] = {}
        hidden: list[str] = []
        for pattern, calculation in zip(self._patterns, made, strict=True):
            value, wanted = worked_out_once(calculation, {}), pattern.model.wanted
            counts[pattern.part.prefix] = counts_of(pattern.part, figures_of(calculation, wanted, value))
            hidden += hidden_in(calculation, wanted, pattern.structure, value)
        variant = Variant(known, folder, secrets.token_urlsafe(TOKEN_BYTES), text, counts, tuple(hidden))
        return variant, numbers_of([one.given for one in made])

    def _made(self, student: str, random: Random, taken: Collection[Numbers]) -> list[Calculation] | None:
        """A calculation for each hand problem; None where all that were drawn are taken."""
        drawn = [one.of(student, random) for one in self._patterns]
        while all(found := [next(one, None) for one in drawn]):
            made = [one for one in found if one is not None]
            if self.by_formula or numbers_of([one.given for one in made]) not in taken:
                return made
        return None

    def _refuse_others(self, text: AssignmentText, made: Sequence[Calculation]) -> None:
        """What was written must be what was drawn: a bug of ours if it is not."""
        for part, calculation in zip(text.parsed().hand_parts, made, strict=True):
            if dict(part.naming.calculation.given) != dict(calculation.given):
                raise ValueError(f"{text.path}: the numbers that were written are not those that were drawn")


def _changed(pattern: Pattern, calculation: Calculation) -> list[str]:
    own = pattern.model.calculation.given
    return [name for name, values in calculation.given.items() if values != own[name]]


def numbers_of(givens: Sequence[Given]) -> Numbers:
    """All that is given, to be compared."""
    return tuple(
        (f"{place} {name}", values.entries) for place, one in enumerate(givens) for name, values in one.items()
    )
