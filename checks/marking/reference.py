"""What an assignment's answers are held against: the key of each hand problem, and the evaluated test set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from checks.answers.names import Vocabulary
from checks.assignment.assignment import Assignment
from checks.hand.key import HandReference
from checks.program.reference import MnistReference


@dataclass(frozen=True)
class Reference:
    """All that submissions to one assignment are held against."""

    assignment: Assignment
    mnist: MnistReference | None
    hand_parts: tuple[HandReference, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that entries may have."""
        asked = [cell.name for hand in self.hand_parts for cell in hand.cells]
        return Vocabulary(self.assignment.namings, asked)

    @property
    def notice(self) -> str:
        """What every output on this reference's data has to say; mostly nothing."""
        return self.mnist.notice if self.mnist else ""

    @property
    def disagreement(self) -> str:
        """A word where the data's count is not the one that the assignment promises; mostly nothing."""
        if self.mnist is None or self.mnist.evaluation is None:
            return ""
        found, promised = self.mnist.evaluation.correct, self.mnist.part.correct
        if found == promised:
            return ""
        return f"the data give {found} correct, the assignment says {promised}; marks go by the data"
