"""What `backcheck inspect` says of a problem; its figures are counted by hand here, its remarks seen by floats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.assignment.assignment_file import AssignmentText, load_assignment
from checks.inspection.inspecting import faults_in, inspected, wanted_of
from checks.inspection.remark import Inspection, Remark
from exact.calculation.inputs import worked_out_once
from exact.inspection.figures import figures_of
from exact.inspection.structure import structure_of
from tests.conftest import COURSE_DATA, Outcome

HOMEWORK = (
    ([[1, -2, 1], [3, 4, -2]], [1, -2]),
    ([[1, -2], [3, 4]], [1, 0]),
    ([[2, 2], [3, -3], [2, 1]], [0, -4, -2]),
)


def of(text: str) -> Inspection:
    """What is said of the one hand problem of an assignment."""
    (part,) = AssignmentText("here", f'id = "t"\ntitle = "T"\n{text}').parsed().hand_parts
    return inspected(part)


def graph(formulas: str, given: str, more: str = "") -> Inspection:
    return of(f"[[graph]]\ngiven = {{ {given} }}\nformulas = [{formulas}]\n{more}")


def kinds(found: Inspection) -> list[str]:
    return [remark.kind for remark in found.remarks]


@pytest.fixture(scope="module")
def homework() -> Inspection:
    (part,) = load_assignment("ee541-hw3").hand_parts
    return inspected(part)


def remark_on(found: Inspection, kind: str, about: str) -> Remark:
    (one,) = [one for one in found.remarks if one.kind == kind and about in (*one.cells, *one.mistakes)]
    return one


def worked(layers: Any, x: Any, *, masked: bool = True) -> np.ndarray[Any, Any]:
    """delta2 of the homework's network, with the mask of layer 2 or without."""
    a, every = np.array(x, float), []
    for number, (W, b) in enumerate(layers):
        s = np.array(W) @ a + np.array(b)
        every.append(s)
        a = np.maximum(s, 0) if number < 2 else np.exp(s - s.max()) / np.exp(s - s.max()).sum()
    back = np.array(layers[2][0]).T @ (a - np.array([0, 0, 1]))
    return back * (every[1] > 0) if masked else back


def test_the_homework_masks_nothing_in_its_second_layer(homework: Inspection) -> None:
    remark = remark_on(homework, "never-masked", "a2")
    assert remark.message == "no entry of s2 is negative: the mask of a2 is [1, 1]"
    assert np.array_equal(worked(HOMEWORK, [1, -1, 1]), worked(HOMEWORK, [1, -1, 1], masked=False))
    forgotten = remark_on(homework, "mistake-not-shown", "relu-mask-forgotten")
    assert forgotten.cells == ("delta2",)


def test_the_change_that_is_named_shows_the_forgotten_mask(homework: Inspection) -> None:
    mending = remark_on(homework, "mistake-not-shown", "relu-mask-forgotten").mending
    assert mending == "W2[2,1] = -1"
    changed = (HOMEWORK[0], ([[1, -2], [-1, 4]], [1, 0]), HOMEWORK[2])
    shown = worked(changed, [1, -1, 1]) - worked(changed, [1, -1, 1], masked=False)
    assert np.abs(shown).max() > 0.01


def test_the_homework_cannot_tell_mistakes_of_its_softmax(homework: Inspection) -> None:
    hidden = {name for remark in homework.remarks if remark.kind == "mistake-not-shown" for name in remark.mistakes}
    assert {"relu-on-output", "output-hardened"} <= hidden
    s = np.array([42.0, -31, 25])
    right, relu = (np.exp(x - 42) / np.exp(x - 42).sum() for x in (s, np.maximum(s, 0)))
    assert np.allclose(right, relu, rtol=0, atol=1e-9)
    (settled,) = homework.settled
    assert settled.mistakes == ("other-classes-left-out", "softmax-jacobian-diagonal")
    assert settled.cells == ("delta3",)


def test_an_entry_of_the_homework_cancels(homework: Inspection) -> None:
    assert remark_on(homework, "cancels", "delta2[1]").message == "delta2[1] is a millionth of its terms or less"
    assert remark_on(homework, "saturated", "a3[1]").cells == ("a3[1]", "a3[2]", "a3[3]")
    assert kinds(homework).count("cancels") == 1


def test_every_remark_says_why_and_what_to_change(homework: Inspection) -> None:
    for remark in homework.remarks:
        assert remark.why
        assert remark.change


def test_products_and_sums_are_counted_as_a_person_works_them_out() -> None:
    """s = 2*3 + 4*5 + 6, with a 1 and a 0 beside them: 1*7 and 0*8 are no products, and 0*8 is no term."""
    found = graph(
        '"s = w1 x1 + w2 x2 + u y + o z + b"',
        "w1 = 2, x1 = 3, w2 = 4, x2 = 5, u = 1, y = 7, o = 0, z = 8, b = 6",
        'cells = ["s"]',
    )
    assert (found.counts.products, found.counts.sums, found.counts.functions) == (2, 3, 0)
    powers = graph('"p = softmax(s)"', "s = [1, 2, 3]", 'cells = ["p"]')
    assert powers.counts.functions == 3


