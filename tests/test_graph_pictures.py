"""The drawing of a graph: what stands at its arrows, what is not told, and that it can be read."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from mpmath import mp

from checks.reports.titled import titled
from exact.graphs.layout import MOST_ENTRIES, drawing
from exact.graphs.routes import PER_CHARACTER, plan
from tests.test_graphs import reference_of
from tests.test_operations import in_many_digits
from tests.worked_graphs import WORKED, WorkedGraph

PRODUCT = next(one for one in WORKED if one.name == "product")
IDS = [one.name for one in WORKED]


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_what_the_arrows_from_a_quantity_bring_back_is_its_gradient(worked: WorkedGraph) -> None:
    """The sum over the paths: each arrow has its own path's share."""
    reference = reference_of(worked.table)
    solution = reference.solution
    drawn = drawing(solution, titled(reference).needed)
    assert drawn is not None
    for name in {node.name for node in drawn.nodes if node.name != solution.calculation.cost}:
        arrows = [one for one in drawn.arrows if drawn.nodes[one.start].name == name and one.end is not None]
        gradient = solution.values(f"grad_{name}")
        if gradient.size > MOST_ENTRIES or len(gradient.shape) == 2 or not arrows:
            continue
        for place, whole in enumerate(gradient):
            shares = [in_many_digits(one.gradient[place]) for one in arrows if one.gradient is not None]
            assert len(shares) == len(arrows)
            assert abs(sum(shares) - in_many_digits(whole)) < mp.mpf(10) ** -14
        for one in arrows:
            assert one.value == solution.values(name)


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_an_arrow_leads_to_the_right(worked: WorkedGraph) -> None:
    reference = reference_of(worked.table)
    drawn = drawing(reference.solution, titled(reference).needed)
    assert drawn is not None
    spots = [(node.column, node.row) for node in drawn.nodes]
    assert len(set(spots)) == len(spots)
    for arrow in drawn.arrows:
        assert arrow.end is None or drawn.nodes[arrow.start].column < drawn.nodes[arrow.end].column


def test_tikz_has_values_above_and_gradients_below() -> None:
    one = titled(reference_of(PRODUCT.table))
    text = one.picture(one, "tikz")
    assert text.count(r"\draw[->]") == 5  # x, y, z, q and the output's own
    assert text.count("{") == text.count("}")
    for above, below in (("-2", "-4"), ("5", "-4"), ("-4", "3"), ("3", "-4"), ("-12", "1")):
        labels = rf"node\[above[^\]]*\] \{{\${above}\$\}} node\[below[^\]]*\] \{{\${below}\$\}}"
        assert re.search(labels, text)


def test_svg_is_xml_and_tells_the_same() -> None:
    one = titled(reference_of(PRODUCT.table))
    tree = ET.fromstring(one.picture(one, "svg"))  # noqa: S314  our own
    texts = [element.text for element in tree.iter("text")]
    assert sorted(filter(None, texts)) == sorted(
        [*"xyzqf", "\N{MINUS SIGN}2", "5", "\N{MINUS SIGN}4", "3", "\N{MINUS SIGN}12"]
        + ["\N{MINUS SIGN}4"] * 3
        + ["3", "1"]
    )


def test_numbers_that_are_not_known_do_not_stand_at_arrows() -> None:
    one = titled(reference_of(PRODUCT.table))
    tree = ET.fromstring(one.picture(one, "svg", frozenset()))  # noqa: S314  our own
    shown = {element.text for element in tree.iter("text") if element.get("class") == "value"}
    assert shown == {"\N{MINUS SIGN}2", "5", "\N{MINUS SIGN}4"}
    assert [element.text for element in tree.iter("text") if element.get("class") == "gradient"] == ["1"]
    known = ET.fromstring(one.picture(one, "svg", frozenset({"q", "grad_q", "grad_x"})))  # noqa: S314
    assert len([one for one in known.iter("text") if one.get("class") == "gradient"]) == 2


def test_what_is_too_large_is_not_drawn() -> None:
    lines = [f"q{n} = q{n - 1} w" if n else "q0 = w" for n in range(30)]
    reference = reference_of({"given": {"w": 1}, "formulas": lines})
    one = titled(reference)
    assert one.picture(one, "tikz") == ""
    assert one.picture(one, "svg") == ""


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_numbers_lie_apart_from_each_other_and_from_nodes(worked: WorkedGraph) -> None:
    """What stands at arrows is level, each in a rectangle of its own, over which no slanting line leads."""
    one = titled(reference_of(worked.table))
    drawn = drawing(one.solution, one.needed)
    assert drawn is not None
    made = plan(drawn, str)
    rectangles = []
    for route in made.routes:
        (x, y), (end, level) = made.spots[route.start], route.corners[0]
        assert y == level
        width = PER_CHARACTER * max(len(route.value), len(route.gradient))
        assert end - x - 2 * NODE >= width
        if width:
            rectangles.append((x + NODE, end, y))
    for number, (left, right, y) in enumerate(rectangles):
        for begin, end, other in rectangles[:number]:
            assert begin >= right or end <= left or abs(other - y) >= 2 * HIGH
    for route in made.routes:
        if route.end is not None:
            (x, y), (to_x, to_y) = route.corners[-1], made.spots[route.end]
            for left, right, level in rectangles:
                assert right <= x or left >= to_x - NODE or min(y, to_y) >= level + HIGH or max(y, to_y) <= level - HIGH


NODE, HIGH = 0.35, 0.3
"""Half of a node's width, and the height of a number, in centimetres."""
