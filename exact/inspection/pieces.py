"""The piecewise linear functions in a calculation, and on which side of their kinks their arguments lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exact.calculation.expression import Expression, Operation
from exact.calculation.inputs import Inputs, value_with
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.numbers.array import Array
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, sign
from exact.numbers.unknown import is_known

STRAIGHT = ("identity", "linear")
"""Piecewise linear functions of one piece."""

JUMPS = ("step", "sign")
CHOOSING = ("max", "min", "maxpool")


@dataclass(frozen=True, slots=True)
class Piece:
    """A function where it stands: in the step of a quantity, with the side of each of its arguments.

    `source` is the quantity that it is taken of, "" where that is no quantity of its own. `sides`: 1, 0 or -1 for each
    argument, 0 at the kink; of a maximum 0 where two are largest, else 1. None where nothing shows it.
    """

    quantity: Quantity
    function: str
    source: str
    sides: tuple[int | None, ...]
    has_mask: bool

    @property
    def is_open(self) -> bool:
        """Whether nothing is masked."""
        return self.has_mask and all(side == 1 for side in self.sides)

    @property
    def is_shut(self) -> bool:
        """Whether everything is masked."""
        return self.has_mask and all(side == -1 for side in self.sides)

    @property
    def is_one_sided(self) -> bool:
        """Whether all of several arguments lie on one side."""
        return len(self.sides) > 1 and (self.is_open or self.is_shut)

    @property
    def kinks(self) -> tuple[int, ...]:
        """The places of arguments at a kink."""
        return tuple(place for place, side in enumerate(self.sides) if side == 0)

    @property
    def kink_kind(self) -> str:
        """What an argument at the kink is: a tie, where one of several is chosen."""
        return "tie" if self.function in CHOOSING else "at-a-kink"


def pieces(calculation: Calculation, quantities: Iterable[Quantity], value: Given) -> Iterator[Piece]:
    """Each function with a kink, where it is taken on the way to these quantities."""
    for quantity in quantities:
        inputs = Inputs(calculation, quantity, value)
        for function in _functions(quantity.step.formula):
            operation, (operand, *_) = function.operation, function.operands
            if operation is None:
                continue
            values = value_with(operand, inputs)
            source = quantity.of.get(operand.letter, "") if operand.letter else ""
            has_mask = operation.name not in (*CHOOSING, *JUMPS, "abs")
            sides = _choices(operation, values) if operation.name in CHOOSING else tuple(map(side_of, values))
            yield Piece(quantity, operation.name, source, sides, has_mask)


def _functions(formula: Expression) -> Iterator[Expression]:
    operation = formula.operation
    if operation is None:
        return
    is_bent = operation.slope is not None and operation.name not in STRAIGHT
    if is_bent or operation.name in (*CHOOSING, *JUMPS):
        yield formula
    for operand in formula.operands:
        yield from _functions(operand)


def _choices(operation: Operation, values: Array) -> tuple[int | None, ...]:
    """0 for each group of arguments of which two are the chosen one, else 1."""
    groups = operation.grouped(values.shape).groups if operation.grouped else ((tuple(range(values.size)), ()),)
    found: list[int | None] = []
    for places, _ in groups:
        own = [values[place] for place in places]
        if not all(map(is_known, own)):
            found.append(None)
            continue
        turned = [-x for x in own] if operation.name == "min" else own
        largest = max(turned, key=lambda x: float(Number.of(x).enclosure(64).mid()))
        found.append(0 if sum(side_of(largest - x) == 0 for x in turned) > 1 else 1)
    return tuple(found)


def side_of(value: object) -> int | None:
    """The sign of a number; None where it is not known or nothing decides it."""
    if not is_known(value):
        return None
    try:
        return sign(value)  # type: ignore[arg-type]  # a known value is a number
    except Undecided:
        return None
