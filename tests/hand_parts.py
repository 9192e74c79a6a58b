"""Hand problems from tables, and sheets of floats held against them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from checks.assignment.assignment import read_assignment
from checks.hand.key import HandReference, hand_reference
from checks.judging.findings import Finding
from tests.hand_sheets import found_in


def reference_of(table: Mapping[str, object], **marking: object) -> HandReference:
    """The key of the problem, of the cells that are asked for where they are named."""
    assignment = read_assignment({"id": "test", "title": "Test", "backprop": {**table, **marking}})
    return hand_reference(assignment.hand_parts[0])


def written(cells: Mapping[str, np.ndarray], digits: int) -> str:
    """The sheet as an answers.txt, numbers to so many significant digits."""
    return "\n".join(f"{name} = {_matrix(np.asarray(cell), digits)}" for name, cell in cells.items())


def checked_sheet(reference: HandReference, cells: Mapping[str, np.ndarray], digits: int) -> dict[str, Finding]:
    """The findings on a sheet of floats, by name."""
    return found_in(written(cells, digits), reference)


def _matrix(cell: np.ndarray, digits: int) -> str:
    if cell.ndim == 0:
        return f"{float(cell):.{digits}g}"
    return f"[{', '.join(_matrix(part, digits) for part in cell)}]"
