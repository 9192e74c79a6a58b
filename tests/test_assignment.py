"""Assignments: what the bundled ones say, and that every fault of a file is told with its path, all at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checks.assignment.assignment_file import load_assignment
from checks.assignment.bundled import bundled_assignments
from checks.errors import InvalidAssignment
from exact.networks.problem_table import KEYS

HAND = """
[backprop]
x = [1, -1]
y = [1, 0]
eta = 0.1
layers = [{ W = [[1, 2], [3, "1/2"]], b = [0, 1e-3] }]
"""


def write(folder: Path, text: str) -> str:
    path = folder / "a.toml"
    path.write_text(f'id = "x"\ntitle = "X"\n{text}', encoding="utf-8")
    return str(path)


def faults(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    with pytest.raises(InvalidAssignment) as caught:
        load_assignment(path)
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


def test_the_homework_is_worth_25_and_48_points() -> None:
    assignment = load_assignment("ee541-hw3")
    assert assignment.mnist is not None
    assert sum(assignment.mnist.points.values()) == 25
    (hand,) = assignment.hand_parts
    entries = {"s": 7, "a": 7, "da": 4, "delta": 7, "W_new": 16, "b_new": 7}
    assert sum(entries.values()) == 48
    assert set(hand.points.values()) == {1}


def test_the_sample_is_the_homework_on_other_data() -> None:
    assert set(bundled_assignments()) == {"ee541-hw3", "sample"}
    homework, sample = load_assignment("ee541-hw3"), load_assignment("sample")
    assert [part.problem for part in homework.hand_parts] == [part.problem for part in sample.hand_parts]
    assert [part.points for part in homework.hand_parts] == [part.points for part in sample.hand_parts]
    assert homework.mnist is not None
    assert sample.mnist is not None
    assert homework.mnist.points == sample.mnist.points
    assert homework.mnist.layers == sample.mnist.layers


def test_decimals_are_exact(tmp_path: Path) -> None:
    (hand,) = load_assignment(write(tmp_path, HAND)).hand_parts
    assert hand.problem.eta == Fraction(1, 10)
    assert hand.problem.layers[0].b == (0, Fraction(1, 1000))
    assert hand.problem.layers[0].W[1][1] == Fraction(1, 2)


def test_several_hand_problems_have_names_of_their_own(tmp_path: Path) -> None:
    two = "\n".join(HAND.replace("[backprop]", f'[[backprop]]\nid = "{name}"') for name in ("p1", "p2"))
    assert load_assignment(write(tmp_path, two)).prefixes == ("p1", "p2")
    assert faults(tmp_path, two.replace('"p2"', '"p1"')) == [
        'backprop[1].id: expected a name of its own, such as "p2", where there are several'
    ]


def test_points_and_cells_can_be_chosen(tmp_path: Path) -> None:
    (hand,) = load_assignment(write(tmp_path, HAND + 'points = { a1 = 2 }\ncells = ["s1", "a1"]')).hand_parts
    assert [str(cell) for cell in hand.cells] == ["s1", "a1"]
    assert hand.points == {("s1", 0): 1, ("s1", 1): 1, ("a1", 0): 2, ("a1", 1): 2}


FAULTS = {
    "": ["assignment: expected a [mnist], a [backprop] or a [[graph]] table"],
    "[mnist]\nlayers = [784, 200]\nimages = 10\ncorrect = 11": [
        "mnist.correct: expected a whole number from 0 to 10, not 11"
    ],
    "[mnist]\nlayers = [784]\nimages = true\npoints = { shape = 1, count = -1 }": [
        "mnist.layers: expected the widths from input to output, such as [784, 200, 100, 10]",
        "mnist.images: expected a whole number from 1 to 1000000, not True",
        "mnist.correct: missing; expected a whole number from 0 to 1",
        "mnist.points.shape: unknown key; expected one of shapes, softmax, format, activations, classification, count",
        "mnist.points.count: expected a number of at least 0, not -1",
    ],
    HAND.replace("eta = 0.1", 'eta = "1/0"'): ["backprop.eta: a denominator of zero"],
    HAND.replace("eta = 0.1", "eta = nan"): ["backprop.eta: expected a number such as 2, 0.5 or \"1/2\", not 'nan'"],
    HAND.replace("eta = 0.1", "eta = 1e-999999999"): ["backprop.eta: a power of ten beyond 300"],
    HAND.replace("eta = 0.1", ""): [
        "backprop.eta: missing; expected a number, or the cells to ask for, where nothing is updated"
    ],
    HAND.replace("y = [1, 0]", "y = [1, 1]"): [
        "backprop.y: expected a target distribution: no entry negative, their sum 1"
    ],
    HAND.replace("y = [1, 0]", "y = [1]"): ["backprop.y: 1 entry, the last layer has 2 outputs"],
    HAND.replace("b = [0, 1e-3]", "b = [0, 1, 2]"): ["backprop.layers[0].b: 3 entries, W has 2 rows"],
    HAND.replace("[3, ", "[3, 4, "): ["backprop.layers[0].W: rows of different lengths: 2, 3"],
    HAND.replace("x = [1, -1]", "x = [1]"): ["backprop.layers[0].W: 2 columns, x has 1 value"],
    HAND + "hidden = 'tanhh'": [
        "backprop.hidden: expected 'relu' or 'leaky_relu' or 'identity' or 'sigmoid' or 'tanh', not 'tanhh'"
    ],
    HAND + "colour = 3\npoints = { s9 = 1 }\nfollow_through = 2\ntolerance = { relative = -1, digit = 3 }": [
        f"backprop.colour: unknown key; expected one of {', '.join(KEYS)}",
        "backprop.tolerance.digit: unknown key; expected one of relative, absolute, digits",
        "backprop.tolerance.relative: expected a number of at least 0, not -1",
        "backprop.follow_through: expected a number from 0 to 1, not 2",
        "backprop.points.s9: unknown key; expected one of s1, a1, delta1, W1_new, b1_new",
    ],
    HAND + "points = { s9 = 1 }\nfollow_through = 2\ntolerance = { relative = -1, digit = 3 }": [
        "backprop.tolerance.digit: unknown key; expected one of relative, absolute, digits",
        "backprop.tolerance.relative: expected a number of at least 0, not -1",
        "backprop.follow_through: expected a number from 0 to 1, not 2",
        "backprop.points.s9: unknown key; expected one of s1, a1, delta1, W1_new, b1_new",
    ],
    HAND + 'cells = ["s1", "q2"]': [
        "backprop.cells: no cell 'q2'; there are s1 a1 class C delta1 grad_a1 grad_W1 grad_b1 grad_x step_W1 W1_new step_b1 b1_new C_new"  # noqa: E501
    ],
    HAND + "[other]": ["other: unknown key; expected id, title, mnist, backprop or graph"],
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_faults(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == FAULTS[text]


def test_what_is_no_assignment_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        InvalidAssignment, match="no such assignment; expected a TOML file, or one of ee541-hw3, sample"
    ):
        load_assignment("nowhere")
    (tmp_path / "bad.toml").write_text("id = 1 1", encoding="utf-8")
    with pytest.raises(InvalidAssignment, match=r"bad.toml: not TOML: .*line 1"):
        load_assignment(str(tmp_path / "bad.toml"))
    with pytest.raises(InvalidAssignment, match="cannot be read"):
        load_assignment(str(tmp_path))
