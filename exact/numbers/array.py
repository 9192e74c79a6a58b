"""Numbers, vectors and matrices of numbers of any kind: fractions, `Number`, forms in p, balls, or what is unknown.

A vector is neither a row nor a column. Sums and products of two arrays go entry by entry; a single number goes with
every entry. Nothing is ever spread silently along an axis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import add
from typing import Any

Shape = tuple[int, ...]
"""() of a number, (n,) of a vector, (rows, columns) of a matrix."""


class ShapeError(ValueError):
    """An operation on arrays whose shapes do not go together; the message names both."""


class Array:
    """Entries row by row, and their shape; immutable."""

    __slots__ = ("entries", "shape")

    def __init__(self, entries: Iterable[Any], shape: Shape) -> None:
        self.entries, self.shape = tuple(entries), shape

    @property
    def T(self) -> Array:  # noqa: N802  the field's letter
        """The transpose; a vector is its own."""
        if len(self.shape) < 2:
            return self
        rows, columns = self.shape
        return Array((self.entries[i * columns + j] for j in range(columns) for i in range(rows)), (columns, rows))

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The entries of each row; a vector is a column."""
        columns = self.shape[1] if len(self.shape) == 2 else 1
        return tuple(self.entries[start : start + columns] for start in range(0, len(self.entries), columns))

    def each(self, function: Callable[[Any], Any]) -> Array:
        """The function's values, entry by entry."""
        return Array(map(function, self.entries), self.shape)

    def item(self) -> Any:
        """The one entry. Raises `ShapeError` where there are more."""
        if len(self.entries) != 1:
            raise ShapeError(f"{described(self.shape)}; expected a single number")
        return self.entries[0]

    def replaced(self, place: int, value: Any) -> Array:
        """The same with another entry at the place."""
        return Array((*self.entries[:place], value, *self.entries[place + 1 :]), self.shape)

    def _with(self, other: Any, operation: Callable[[Any, Any], Any]) -> Array:
        if not isinstance(other, Array):
            return Array((operation(x, other) for x in self.entries), self.shape)
        if self.shape == other.shape:
            return Array(map(operation, self.entries, other.entries), self.shape)
        if not other.shape:
            return self._with(other.entries[0], operation)
        if not self.shape:
            (own,) = self.entries
            return Array((operation(own, x) for x in other.entries), other.shape)
        raise ShapeError(f"{described(self.shape)} and {described(other.shape)} cannot be joined entry by entry")

    def __add__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: x + y)

    def __sub__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: x - y)

    def __mul__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: x * y)

    def __truediv__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: x / y)

    def __radd__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: y + x)

    def __rsub__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: y - x)

    def __rmul__(self, other: Any) -> Array:
        return self._with(other, lambda x, y: y * x)

    def __neg__(self) -> Array:
        return self.each(lambda x: -x)

    def __abs__(self) -> Array:
        return self.each(abs)

    def __matmul__(self, other: Array) -> Array:
        """The product of matrices, of a matrix and a vector, a vector and a matrix, or of two vectors: a number."""
        left, right = self.shape, other.shape
        if not left or not right or left[-1] != right[0]:
            raise ShapeError(f"{described(left)} times {described(right)}")
        width = right[1] if len(right) == 2 else 1
        columns = [other.entries[j::width] for j in range(width)]
        length = left[-1]
        rows = [self.entries[start : start + length] for start in range(0, len(self.entries), length)]
        return Array((total(map(_product, row, column)) for row in rows for column in columns), left[:-1] + right[1:])

    def __len__(self) -> int:
        return self.shape[0] if self.shape else 1

    def __iter__(self) -> Iterator[Any]:
        return iter(self.entries)

    def __getitem__(self, place: int) -> Any:
        return self.entries[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Array) and (self.shape, self.entries) == (other.shape, other.entries)

    def __hash__(self) -> int:
        return hash((self.shape, self.entries))

    def __repr__(self) -> str:
        return f"Array({list(self.entries)!r}, {self.shape})"


def _product(x: Any, y: Any) -> Any:
    return x * y


def array(items: Any) -> Array:
    """The numbers, of whatever kinds, as an array: a number, a sequence of them, or a sequence of rows.

    >>> array([[1, 2], [3, 4]]) @ array([5, 6])
    Array([17, 39], (2,))
    """
    if isinstance(items, Array):
        return items
    if not isinstance(items, list | tuple):
        return Array((items,), ())
    if items and isinstance(items[0], list | tuple):
        return Array((x for row in items for x in row), (len(items), len(items[0])))
    return Array(items, (len(items),))


def outer(column: Array, row: Array) -> Array:
    """The matrix of all products."""
    return Array((x * y for x in column for y in row), (column.size, row.size))


def total(entries: Iterable[Any]) -> Any:
    """The sum of the entries, of which there is one at least."""
    return reduce(add, entries)


def described(shape: Shape) -> str:
    """The shape in words.

    >>> described((2, 3)), described((2,)), described(())
    ('a 2 x 3 matrix', 'a vector of 2', 'a number')
    """
    return ("a number", "a vector of {}", "a {} x {} matrix")[len(shape)].format(*shape)
