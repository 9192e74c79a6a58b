"""A value as the entries of a cell: which number stands for which entry, whichever way the vector or matrix lies."""

from __future__ import annotations

from checks.writeups.known import KnownCell
from checks.writeups.values import Element, ReadValue


def fitted(value: ReadValue, cell: KnownCell, *, turned: bool) -> tuple[Element, ...] | None:
    """The elements in the order of the cell's entries, row by row; None where the value has another shape.

    A vector may lie; a matrix stands transposed where the document's vectors are rows, or where only that fits.
    """
    rows, columns = cell.shape
    if not value.bracketed:
        return value.elements if (rows, columns) == (1, 1) else None
    if cell.is_vector:
        count = rows * columns
        fits = value.shape in ((count, 1), (1, count)) or (value.flat and len(value.elements) == count)
        return value.elements if fits else None
    if value.flat and value.shape != cell.shape and value.shape[::-1] == cell.shape and 1 in cell.shape:
        return value.elements
    if turned:
        return value.turned().elements if value.shape == (columns, rows) else None
    return value.elements if value.shape == (rows, columns) else None
