"""Marks on sheets that were once marked wrongly, or that the run once did not survive: found by looking for them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import found_in, reference_of
from tests.worked_cases import TABLES

HOMEWORK = TABLES["homework"]
FORWARD = """
s1 = [5, -5]
a1 = [5, 0]
da1 = [1, 0]
s2 = [6, 15]
a2 = [6, 15]
da2 = [1, 1]
s3 = [42, -31, 25]
"""

WRONG, FOLLOWS = {Verdict.WRONG}, {Verdict.FOLLOW_THROUGH}
RIGHT = {Verdict.EXACT, Verdict.ROUNDED, Verdict.CLOSE}


def network(*layers: tuple[list[list[object]], list[object]], **more: object) -> dict[str, object]:
    table: dict[str, object] = {"x": [1], "y": [1, 0], "eta": 1}
    return table | {"layers": [{"W": W, "b": b} for W, b in layers]} | more


def check(text: str, table: Mapping[str, object] = HOMEWORK) -> dict[str, Finding]:
    return found_in(text, reference_of(table))


THREE_DIGITS = FORWARD + "a3 = [1.00, 1.98e-32, 4.14e-8]\ndelta3 = [1.00, 1.98e-32, -1.00]\n"


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("delta2[1]", "delta2 = [0.0199, 1.00]"),
        ("delta2[1]", "delta2 = [-0.02, 1.00]"),
        ("delta2[2]", "delta2 = [0, 0.986]"),
        ("W3_new[1,1]", "W3_new[1,1] = -0.986"),
        ("W3_new[1,2]", "W3_new[1,2] = -5.53"),
        ("W2_new[1,2]", "W2_new[1,2] = -2.001"),
        ("b3_new[1]", "b3_new[1] = -1"),
    ],
)
def test_right_roundings_before_it_excuse_only_what_they_are_off(entry: str, line: str) -> None:
    found = check(THREE_DIGITS + line)
    assert found[entry].verdict is Verdict.WRONG
    assert not set(found[entry].mistakes) & {"delta-rounded-early"}


def test_where_nothing_was_rounded_a_rational_key_is_hit_or_missed() -> None:
    table = network(([[1, 2]], [1]), ([[7]], [0]), x=[1, 2], y=[0], eta="1/2", output="linear", loss="squared-error")
    found = check("s1 = 6\na1 = 6\nda1 = 1\ns2 = 42\na2 = 42.04\ndelta2 = 42\nb2_new = -21.02", table)
    assert {found[name].verdict for name in ("a2[1]", "b2_new[1]")} == WRONG


@pytest.mark.parametrize("outputs", ["[0.51, 0.49]", "[0.87, 0.13]"])
def test_whole_numbers_are_no_roundings(outputs: str) -> None:
    table = network(([[130], [129]], [0, 0]))
    assert check(f"s1 = [140, 139]\na1 = {outputs}", table)["a1[1]"].verdict is Verdict.WRONG
    assert check("s1 = [140, 139]\na1 = [0.731, 0.269]", table)["a1[1]"].verdict in RIGHT | FOLLOWS


def test_as_good_as_nothing_gives_nothing_to_follow() -> None:
    tiny = "a3 = [1, 0, 0]\ndelta3 = [1e-30, 0, 0]\ndelta2 = [2e-30, 2e-30]\ndelta1 = [8e-30, 0]\n"
    old = "W3_new = [2, 2; 3, -3; 2, 1]\nb3_new = [-5e-31, -4, -2]\nW2_new = [1, -2; 3, 4]\nb2_new = [1, -1e-30]\n"
    found = check(FORWARD + tiny + old + "W1_new = [1, -2, 1; 3, 4, -2]\nb1_new = [1, -2]")
    assert not [name for name, finding in found.items() if finding.verdict is Verdict.FOLLOW_THROUGH]


def test_zeros_are_no_mistake_of_two_kinds() -> None:
    right = "a3 = [1, 0, 0]\ndelta3 = [1, 2e-32, -1]\ndelta2 = [0, 1]\ndelta1 = [3, 0]\n"
    new = "W3_new = [-1, -5.5; 3, -3; 5, 8.5]\nW2_new = [1, -2; 0.5, 4]\nW1_new = [-0.5, -0.5, -0.5; 3, 4, -2]\n"
    found = check(FORWARD + right + new + "b3_new = [0, 0, 0]\nb2_new = [0, 0]\nb1_new = [0, 0]")
    assert {found[name].verdict for name in ("b3_new[3]", "b2_new[1]", "b1_new[1]", "b1_new[2]")} == WRONG
    assert check(FORWARD + "a3 = [0, 0, 0]")["a3[1]"].mistakes == ("slip",)


def test_a_slip_may_be_carried_on_unrounded() -> None:
    """a2[2] = 15 + 2/7 was written with four digits, and not rounded to go on."""
    start = "s1 = [5, -5]\na1 = [5, 0]\nda1 = [1, 0]\ns2 = [6, 15]\na2 = [6.000, 15.29]\n"
    found = check(start + "s3 = [42.57, -31.86, 25.29]")
    assert {found[f"s3[{i}]"].verdict for i in (1, 2, 3)} == FOLLOWS


def test_the_answers_own_rounding_comes_on_top() -> None:
    table = network(
        ([[0], [1]], ["1/3", "1.7"]),
        ([[3, "1.7"], [-1, 2], ["1.7", 2]], [-1, -1, "0.25"]),
        x=["1/3"],
        y=[0, "1/2", 0],
        eta="1/2",
        hidden="identity",
        output="sigmoid",
        loss="binary-cross-entropy",
    )
    text = """
        s1 = [0.333, 2.03]
        a1 = [-0.333, 2.03]
        da1 = [1, 1]
        s2 = [1.46, 3.40, 3.75]
        a2 = [0.811, 0.968, 0.977]
        delta2 = [0.811, 0.468, 0.977]
        delta1 = [3.63, 4.27]
        W1_new = [-0.604; 0.289]
    """
    assert check(text, table)["W1_new[1,1]"].verdict in RIGHT | FOLLOWS


TANH = network(([[4]], [0]), ([[1], [-1]], [0, 0]), hidden="tanh")


def test_a_slope_follows_from_the_students_own_a() -> None:
    assert check("s1 = 4\na1 = 0.999\nda1 = 0.001999", TANH)["da1[1]"].verdict in RIGHT
    assert check("s1 = 4\na1 = 0.9\nda1 = 0.19", TANH)["da1[1]"].verdict is Verdict.FOLLOW_THROUGH


def test_the_cost_follows_from_the_students_own_outputs() -> None:
    table = network(([[4], [-3]], [0, 0])) | {"cells": ["s1", "a1", "C"]}
    assert check("s1 = [4, -3]\na1 = [0.999, 0.000911]\nC = 0.0010005", table)["C"].verdict in RIGHT
    for cost in ("-ln(0.9)", "0.10536"):
        assert check(f"s1 = [4, -3]\na1 = [0.9, 0.1]\nC = {cost}", table)["C"].verdict is Verdict.FOLLOW_THROUGH
    assert check("s1 = [4, -3]\na1 = [0.9, 0.1]\nC = 0.2", table)["C"].verdict is Verdict.WRONG
    assert check("s1 = [4, -3]\na1 = [-1, 2]\nC = 0.2", table)["C"].verdict is Verdict.WRONG


def test_zeros_that_are_right_can_be_followed() -> None:
    table = network(
        ([[2]], [0]), ([[5]], [0]), y=[1], eta="1/2", hidden="identity", output="sigmoid", loss="binary-cross-entropy"
    )
    found = check("s1 = 2\na1 = 2\nda1 = 1\ns2 = 10\na2 = 1.000\ndelta2 = 0\ndelta1 = 0\nb2_new = 0\nb1_new = 0", table)
    assert {found[name].verdict for name in ("delta2[1]", "delta1[1]", "b2_new[1]", "b1_new[1]")} <= RIGHT


def test_what_is_not_asked_for_carries_the_rounding_on() -> None:
    table = network(([[2]], [0]), ([[50], [40]], [-30, -22]), hidden="tanh")
    text = "s1 = 1\na1 = 0.762\na2 = [0.405, 0.595]"
    assert check(text, table | {"cells": ["s1", "a1", "a2"]})["a2[1]"].verdict is Verdict.FOLLOW_THROUGH


def test_a_mistake_belongs_to_its_units() -> None:
    leaky = network(([[1], [-1]], [0, 0]), ([[1, 1], [1, -1]], [0, 0]), hidden="leaky_relu")
    assert check("s1 = [1, -1]\na1 = [1, -0.1]\nda1 = [-1, 1]", leaky)["da1[1]"].mistakes == ()
    linear = network(([[1], [2]], [0, 0]), output="linear", loss="squared-error")
    assert "sigmoid-instead-of-softmax" not in check("s1 = [1, 2]\na1 = [0.7311, 0.8808]", linear)["a1[1]"].mistakes


def test_a_right_value_that_is_too_short_is_no_misconception() -> None:
    table = network(
        ([[-2]], [-2]), x=["1/2"], y=[0], eta="0.1", hidden="identity", output="sigmoid", loss="binary-cross-entropy"
    )
    finding = check("s1 = -3\na1 = 0.0474\ndelta1 = 0.0474\nW1_new = -2", table)["W1_new[1,1]"]
    assert (finding.mistakes, finding.note) == ((), "a rounding, but 1 digit is too few to tell")


def test_numbers_beyond_all_measure_end_quickly() -> None:
    sigmoid = network(([[1]], [0]), ([[1], [-1]], [0, 0]), hidden="sigmoid")
    for number in ("-1e9", "1e300", "-1e-300", "9999999"):
        check(f"s1 = {number}\na1 = 0\nda1 = 5\ns2 = [{number}, 1]\ndelta1 = 3", sigmoid)
    check("s1 = -1e300\na1 = -1\nda1 = 1e-300\ndelta2 = [1e-300, 1]\ndelta1 = 1e-300", TANH)


def test_a_deep_network_of_which_little_is_asked_for_ends_quickly() -> None:
    """Every cell is worked out once, however many steps lead through it: else this would take hours."""
    layer = ([[1, "1/2"], ["1/3", 1]], [0, 1])
    table = network(*[layer] * 10, x=[1, 2]) | {"cells": ["a10", "delta1", "W1_new"]}
    found = check("a10 = [0.3, 0.7]\ndelta1 = [5, 7]\nW1_new = [1, 2; 3, 4]", table)
    assert found["a10[1]"].verdict is Verdict.WRONG


def test_large_outputs_of_a_linear_network_are_followed() -> None:
    table = network(
        ([[100, 50], [50, 25]], [1, 2]),
        ([[100, 50], [50, 100]], [1, 2]),
        x=[1, 2],
        y=[0, 1],
        eta="1/2",
        output="linear",
        loss="squared-error",
    )
    text = """
        s1 = [201, 102]
        a1 = [201, 102]
        da1 = [1, 1]
        s2 = [25201, 20252]
        a2 = [25201, 20252]
        delta2 = [25201, 20251]
        b2_new = [25203/2; 20255/2]
    """
    assert check(text, table)["b2_new[1]"].mistakes == ("bias-added",)
    slipped = check(text.replace("s2 = [25201,", "s2 = [25200,").replace("a2 = [25201,", "a2 = [25200,"), table)
    assert slipped["a2[1]"].verdict is Verdict.FOLLOW_THROUGH
