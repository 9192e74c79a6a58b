"""Marks that stand: honest students are not charged, wrong work is not passed, as an oracle of its own says.

The oracle and the students know nothing of the judge; `make bench` runs both studies at full size.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from tests.float_students import (
    WRITINGS,
    Manner,
    Slip,
    Student,
    Table,
    as_answers,
    names,
    pasted,
    random_table,
    significant,
)
from tests.hand_sheets import found_in, reference_of
from tests.mark_attack import attack
from tests.marks_study import Marked, Study, homework, study
from tests.test_fair_marks import FORWARD, network
from tests.work_students import MarkedWork, WorkStudent
from tests.worked_cases import TABLES
from tests.works import KINDS, Work, gates

HOMEWORK = TABLES["homework"]
FOLLOWS = Verdict.FOLLOW_THROUGH
OLD = """
W3_new = [2, 2; 3, -3; 2, 1]
b3_new = [0, -4, -2]
W2_new = [1, -2; 3, 4]
b2_new = [1, 0]
W1_new = [1, -2, 1; 3, 4, -2]
b1_new = [1, -2]
"""


def check(text: str, table: Table = HOMEWORK) -> dict[str, Finding]:
    return found_in(text, reference_of(table))


def test_honest_students_are_not_charged_and_slips_not_passed() -> None:
    """24 sheets of the homework and of eight random networks each, half of them with a slip."""
    chance, found = random.Random(541), Study()
    for table in (homework(), *(random_table(chance) for _ in range(8))):
        study(Marked(table), 24, chance, found)
    assert found.entries["right"] > 1500
    assert found.entries["slips"] > 100
    assert not found.charged
    assert not found.unexplained
    assert not found.credited
    assert len(found.followers_charged) <= 2, found.followers_charged


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_same_holds_of_batches_steps_and_graphs(kind: Callable[[random.Random], Work]) -> None:
    """Twelve sheets of three calculations each, half of them with a slip."""
    chance, found = random.Random(541), Study()
    for _ in range(3):
        study(MarkedWork(kind(chance)), 12, chance, found)
    assert found.entries["right"] > 150
    assert found.entries["slips"] == 18
    assert not found.charged
    assert not found.unexplained
    assert not found.credited
    assert not found.followers_charged, found.followers_charged


def test_nothing_is_followed_from_zeros_but_a_divisor_leaves_something_to_work_out() -> None:
    """Of a quotient as of a sum; by its other way, too: W_new of the second step goes on from the first one's."""
    work = gates(random.Random(3))
    marked = MarkedWork(work)
    zeros = {name: ["0"] * len(cell) for name, cell in WorkStudent(work, Manner(np.float64, pasted)).texts.items()}
    assert not any(one.points for name in ("grad_d", "grad_z", "grad_w") for one in marked.findings(zeros)[name])
    table: Table = {"output": "linear", "loss": "squared-error", "x": [1], "y": [0], "eta": 1, "steps": 2}
    table |= {"layers": [{"W": [[4]], "b": [1]}], "optimizer": {"name": "momentum", "beta": "1/2"}}
    found = check("v_W1 = 5\nW1_new = 0\nv_W1@2 = -2.5\nW1_new@2 = 2.5", table)
    assert found["W1_new@2[1,1]"].verdict is Verdict.WRONG
    table["optimizer"] = {"name": "adam", "beta1": 0, "beta2": "1/2", "epsilon": "1/10"}
    table |= {"steps": 1, "x": ["1/100"], "cells": ["mhat_W1", "vhat_W1", "W1_new"]}
    found = check("mhat_W1 = 0.0104\nvhat_W1 = 0.000\nW1_new = 3.896", table)
    assert found["W1_new[1,1]"].verdict is FOLLOWS


@pytest.mark.parametrize("seed", range(4))
def test_no_attack_scores_more_than_the_bounds_allow(seed: int) -> None:
    """40 wrong sheets each, changed at random as long as they score more."""
    chance = random.Random(seed)
    table = homework() if seed == 0 else random_table(chance)
    marked = Marked({**table, "charge_repeats": True})
    beyond = [f"{found} of {as_answers(table, tried)}" for tried, found in attack(marked, 40, chance) if found]
    assert not beyond


def test_the_oracle_credits_right_sheets_and_no_nonsense() -> None:
    """Else the two tests above would hold of any judge."""
    chance = random.Random(3)
    for table in (homework(), *(random_table(chance) for _ in range(5))):
        oracle, right = Marked(table).oracle, Student(table, Manner(np.float64, significant(6))).texts
        assert all(all(cell) for cell in oracle.credited(right).values())
        nonsense = {name: ["77.7" for _ in cell] for name, cell in right.items()}
        assert not any(oracle.credited(nonsense)["s1"] + oracle.credited(nonsense)["b1_new"])


