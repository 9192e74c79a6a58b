"""How much there is to work out by hand: the products, the sums and the functions of a calculation.

A product with 0, 1 or -1 is none, and neither is a sum with 0: nobody has to work these out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from exact.calculation.expression import Expression, Operation
from exact.calculation.inputs import Inputs, carefully
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.numbers.array import Array
from exact.numbers.unknown import UNKNOWN


@dataclass(frozen=True, slots=True)
class Labour:
    """How many products or quotients, sums or differences, and functions that are not piecewise linear."""

    products: int = 0
    sums: int = 0
    functions: int = 0

    def __add__(self, other: Labour) -> Labour:
        return Labour(self.products + other.products, self.sums + other.sums, self.functions + other.functions)


class Counted:
    """A number that counts what it took to make it; `value` is a number, or `UNKNOWN`."""

    __slots__ = ("products", "sums", "value")

    def __init__(self, value: Any, products: int = 0, sums: int = 0) -> None:
        self.value, self.products, self.sums = value, products, sums

    def _with(self, other: Any, value: Any, *, is_product: bool, is_free: bool) -> Counted:
        products, sums = self.products, self.sums
        if isinstance(other, Counted):
            products, sums = products + other.products, sums + other.sums
        return Counted(value, products + (is_product and not is_free), sums + (not is_product and not is_free))

    def __mul__(self, other: Any) -> Counted:
        mine, theirs = self.value, _value(other)
        return self._with(other, mine * theirs, is_product=True, is_free=_is_trivial(mine) or _is_trivial(theirs))

    def __truediv__(self, other: Any) -> Counted:
        theirs = _value(other)
        value = UNKNOWN if theirs == 0 else self.value / theirs
        return self._with(other, value, is_product=True, is_free=_is_trivial(theirs))

    def __add__(self, other: Any) -> Counted:
        mine, theirs = self.value, _value(other)
        return self._with(other, mine + theirs, is_product=False, is_free=_is_zero(mine) or _is_zero(theirs))

    def __sub__(self, other: Any) -> Counted:
        mine, theirs = self.value, _value(other)
        return self._with(other, mine - theirs, is_product=False, is_free=_is_zero(mine) or _is_zero(theirs))

    def __rsub__(self, other: Any) -> Counted:
        return Counted(other) - self

    def __neg__(self) -> Counted:
        return Counted(-self.value, self.products, self.sums)

    __radd__, __rmul__ = __add__, __mul__


def _value(other: Any) -> Any:
    return other.value if isinstance(other, Counted) else other


def _is_zero(value: object) -> bool:
    return value == 0


def _is_trivial(value: object) -> bool:
    return value in (0, 1, -1)


def labour_of(calculation: Calculation, way: Iterable[Quantity], value: Given) -> Labour:
    """What it takes to work these out, one after another."""
    total = Labour()
    for quantity in way:
        _, labour = _worked(quantity.step.formula, Inputs(calculation, quantity, value))
        total += labour
    return total


def _worked(formula: Expression, c: Inputs) -> tuple[Array, Labour]:
    """The value of a formula, and what it takes."""
    operation = formula.operation
    if operation is None:
        return formula.value(c.letter), Labour()
    worked = [_worked(operand, c) for operand in formula.operands]
    total = Labour()
    for _, labour in worked:
        total += labour
    values = [one for one, _ in worked]
    if operation.works_by == "structure":
        found = operation.forward(*(one.each(Counted) for one in values)).each(_counted)
        products, sums = (sum(getattr(x, kind) for x in found) for kind in ("products", "sums"))
        return found.each(_value), total + Labour(products, sums)
    value = carefully(operation, *values)
    return value, total + _of_function(operation, values, value)


def _of_function(operation: Operation, operands: list[Array], value: Array) -> Labour:
    """What a function takes: a quotient is a product, a piecewise linear function nothing but a look."""
    if operation.name == "/":
        return Labour(products=sum(not _is_trivial(x) for x in operands[1].entries) * (value.size // operands[1].size))
    if operation.slope is not None or operation.name.endswith("'"):
        return Labour()
    return Labour(functions=value.size)


def _counted(x: Any) -> Counted:
    return x if isinstance(x, Counted) else Counted(x)
