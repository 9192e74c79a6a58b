"""What the names in an answer stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.language.tree import AnswerError, Named, Probability
from exact.numbers.number import Number


@dataclass(frozen=True, slots=True)
class Scope:
    """What p_1, p_2, ... stand for; none where they may not be used, then `refusal` says why.

    `values` are those of the names that texts were read with (`checks.language.vocabulary`).
    """

    probabilities: tuple[Number, ...] = ()
    refusal: str = "p_1, p_2, ... are not defined here"
    values: Mapping[str, Number] = field(default_factory=dict)

    def probability(self, node: Probability) -> Number:
        """The value of p_index. Raises `AnswerError` where there is none."""
        if not self.probabilities:
            raise AnswerError(self.refusal, node.position)
        if not 1 <= node.index <= len(self.probabilities):
            raise AnswerError(f"there are p_1 to p_{len(self.probabilities)}, no p_{node.index}", node.position)
        return self.probabilities[node.index - 1]

    def named(self, node: Named) -> Number:
        """The value of a name. Raises `AnswerError` where it has none here."""
        if node.name not in self.values:
            raise AnswerError(f"{node.name} has no value here", node.position)
        return self.values[node.name]
