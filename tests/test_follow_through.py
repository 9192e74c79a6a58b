"""Follow-through: one mistake is charged where it is made, and what follows from it is not charged again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.answers.answers_txt import read_answers_txt
from checks.hand.check_backprop import check_backprop
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import reference_of
from tests.students import answers, at, sheet
from tests.vocabulary import names_of
from tests.worked_cases import TABLES

HOMEWORK = TABLES["homework"]


def check(text: str, table: Mapping[str, object] = HOMEWORK) -> dict[str, Finding]:
    reference = reference_of(table)
    section, troubles = check_backprop(
        reference, tuple(read_answers_txt(text.encode(), "answers.txt", names_of(reference))[0])
    )
    assert not troubles
    return {finding.name: finding for finding in section.findings}


def by_verdict(found: dict[str, Finding], verdict: Verdict) -> list[str]:
    return [name for name, finding in found.items() if finding.verdict is verdict]


def wrong(found: dict[str, Finding]) -> list[str]:
    return by_verdict(found, Verdict.WRONG)


def test_right_work_is_never_charged() -> None:
    found = check(answers(sheet(HOMEWORK)))
    assert not wrong(found)
    assert not by_verdict(found, Verdict.FOLLOW_THROUGH)


def test_a_wrong_sign_in_s2_is_charged_once() -> None:
    found = check(answers(sheet(HOMEWORK, {"s2": at(1, lambda s: -s)}), digits=4))
    assert wrong(found) == ["s2[2]"]
    followed = by_verdict(found, Verdict.FOLLOW_THROUGH)
    assert len(followed) >= 25
    assert {"a2[2]", "s3[1]", "a3[2]", "delta3[3]", "delta1[1]", "W1_new[1,2]", "b3_new[1]"} <= set(followed)
    assert found["delta2[2]"].note == "right from your own da2 and delta3"
    assert sum(finding.points for finding in found.values()) == 47


def test_a_copying_slip_without_consequence_is_charged_at_its_own_entry() -> None:
    cells = sheet(HOMEWORK)
    cells["s3"][2] = 27
    found = check(answers(cells))
    assert wrong(found) == ["s3[3]"]
    assert not by_verdict(found, Verdict.FOLLOW_THROUGH)


def test_the_assignment_says_what_follow_through_is_worth() -> None:
    text = answers(sheet(HOMEWORK, {"s1": at(0, lambda s: s + 1)}))
    found = check(text, HOMEWORK | {"follow_through": "1/2", "points": 2})
    followed = by_verdict(found, Verdict.FOLLOW_THROUGH)
    assert found[followed[0]].points == Fraction(1)
    assert found["s1[1]"].points == 0


def test_what_is_missing_or_unreadable_gives_nothing_to_follow() -> None:
    cells = sheet(HOMEWORK, {"s2": at(1, lambda s: -s)})
    assert "s3[1]" in wrong(check(answers(cells, without=["a2"])))
    text = answers(cells).replace("a2 = [6, 0]", "a2 = [6, zero]")
    assert "s3[1]" in wrong(check(text))


def test_a_cell_of_zeros_gives_nothing_to_follow() -> None:
    """Deltas of 0 make every update trivial: to copy the old weights is no calculation."""
    cells = sheet(HOMEWORK, {"delta3": lambda delta: 0 * delta})
    found = check(answers(cells))
    assert {"W3_new[1,1]", "W3_new[3,2]", "b3_new[1]", "delta2[2]"} <= set(wrong(found))


def test_logits_beyond_all_measure_give_nothing_to_follow() -> None:
    cells = sheet(HOMEWORK)
    cells["s3"][:] = [20_000, 0, 0]
    cells["a3"][:] = [1, 0, 0]
    cells["a3"][0] = 0.5
    found = check(answers(cells))
    assert "a3[1]" in wrong(found)
    text = answers(cells).replace("s3 = [20000, 0, 0]", "s3 = [e^9000, (1+e)^99, 1]")
    assert "a3[1]" in wrong(check(text))


def test_cells_that_are_not_asked_for_are_worked_out_on_the_way() -> None:
    table = HOMEWORK | {"cells": ["s1", "s3", "delta1", "W1_new"]}
    cells = sheet(HOMEWORK, {"s1": at(0, lambda s: s + 1)})
    text = answers({name: cells[name] for name in ("s1", "s3", "delta1", "W1_new")})
    found = check(text, table)
    assert wrong(found) == ["s1[1]"]
    assert found["s3[1]"].note == "right from your own s1"
    assert found["W1_new[1,1]"].verdict in (Verdict.FOLLOW_THROUGH, Verdict.ROUNDED, Verdict.CLOSE)


def test_a_slip_does_not_excuse_another() -> None:
    cells = sheet(HOMEWORK, {"s2": at(1, lambda s: -s), "a3": at(1, lambda a: a + 0.1)})
    assert wrong(check(answers(cells))) == ["s2[2]", "a3[2]"]


def test_answers_in_roots_and_logarithms_can_be_followed_too() -> None:
    lines = (
        "s1 = [sqrt(26), -5]",
        "a1 = [sqrt(26), 0]",
        "s2 = [1 + sqrt(26), 3*sqrt(26)]",
        "a2 = [ln(2), 1]",
        "s3 = [2*ln(2) + 2, 3*ln(2) - 7, 2*ln(2) - 1]",
    )
    found = check("\n".join(lines))
    assert [name for name in wrong(found) if name[0] in "sa"] == ["s1[1]", "a2[1]", "a2[2]"]
    assert found["s2[2]"].verdict is Verdict.FOLLOW_THROUGH
    assert found["s3[2]"].verdict is Verdict.FOLLOW_THROUGH


def test_what_the_sign_of_s_makes_of_the_outputs_is_no_rounding() -> None:
    """With |s| in the place of s the second output would be about 1e-5."""
    cells = sheet(HOMEWORK)
    cells["a3"][1] = 1e-5
    assert "a3[2]" in wrong(check(answers(cells)))


def test_the_outputs_move_with_the_rounding_of_s_and_no_further() -> None:
    """s = [1.24, 0.1] is 1.2375 and 0.1, rounded; the first output moves by 0.00045."""
    table = {"x": [1], "y": [1, 0], "eta": 1, "layers": [{"W": [["1.2375"], ["0.1"]], "b": [0, 0]}]}
    assert check("s1 = [1.24, 0.1]\na1 = [0.7577, 0.2423]", table)["a1[1]"].verdict in (Verdict.CLOSE, Verdict.ROUNDED)
    assert check("s1 = [1.24, 0.1]\na1 = [0.7602, 0.2423]", table)["a1[1]"].verdict is Verdict.WRONG


small = st.integers(-3, 3)


@st.composite
def problems(draw: st.DrawFn) -> dict[str, object]:
    widths = [draw(st.integers(2, 3)) for _ in range(draw(st.integers(3, 4)))]
    vector: Callable[[int], list[int]] = lambda n: draw(st.lists(small, min_size=n, max_size=n))  # noqa: E731
    return {
        "x": vector(widths[0]),
        "y": [1] + [0] * (widths[-1] - 1),
        "eta": draw(st.sampled_from(["1/2", "1/10", 1])),
        "layers": [
            {"W": [vector(widths[l]) for _ in range(widths[l + 1])], "b": vector(widths[l + 1])}
            for l in range(len(widths) - 1)
        ],
    }


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_one_slip_anywhere_is_one_entry_charged(table: dict[str, object], data: st.DataObject) -> None:
    """Whatever the problem and wherever the slip: that entry is wrong, and no other."""
    right = sheet(table)
    assume(max(float(np.abs(cell).max()) for cell in right.values()) < 1000)
    name = data.draw(st.sampled_from([name for name in right if not name.startswith("da")]))
    cell = right[name]
    index = tuple(data.draw(st.integers(0, n - 1)) for n in cell.shape)
    slipped = sheet(table, {name: at(index, lambda x: x + 2)})  # type: ignore[arg-type]
    assume(max(float(np.abs(one).max()) for one in slipped.values()) < 1000)
    for other, values in slipped.items():
        zeros_alone = not values.any() and right[other].any()
        assume(not zeros_alone)
    found = check(answers(slipped, digits=10), table)
    entry = f"{name}[{','.join(str(i + 1) for i in index)}]"
    assert wrong(found) == [entry]


def test_verdicts_are_counted_in_the_report() -> None:
    found = check(answers(sheet(HOMEWORK, {"s2": at(1, lambda s: -s)}), digits=4))
    assert Counter(finding.verdict for finding in found.values())[Verdict.FOLLOW_THROUGH] == 30


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_right_roundings_before_it_excuse_no_wrong_entry(table: dict[str, object], data: st.DataObject) -> None:
    """Outputs and deltas that are off by 0.1 are wrong, on a sheet of otherwise right entries with four digits."""
    cells = sheet(table)
    name = data.draw(
        st.sampled_from([name for name in cells if name.startswith("delta") or name == f"a{len(table['layers'])}"])
    )  # type: ignore[arg-type]
    place = data.draw(st.integers(0, len(cells[name]) - 1))
    cells[name][place] += 0.1 + abs(cells[name][place]) / 100
    found = check(answers(cells, digits=4), table)
    assert found[f"{name}[{place + 1}]"].verdict is Verdict.WRONG
