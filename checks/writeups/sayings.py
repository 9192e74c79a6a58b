"""What a document says of each entry: claims brought to the cells they are about, by name or by their formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.writeups.claims import Claim, Written
from checks.writeups.conventions import Conventions, Meaning, is_given, layer_and_index
from checks.writeups.fitting import fitted
from checks.writeups.formulas import Evidence
from checks.writeups.known import Kind, KnownPart
from checks.writeups.values import Element


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim about one cell, or one entry of it.

    `elements` are for the entries at `places`, counted row by row from 0; `written` is the value that they are of.
    `by_name`, `by_formula`: what shows that it is this cell. `is_parameter`: a parameter's name, not said to be new.
    """

    claim: Claim
    cell: str
    places: tuple[int, ...]
    elements: tuple[Element, ...]
    written: Written
    by_name: bool
    by_formula: bool
    is_parameter: bool = False
    is_last: bool = True


def sayings(claim: Claim, known: KnownPart, conventions: Conventions) -> tuple[Saying, ...]:
    """What the claim may say, the likeliest first: of the cell that its name means, of that of its formula."""
    if not claim.plain:
        return ()
    called = _called(claim, known, conventions)
    if known.has_own_names or called:
        own = _said(claim, called, known, conventions, by_name=True, by_formula=False) if called else None
        return (own,) if own else ()
    shown = {cell for one in claim.evidence for cell in _of_formula(one, known, conventions)}
    is_new = claim.arrow or any(one.kind in (Kind.W_NEW, Kind.B_NEW) for one in claim.evidence)
    found: list[Saying] = []
    for name in claim.names:
        meaning = conventions.meaning(name, known, is_new=is_new)
        if meaning is None:
            continue
        if meaning.is_parameter and _only_given(claim, meaning, known):
            return ()
        if saying := _said(claim, meaning, known, conventions, by_name=not name.odd, by_formula=meaning.cell in shown):
            found.append(saying)
        break
    for cell in shown - {one.cell for one in found}:
        index = next((layer_and_index(name)[1] for name in claim.names[:1]), ())
        rows, columns = known.cells[cell].shape
        places = tuple(one - conventions.first_index for one in index)
        if len(places) not in (0, 1 if known.cells[cell].is_vector else 2) or not all(
            0 <= one < max(rows, columns) for one in places
        ):
            continue
        meaning = Meaning(cell, places)
        if saying := _said(claim, meaning, known, conventions, by_name=False, by_formula=True):
            found.append(saying)
    return tuple(found)


def _called(claim: Claim, known: KnownPart, conventions: Conventions) -> Meaning | None:
    """What the claim is about, by the course's own names or the canonical ones.

    Where usual letters are read, too, only what these do not name, and only in documents that count as everybody does.
    """
    found = next(filter(None, map(known.called, claim.called)), None)
    if found is None:
        return None
    name, place = found
    counts_usually = (conventions.first, conventions.first_weights, conventions.first_index) == (1, 1, 1)
    if not known.has_own_names and (known.cells[name].kind is not None or not counts_usually):
        return None
    return Meaning(name, () if place is None else divmod(place, known.cells[name].shape[1]))


def _only_given(claim: Claim, meaning: Meaning, known: KnownPart) -> bool:
    """Whether the claim is a copy of the given parameters."""
    cell = known.cells[meaning.cell]
    what = f"{'W' if cell.kind is Kind.W_NEW else 'b'}{cell.layer}"
    if not meaning.index:
        return is_given(claim, known, what) and len(claim.plain) == 1
    row, column = (*meaning.index, 0)[:2]
    given = known.given(what)[row][column]
    return claim.last is not None and claim.last.value.elements[0].value == given and len(claim.worked) == 0


def _said(
    claim: Claim, meaning: Meaning, known: KnownPart, conventions: Conventions, *, by_name: bool, by_formula: bool
) -> Saying | None:
    """The last of the claim's values that fits the cell."""
    cell = known.cells[meaning.cell]
    for written in reversed(claim.plain):
        is_last = written is claim.plain[-1]
        if meaning.index:
            row, column = (*meaning.index, 0)[:2]
            elements = written.value.elements
            places: tuple[int, ...] = (row * cell.shape[1] + column,)
            if len(elements) != 1 or row >= cell.shape[0] or column >= cell.shape[1]:
                continue
        else:
            fits = fitted(written.value, cell, turned=conventions.turned)
            if fits is None:
                continue
            elements, places = fits, tuple(range(len(fits)))
        return Saying(
            claim, meaning.cell, places, elements, written, by_name, by_formula, meaning.is_parameter, is_last
        )
    return None


def _of_formula(one: Evidence, known: KnownPart, conventions: Conventions) -> Iterator[str]:
    """The cell that a formula is the step of."""
    if one.by is None:
        return
    written, _ = layer_and_index(one.by)
    if written is None:
        outputs = one.by.letter in ("yhat", "o", "a") and one.kind is Kind.DELTA
        if outputs and (cell := known.cell_of(Kind.DELTA, known.depth)):
            yield cell
        return
    if one.kind is Kind.DELTA and one.by.letter in ("W", "w", "Theta", "theta"):
        layer = conventions.layer(written, Kind.W_NEW) - 1
    elif one.kind is Kind.S:
        layer = conventions.layer(written, Kind.W_NEW)
    else:
        layer = conventions.layer(written, one.kind)
    if cell := known.cell_of(one.kind, layer):
        yield cell
