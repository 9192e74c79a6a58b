"""The names of the table's cells, `s1 a1 da1 ... delta1 ... W1_new b1_new`, and of their entries, `W3_new[3,1]`.

A cell is one vector or matrix of the calculation; da is a', the derivative of the activation. Indices are one-based,
as on paper. The cost C is a cell with one entry, asked for only where an assignment names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    S = "s"
    A = "a"
    DA = "da"
    DELTA = "delta"
    W_NEW = "W_new"
    B_NEW = "b_new"
    COST = "C"


@dataclass(frozen=True, slots=True)
class CellName:
    """One cell: its kind and its layer, 1 to L; the cost has none, and the layer 0.

    >>> str(CellName(Kind.W_NEW, 3)), str(CellName(Kind.DELTA, 2)), str(COST)
    ('W3_new', 'delta2', 'C')
    """

    kind: Kind
    layer: int

    def __str__(self) -> str:
        letter, _, new = self.kind.partition("_")
        return f"{letter}{self.layer or ''}{'_new' if new else ''}"

    @property
    def is_matrix(self) -> bool:
        """True where entries have a row and a column, false for a vector."""
        return self.kind is Kind.W_NEW

    @property
    def is_update(self) -> bool:
        """True for updated weights and biases: both belong to one step."""
        return self.kind in (Kind.W_NEW, Kind.B_NEW)

    @property
    def is_number(self) -> bool:
        """True for the cost, which has no entries beside itself."""
        return self.kind is Kind.COST

    def entry(self, row: int, column: int) -> str:
        """The name of an entry, from zero-based indices; a vector's column is not written, the cost is its own entry.

        >>> CellName(Kind.W_NEW, 3).entry(2, 0), CellName(Kind.A, 1).entry(1, 0), COST.entry(0, 0)
        ('W3_new[3,1]', 'a1[2]', 'C')
        """
        if self.is_number:
            return str(self)
        return f"{self}[{row + 1},{column + 1}]" if self.is_matrix else f"{self}[{row + 1}]"


COST = CellName(Kind.COST, 0)
"""The cost of the sample."""


PARTS = {
    "Feed forward": (Kind.S, Kind.A, Kind.DA),
    "Cost": (Kind.COST,),
    "Deltas": (Kind.DELTA,),
    "Updated weights and biases": (Kind.W_NEW, Kind.B_NEW),
}
"""The parts of the calculation, in order, under their headings."""


def cell_names(depth: int) -> tuple[CellName, ...]:
    """All cells of the homework's tables, for `depth` layers, in the order in which they are worked out.

    >>> " ".join(map(str, cell_names(2)))
    's1 a1 da1 s2 a2 delta2 delta1 W2_new b2_new W1_new b1_new'
    """
    forward = [
        CellName(kind, layer)
        for layer in range(1, depth + 1)
        for kind in (Kind.S, Kind.A, Kind.DA)
        if kind is not Kind.DA or layer < depth
    ]
    deltas = [CellName(Kind.DELTA, layer) for layer in range(depth, 0, -1)]
    updates = [CellName(kind, layer) for layer in range(depth, 0, -1) for kind in (Kind.W_NEW, Kind.B_NEW)]
    return tuple(forward + deltas + updates)
