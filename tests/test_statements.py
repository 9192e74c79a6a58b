"""How people write answers down, line by line: what is clear is read, and nothing that names an entry is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.answers.answers_json import read_answers_json
from checks.answers.answers_txt import read_answers_txt
from checks.hand.check_backprop import check_backprop
from tests.hand_sheets import HOMEWORK, found_in, names_of

STATED = {
    "a3 ≈ [1, 1.979e-32, 4.140e-8]": "a3",
    "delta2: [0, 1]": "delta2",
    "delta1 -> [3, 0]": "delta1",
    "delta1 → [3, 0]": "delta1",
    "delta1 => [3, 0]": "delta1",
    "delta1 := [3, 0]": "delta1",
    "- W3_new = [-1, -5.5; 3, -3; 5, 8.5]": "W3_new",
    "* s1 = [5, -5]": "s1",
    "1. s1 = [5, -5]": "s1",
    "(a) s1 = [5, -5]": "s1",
    "> s1 = [5, -5]": "s1",
    r"\\item s1 = [5, -5]": "s1",
    "**s1** = [5, -5]": "s1",
    "**s1:** [5, -5]": "s1",
    "**s1 = [5, -5]**": "s1",
    "`s1 = [5, -5]`": "s1",
    "$s_1 = [5, -5]$": "s1",
    r"\\( s^{(1)} = [5, -5] \\)": "s1",
    "s1 =\n[5, -5]": "s1",
    "s1 =\n\n[5, -5]": "s1",
    "s1:\n  [5, -5]": "s1",
    "s1\n[5, -5]": "s1",
    "## s1\n[5, -5]": "s1",
    "s1 [5, -5]": "s1",
    r"s1 \\begin{bmatrix}5\\\\-5\\end{bmatrix}": "s1",
    "s1 =\n| 5 | -5 |": "s1",
    "W1_new =\n| -0.5 | -0.5 | -0.5 |\n| 3 | 4 | -2 |": "W1_new",
    "W1_new =\n[-0.5 -0.5 -0.5\n 3 4 -2]": "W1_new",
    "s1[1] : 5\ns1[2] -> -5": "s1",
    "a1' : [1, 0]": "da1",
}


@pytest.mark.parametrize("text", STATED)
def test_statements_as_people_write_them(text: str) -> None:
    text = text.replace(r"\\", "\\")
    found = found_in(text, HOMEWORK)
    named = {name: finding.verdict for name, finding in found.items() if name.startswith(f"{STATED[text_of(text)]}[")}
    assert set(named.values()) <= {"exact", "rounded", "close"}, named
    assert {str(finding.verdict) for name, finding in found.items() if name not in named} == {"missing"}


def text_of(text: str) -> str:
    """The key in the table of a text whose backslashes were halved."""
    return next(key for key in STATED if key.replace(r"\\", "\\") == text)


UNCLEAR = {
    "The value of delta2 comes to 0 and 1.": "delta2",
    "delta2 is [0, 1]": "delta2",
    "I think delta2[1] is 0": "delta2[1]",
    "s1 = a1 = [5, 0]": "a1",
    "W9_old and delta2 = ?": "delta2",
    "delta2[1] 0": "delta2[1]",
    "delta2[3] = 1": "delta2",
    "delta2[0] = 0": "delta2",
    "delta2 = W3^T delta3 = [0, 1]": "delta3",
}


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_names_an_entry_unclearly_is_for_a_person(text: str) -> None:
    found = found_in(text, HOMEWORK)
    named = [
        finding for name, finding in found.items() if name == UNCLEAR[text] or name.startswith(f"{UNCLEAR[text]}[")
    ]
    assert named
    assert {str(finding.verdict) for finding in named} == {"unreadable"}
    assert all(finding.note for finding in named)


def test_a_mention_takes_nothing_from_a_statement() -> None:
    for text in ("s1 = [5, -5]\nso s1 is what we need", "so s1 is what we need\ns1 = [5, -5]"):
        found = found_in(text, HOMEWORK)
        assert [str(found[f"s1[{i}]"].verdict) for i in (1, 2)] == ["exact", "exact"]


def test_a_statement_in_json_stands_before_a_mention_in_text() -> None:
    statements, _ = read_answers_json(b'{"s1": [5, -5]}', "answers.json", names_of(HOMEWORK))
    more, _ = read_answers_txt(b"see s1 in the other file", "answers.txt", names_of(HOMEWORK))
    section, _ = check_backprop(HOMEWORK, (*statements, *more))
    assert [str(one.verdict) for one in section.findings if one.name.startswith("s1[")] == ["exact", "exact"]


def test_what_is_left_empty_stays_missing() -> None:
    for text in ("s1 =", "s1 =\n\ns2 = [6, 15]", "s1:", "s1 =   # 2 entries\n# a comment"):
        found = found_in(text, HOMEWORK)
        assert {str(found[f"s1[{i}]"].verdict) for i in (1, 2)} == {"missing"}, text


NAMES = ("s1", "a2", "delta3", "δ^{(2)}", "W3_new", "b2_new", "a1'", r"\\delta^{(1)}", "W^{(1)}_{new}", "delta2[1]")
BEFORE = ("", "- ", "* ", "so ", "we get ", "**", "(", "1) ", "Answer: ", "$")
SIGNS = (" = ", ": ", " ≈ ", " -> ", "=", ":", "\n", " =\n")
"""Signs that a value is to follow; where none does, it was left empty."""

AFTER = (*SIGNS, " ", " is ", " equals ", ", ", ") ")
VALUES = ("[5, -5]", "5", "?", "see below", "", "[1, 2; 3, 4]", r"\\begin{bmatrix}1\\end{bmatrix}", "n/a", "- ")


@given(st.sampled_from(NAMES), st.sampled_from(BEFORE), st.sampled_from(AFTER), st.sampled_from(VALUES))
def test_no_text_that_names_a_cell_is_missing(name: str, before: str, after: str, value: str) -> None:
    """But what is left empty: a name and a sign of equality with nothing behind it."""
    text = f"{before}{name}{after}{value}\nb1_new = [-0.5, -2]\n".replace("\\\\", "\\")
    found = found_in(text, HOMEWORK)
    verdicts = {str(finding.verdict) for entry, finding in found.items() if not entry.startswith("b1_new")}
    assert verdicts > {"missing"} or (after in SIGNS and not value.strip()), text
