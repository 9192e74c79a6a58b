"""Inspects a hand problem: what its numbers and its structure let one see of a student's work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from checks.assignment.parts import HandPart
from checks.inspection.remark import Counts, Inspection, Remark
from exact.calculation.inputs import worked_out_once
from exact.calculation.quantity import Calculation, Given
from exact.inspection.figures import Figures, Place, figures_of
from exact.inspection.showing import Pair, Showing, Shown, Wanted, showing
from exact.inspection.structure import Open, Structure, mending_changes, structure_of
from exact.writing.sentence import enumerated

MOST_CELLS = 6
"""Names that one remark spells out."""


def wanted_of(part: HandPart) -> Wanted:
    """The cells that are asked for, and the places of the entries that are."""
    return {asked.quantity.name: asked.places for asked in part.cells}


def inspected(part: HandPart) -> Inspection:
    """All that is to be said of the problem, and for each remark, as far as there is one, the change that mends it."""
    calculation, wanted = part.naming.calculation, wanted_of(part)
    value = worked_out_once(calculation, {})
    figures = figures_of(calculation, wanted, value)
    if part.letters is not None:
        return Inspection(part, counts_of(part, figures), (), (), (), has_letters=True)
    structure, found = structure_of(calculation, wanted), showing(calculation, wanted, value)
    changes = _changes(part, wanted, figures, found, structure)
    remarks = tuple(_remarks(part, figures, found, structure, changes))
    settled = tuple(_settled(part, found, structure))
    shown = tuple(sorted({_called(one) for one in found.shown}))
    return Inspection(part, counts_of(part, figures), shown, remarks, settled)


def counts_of(part: HandPart, figures: Figures) -> Counts:
    """What there is to work out, and which units are live."""
    masks = [piece for piece in figures.pieces if piece.has_mask and part.letters is None]
    labour = figures.labour
    return Counts(
        figures.entries,
        labour.products,
        labour.sums,
        labour.functions,
        len(figures.long),
        {part.cell_name(one.quantity.name): sum(side == 1 for side in one.sides) for one in masks},
        {part.cell_name(one.quantity.name): sum(side == -1 for side in one.sides) for one in masks},
    )


def faults_in(
    calculation: Calculation, wanted: Wanted, structure: Structure, figures: Figures, value: Given
) -> Iterator[tuple[str, str]]:
    """The kinds of remarks that there would be, each with what it is about; cheap ones first.

    Each number, mistake or pair by itself, where `inspected` has one remark for several, and also what no enclosure
    tells from a kink, of which that says nothing: for those who draw problems and throw most of them away.
    """
    for piece in figures.pieces:
        if piece.kinks or None in piece.sides:
            yield piece.kink_kind, piece.quantity.name
        if piece.is_one_sided or piece.is_shut:
            yield ("all-masked" if piece.is_shut else "never-masked"), piece.quantity.name
    for kind, places in (
        ("cancels", figures.cancelled),
        ("saturated", figures.saturated),
        ("long-numbers", figures.long),
    ):
        for name, place in places:
            yield kind, f"{name} {place}"
    found = showing(calculation, wanted, value)
    yield from (("mistake-not-shown", _called(one)) for one in found.hidden if one in structure.shown)
    yield from (("mistakes-alike", " ".join(pair)) for pair in found.alike & structure.parted)


def hidden_in(calculation: Calculation, wanted: Wanted, structure: Structure, value: Given) -> tuple[str, ...]:
    """The ids of the mistakes that these numbers cannot show, though others could."""
    found = showing(calculation, wanted, value).hidden
    return tuple(sorted({name for name, layer in found if (name, layer) in structure.shown}))


def _changes(
    part: HandPart, wanted: Wanted, figures: Figures, found: Showing, structure: Structure
) -> dict[object, str]:
    """The change that mends each of what is to be mended, as the course calls the number."""
    questions = Open(
        frozenset(found.hidden) & structure.shown,
        found.alike & structure.parted,
        frozenset(one.quantity.name for one in figures.pieces if one.is_one_sided),
    )
    changes: dict[object, str] = {}
    bent = list({piece.quantity.name: piece.quantity for piece in figures.pieces}.values())
    for settled, (name, place, value) in mending_changes(part.naming.calculation, wanted, questions, found, bent):
        told = f"{part.naming.entry(name, place)} = {value}"
        changes |= dict.fromkeys([*settled.hidden, *settled.alike, *settled.unmasked], told)
    return changes


def _remarks(
    part: HandPart, figures: Figures, found: Showing, structure: Structure, changes: dict[object, str]
) -> Iterator[Remark]:
    yield from _on_mistakes(part, [one for one in found.hidden if one in structure.shown], found, changes)
    yield from _on_pairs(part, found.alike & structure.parted, changes)
    yield from _on_pieces(part, figures, changes)
    yield from _on_entries(part, "saturated", figures.saturated, "{} within a millionth of 0 or 1")
    yield from _on_entries(part, "cancels", figures.cancelled, "{} a millionth of its terms or less")
    yield from _on_entries(part, "long-numbers", figures.long, "{} long: more than six digits, or a long fraction")


def _settled(part: HandPart, found: Showing, structure: Structure) -> Iterator[Remark]:
    yield from _on_mistakes(part, [one for one in found.hidden if one not in structure.shown], found, {})
    yield from _on_pairs(part, found.alike - structure.parted, {})


def _on_mistakes(
    part: HandPart, hidden: Iterable[Shown], found: Showing, changes: dict[object, str]
) -> Iterator[Remark]:
    """A remark for all that one change mends."""
    by_change: dict[str, list[Shown]] = {}
    for one in hidden:
        by_change.setdefault(changes.get(one, ""), []).append(one)
    for mending, mistakes in by_change.items():
        told = [f"{_called(one)} in {_listed(map(part.cell_name, found.hidden[one]))}" for one in mistakes]
        cells = dict.fromkeys(part.cell_name(cell) for one in mistakes for cell in found.hidden[one])
        gives = "gives" if len(told) == 1 else "give"
        ids = tuple(dict.fromkeys(name for name, _ in mistakes))
        yield Remark("mistake-not-shown", f"{'; '.join(told)} {gives} the key on paper", tuple(cells), ids, mending)


def _on_pairs(part: HandPart, pairs: Iterable[Pair], changes: dict[object, str]) -> Iterator[Remark]:
    """A remark for each two mistakes and change, with all cells in which they are alike."""
    cells: dict[tuple[str, str, str], list[str]] = {}
    order = {quantity.name: place for place, quantity in enumerate(part.naming.calculation.quantities)}
    for pair in sorted(pairs, key=lambda pair: (order[pair[0]], pair)):
        name, one, other = pair
        cells.setdefault((one, other, changes.get(pair, "")), []).append(part.cell_name(name))
    for (one, other, mending), names in cells.items():
        message = f"{one} and {other} give the same {_listed(names)}"
        yield Remark("mistakes-alike", message, tuple(names), (one, other), mending)


def _on_pieces(part: HandPart, figures: Figures, changes: dict[object, str]) -> Iterator[Remark]:
    for piece in figures.pieces:
        name, source = piece.quantity.name, piece.source
        cell = part.cell_name(name)
        taken_of = part.cell_name(source) if source else f"the argument of {piece.function}"
        if piece.kinks:
            kind = piece.kink_kind
            told = [part.entry_name(source, place) for place in piece.kinks] if source and kind != "tie" else [cell]
            message = f"{_listed(told)} {_is(told)} 0, the kink of {piece.function}"
            yield Remark(kind, message if kind != "tie" else f"two entries of {cell} are equally large", tuple(told))
        if piece.is_one_sided:
            kind, sign = ("never-masked", "negative") if piece.is_open else ("all-masked", "positive")
            mask = ", ".join("1" if piece.is_open else "0" for _ in piece.sides)
            shown = f": the mask of {cell} is [{mask}]" if len(piece.sides) <= MOST_CELLS else ""
            yield Remark(kind, f"no entry of {taken_of} is {sign}{shown}", (cell,), (), changes.get(name, ""))
        elif piece.is_shut:
            yield Remark(
                "all-masked", f"the {piece.function} in {cell} has a negative argument and passes nothing on", (cell,)
            )


def _on_entries(part: HandPart, kind: str, places: tuple[Place, ...], message: str) -> Iterator[Remark]:
    by_cell = Counter(name for name, _ in places)
    for cell in by_cell:
        told = [part.entry_name(name, place) for name, place in places if name == cell]
        yield Remark(kind, message.format(f"{_listed(told)} {_is(told)}"), tuple(told))


def _called(one: Shown) -> str:
    name, layer = one
    return f"{name} (layer {layer})" if layer else name


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _listed(names: Iterable[str]) -> str:
    """The names, the first few of many."""
    known = list(names)
    first, more = known[:MOST_CELLS], len(known) - MOST_CELLS
    return enumerated([*first, f"{more} more"] if more > 0 else first)
