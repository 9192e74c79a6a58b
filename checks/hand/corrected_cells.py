"""A submission's cells as they would be where wrong entries were only written so: each the value of its own step.

A slip of the pen is often not gone on with: what comes after it is right from what should stand there.
"""

from __future__ import annotations

from checks.hand.own_cells import OwnCells
from checks.judging.verdicts import Verdict
from exact.numbers.array import Array


class CorrectedCells(OwnCells):
    """The cells of one submission, with the wrong entries corrected."""

    def own(self, name: str) -> Array:
        """The cell with its wrong entries corrected; nothing is left of a zero that was wrong."""
        return self.stated(name)

    def is_written(self, name: str, place: int) -> bool:
        """Whether the number at the place is what the student wrote, not what was worked out."""
        return super().is_written(name, place) and self.judged[name][place].finding.verdict is not Verdict.WRONG

    def stated(self, name: str) -> Array:
        """The cell with its wrong entries corrected; worked out where it was not asked for."""
        if name not in self.written:
            own = super().stated(name)
            for place, one in enumerate(self.judged.get(name, ())):
                if one.finding.verdict is Verdict.WRONG:
                    own = own.replaced(place, self.step(name).values[place])
            self.written[name] = own
        return self.written[name]