def test_half_a_unit_of_a_wrong_large_number_is_no_licence() -> None:
    """Softmax would make anything of s = 1.00e3, rounded; and what is followed adds no slack of its own."""
    text = FORWARD.replace("s3 = [42, -31, 25]", "s3 = [1.00e3, 1.00e3, 1.00e3]")
    text += "a3 = [0.5, 0.5, 0.5]\ndelta3 = [-0.3, 1.25, 0.3]\ndelta2 = [-3, 5]\ndelta1 = [40, 0]" + OLD
    found = check(text, HOMEWORK | {"charge_repeats": True})
    credited = {name for name, finding in found.items() if finding.points and name[0] not in "sWb" and name[:2] != "da"}
    assert credited == {"a1[1]", "a1[2]", "a2[1]", "a2[2]", "delta1[2]"}
    assert sum(finding.points for finding in found.values()) == 24


@pytest.mark.parametrize(
    ("s", "a", "verdict"),
    [
        ("2.00", "0.880", FOLLOWS),  # sigma(2.00) = 0.8808, cut off
        ("2.00", "0.8818", FOLLOWS),  # of 2.0095
        ("2.00", "0.8830", Verdict.WRONG),  # no number within a unit of 2.00
        ("-9.95", "4.8e-5", FOLLOWS),
        ("-11.5", "1.01e-5", FOLLOWS),
        ("-11.5", "1.10e-5", Verdict.WRONG),  # a unit is more than a tenth of the value: -11.5 as it stands
    ],
)
def test_slack_is_a_unit_of_the_last_digit_and_a_tenth_at_most(s: str, a: str, verdict: Verdict) -> None:
    table = network(([[1]], [0]), y=[1], output="sigmoid", loss="binary-cross-entropy")
    assert check(f"s1 = {s}\na1 = {a}", table)["a1[1]"].verdict is verdict


def test_a_sign_slip_is_not_passed_beside_a_rounded_one() -> None:
    """a = 0.999665 is 1.00: delta is -0.000335 from the unrounded a, 0 from the rounded one; +0.000335 is neither."""
    table = network(([[8]], [0]), y=[1], output="sigmoid", loss="binary-cross-entropy")
    sheet = "s1 = 8\na1 = 1.00\ndelta1 = "
    assert check(sheet + "-0.000335", table)["delta1[1]"].verdict in RIGHT
    assert check(sheet + "0.000335", table)["delta1[1]"].verdict is Verdict.WRONG
    small = network(([[1], ["-7"]], [8, 0]), output="sigmoid", loss="binary-cross-entropy", y=[1, 0])
    sheet = "s1 = [9, -7]\na1 = [1.00, 0.000911]\ndelta1 = [{}, 0.000911]"
    assert check(sheet.format("0.000123"), small)["delta1[1]"].verdict is Verdict.WRONG
    assert check(sheet.format("-0.000123"), small)["delta1[1]"].verdict in RIGHT


def test_one_slip_and_three_digits_carried_on_unrounded_is_one_charge() -> None:
    """With s3[2] = 33 in the place of -31, delta3[1] = 1.00 is 0.99988; the key, 0.99999996, is 1.00 as well."""
    for wrong in (31, 33, 34, 35, 37):
        s = np.array([42, wrong, 25.0])
        powers = np.exp(s - s.max())
        a = powers / powers.sum()
        delta = a - [0, 0, 1]
        back = np.array([2 * delta[0] + 3 * delta[1] + 2 * delta[2], 2 * delta[0] - 3 * delta[1] + delta[2]])
        cells = {"a3": a, "delta3": delta, "delta2": back}
        text = FORWARD.replace("-31", str(wrong))
        text += "\n".join(f"{name} = [{', '.join(f'{x:#.3g}' for x in cell)}]" for name, cell in cells.items())
        found = check(text)
        assert [name for name, one in found.items() if one.verdict is Verdict.WRONG] == ["s3[2]"], wrong


def test_a_zero_that_a_slip_made_is_followed_where_something_is_left_to_work_out() -> None:
    table = network(([[1], [2]], [0, 1]), ([[1, -1], [2, 1]], [1, 0]), hidden="sigmoid")
    right = Student({**table, "cells": names(2)}, Manner(np.float64, significant(4)))
    slip = Slip("s1", 0, lambda *_: 0.0)
    texts = Student({**table, "cells": names(2)}, Manner(np.float64, significant(4)), slip).texts
    assert texts["a1"][0] == "0.5000"
    texts["s1"] = ["0", right.texts["s1"][1]]
    assert [n for n, one in check(as_answers(table, texts), table).items() if one.verdict is Verdict.WRONG] == ["s1[1]"]
    zeros = "s1 = [0, 0]\na1 = [0.5, 0.5]\nda1 = [0.25, 0.25]\ns2 = [1, 1.5]"
    found = check(zeros, table)
    assert {found[name].verdict for name in ("a1[1]", "da1[1]", "s2[1]", "s2[2]")} == {FOLLOWS}
    copied = "s1 = [1, 3]\na1 = [0.731, 0.953]\ns2 = [0.778, 2.415]\na2 = [0.163, 0.837]\ndelta2 = [0, 0]\n"
    found = check(copied + "W2_new = [1, -1; 2, 1]\nb2_new = [1, 0]", table)
    assert {one.verdict for name, one in found.items() if name[:2] in ("W2", "b2")} == {Verdict.WRONG}


