"""A graph as lecturers draw it: formulas from left to right, values above the arrows and gradients below them.

What is given stands beside each formula that uses it, so that an arrow shows what its own path adds to the gradient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import prod

from exact.calculation.expression import Expression, constant, letter
from exact.calculation.gradients import pulled, sum_of
from exact.calculation.needed import leading_to
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Solution
from exact.graphs.graph import FORMULA
from exact.numbers.array import Array, array

MOST_NODES, MOST_COLUMNS = 40, 12
"""Nodes, and columns of them, up to which a drawing is readable."""

MOST_ENTRIES = 2
"""Entries of a vector up to which its numbers stand at an arrow."""


@dataclass(frozen=True, slots=True)
class Node:
    """A quantity in the drawing, or what is given, by its name; the column from the left, the row from the middle."""

    name: str
    column: int
    row: float
    is_given: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a node to another one, by their places in the list; None for the output's own arrow, which leads out.

    `value` is what goes along it, `gradient` what comes back; None where there is none, or it is too large to show.
    """

    start: int
    end: int | None
    value: Array | None
    gradient: Array | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and arrows."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + max(node.column for node in self.nodes)

    @property
    def rows(self) -> float:
        """The distance of the uppermost row from the lowest."""
        rows = [node.row for node in self.nodes]
        return max(rows) - min(rows)


def drawing(solution: Solution, needed: Iterable[str], known: frozenset[str] | None = None) -> Drawing | None:
    """The drawing of the formulas among these names; None where it would be too large to be read.

    Numbers stand at it where they are those of what is `known`, or of what is given; all, where nobody says.
    """
    wanted = frozenset(needed)
    calculation = solution.calculation
    formulas = [one for one in calculation.quantities if one.step.name == FORMULA and one.name in wanted]
    if not formulas:
        return None
    columns: dict[str, int] = {}
    for one in formulas:
        columns[one.name] = 1 + max((columns.get(source, 0) for source in one.of.values()), default=0)
    leaves = [
        (source, one.name) for one in formulas for source in dict.fromkeys(one.of.values()) if source not in columns
    ]
    if len(formulas) + len(leaves) > MOST_NODES or max(columns.values()) > MOST_COLUMNS:
        return None
    nodes = _placed(formulas, leaves, columns)
    arrows = [_told(arrow, list(nodes.values()), solution, known) for arrow in _arrows(solution, formulas, list(nodes))]
    return Drawing(tuple(nodes.values()), tuple(arrows))


def _told(arrow: Arrow, nodes: list[Node], solution: Solution, known: frozenset[str] | None) -> Arrow:
    """The arrow with the numbers that may stand at it."""
    if known is None:
        return arrow
    start = nodes[arrow.start].name
    gradients = {f"grad_{nodes[place].name}" for place in (arrow.start, arrow.end) if place is not None}
    told = known | solution.calculation.given.keys()
    return replace(
        arrow,
        value=arrow.value if start in told else None,
        gradient=arrow.gradient if gradients <= told or arrow.end is None else None,
    )


Key = tuple[str, str]
"""A node: its name, and the formula that it stands beside; "" for a formula's own."""


def _placed(formulas: list[Quantity], leaves: list[Key], columns: dict[str, int]) -> dict[Key, Node]:
    """The nodes, each column from top to bottom as the formulas stand that its nodes lead to."""
    users: dict[Key, str] = dict(zip(leaves, (user for _, user in leaves), strict=True))
    for one in reversed(formulas):
        users |= {(source, ""): one.name for source in one.of.values() if source in columns}
    keys = [*((one.name, "") for one in formulas), *leaves]
    column_of = {key: columns[key[1]] - 1 if key[1] else columns[key[0]] for key in keys}
    by_column: dict[int, list[Key]] = {}
    for key, column in column_of.items():
        by_column.setdefault(column, []).append(key)
    rows: dict[Key, float] = {}
    for column in sorted(by_column, reverse=True):
        members = by_column[column]
        ordered = sorted(members, key=lambda key: (rows.get((users.get(key, ""), ""), 0.0), users.get(key, "")))
        groups = groupby(ordered, key=lambda key: users.get(key, ""))
        for place, key in enumerate(key for _, group in groups for key in _around_formulas(list(group))):
            rows[key] = place - (len(ordered) - 1) / 2
    return {key: Node(key[0], column, rows[key], is_given=bool(key[1])) for key, column in column_of.items()}


def _around_formulas(keys: list[Key]) -> list[Key]:
    """What leads to one formula, what is given above and below of what is made."""
    given = [key for key in keys if key[1]]
    half = (len(given) + 1) // 2
    return [*given[:half], *(key for key in keys if not key[1]), *given[half:]]


def _arrows(solution: Solution, formulas: list[Quantity], keys: list[Key]) -> Iterator[Arrow]:
    places = {key: place for place, key in enumerate(keys)}
    calculation = solution.calculation
    output = output_of(calculation)
    leading = {one.name for one in leading_to(formulas, [output])}
    for one in formulas:
        gradients = _handed_back(solution, one, output) if one.name in leading else {}
        for source in dict.fromkeys(one.of.values()):
            start = places.get((source, one.name), places.get((source, ""), 0))
            yield Arrow(start, places[one.name, ""], _small(solution.values(source)), gradients.get(source))
    if (output, "") in places:
        given = calculation.given.get(f"grad_{output}")
        own = array(Fraction(1)) if given is None else given
        yield Arrow(places[output, ""], None, _small(solution.values(output)), _small(own))


def output_of(calculation: Calculation) -> str:
    """What gradients are of, or whose own gradient is given."""
    if calculation.cost in calculation.by_name:
        return calculation.cost
    return next((name.removeprefix("grad_") for name in calculation.given if name.startswith("grad_")), "")


def _handed_back(solution: Solution, quantity: Quantity, output: str) -> dict[str, Array | None]:
    """What the formula adds to the gradient of each name that stands in it."""
    calculation = solution.calculation
    gradient = f"grad_{quantity.name}"
    if gradient not in calculation.by_name and gradient not in calculation.given:
        return {}
    g = constant(1) if quantity.name == output and gradient not in calculation.given else letter(gradient)
    terms: dict[str, list[Expression]] = {}
    for name, term in pulled(quantity.step.formula, g, letter(quantity.name), calculation.shape_of):
        terms.setdefault(name, []).append(term)
    return {name: _small(sum_of(several).value(solution.values)) for name, several in terms.items()}


def _small(values: Array) -> Array | None:
    return values if len(values.shape) < 2 and prod(values.shape) <= MOST_ENTRIES else None
