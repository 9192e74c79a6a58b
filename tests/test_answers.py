"""From a student's files to statements: names, values over several lines, comments, encodings, places."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.answers.answers_json import read_answers_json
from checks.answers.answers_txt import read_answers_txt
from checks.answers.names import Vocabulary
from checks.assignment.assignment_file import load_assignment
from checks.errors import NotReadError
from checks.judging.findings import Trouble
from tests.vocabulary import HOMEWORK_NAMES, read_name

NAMES = {
    "s1": "s1",
    "s(1)": "s1",
    "s^(1)": "s1",
    "s^{(1)}": "s1",
    "s_1": "s1",
    "s_{1}": "s1",
    "S1": "s1",
    "a1": "a1",
    "a1'": "da1",
    "a'1": "da1",
    "a'(1)": "da1",
    "a’(1)": "da1",
    "a'^{(1)}": "da1",
    "da1": "da1",
    "delta3": "delta3",
    "delta(3)": "delta3",
    "δ3": "delta3",
    "δ^{(3)}": "delta3",
    r"\delta^{(3)}": "delta3",
    "Delta3": "delta3",
    "W3_new": "W3_new",
    "W3new": "W3_new",
    "W(3)_new": "W3_new",
    "W^{(3)}_{new}": "W3_new",
    r"W^{(3)}_{\mathrm{new}}": "W3_new",
    "W_3^{new}": "W3_new",
    "b_new(2)": "b2_new",
    "W3_new[3,1]": "W3_new[3,1]",
    "W3_new[3, 1]": "W3_new[3,1]",
    "delta2[1]": "delta2[1]",
    "a1'[2]": "da1[2]",
    "$s1$": "s1",
    "W1.shape": "W1.shape",
    "b3.shape": "b3.shape",
    "softmax": "softmax",
    "correct": "correct",
    "x": None,
    "s": None,
    "W3": None,
    "a1''": None,
    "new": None,
    "W1.shapes": None,
    "the last two follow tomorrow": None,
}


@pytest.mark.parametrize("text", NAMES)
def test_names(text: str) -> None:
    name = read_name(text)
    assert (str(name) if name else None) == NAMES[text]


def test_names_with_the_id_of_their_problem() -> None:
    (naming,) = load_assignment("ee541-hw3").namings.values()
    vocabulary = Vocabulary({"p1": naming, "p2": naming})
    assert str(vocabulary.read_name("p2.W1_new[1,1]")) == "p2.W1_new[1,1]"
    assert vocabulary.read_name("p3.s1") is None


def read(text: str | bytes) -> tuple[list[tuple[str, object, int | None, int | None]], list[str]]:
    data = text.encode() if isinstance(text, str) else text
    statements, troubles = read_answers_txt(data, "answers.txt", HOMEWORK_NAMES)
    return [(str(s.name), s.value, s.line, s.column) for s in statements], [f"{t.place}: {t.message}" for t in troubles]


def test_statements_with_their_places() -> None:
    statements, troubles = read("# a comment\n\ns1 = [5, -5]   # slip?\n  a1=[5, 0]\n")
    assert statements == [("s1", "[5, -5]", 3, 6), ("a1", "[5, 0]", 4, 6)]
    assert troubles == []


def test_a_value_goes_on_while_a_bracket_is_open() -> None:
    statements, _ = read("W1_new = [1, 2;  # first row\n          3, 4]\ns1 = 5\n")
    assert statements == [("W1_new", "[1, 2;\n          3, 4]", 1, 10), ("s1", "5", 3, 6)]


def test_a_value_goes_on_while_an_environment_is_open() -> None:
    text = "s1 = \\begin{bmatrix}\n 5 \\\\\n -5\n\\end{bmatrix}\na1 = [5, 0]"
    statements, _ = read(text)
    assert [name for name, *_ in statements] == ["s1", "a1"]


def test_a_bracket_that_is_never_closed_takes_no_other_statement_with_it() -> None:
    statements, _ = read("s1 = [5, -5\na1 = [5, 0]\ns2 = 3")
    assert [(name, value) for name, value, *_ in statements] == [("s1", "[5, -5"), ("a1", "[5, 0]"), ("s2", "3")]


def test_a_line_that_says_nothing_is_told_and_the_rest_is_read() -> None:
    statements, troubles = read("s1 = 5\nhello\nx7 = 3\na1 = 4")
    assert [name for name, *_ in statements] == ["s1", "a1"]
    assert troubles == [
        "answers.txt:2:1: expected name = value, such as s1 = [5, -5]",
        "answers.txt:3:1: the name 'x7' is not known; there are s1 a1 da1 s2 a2 da2 s3 a3 delta3 delta2 delta1 W3_new ...",  # noqa: E501
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfs1 = 5\r\na1 = 4\r\n",
        "s1 = 5\na1 = 4".encode("utf-16"),
        b"s1 = 5\ra1 = 4",
    ],
)
def test_encodings_and_line_ends(data: bytes) -> None:
    statements, troubles = read(data)
    assert [(name, value) for name, value, *_ in statements] == [("s1", "5"), ("a1", "4")]
    assert troubles == []


def test_text_that_is_not_utf_8_is_read_as_well_as_can_be() -> None:
    statements, troubles = read(b"s1 = 5\n# caf\xe9\na1 = 4")
    assert [name for name, *_ in statements] == ["s1", "a1"]
    assert troubles == ["answers.txt:2: not UTF-8 text; read as Latin-1, so that special characters may be misread"]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    read_answers_txt(data, "answers.txt", HOMEWORK_NAMES)
    with contextlib.suppress(NotReadError):
        read_answers_json(data, "answers.json", HOMEWORK_NAMES)


def read_json(text: str) -> tuple[list[tuple[str, object]], list[str]]:
    statements, troubles = read_answers_json(text.encode(), "answers.json", HOMEWORK_NAMES)
    return [(str(s.name), s.value) for s in statements], [f"{t.place}: {t.message}" for t in troubles]


def test_json_keeps_digits_as_written() -> None:
    text = '{"a3": [1, 1.9790e-32, "4.140e-8"], "s1": [5, -5], "W3_new[3,1]": "5 - 3p_3", "W1_new": [[1, 2], [3, 4]]}'
    assert read_json(text) == (
        [
            ("a3", ["1", "1.9790e-32", "4.140e-8"]),
            ("s1", ["5", "-5"]),
            ("W3_new[3,1]", "5 - 3p_3"),
            ("W1_new", [["1", "2"], ["3", "4"]]),
        ],
        [],
    )


def test_json_says_twice_what_is_there_twice_and_leaves_null_empty() -> None:
    assert read_json('{"s1": [1, null], "s1": 2}')[0] == [("s1", ["1", ""]), ("s1", "2")]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ('{"s1": [5, -5}', "answers.json:1:14: not JSON: Expecting ',' delimiter"),
        ("", "answers.json:1:1: not JSON: Expecting value"),
        ("[1, 2]", 'answers.json:1:1: expected an object, such as {"s1": [5, -5]}'),
        ('{"x": 1}', "answers.json: the name 'x' is not known"),
        ("[" * 100_000, "answers.json: not read: nested too deep"),
    ],
)
def test_what_is_wrong_with_json_is_told(text: str, trouble: str) -> None:
    try:
        found = read_json(text)[1]
    except NotReadError as error:
        found = [Trouble("answers.json", error.line, error.column, str(error))]  # type: ignore[list-item]
        found = [f"{one.place}: {one.message}" for one in found]  # type: ignore[attr-defined]
    assert found == [trouble]


def test_a_number_of_thousands_of_digits_is_kept_as_text() -> None:
    statements, _ = read_json(json.dumps({"s1": "7"}).replace('"7"', "7" * 9000))
    assert statements == [("s1", "7" * 9000)]
