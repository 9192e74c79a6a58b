"""The cells of a key as arrays, and what known mistakes make of them: the same for every sheet, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exact.calculation.inputs import Inputs, worked_out_once
from exact.calculation.quantity import Calculation, Quantity
from exact.mistakes import Mistake, cell_with
from exact.numbers.array import Array


class RightCells:
    """The cells of a calculation as they should be; `keys` makes those that are asked for."""

    def __init__(self, calculation: Calculation, keys: Callable[[], Mapping[str, Array]]) -> None:
        self.calculation, self._keys = calculation, keys
        self._value: Callable[[str], Array] | None = None
        self._mistaken: dict[tuple[str, Mistake], Array | None] = {}

    def value(self, name: str) -> Array:
        """Any cell; what is not asked for is worked out from the key."""
        if self._value is None:
            self._value = worked_out_once(self.calculation, self._keys())
        return self._value(name)

    def with_mistake(self, quantity: Quantity, mistake: Mistake) -> Array | None:
        """What a mistake makes of a cell whose step works on right ones; None where it cannot be made there."""
        asked = quantity.name, mistake
        if asked not in self._mistaken:
            self._mistaken[asked] = cell_with((mistake,), Inputs(self.calculation, quantity, self.value))
        return self._mistaken[asked]
