"""Which entry a statement is about, and which shapes fit a cell."""

from __future__ import annotations

import pytest

from checks.answers.answers_txt import read_answers_txt
from checks.answers.names import Vocabulary
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import hand_reference

ASSIGNMENT = load_assignment("ee541-hw3")
REFERENCE = hand_reference(ASSIGNMENT.hand_parts[0])
VOCABULARY = Vocabulary(ASSIGNMENT.namings)


def check(text: str) -> tuple[dict[str, tuple[str, str | None]], list[str]]:
    """What was given to each entry that is not missing, with its verdict; and the troubles."""
    statements, _ = read_answers_txt(text.encode(), "answers.txt", VOCABULARY)
    section, troubles = check_backprop(REFERENCE, tuple(statements))
    found = {f.name: (f.verdict.value, f.given) for f in section.findings if f.verdict.value != "missing"}
    return found, [trouble.message for trouble in troubles]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("W1_new[2,1] = 3", {"W1_new[2,1]": ("exact", "3")}),
        ("s1[1] = [5]", {"s1[1]": ("unreadable", "[5]")}),
        ("s1[1] =", {}),
        ("s1 = [[5], [-5]]", {"s1[1]": ("exact", "5"), "s1[2]": ("exact", "-5")}),
        ("s1 = [[5, -5]]", {"s1[1]": ("exact", "5"), "s1[2]": ("exact", "-5")}),
        ("s1 = [5, -5, ]", {"s1[1]": ("exact", "5"), "s1[2]": ("exact", "-5")}),
        ("s1 = 5", {"s1[1]": ("unreadable", "5"), "s1[2]": ("unreadable", "5")}),
        ("s1 = [5, -5, 3]", {"s1[1]": ("unreadable", "[5, -5, 3]"), "s1[2]": ("unreadable", "[5, -5, 3]")}),
        ("s1 = [x, -5]", {"s1[1]": ("unreadable", "x"), "s1[2]": ("exact", "-5")}),
        ("s1 = [2, -2] + [3, -3]", {"s1[1]": ("exact", "[2, -2] + [3, -3]"), "s1[2]": ("exact", "[2, -2] + [3, -3]")}),
    ],
)
def test_entries(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert check(text)[0] == found


@pytest.mark.parametrize(
    "text",
    ["W1_new = [[1,2],[3,4],[5,6]]", "W1_new = [1,-2,1,3,4,-2]", "W3_new = [[1,2,3],[4,5,6]]", "W2_new = [1,-2,3,4]"],
)
def test_a_matrix_of_another_shape_is_unreadable_as_a_whole(text: str) -> None:
    found, _ = check(text)
    assert {verdict for verdict, _ in found.values()} == {"unreadable"}


def test_a_square_matrix_is_not_turned() -> None:
    found, _ = check("W2_new = [[1, -2], [0.5, 4]]^T")
    assert [found[f"W2_new[{i}]"][0] for i in ("1,1", "1,2", "2,1", "2,2")] == ["rounded", "wrong", "wrong", "exact"]


@pytest.mark.parametrize(
    "name", ["W1_new[1]", "s1[1,1]", "s1[3]", "s1[0]", "W2_new[2,3]", "W1_new[0,2]", "W2_new[1,0]"]
)
def test_an_index_outside_its_cell_is_told_and_none_of_the_cell_is_missing(name: str) -> None:
    found, troubles = check(f"{name} = 5")
    cell = name.partition("[")[0]
    assert {entry.partition("[")[0] for entry in found} == {cell}
    assert {verdict for verdict, _ in found.values()} == {"unreadable"}
    assert len(troubles) == 1
    assert ("an index 0" if "0" in name else "no such entry") in troubles[0]


def test_an_index_outside_its_cell_touches_nothing_that_is_stated() -> None:
    found, troubles = check("s1[2] = -5\ns1[3] = 7\ns1[1] = 5")
    assert [found[name][0] for name in ("s1[1]", "s1[2]")] == ["exact", "exact"]
    assert len(troubles) == 1


def test_an_index_0_leaves_the_numbered_entries_of_its_cell_to_a_person() -> None:
    found, _ = check("s1[0] = 5\ns1[1] = -5\na1[1] = 5\na1[2] = 0\ndelta1 = [3, 0]")
    assert [found[name][0] for name in ("s1[1]", "s1[2]")] == ["unreadable", "unreadable"]
    assert [found[name][0] for name in ("a1[1]", "a1[2]", "delta1[2]")] == ["exact", "exact", "exact"]
