"""Follows an early mistake through where answers have letters: what is right from the student's own expressions."""

from __future__ import annotations

from dataclasses import replace

from checks.hand.judged_letters import has_names
from checks.hand.key import HandReference, KeyCell
from checks.hand.letter_key import LetterKey
from checks.hand.own_cells import Judged, OwnCells, Place
from checks.hand.own_expressions import OwnExpressions
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from exact.writing.sentence import enumerated


class LetterFollower:
    """The cells of one submission in letters, judged as they follow from each other."""

    def __init__(self, reference: HandReference, key: LetterKey, judged: dict[str, list[Judged]]) -> None:
        self.reference, self.judged = reference, judged
        self.solution = key.scope.solution
        self.cells = OwnCells(reference, judged)
        uses_names = any(one.node is not None and has_names(one.node) for every in judged.values() for one in every)
        self.readings = tuple(
            OwnExpressions(key, self.cells, judged, names_are_own=names_are_own)
            for names_are_own in ((False, True) if uses_names else (False,))
        )

    def follow(self) -> None:
        """Changes the findings of wrong and undecided entries that are right from the student's own earlier ones."""
        for cell in self.reference.cells:
            name = cell.quantity.name
            for place in cell.places:
                one = self.judged[name][place]
                is_open = one.finding.verdict in (Verdict.WRONG, Verdict.UNDECIDED)
                if is_open and any(
                    own.is_equal(own.step(name)[place], own.formula(name, one)) for own in self.readings
                ):
                    self.changed(name, place, self._followed(one.finding, (name, place)))

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
        """The finding of an entry that follows: close, where all that it follows from is right, if rounded."""
        sources = self.cells.sources(place)
        wrong = [one for one in sources if self.verdict(one) not in RIGHT and self.judged[one[0]][one[1]].formula]
        if not wrong:
            return replace(finding, verdict=Verdict.CLOSE, note="right from your rounded entries")
        names = enumerated([*dict.fromkeys(map(self._told, wrong))])
        return replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=f"right from your own {names}")

    def _told(self, place: Place) -> str:
        part = self.reference.part
        own = part.naming.own_entry(*place)
        return part.name(own) if own else part.cell_name(place[0])
