"""Signs of what may be positive or negative: told, concluded, or chosen, so that every combination is looked at.

Equality is decided for each combination of signs by itself. Claims (the argument of a logarithm is positive) rule out
combinations in which one of the two expressions has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import prod

from exact.letters.bounds import MAX_BRANCHES
from exact.numbers.exponential_sums import TooLarge


class Impossible(Exception):
    """The signs contradict a claim: here one of the expressions has no value."""


class Signs:
    """The signs of one combination: the first choices are `chosen`, further ones are 1 and are added to `choices`."""

    def __init__(self, chosen: tuple[int, ...] = ()) -> None:
        self.chosen = chosen
        self.choices: list[int] = []
        self.known: dict[str, int] = {}
        self.claims: list[tuple[int, frozenset[str]]] = []

    def claim(self, sign: int, keys: Iterable[str]) -> None:
        """Says that sign * product of the signs of these, each named once, is 1."""
        self.claims.append((sign, frozenset(keys)))
        self._conclude()

    def contradiction(self) -> None:
        """Says that there is no such combination."""
        raise Impossible

    def of(self, key: str) -> int:
        """The sign of what has this name."""
        if key not in self.known:
            choice = self.chosen[len(self.choices)] if len(self.choices) < len(self.chosen) else 1
            self.choices.append(choice)
            self.known[key] = choice
            self._conclude()
        return self.known[key]

    def _conclude(self) -> None:
        """Draws conclusions from claims of which all but one sign is known. Raises `Impossible`."""
        again = True
        while again:
            again = False
            for sign, keys in self.claims:
                unknown = [key for key in keys if key not in self.known]
                known = sign * prod(self.known[key] for key in keys if key in self.known)
                if not unknown and known < 0:
                    raise Impossible
                if len(unknown) == 1:
                    self.known[unknown[0]] = known
                    again = True


def every_combination(look: Callable[[Signs], bool]) -> bool | None:
    """Whether `look` is true of every combination of signs, None where all are impossible. Raises `TooLarge`.

    `look` asks for the signs that it needs, always in the same way after the same answers.
    """
    found: bool | None = None
    chosen: tuple[int, ...] = ()
    for _ in range(MAX_BRANCHES):
        signs = Signs(chosen)
        try:
            if not look(signs):
                return False
            found = True
        except Impossible:
            pass
        choices = signs.choices
        while choices and choices[-1] < 0:
            choices.pop()
        if not choices:
            return found
        chosen = (*choices[:-1], -1)
    raise TooLarge(f"more than {MAX_BRANCHES} combinations of signs")
