"""What kind of cell a name is of, by its letter and form, and which of its numbers are a layer and an index.

Letters of the assignment are known; the usual letters of the field are hints, which numbers or a formula must confirm.
"""

from __future__ import annotations

from collections.abc import Mapping

from checks.writeups.cells import Kind
from checks.writeups.formulas import BIASES, WEIGHTS
from checks.writeups.known import KnownPart
from checks.writeups.scripts import Form, ReadName

HINTS: Mapping[str, Kind] = {
    **dict.fromkeys(("s", "z", "S", "Z", "net", "u", "v", "n"), Kind.S),
    **dict.fromkeys(("a", "A", "h", "H", "o", "O", "out", "yhat", "ahat", "f"), Kind.A),
    **dict.fromkeys(("delta", "Delta", "d", "D", "dz", "dZ", "ds", "dS", "e"), Kind.DELTA),
    **dict.fromkeys(WEIGHTS, Kind.W_NEW),
    **dict.fromkeys(BIASES, Kind.B_NEW),
    **dict.fromkeys(("C", "L", "E", "J", "cost", "loss"), Kind.COST),
    "da": Kind.DA,
    "dA": Kind.DA,
    "dW": Kind.GRAD_W,
    "db": Kind.GRAD_B,
}
"""What the usual letters stand for."""

_GRADIENTS: Mapping[Kind | None, Kind] = {
    Kind.S: Kind.DELTA,
    Kind.W_NEW: Kind.GRAD_W,
    Kind.B_NEW: Kind.GRAD_B,
}
"""What a gradient of the cost in a quantity is."""

NEW = (Kind.W_NEW, Kind.B_NEW)
PARAMETERS = (*NEW, Kind.GRAD_W, Kind.GRAD_B)
"""Kinds that bear their weights' layer; of the first ones it must be said that they are new."""


def kind_of(name: ReadName, known: KnownPart) -> Kind | None:
    """What kind of cell the name's letter and form are of, None where they are of none."""
    if name.transposed:
        return None
    if name.form is Form.FUNCTION and name.of is not None:
        inner = kind_of(name.of, known)
        if inner is not Kind.S or (name.letter in HINTS and HINTS[name.letter] is Kind.COST):
            return None
        return Kind.DA if name.primes else Kind.A
    if name.form is Form.GRADIENT and name.of is not None:
        return _GRADIENTS.get(kind_of(name.of, known))
    kind = known.own_letters.get(name.letter) or HINTS.get(name.letter)
    if kind is Kind.A and name.primes:
        return Kind.DA
    if name.new and kind not in NEW:
        return None  # of a pass with the updated parameters
    return None if name.primes and kind is not Kind.DA else kind


def layer_and_index(name: ReadName) -> tuple[int | None, tuple[int, ...]]:
    """The number that is a layer, and those that are an index, as they are written."""
    raised = [one for one in name.scripts if one.raised]
    lowered = [one for one in name.scripts if not one.raised]
    if name.unit:
        numbers = [one.number for one in lowered]
        return 1, tuple(numbers[:2])
    bracketed = [one for one in raised if one.bracketed]
    if len(raised) == 1 or len(bracketed) == 1:
        chosen = bracketed[0] if bracketed else raised[0]
        return chosen.number, tuple(one.number for one in lowered)
    if not raised and len(lowered) == 1:
        return lowered[0].number, ()
    if not raised and len(lowered) == 2:
        return lowered[0].number, (lowered[1].number,)
    return None, ()
