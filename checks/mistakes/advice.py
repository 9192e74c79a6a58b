"""What is said of each known mistake, everywhere in the same words: the table `mistakes.toml` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SLIPS = frozenset({"sign-slip", "digit-slip", "copied-neighbour", "transposed-entry", "slip"})
"""The ids of slips."""

FOUND_GIVEN, FOUND_RATE, FOUND_FORMULA = "misread-given", "wrong-learning-rate", "other-formula"
"""What is found by working it out, and stands in no list: a number as it was read, a formula as it was used."""

UNTOLD = SLIPS | {FOUND_GIVEN, FOUND_FORMULA}
"""What below full feedback is not named: it tells how near an answer is."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The words for one mistake: a title, an explanation, and a hint that does not give the answer away."""

    title: str
    explanation: str
    hint: str


@cache
def advice() -> Mapping[str, Advice]:
    """The words for each mistake, by its id."""
    text = Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8")
    return {name: Advice(**words) for name, words in tomllib.loads(text).items()}


def or_else(alternatives: Sequence[str]) -> str:
    """What is added to a headline where other mistakes explain the same; "" where none do.

    >>> or_else(["bias-added"])
    ' (or bias-added: the same here)'
    """
    return f" (or {', '.join(alternatives)}: the same here)" if alternatives else ""


def headline(mistakes: Sequence[str]) -> str:
    """The mistakes that explain one thing, each with its title.

    >>> headline(["bias-forgotten"])
    'bias-forgotten: the bias was left out'
    """
    return "; and ".join(f"{name}: {advice()[name].title}" for name in mistakes)
