"""The values of a hand problem as the tables of a page: each matrix laid out, each entry with its verdict in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checks.display import columns
from checks.hand.key import HandReference, KeyCell
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.reports.pages.key_formulas import mathml
from exact.writing.columns import head_of, headings, joined

IN_PLACE = 18
"""Columns of a value that are shown in its place; its note has more of it."""

NO_LAYER = "–"

MOST_COLUMNS = 3
"""Columns of a table that belong to several headings; the textbook's deltas and updates have three."""


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
        return bool(finding.note or finding.decision or finding.credit is not None) or self.is_cut or has_key


@dataclass(frozen=True, slots=True)
class Laid:
    """One cell: its entries, row by row. Where one thing holds of all of them `whole` is the first, told once.

    `stands_together`: it is one thing, and not single entries, each with its name. `is_number`: it has no brackets.
    `is_named`: its column does not say what it is called.
    """

    name: str
    rows: tuple[tuple[Placed, ...], ...]
    whole: Placed | None
    stands_together: bool
    is_number: bool
    is_named: bool


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table: a row for each layer, a column for each kind of cell, None where there is no such cell.

    A column's head is its letter, "" where its cells have nothing in common, and a word. Of cells without a layer each
    has a row, and where there are several its name begins it. `first` heads the column before, "" for none.
    """

    caption: str
    first: str
    heads: tuple[tuple[Markup, str], ...]
    rows: tuple[tuple[str, tuple[Laid | None, ...]], ...]


def sheet_tables(hand: HandReference, findings: Sequence[Finding]) -> list[SheetTable]:
    """The tables of a hand problem, with the cells that are asked for."""
    by_name = {finding.name: finding for finding in findings}
    blocks: dict[tuple[str, ...], list[KeyCell]] = {}
    for cell in hand.cells:
        blocks.setdefault(_block(cell), []).append(cell)
    return [_table(hand, cells, by_name) for block in blocks.values() for cells in _narrow(block)]


def _block(cell: KeyCell) -> tuple[str, ...]:
    """What the cells of one table have in common: their heading, or that they belong to layers."""
    place = cell.quantity.place
    return ("layers", place.when) if place.row != NO_LAYER and not place.is_grid else ("heading", place.title)


def _narrow(cells: list[KeyCell]) -> list[list[KeyCell]]:
    """The cells in as many tables as have few columns each: one, or one for each heading."""
    if len({cell.quantity.place.word for cell in cells}) <= MOST_COLUMNS:
        return [cells]
    return [members for _, members in headings(cells, lambda cell: cell.quantity.place)]


def _list(hand: HandReference, cells: Sequence[KeyCell], findings: Mapping[str, Finding]) -> SheetTable:
    """A row for each cell."""
    rows = tuple((cell.name, (_laid(hand, cell, findings, is_named=False),)) for cell in cells)
    return SheetTable(joined(cell.quantity.place for cell in cells), "cell", ((Markup(), "value"),), rows)


def _table(hand: HandReference, cells: Sequence[KeyCell], findings: Mapping[str, Finding]) -> SheetTable:
    has_layers = any(cell.quantity.place.row != NO_LAYER for cell in cells)
    if len(cells) > 1 and not has_layers:
        return _list(hand, cells, findings)
    words = list(dict.fromkeys(cell.quantity.place.word for cell in cells))
    heads = {word: head_of([one.quantity for one in cells if one.quantity.place.word == word]) for word in words}
    rows: list[tuple[str, dict[str, Laid]]] = []
    for cell in cells:
        place = cell.quantity.place
        fitting = (slots for row, slots in rows if row == place.row and place.word not in slots)
        slots = next(fitting, None)
        if slots is None:
            slots = {}
            rows.append((place.row, slots))
        slots[place.word] = _laid(hand, cell, findings, is_named=not heads[place.word])
    shown = tuple((mathml(head) if head else Markup(), word) for word, head in heads.items())
    body = tuple((row, tuple(slots.get(word) for word in words)) for row, slots in rows)
    return SheetTable(joined(cell.quantity.place for cell in cells), "layer" if has_layers else "", shown, body)


def _laid(hand: HandReference, cell: KeyCell, findings: Mapping[str, Finding], *, is_named: bool) -> Laid:
    found = [findings[entry.name] for entry in cell.entries]
    entries = [Placed(finding, beginning(finding.given or "", IN_PLACE)) for finding in found]
    together = hand.stands_together(cell)
    width = cell.shape[1] if together else 1
    rows = tuple(tuple(entries[start : start + width]) for start in range(0, len(entries), width))
    said = {(one.verdict, one.given, one.note, one.trouble, one.decision, one.credit) for one in found}
    is_one = together and len(found) > len(said) == 1 and (found[0].trouble or not found[0].given)
    whole = entries[0] if is_one else None
    return Laid(cell.name, rows, whole, together, cell.is_one_number, is_named and together)


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
