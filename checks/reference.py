"""What an assignment's answers are held against: the key of each hand problem, and the evaluated test set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from checks.assignment import Assignment, BackpropPart, MnistPart
from checks.judging.clauses import Key
from exact.cells import CellName, Kind
from exact.decimals import DECIMAL_DIGITS
from exact.notation import TEXT
from exact.number import Number, larger
from exact.solution import Cell, Solution, solve
from exact.writing import decimal_or_none, in_exponentials, in_outputs
from numeric.evaluation import Evaluation
from numeric.network import DataFile, Floats, Network


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """The key of one entry, as it is judged and as it is shown.

    `name` as in reports; `expected` in the answer language, `form` in the p's throughout; decimals where there is no
    exact way to write it. All are None for a number that cannot be told from 0.
    """

    name: str
    key: Key
    expected: str | None
    form: str | None
    decimal: str | None
    points: Fraction

    @property
    def is_irrational(self) -> bool:
        """Whether no decimal can be exact."""
        return self.key.value.as_fraction() is None


@dataclass(frozen=True, slots=True)
class KeyCell:
    """The key of one cell: its shape, and its entries row by row."""

    name: CellName
    shape: tuple[int, int]
    entries: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class BackpropReference:
    """One hand problem, solved; only the cells that are asked for."""

    part: BackpropPart
    solution: Solution
    cells: tuple[KeyCell, ...]


@dataclass(frozen=True, slots=True)
class MnistReference:
    """The MNIST problem; `evaluation` is None where there is no data, and `no_data` then says where it was sought.

    `notice` is what the data files want every output to say. `network` and `images`, where they are given, are what
    mistaken programs are tried on; `files` are what they were read from.
    """

    part: MnistPart
    evaluation: Evaluation | None
    no_data: str = ""
    notice: str = ""
    network: Network | None = None
    images: Floats | None = None
    files: tuple[DataFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """All that submissions to one assignment are held against."""

    assignment: Assignment
    mnist: MnistReference | None
    backprop: tuple[BackpropReference, ...]

    @property
    def notice(self) -> str:
        """What every output on this reference's data has to say; mostly nothing."""
        return self.mnist.notice if self.mnist else ""

    @property
    def disagreement(self) -> str:
        """A word where the data's count is not the one that the assignment promises; mostly nothing."""
        if self.mnist is None or self.mnist.evaluation is None:
            return ""
        found, promised = self.mnist.evaluation.correct, self.mnist.part.correct
        if found == promised:
            return ""
        return f"the data give {found} correct, the assignment says {promised}; marks go by the data"


def backprop_reference(part: BackpropPart, digits: int = DECIMAL_DIGITS) -> BackpropReference:
    """Solves the problem and writes down its key, decimals to so many significant digits."""
    solution = solve(part.problem)
    asked = [cell for cell in solution.with_cost() if cell.name in part.cells]
    cells = tuple(_key_cell(part, solution, cell, digits) for cell in asked)
    return BackpropReference(part, solution, cells)


def _key_cell(part: BackpropPart, solution: Solution, cell: Cell, digits: int) -> KeyCell:
    largest = reduce(larger, (Number.of(abs(entry.value)) for entry in cell.entries))
    slopes = part.problem.hidden.slopes
    exact_only = cell.name.kind is Kind.DA and bool(slopes) and slopes <= {0, 1}
    entries = []
    for entry in cell.entries:
        shown = decimal_or_none(entry.value, digits)
        entries.append(
            KeyEntry(
                part.name(entry.name),
                Key(entry.value, entry.size, largest, exact_only=exact_only),
                in_exponentials(entry, cell.name, solution, TEXT) or shown,
                in_outputs(entry, TEXT) or shown,
                shown,
                part.points[cell.name],
            )
        )
    return KeyCell(cell.name, cell.shape, tuple(entries))
