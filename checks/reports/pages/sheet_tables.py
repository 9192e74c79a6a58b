"""The values of a hand problem as the tables of a page: each matrix laid out, each entry with its verdict in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from checks.display import columns
from checks.hand.key import BackpropReference, KeyCell
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.reports.pages.key_formulas import mathml
from exact.networks.cells import PARTS, Kind

IN_PLACE = 18
"""Columns of a value that are shown in its place; its note has more of it."""

HEADS = {
    Kind.S: ("s^{(l)}", "pre-activation"),
    Kind.A: ("a^{(l)}", "activation"),
    Kind.DA: ("a'^{(l)}", "derivative"),
    Kind.COST: ("C", "cost"),
    Kind.DELTA: (r"\delta^{(l)}", "delta"),
    Kind.W_NEW: (r"W^{(l)}_{\mathrm{new}}", "updated weights"),
    Kind.B_NEW: (r"b^{(l)}_{\mathrm{new}}", "updated biases"),
}
"""How the column of each kind of cell is headed: its letter, and a word for it."""

TABLES = {
    "Feed forward": PARTS["Feed forward"],
    "Cost": PARTS["Cost"],
    "Deltas and updates": (*PARTS["Deltas"], *PARTS["Updated weights and biases"]),
}
"""The tables of the homework, and what each has columns for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry in its place: the beginning of what was given."""

    finding: Finding
    value: str

    @property
    def is_cut(self) -> bool:
        """Whether more was given than is shown."""
        return self.value != " ".join((self.finding.given or "").split())

    @property
    def says_more(self) -> bool:
        """Whether there is more to tell than stands in place."""
        finding = self.finding
        has_key = finding.expected is not None and finding.verdict not in RIGHT | {Verdict.MISSING}
        return bool(finding.note) or self.is_cut or has_key


@dataclass(frozen=True, slots=True)
class Laid:
    """One cell: its entries, row by row. Where one thing holds of all of them `whole` is the first, told once."""

    name: str
    rows: tuple[tuple[Placed, ...], ...]
    whole: Placed | None


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table: a row for each layer, a column for each kind of cell, None where there is no such cell."""

    caption: str
    heads: tuple[tuple[Markup, str], ...]
    rows: tuple[tuple[str, tuple[Laid | None, ...]], ...]


def sheet_tables(hand: BackpropReference, findings: Sequence[Finding]) -> list[SheetTable]:
    """The tables of a hand problem, with the cells that are asked for."""
    by_cell = {name: list(group) for name, group in groupby(findings, key=lambda one: one.name.partition("[")[0])}
    laid = {cell.name: _laid(cell, by_cell[hand.part.name(str(cell.name))]) for cell in hand.cells}
    tables = []
    for caption, kinds in TABLES.items():
        names = [name for name in laid if name.kind in kinds]
        shown = [kind for kind in kinds if kind in {name.kind for name in names}]
        cells = {(name.layer, name.kind): laid[name] for name in names}
        rows = tuple(
            (str(layer) if layer else "–", tuple(cells.get((layer, kind)) for kind in shown))
            for layer in dict.fromkeys(name.layer for name in names)
        )
        if rows:
            heads = tuple((mathml(letter), word) for letter, word in map(HEADS.__getitem__, shown))
            tables.append(SheetTable(caption, heads, rows))
    return tables


def _laid(cell: KeyCell, findings: Sequence[Finding]) -> Laid:
    entries = [Placed(finding, beginning(finding.given or "", IN_PLACE)) for finding in findings]
    width = cell.shape[1]
    rows = tuple(tuple(entries[start : start + width]) for start in range(0, len(entries), width))
    said = {(one.verdict, one.given, one.note, one.trouble) for one in findings}
    is_one = len(findings) > len(said) == 1 and (findings[0].trouble or not findings[0].given)
    return Laid(findings[0].name.partition("[")[0], rows, entries[0] if is_one else None)


def beginning(text: str, room: int) -> str:
    """As much of the text as so many columns hold; marks that take no room of their own are counted too.

    >>> beginning("e^42/(e^42+e^-31+e^25)", 18)
    'e^42/(e^42+e^-31+…'
    """
    text = " ".join(text.split())
    if columns(text) <= room and len(text) <= 2 * room:
        return text
    end = min(len(text), 2 * room)
    while columns(text[:end]) > room - 1:
        end -= 1
    return text[:end] + "…"
