"""Cells as a write-up names them: a kind, which letters and formulas tell, and a layer, which numbers tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a cell holds; the value is its canonical name, with its layer in the braces.

    `OTHER` is any cell that only its own name tells.
    """

    S = "s{}"
    A = "a{}"
    DA = "da{}"
    DELTA = "delta{}"
    W_NEW = "W{}_new"
    B_NEW = "b{}_new"
    GRAD_W = "grad_W{}"
    GRAD_B = "grad_b{}"
    COST = "C"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class CellName:
    """A cell: its kind, its layer from 1 (0 for none), and its canonical name where the kind does not tell it.

    >>> str(CellName(Kind.W_NEW, 3)), cell_named("delta2"), str(cell_named("e1"))
    ('W3_new', CellName(kind=<Kind.DELTA: 'delta{}'>, layer=2, own=''), 'e1')
    """

    kind: Kind
    layer: int = 0
    own: str = ""

    def __str__(self) -> str:
        return self.own or self.kind.value.format(self.layer)


def at_step(cell: CellName, step: int) -> CellName:
    """The cell of a later step: `s1@2`; of the first one it is the cell itself."""
    return cell_named(f"{cell}@{step}") if step > 1 else cell


COST = CellName(Kind.COST)

_PATTERNS = {kind: re.compile(kind.value.format(r"([1-9]\d*)")) for kind in Kind if "{}" in kind.value}


def cell_named(name: str) -> CellName:
    """The cell of a canonical name."""
    for kind, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(name):
            return CellName(kind, int(match[1]))
    return COST if name == "C" else CellName(Kind.OTHER, 0, name)
