"""Reads values out of the tables of an assignment, as a TOML parser gives them, and collects all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checks.judging.tolerance import Tolerance
from exact.networks.faults import Fault
from exact.networks.rationals import read_rational


class TableReader:
    """Reads tables, collecting faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, message: str) -> None:
        """Notes what is wrong at a path."""
        self.faults.append(Fault(path, message))

    def text(self, table: Mapping[str, object], key: str) -> str:
        """A text that is not empty."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "expected a text")
            return ""
        return value.strip()

    def known_keys(self, table: Mapping[str, object], path: str, keys: tuple[str, ...]) -> None:
        """Faults for all keys but these."""
        for key in table:
            if key not in keys:
                self.fault(f"{path}.{key}", f"unknown key; expected one of {', '.join(keys)}")

    def rational(self, value: object, path: str, *, low: int | None = 0, high: int | None = None) -> Fraction:
        """A number within bounds, if there are any."""
        try:
            number = read_rational(value)
        except ValueError as error:
            self.fault(path, str(error))
            return Fraction(0)
        if (low is not None and number < low) or (high is not None and number > high):
            wanted = f"of at least {low}" if high is None else f"from {low} to {high}"
            self.fault(path, f"expected a number {wanted}, not {number}")
        return number

    def whole(self, value: object, path: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            wanted = f"expected a whole number from {low} to {high}"
            self.fault(path, f"missing; {wanted}" if value is None else f"{wanted}, not {value!r}")
            return low
        return value

    def table(self, value: object, path: str, wanted: str = "expected a table") -> Mapping[str, object]:
        """A table."""
        if isinstance(value, Mapping):
            return value
        self.fault(path, wanted)
        return {}

    def tolerance(self, table: object, path: str) -> Tolerance:
        """The key `tolerance`."""
        default = Tolerance()
        if not isinstance(table, Mapping):
            self.fault(path, 'expected a table, such as { relative = "1e-3", absolute = "1e-6", digits = 2 }')
            return default
        self.known_keys(table, path, ("relative", "absolute", "digits"))
        return Tolerance(
            self.rational(table.get("relative", default.relative), f"{path}.relative"),
            self.rational(table.get("absolute", default.absolute), f"{path}.absolute"),
            self.whole(table.get("digits", default.digits), f"{path}.digits", 1, 100),
        )
