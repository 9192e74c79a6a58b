"""A submission's cells as they would be where wrong entries were only written so: each the value of its own step.

A slip of the pen is often not gone on with: what comes after it is right from what should stand there.
"""

from __future__ import annotations

from checks.hand.own_cells import OwnCells
from checks.judging.verdicts import Verdict
from exact.networks.cells import CellName
from exact.networks.steps import Array


class CorrectedCells(OwnCells):
    """The cells of one submission, with the wrong entries corrected."""

    def own(self, name: CellName) -> Array:
        """The cell with its wrong entries corrected; nothing is left of a zero that was wrong."""
        return self.stated(name)

    def is_written(self, name: CellName, place: int) -> bool:
        """Whether the number at the place is what the student wrote, not what was worked out."""
        return super().is_written(name, place) and self.judged[name][place].finding.verdict is not Verdict.WRONG

    def stated(self, name: CellName) -> Array:
        """The cell with its wrong entries corrected; worked out where it was not asked for."""
        if name not in self.written:
            own = super().stated(name)
            judged = self.judged.get(name, ())
            places = [place for place, one in enumerate(judged) if one.finding.verdict is Verdict.WRONG]
            if places:
                own = own.copy()
                for place in places:
                    own.flat[place] = self.step(name).values.flat[place]
            self.written[name] = own
        return self.written[name]