def test_what_a_slip_of_the_pen_did_not_change_is_right_from_the_rounded_rest() -> None:
    """a1 = 0.953 was written as 9.53, and not gone on with; delta2 = 7.91 is rounded."""
    table: Table = {
        "hidden": "sigmoid",
        "output": "linear",
        "loss": "squared-error",
        "x": [-3],
        "y": [-3, -3],
        "eta": "1/4",
        "layers": [{"W": [[-2]], "b": [-3]}, {"W": [[2], [0]], "b": [3, -3]}],
    }
    found = check("s1 = 3\na1 = 9.53\ns2 = [4.91, -3]\na2 = [4.91, -3]\ndelta2 = [7.91, 0]\nW2_new = [0.116; 0]", table)
    assert [name for name, one in found.items() if one.verdict is Verdict.WRONG] == ["a1[1]"]


def test_the_cost_and_a_slope_may_be_worked_out_from_s() -> None:
    """a = 0.999 is too coarse for C = -ln a, and for 1 - a^2, of the student's own s."""
    table = network(([[4], [-3]], [0, 0])) | {"cells": ["s1", "a1", "C"]}
    found = check("s1 = [3.5, -3]\na1 = [0.998, 0.00150]\nC = 0.00150", table)
    assert found["C"].verdict is FOLLOWS
    assert check("s1 = [3.5, -3]\na1 = [0.998, 0.00150]\nC = 0.00120", table)["C"].verdict is Verdict.WRONG
    tanh = network(([[4]], [0]), ([[1], [-1]], [0, 0]), hidden="tanh")
    assert check("s1 = 3.5\na1 = 0.998\nda1 = 0.00364", tanh)["da1[1]"].verdict is FOLLOWS
    assert check("s1 = 3.5\na1 = 0.998\nda1 = 0.00300", tanh)["da1[1]"].verdict is Verdict.WRONG


def test_floats_are_right() -> None:
    """0.1 + 0.2 for 3/10, 10/21 in 17 digits, what float32 has, 5.55e-17 for 0, a slope of 1/3 as 0.333, C = 0."""
    table = network(
        ([["1/10"], ["10/21"], ["1/3"]], ["1/5", 0, "-1/3"]),
        ([[1, 1, 1]], [20]),
        y=[1],
        output="sigmoid",
        loss="binary-cross-entropy",
        hidden="leaky_relu",
        slope="1/3",
    ) | {"cells": names(2)}
    text = "s1 = [0.30000000000000004, 0.47619047619047616, 5.55e-17]\na1 = [0.3, 0.47619048, 0.0]\nda1 = [1, 1, 0]\n"
    found = check(text + "s2 = 20.77619\na2 = 1\nC = {}".format("0.0"), table)
    answered = [one for one in found.values() if one.given is not None]
    assert len(answered) == 12
    assert {one.verdict for one in answered} <= RIGHT
    assert check(text + "s2 = 20.8\nC = 5.96e-8", table)["C"].verdict in RIGHT
    assert (
        check(
            "da1 = [1, 1, 0.333]",
            network(
                ([[1], [1], [-1]], [0, 0, 0]),
                ([[1, 1, 1]], [0]),
                y=[1],
                output="sigmoid",
                loss="binary-cross-entropy",
                hidden="leaky_relu",
                slope="1/3",
            ),
        )["da1[3]"].verdict
        in RIGHT
    )


@pytest.mark.parametrize("writing", [name for name in WRITINGS if "2" not in name])
def test_every_way_to_write_the_homework_is_right(writing: str) -> None:
    table = {**homework(), "cells": [name for name in names(3) if name != "C"]}  # 0.000 has no logarithm
    for dtype in (np.float32, np.float64):
        for carries in (False, True):
            student = Student(table, Manner(dtype, WRITINGS[writing], carries))
            found = check(as_answers(table, student.texts), table)
            assert {one.verdict for one in found.values()} <= RIGHT, writing


def test_the_cost_of_a_batch_may_be_worked_out_from_s() -> None:
    """Of each sample by itself: where s[1,1] = -11.5, a[1,1] is 0.000 and has no logarithm."""
    table: Table = {"x": [[1], [2]], "y": [[1, 0], [0, 1]], "eta": 1, "layers": [{"W": [[1], [2]], "b": [0, 0]}]}
    table |= {"cells": ["s1", "a1", "C"]}
    s = np.array([[-11.5, 2], [2, 4]])
    right = -np.log((np.exp(s) / np.exp(s).sum(axis=0))[[0, 1], [0, 1]]).mean()
    sheet = "s1 = [-11.5, 2; 2, 4]\na1 = [0.000, 0.119; 1.000, 0.881]\nC = {:.3f}"
    assert check(sheet.format(right), table)["C"].verdict is FOLLOWS
    assert check(sheet.format(right + 0.5), table)["C"].verdict is Verdict.WRONG
    whole = -np.log((np.exp(s) / np.exp(s).sum())[[0, 1], [0, 1]]).mean()
    assert check(sheet.format(whole), table)["C"].verdict is Verdict.WRONG
