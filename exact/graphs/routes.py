"""Where the nodes of a drawing stand and how its arrows run, in centimetres, x to the right and y downwards.

Every arrow begins level, as long as what stands at it, and only then slants to where it leads: so numbers lie over free
ground. Arrows that start together share what is level, with the whole gradient that comes back along them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import add

from exact.graphs.layout import Arrow, Drawing, Node
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.writing.entries import decimal_or_none

DIGITS = 3
"""Significant digits of what stands at an arrow."""

DOWN, SLANT, AROUND, LEAST = 1.1, 1.1, 0.75, 0.5
"""From row to row; for arrows to slant in; around a node and what stands at its arrow; the least for numbers."""

PER_CHARACTER = 0.14

STEEP, APART = 1.5, 0.7
"""Rows from which a slanting arrow is steep, and within which a node stands in the way of one that runs level."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """One line from node to node, by their places, over the corners between; `end` is None where it leads out.

    `is_steep`: it ends on the left of its node, so that it passes others below and above that. `value` and `gradient`
    stand in the middle of what is level at its beginning, which ends at the first corner.
    """

    start: int
    end: int | None
    corners: tuple[Spot, ...]
    is_steep: bool = False
    value: str = ""
    gradient: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of the nodes, the routes, and how wide and high it is all in all; (0, 0) is above on the left."""

    spots: tuple[Spot, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def plan(found: Drawing, written: Callable[[str], str]) -> Plan:
    """The plan of a drawing; `written` writes a decimal."""
    level = [0.0] * found.columns
    labels = {start: _labels(arrows) for start, arrows in _by_start(found).items()}
    for start, texts in labels.items():
        column = found.nodes[start].column
        longest = max((_width(values) for values in texts), default=0.0)
        level[column] = max(level[column], AROUND + longest, LEAST)
    left = [AROUND, *accumulate((one + SLANT for one in level), initial=AROUND)][1:]
    top = min(node.row for node in found.nodes) - 0.6
    spots = tuple((left[node.column], (node.row - top) * DOWN) for node in found.nodes)
    ends = [left[column] + level[column] for column in range(found.columns)]
    routes = tuple(_routes(found, spots, ends, labels, written))
    return Plan(spots, routes, max(ends) + AROUND, (found.rows + 1.2) * DOWN)


def _by_start(found: Drawing) -> dict[int, list[Arrow]]:
    together: dict[int, list[Arrow]] = {}
    for arrow in found.arrows:
        together.setdefault(arrow.start, []).append(arrow)
    return together


Labels = tuple[Array | None, Array | None]


def _labels(arrows: list[Arrow]) -> Labels:
    """What goes along arrows that start together, and all that comes back; None where it is not known."""
    gradients = [arrow.gradient for arrow in arrows if arrow.gradient is not None]
    known = len(gradients) == len(arrows)
    return arrows[0].value, reduce(add, gradients) if known else None


def _routes(
    found: Drawing, spots: tuple[Spot, ...], ends: list[float], labels: dict[int, Labels], written: Callable[[str], str]
) -> Iterator[Route]:
    for start, arrows in _by_start(found).items():
        node, (_, y) = found.nodes[start], spots[start]
        value, gradient = (label(values, written) for values in labels[start])
        for number, arrow in enumerate(arrows):
            corners = ((ends[node.column], y), *_lane(found, node, arrow, ends, y))
            texts = (value, gradient) if number == 0 else ("", "")
            is_steep = arrow.end is not None and abs(spots[arrow.end][1] - y) > STEEP * DOWN
            yield Route(start, arrow.end, corners, is_steep, *texts)


def _lane(found: Drawing, node: Node, arrow: Arrow, ends: list[float], y: float) -> Iterator[Spot]:
    """On past other columns, level as long as nothing stands in the way."""
    if arrow.end is None:
        return
    last = found.nodes[arrow.end].column - 1
    between = [one for one in found.nodes if node.column < one.column <= last]
    if last > node.column and all(abs(one.row - node.row) > APART for one in between):
        yield ends[last], y


def _width(values: Array | None) -> float:
    return len(label(values, str)) * PER_CHARACTER


def label(values: Array | None, written: Callable[[str], str]) -> str:
    """The numbers of an arrow; "" where they are not known, or too many."""
    if values is None:
        return ""
    shown = [decimal_or_none(Number.of(value), DIGITS) for value in values]
    if None in shown:
        return ""
    numbers = [written(one) for one in shown if one is not None]
    return numbers[0] if not values.shape else f"({', '.join(numbers)})"
