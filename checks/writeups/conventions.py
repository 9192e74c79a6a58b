"""The conventions of one document: what its layers begin with, which way its vectors lie, which cell a name means.

Letters of the assignment are known; the usual letters of the field are hints, which numbers or a formula must confirm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from checks.writeups.cells import COST, CellName, Kind, at_step
from checks.writeups.claims import Claim
from checks.writeups.kinds_of_names import NEW, PARAMETERS, kind_of, layer_and_index
from checks.writeups.known import Given, KnownPart
from checks.writeups.scripts import Form, ReadName
from checks.writeups.values import ReadValue

OUTPUT_LETTERS = frozenset({"yhat"})
"""Letters of the outputs, which need no layer."""

BASES = (1, 0, 2)
"""What layers may be counted from, the usual first."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: the cell and the entry's zero-based places, () for the whole cell.

    `is_parameter` where the name is that of given parameters, of which it is not said that they are new.
    """

    cell: CellName
    index: tuple[int, ...] = ()
    is_parameter: bool = False


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the first layer's pre-activations and weights are numbered, and whether vectors are rows.

    `assumed`: nothing in the document tells what layers are counted from. `clashes`: it counts them otherwise than the
    assignment, whose own names have numbers, too.
    """

    first: int = 1
    first_weights: int = 1
    turned: bool = False
    assumed: bool = False
    first_index: int = 1
    clashes: bool = False

    def layer(self, written: int, kind: Kind) -> int:
        """The layer, from 1, that a number means beside a letter of that kind."""
        return written - (self.first_weights if kind in PARAMETERS else self.first) + 1

    def meaning(self, name: ReadName, known: KnownPart, *, is_new: bool, step: int = 0) -> Meaning | None:
        """The cell and entry that a name means; None for what is no cell. `is_new`: it is said to be new.

        `step` is the one of several that it is said in.
        """
        if known.has_steps != (step > 0) and (known.has_steps or step > 1):
            return None
        if own := known.find(name.text):
            cell, place = at_step(own[0], step), own[1]
            if cell not in known.cells:
                return None
            index = name.index if place is None else known.cells[cell].index(place)
            return Meaning(cell, tuple(one - 1 for one in index))
        kind = kind_of(name, known)
        if kind is None or (known.has_steps and kind in NEW and not (name.new or is_new)):
            return None
        bearer = name.of if name.form is not Form.PLAIN and name.of is not None else name
        if kind is Kind.COST:
            return Meaning(COST) if COST in known.cells else None
        written, index = layer_and_index(bearer)
        if written is None and (bearer.letter in OUTPUT_LETTERS or (bearer.letter, bearer.unit) == ("o", "")):
            layer = known.depth
        elif written is None:
            return None
        else:
            layer = self.layer(written, kind)
        if bearer.unit == "o":
            layer = known.depth
        cell = at_step(CellName(kind, layer), step)
        if cell not in known.cells or (bearer is not name and name.form is Form.GRADIENT and known.is_error(cell)):
            return None
        places = tuple(one - self.first_index for one in index or name.index)
        is_matrix = not known.cells[cell].is_vector
        if is_matrix and len(places) == 1:
            places = tuple(int(digit) - self.first_index for digit in str(index[0])) if index else places
        if places and len(places) != (2 if is_matrix else 1):
            return None
        if self.turned and is_matrix and len(places) == 2 and bearer.letter.islower():
            return None
        if any(not 0 <= place < size for place, size in zip(places, known.cells[cell].shape, strict=False)):
            return None
        return Meaning(cell, places, kind in NEW and not (name.new or is_new))


def conventions_of(claims: Iterable[Claim], known: KnownPart) -> Conventions:
    """What the document's own numbering shows, at best by what is written beside given numbers."""
    claims = tuple(claims)
    first, assumed = _first_layer(claims, known)
    clashes = bool(known.own_letters) and first != known.first_layers[0]
    weights = _first_weights(claims, first, known)
    indices = [place for claim in claims for name in claim.names[:1] for place in layer_and_index(name)[1]]
    return Conventions(first, weights, _is_turned(claims, known), assumed, 0 if 0 in indices else 1, clashes)