@pytest.mark.parametrize(
    ("formulas", "given", "kind", "cells"),
    [
        ('"a = relu(s)"', "s = [0, 1, -1]", "at-a-kink", ("s[1]",)),
        ('"a = relu(s)", "y = w^T a"', "s = [-2, -1], w = [3, 4]", "all-masked", ("a",)),
        ('"a = relu(s)"', "s = [2, 1]", "never-masked", ("a",)),
        ('"m = max(v)"', "v = [3, 1, 3]", "tie", ("m",)),
        ('"p = sigmoid(s)"', "s = [20, 1]", "saturated", ("p[1]",)),
        ('"q = u v"', 'u = "1/7", v = "3/41"', "long-numbers", ("q",)),
        ('"d = a exp(x) - a exp(y)"', 'a = 2, x = 1, y = "999999999/1000000000"', "cancels", ("d",)),
    ],
)
def test_each_kind_of_remark(formulas: str, given: str, kind: str, cells: tuple[str, ...]) -> None:
    first, *_, last = re.findall(r'"(\w+) =', formulas * 2)
    found = graph(formulas, given, f'cells = ["{first}", "{last}"]')
    assert kind in kinds(found)
    (told,) = [remark.cells for remark in found.remarks if remark.kind == kind]
    assert told == cells


@pytest.mark.parametrize(
    ("formulas", "given", "kind"),
    [
        ('"f = abs(z - 6)"', "z = 6", "at-a-kink"),
        ('"f = step(z)"', "z = [0, 1]", "at-a-kink"),
        ('"f = relu(z)"', "z = [0, -1, 2]", "at-a-kink"),
        ('"f = max(z)"', "z = [3, 1, 3]", "tie"),
        ('"f = relu(z)"', "z = -2", "all-masked"),
        ('"f = relu(z)"', "z = [1, 2]", "never-masked"),
        ('"f = z z"', 'z = "3/41"', "long-numbers"),
    ],
)
def test_faults_are_of_the_kinds_of_the_remarks(formulas: str, given: str, kind: str) -> None:
    text = f'id = "t"\ntitle = "T"\n[graph]\ngiven = {{ {given} }}\nformulas = [{formulas}]\n'
    (part,) = AssignmentText("here", text).parsed().hand_parts
    calculation, wanted = part.naming.calculation, wanted_of(part)
    value = worked_out_once(calculation, {})
    figures, structure = figures_of(calculation, wanted, value), structure_of(calculation, wanted)
    faults = faults_in(calculation, wanted, structure, figures, value)
    kinds_of_faults = {name for name, _ in faults}
    assert kind in kinds_of_faults
    assert kinds_of_faults == set(kinds(inspected(part)))


def test_a_plain_product_has_nothing_against_it() -> None:
    assert not graph('"q = x + y", "f = q z"', "x = -2, y = 5, z = -4").remarks


def test_letters_have_figures_alone() -> None:
    found = graph('"f = u v"', 'u = "u", v = 2')
    assert found.has_letters
    assert not found.remarks


def test_the_command_prints_text_json_and_a_page(backcheck: Callable[..., Outcome]) -> None:
    text = backcheck("inspect", "--html", "page.html")
    assert text.status == 1
    assert "never-masked: no entry of s2 is negative" in text.out
    assert max(map(len, text.out.splitlines())) <= 80
    found = backcheck("inspect", "--json", "--exit-zero")
    assert found.status == 0
    document = json.loads(found.out)
    assert document["schema"] == "backcheck/inspection/1"
    (problem,) = document["problems"]
    assert problem["counts"]["entries"] == 48
    assert {"kind", "message", "cells", "mistakes", "why", "change", "mending"} == set(problem["remarks"][0])
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == len(problem["remarks"]) + 1


def test_names_of_the_course_are_used_and_escaped(backcheck: Callable[..., Outcome]) -> None:
    Path("a.toml").write_text(
        'id = "a"\ntitle = "<b>A</b>"\n[backprop]\nx = [1, 2]\ny = [1, 0]\neta = 1\n'
        "layers = [{ W = [[1, 1], [1, 2]], b = [1, 1] }, { W = [[1, -1], [1, 2]], b = [1, 0] }]\n"
        '[backprop.names]\na1 = "hid"\n',
        encoding="utf-8",
    )
    told = backcheck("inspect", "--assignment", "a.toml", "--html", "page.html", "--exit-zero")
    assert "the mask of hid is [1, 1]" in told.out
    assert "&lt;b&gt;A" in Path("page.html").read_text(encoding="utf-8")


def test_an_assignment_without_a_hand_problem_is_told(backcheck: Callable[..., Outcome]) -> None:
    Path("m.toml").write_text(
        'id = "m"\ntitle = "M"\n[mnist]\nlayers = [4, 2]\nimages = 1\ncorrect = 1\n', encoding="utf-8"
    )
    found = backcheck("inspect", "--assignment", "m.toml")
    assert (found.status, found.out) == (2, "")
    assert "no [backprop] or [[graph]] problem to inspect" in found.err


@pytest.mark.skipif(not COURSE_DATA, reason="the courses' homework is not here")
@pytest.mark.parametrize("name", ["bits23mk-q5", "gate-da-2025", "brown-hw3"])
def test_homework_of_many_courses_is_inspected(name: str) -> None:
    assert COURSE_DATA
    for part in load_assignment(str(COURSE_DATA.parent / "survey" / f"{name}.toml")).hand_parts:
        found = inspected(part)
        assert found.counts.entries == sum(len(asked.places) for asked in part.cells)
        assert all(remark.message for remark in (*found.remarks, *found.settled))
