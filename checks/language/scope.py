"""What the names in an answer stand for."""

from __future__ import annotations

from dataclasses import dataclass

from checks.language.tree import AnswerError, Probability
from exact.numbers.number import Number


@dataclass(frozen=True, slots=True)
class Scope:
    """What p_1, p_2, ... stand for; none where they may not be used, then `refusal` says why."""

    probabilities: tuple[Number, ...] = ()
    refusal: str = "p_1, p_2, ... are not defined here"

    def probability(self, node: Probability) -> Number:
        """The value of p_index. Raises `AnswerError` where there is none."""
        if not self.probabilities:
            raise AnswerError(self.refusal, node.position)
        if not 1 <= node.index <= len(self.probabilities):
            raise AnswerError(f"there are p_1 to p_{len(self.probabilities)}, no p_{node.index}", node.position)
        return self.probabilities[node.index - 1]