def _first_layer(claims: tuple[Claim, ...], known: KnownPart) -> tuple[int, bool]:
    """What the pre-activations of the first layer are numbered, and whether that is only assumed."""
    written: Counter[int] = Counter()
    inputs: Counter[int] = Counter()
    for claim in claims:
        for name in claim.names[:1]:
            kind = kind_of(name, known)
            if kind is None or kind in PARAMETERS or kind is Kind.COST:
                continue
            layer, _ = layer_and_index(name.of if name.form is not Form.PLAIN and name.of else name)
            if layer is None:
                continue
            if kind is Kind.A and (is_given(claim, known, Given.X) or _is_called_x(claim)):
                inputs[layer + 1] += 1
            else:
                written[layer] += 1
    fits = {base: sum(n for layer, n in written.items() if base <= layer < base + known.depth) for base in BASES}
    best = max(fits.values())
    candidates = [base for base in BASES if fits[base] == best]
    named, _ = known.first_layers
    if named is not None and named in candidates:
        return named, False
    told = [base for base, _ in inputs.most_common() if base in candidates]
    if told:
        return told[0], False
    if len(candidates) == 1:
        return candidates[0], False
    shown = [base for base in candidates if _fits_given_numbers(claims, base, known)]
    return (shown[0], False) if shown else (candidates[0], True)


def _is_called_x(claim: Claim) -> bool:
    return len(claim.names) > 1 and claim.names[1].letter in ("x", "X") and not claim.plain


def _fits_given_numbers(claims: tuple[Claim, ...], base: int, known: KnownPart) -> bool:
    """Whether a value of what would be the first layer follows from what is given."""
    step = known.first_step()
    for claim in claims:
        for name in claim.names[:1]:
            layer, index = layer_and_index(name)
            if kind_of(name, known) is Kind.S and layer == base and not index and claim.last:
                values = [element.value for element in claim.last.value.elements]
                if len(values) == len(step.values) and all(
                    v is not None and r is not None and abs(v - r) <= Fraction(1, 100) * (size or 1)
                    for v, r, size in zip(values, step.values, step.sizes, strict=True)
                ):
                    return True
    return False


def _first_weights(claims: tuple[Claim, ...], first: int, known: KnownPart) -> int:
    """What the first layer's weights are numbered: as the formulas of pre-activations show, else as they themselves."""
    offsets: Counter[int] = Counter()
    written: Counter[int] = Counter()
    for claim in claims:
        for name in claim.names[:1]:
            layer, _ = layer_and_index(name)
            if layer is None:
                continue
            if kind_of(name, known) in PARAMETERS:
                written[layer] += 1
            for one in claim.evidence:
                if one.kind is Kind.S and kind_of(name, known) is Kind.S and one.by is not None:
                    weights, _ = layer_and_index(one.by)
                    offsets[(weights - layer) if weights is not None else 0] += 1
    if offsets:
        return first + offsets.most_common(1)[0][0]
    fits = {base: sum(n for layer, n in written.items() if base <= layer < base + known.depth) for base in BASES}
    best = max(fits.values())
    _, named = known.first_layers
    if named is not None and fits.get(named) == best:
        return named
    return first if not written or fits.get(first) == best else next(base for base in BASES if fits[base] == best)


def is_given(claim: Claim, known: KnownPart, what: Given, layer: int = 0) -> bool:
    """Whether the claim only states what the assignment gives."""
    given = known.given(what, layer)
    if claim.last is None or given is None:
        return False
    return any(_equals_given(written.value, given) for written in claim.plain)


def _equals_given(value: ReadValue, given: tuple[tuple[Fraction, ...], ...]) -> bool:
    numbers = tuple(tuple(element.value for element in row) for row in value.rows)
    return numbers in (given, tuple(zip(*given, strict=True)))


def _is_turned(claims: tuple[Claim, ...], known: KnownPart) -> bool:
    """Whether vectors are rows and weights stand transposed, as the shapes of most values show."""
    votes: Counter[bool] = Counter()
    for claim, name in _with_names(claims):
        if claim.last is None or claim.last.value.flat:
            continue
        rows, columns = claim.last.value.shape
        kind = kind_of(name, known)
        if kind in PARAMETERS and kind is Kind.W_NEW:
            layer, index = layer_and_index(name)
            shapes = {cell.shape for cell in known.cells.values() if cell.name.kind is Kind.W_NEW}
            if rows != columns and not index and layer is not None:
                votes[(columns, rows) in shapes and (rows, columns) not in shapes] += 1
        elif kind is not None and rows != columns and 1 in (rows, columns):
            votes[(rows == 1) != known.rows] += 1
    return votes[True] > votes[False]


def _with_names(claims: Iterable[Claim]) -> Iterator[tuple[Claim, ReadName]]:
    for claim in claims:
        for name in claim.names[:1]:
            yield claim, name
