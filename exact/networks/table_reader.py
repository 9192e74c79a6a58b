"""Reads the numbers, vectors and choices of one table of an assignment, collecting faults instead of stopping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exact.networks.faults import Fault
from exact.networks.problem import Matrix, Vector
from exact.networks.rationals import read_rational


class TableReader:
    """One table, its path in the assignment, and what was found wrong with it."""

    def __init__(self, table: Mapping[str, object], path: str) -> None:
        self.table, self.path = table, path
        self.faults: list[Fault] = []

    def fault(self, key: str, message: str) -> None:
        """Notes what is wrong at a key."""
        self.faults.append(Fault(f"{self.path}.{key}", message))

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of some words; the first is the default."""
        value = self.table.get(key, choices[0])
        if value not in choices:
            self.fault(key, f"expected {' or '.join(map(repr, choices))}, not {value!r}")
            return choices[0]
        return str(value)

    def rational(self, key: str, default: Fraction | int | None) -> Fraction:
        """A number; None as default where it has to be given."""
        value = self.table.get(key, default)
        if value is None:
            self.fault(key, "missing; expected a number")
            return Fraction(0)
        return self.number(value, key)

    def number(self, value: object, key: str, wanted: str = "") -> Fraction:
        """A number, or 0 with a fault told that says what was wanted."""
        try:
            return read_rational(value)
        except ValueError as error:
            self.fault(key, f"expected {wanted}, not {str(value)[:40]!r}" if wanted else str(error))
            return Fraction(0)

    def vector(self, key: str, value: object = None) -> Vector:
        """A list of numbers."""
        value = self.table.get(key) if value is None else value
        if not isinstance(value, list) or not value:
            self.fault(key, "missing; expected a list of numbers" if value is None else "expected a list of numbers")
            return ()
        return tuple(self.number(item, f"{key}[{place}]") for place, item in enumerate(value))

    def matrix(self, key: str, rows: object) -> Matrix:
        """A list of rows."""
        if not isinstance(rows, list) or not rows:
            self.fault(key, "expected a list of rows, each a list of numbers")
            return ()
        matrix = tuple(self.vector(f"{key}[{number}]", row) for number, row in enumerate(rows))
        lengths = {len(row) for row in matrix}
        if len(lengths) > 1 and 0 not in lengths:
            self.fault(key, f"rows of different lengths: {', '.join(str(len(row)) for row in matrix)}")
        return matrix

    def vector_or_batch(self, key: str, value: object) -> Vector | Matrix:
        """One vector, or one row for each sample."""
        if isinstance(value, list) and value and isinstance(value[0], list):
            return self.matrix(key, value)
        return self.vector(key, value)


def rows_of(samples: Vector | Matrix) -> Sequence[Vector]:
    """The samples of a batch; a single one is a batch of one."""
    return samples if samples and isinstance(samples[0], tuple) else (samples,)  # type: ignore[return-value]


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
