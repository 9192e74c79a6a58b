"""What a document says of each entry: claims brought to the cells they are about, by name or by their formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.writeups.cells import CellName, Kind, at_step
from checks.writeups.claims import Claim, Written
from checks.writeups.conventions import Conventions, Meaning, is_given
from checks.writeups.fitting import fitted
from checks.writeups.formulas import Evidence
from checks.writeups.kinds_of_names import layer_and_index
from checks.writeups.known import Given, KnownPart
from checks.writeups.values import Element


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim about one cell, or one entry of it.

    `elements` are for the entries at `places`, counted row by row from 0; `written` is the value that they are of.
    `by_name`, `by_formula`: what shows that it is this cell. `is_parameter`: a parameter's name, not said to be new.
    """

    claim: Claim
    cell: CellName
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
    shown = {cell for one in claim.evidence for cell in _of_formula(one, known, conventions, claim.step)}
    is_new = claim.arrow or any(one.kind in (Kind.W_NEW, Kind.B_NEW) for one in claim.evidence)
    found: list[Saying] = []
    for name in claim.names:
        meaning = conventions.meaning(name, known, is_new=is_new, step=claim.step)
        if meaning is None:
            continue
        if meaning.is_parameter and _only_given(claim, meaning, known):
            return ()
        by_name = not name.odd or known.find(name.text) is not None
        if saying := _said(claim, meaning, known, conventions, by_name=by_name, by_formula=meaning.cell in shown):
            found.append(saying)
        break
    for cell in shown - {one.cell for one in found}:
        index = next((layer_and_index(name)[1] for name in claim.names[:1]), ())
        rows, columns = known.cells[cell].shape
        places = tuple(one - conventions.first_index for one in index)
        if len(places) not in (0, len(known.cells[cell].entry_shape)) or not all(
            0 <= one < max(rows, columns) for one in places
        ):
            continue
        meaning = Meaning(cell, places)
        if saying := _said(claim, meaning, known, conventions, by_name=False, by_formula=True):
            found.append(saying)
    return tuple(found)


def _only_given(claim: Claim, meaning: Meaning, known: KnownPart) -> bool:
    """Whether the claim is a copy of the given parameters."""
    what = Given.W if meaning.cell.kind is Kind.W_NEW else Given.B
    if not meaning.index:
        return is_given(claim, known, what, meaning.cell.layer) and len(claim.plain) == 1
    row, column = (*meaning.index, 0)[:2]
    given = known.given(what, meaning.cell.layer)
    if given is None or claim.last is None or row >= len(given) or column >= len(given[row]):
        return False
    return claim.last.value.elements[0].value == given[row][column] and len(claim.worked) == 0


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


def _of_formula(one: Evidence, known: KnownPart, conventions: Conventions, step: int) -> Iterator[CellName]:
    """The cell that a formula is the step of."""
    if one.by is None or (known.has_steps and step == 0):
        return
    written, _ = layer_and_index(one.by)
    if written is None:
        outputs = one.by.letter in ("yhat", "o", "a") and one.kind is Kind.DELTA
        if outputs and (cell := at_step(CellName(Kind.DELTA, known.depth), step)) in known.cells:
            yield cell
        return
    if one.kind is Kind.DELTA and one.by.letter in ("W", "w", "Theta", "theta"):
        layer = conventions.layer(written, Kind.W_NEW) - 1
    elif one.kind is Kind.S:
        layer = conventions.layer(written, Kind.W_NEW)
    else:
        layer = conventions.layer(written, one.kind)
    cell = at_step(CellName(one.kind, layer), step)
    if cell in known.cells:
        yield cell
