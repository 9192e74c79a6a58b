"""The self-check's core: what a cell is read as, what a paste fills, and that a check is the command's."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.assignment.assignment_file import assignment_text
from checks.errors import CallError
from checks.language.grammar import parse
from checks.selfcheck.checking import check
from checks.selfcheck.formula_tree import MathTree, formula
from checks.selfcheck.page import State, markup_of, page_html
from checks.selfcheck.reading import read
from checks.selfcheck.sheet import Settings, Sheet, open_sheet
from tests.pages import read as read_page
from tests.processes import did
from tests.self_check import by_command, keys_of, text_of, without_id
from tests.self_check_sheets import ASSIGNMENTS, LETTERS, assignment, random_boxes

SHEETS = 5
"""Random sheets of each assignment; the study has ten times as many."""


@pytest.fixture(scope="module")
def homework() -> Sheet:
    return open_sheet(assignment_text("ee541-hw3"), Settings())


def grid(sheet: Sheet, cell: str, text: str) -> dict[str, Any]:
    return read(sheet, {"kind": "paste", "cell": cell, "text": text})


def seen(sheet: Sheet, box: str, text: str) -> dict[str, Any]:
    cell = sheet.form.boxes[box].id
    one: dict[str, Any] = read(sheet, {"kind": "preview", "cell": cell, "boxes": {box: text}})["boxes"][box]
    return one


PASTES = {
    "numpy": "[[-1.  -5.5]\n [ 3.  -3. ]\n [ 5.   8.5]]",
    "numpy's repr": "array([[-1. , -5.5],\n       [ 3. , -3. ],\n       [ 5. ,  8.5]])",
    "torch": "tensor([[-1.0000, -5.5000],\n        [ 3.0000, -3.0000],\n        [ 5.0000,  8.5000]], grad_fn=<Add>)",
    "matlab": "[-1 -5.5; 3 -3; 5 8.5]",
    "matlab's display": "W3_new =\n\n   -1.0000   -5.5000\n    3.0000   -3.0000\n    5.0000    8.5000\n",
    "latex": r"\begin{bmatrix} -1 & -\frac{11}{2} \\ 3 & -3 \\ 5 & 8.5 \end{bmatrix}",
    "spreadsheet": "-1\t-5.5\r\n3\t-3\r\n5\t8.5\r\n",
    "mathematica": "{{-1, -5.5}, {3, -3}, {5, 8.5}}",
    "csv": "-1,-5.5\n3,-3\n5,8.5",
    "a name before it": "W3_new = [-1, -5.5; 3, -3; 5, 8.5]",
}


@pytest.mark.parametrize("way", PASTES)
def test_every_usual_form_fills_the_grid(homework: Sheet, way: str) -> None:
    boxes = grid(homework, "W3_new", PASTES[way])["boxes"]
    wanted = ["-1", "-11/2", "3", "-3", "5", "17/2"]
    assert list(boxes) == [f"W3_new[{row},{column}]" for row in (1, 2, 3) for column in (1, 2)]
    texts = [text.replace(r"-\frac{11}{2}", "-11/2") for text in boxes.values()]
    assert [Fraction(text.rstrip(".")) for text in texts] == [Fraction(text) for text in wanted]


@pytest.mark.parametrize(
    "text", ["1\n1.979e-32\n4.14e-8", "1, 1.979e-32, 4.14e-8", "[1; 1.979e-32; 4.14e-8]", "1\t1.979e-32\t4.14e-8"]
)
def test_a_column_may_be_bare(homework: Sheet, text: str) -> None:
    assert grid(homework, "a3", text)["boxes"] == {"a3[1]": "1", "a3[2]": "1.979e-32", "a3[3]": "4.14e-8"}


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        ("W3_new", "[1, 2, 3]", "3 entries, expected 3 x 2 entries"),
        ("W3_new", "[1 2 3; 4 5 6]", "2 x 3 entries, expected 3 x 2 entries"),
        ("a3", "[1, 2]", "2 entries, expected a vector of 3"),
        ("a3", "s3 = [1, 2, 3]", "this is s3, not a3 alone"),
        ("a3", "a3[1] = 2", "this is a3[1], not a3 alone"),
        ("a3", "hello world", "the name 'hello' is not known"),
        ("a3", "", "nothing to read in it"),
        ("W3_new", "2*[1 2; 3 4; 5 6]", "entries"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_says_so(homework: Sheet, cell: str, text: str, said: str) -> None:
    reply = grid(homework, cell, text)
    assert said in reply["error"] or "calculation with matrices" in reply["error"]
    assert "boxes" not in reply


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("e^42/(e^42+e^-31+e^25)", "≈ 0.99999996"),
        ("e^-31/(e^42+e^-31+e^25)", "≈ 1.97926e-32"),
        ("1/3", "≈ 0.333333"),
        ("1/8", "= 0.125"),
        ("1 - 1/10^12", "= 0.999999999999"),
        ("-0.50", ""),
        ("1.979e-32", ""),
    ],
)
def test_a_value_has_as_many_digits_as_tell(homework: Sheet, text: str, value: str) -> None:
    found = seen(homework, "a3[1]", text)
    assert (found["state"], found["value"]) == ("read", value)


@pytest.mark.parametrize(
    ("box", "text", "said", "at"),
    [
        ("a3[1]", "p_1", "p_1, p_2, ... are what a3 asks for", 0),
        ("delta2[1]", "2 - 3 p_4", "there are p_1 to p_3, no p_4", 6),
        ("delta2[1]", "1/p_1", "", 2),
        ("a3[1]", "(5", "expected ')' before the end", 2),
        ("a3[1]", "1/0", "division by zero", 2),
        ("a3[1]", "0,5", "a comma inside a number", 1),
        ("a3[1]", "# 5", "what follows # is a comment", 0),
        ("a3[1]", "$5", "", None),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    homework: Sheet, box: str, text: str, said: str, at: int | None
) -> None:
    found = seen(homework, box, text)
    if at is None:
        assert found["state"] == "read"  # half a pair of marks belongs to the statement around it
        return
    assert (found["state"], found["at"]) == ("unreadable", at)
    assert said in found["message"]


def test_no_value_of_an_output_is_told(homework: Sheet) -> None:
    found = seen(homework, "delta2[1]", "2 p_1 + 3 p_2 + 2 (p_3 - 1)")
    assert (found["state"], found["value"]) == ("read", "")


MATHS = {
    "1/2": "<mrow><mfrac><mrow><mn>1</mn></mrow><mn>2</mn></mfrac></mrow>",
    "2-3p_1": "<mrow><mn>2</mn><mo>−</mo><mrow><mn>3</mn><mo>·</mo><msub><mi>p</mi><mn>1</mn></msub></mrow></mrow>",
    "1.970e-32": "<mrow><mn>1.970</mn><mo>·</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>32</mn></mrow></msup></mrow>",
    "0.50": "<mn>0.50</mn>",
    "1200": "<mn>1200</mn>",
    "exp(2)": "<msup><mi>e</mi><mn>2</mn></msup>",
    "sqrt(2)": "<msqrt><mn>2</mn></msqrt>",
    "(1)e": "<mrow><mn>1</mn><mo>·</mo><mi>e</mi></mrow>",
    "(1+2)^2": "<msup><mrow><mo>(</mo><mrow><mn>1</mn><mo>+</mo><mn>2</mn></mrow><mo>)</mo></mrow><mn>2</mn></msup>",
}


def as_text(tree: MathTree | str) -> str:
    if isinstance(tree, str):
        return tree
    tag, *inner = tree
    return f"<{tag}>{''.join(map(as_text, inner))}</{tag}>"


@pytest.mark.parametrize("text", MATHS)
def test_an_answer_is_shown_as_it_is_read(text: str) -> None:
    assert as_text(formula(parse(text))) == MATHS[text]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False))
def test_a_decimal_is_shown_digit_by_digit(number: Any) -> None:
    text = f"{number:f}"
    shown = "".join(character for character in as_text(formula(parse(text))) if character in "0123456789.−")
    assert shown == text.replace("-", "−")


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_check_is_the_command_s_of_the_file_that_is_saved(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = open_sheet(text_of(assignment(ASSIGNMENTS[name])), Settings())
    rng = random.Random(name)
    sheets = [random_boxes(keys_of(sheet), rng) for _ in range(SHEETS)]
    saved = [read(sheet, {"kind": "save", "boxes": boxes})["text"] for boxes in sheets]
    reports = [check(sheet, {"boxes": boxes}, {}) for boxes in sheets]
    assert [without_id(one["report"]) for one in reports] == by_command(
        tmp_path, assignment(ASSIGNMENTS[name]), saved, capsys
    )
    verdicts = {entry["verdict"] for one in reports for entry in one["report"]["entries"]}
    assert {"exact", "wrong", "unreadable", "missing"} <= verdicts


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_saved_file_fills_the_same_boxes(name: str) -> None:
    sheet = open_sheet(text_of(assignment(ASSIGNMENTS[name])), Settings())
    boxes = {box: text.partition("#")[0] for box, text in random_boxes(keys_of(sheet), random.Random(1)).items()}
    text = read(sheet, {"kind": "save", "boxes": boxes})["text"]
    filled = read(sheet, {"kind": "fill", "name": "answers.txt", "text": text})
    assert filled["boxes"] == boxes


BUNDLED = {name: assignment_text(name).text for name in ("ee541-hw3", "sample")}
SOURCES = BUNDLED | {name: assignment(part) for name, part in ASSIGNMENTS.items()}


def bare(text: str) -> str:
    """The text without what may stand in a formula or not: spaces, signs of products, line breaks."""
    return text.replace(" ", "").replace("*", "").replace("\n", "")


@pytest.mark.parametrize("name", SOURCES)
def test_at_level_hint_nothing_tells_the_key(name: str) -> None:
    boxes: dict[str, str] = {}
    for level in ("marks", "hint", "full"):
        sheet = open_sheet(text_of(SOURCES[name]), Settings(feedback=level))
        boxes = dict.fromkeys(sheet.form.boxes, "271/828")
        reply = check(sheet, {"boxes": boxes}, {})
        told = json.dumps(reply) + page_html(sheet) + page_html(sheet, state=State(boxes, reply))
        told += "".join(json.dumps(read(sheet, {"kind": "preview", "cell": c, "boxes": {}})) for c in sheet.form.cells)
        entries = [entry for hand in sheet.reference.hand_parts for cell in hand.cells for entry in cell.entries]
        keys = {bare(key) for one in entries for key in (one.expected, one.form, one.decimal) if key}
        long = {key for key in keys if len(key) > 4}
        assert long
        found = {key for key in long if key in bare(told)}
        assert found if level == "full" else not found


GRAPHS = """
id = "two-graphs"
title = "A convolution and attention"
[[graph]]
id = "conv"
given.X = [[1, 2, 0], [0, 1, 3], [2, 1, 1]]
given.K = [[1, -1], [0, 2]]
formulas = ["Z = conv(X, K)", "A = relu(Z)", "m = maxpool(A, 2)"]
[[graph]]
id = "attention"
given = { Q = [[1, 0], [0, 1]], K = [[1, 1], [0, 1]], V = [[1, 2], [3, 4]] }
formulas = ["S = Q K^T / sqrt(2)", "A = softmax_rows(S)", "O = A V"]
cells = ["S", "A", "O[1,1]"]
"""


def test_the_instructor_says_which_cells() -> None:
    sheet = open_sheet(text_of(GRAPHS), Settings(cells=("conv.Z", "attention")))
    assert list(sheet.form.cells) == ["conv.Z", "attention.S", "attention.A", "attention.O[1,1]"]
    names = [entry["name"] for entry in check(sheet, {"boxes": {}}, {})["report"]["entries"]]
    assert set(names) == set(sheet.form.boxes)
    with pytest.raises(CallError, match="asks for no such cell"):
        open_sheet(text_of(GRAPHS), Settings(cells=("conv.Q",)))


def test_files_are_checked_beside_the_boxes(homework: Sheet) -> None:
    files = {"photo.jpg": b"x", "answers.txt": b"s1 = [5, -5]\na1 = [9, 9]", "notes.md": b"$s_2 = [6, 15]$\n"}
    report = check(homework, {"boxes": {"a1[1]": "5"}}, files)["report"]
    verdicts = {entry["name"]: entry["verdict"] for entry in report["entries"]}
    assert [verdicts[name] for name in ("s1[1]", "s1[2]", "a1[1]", "a1[2]")] == ["exact", "exact", "exact", "wrong"]
    assert verdicts["s2[1]"] != "missing"
    assert any(problem["file"] == "photo.jpg" for problem in report["problems"])


@pytest.mark.parametrize(
    "request_",
    [{}, {"kind": "x"}, {"kind": "preview", "cell": "zz", "boxes": {}}, {"kind": "paste", "cell": "a3", "text": 5},
     {"kind": "preview", "cell": "a3", "boxes": {"evil": "1"}}, {"kind": "fill", "name": "x.pdf", "text": ""},
     {"kind": "save", "boxes": []}, {"kind": "save", "boxes": {"a3[1]": "1" * 100_000}}],
)  # fmt: skip
def test_a_request_that_is_none_is_told_so(homework: Sheet, request_: dict[str, Any]) -> None:
    assert list(read(homework, request_)) == ["error"]


IN_LETTERS = open_sheet(text_of(assignment(LETTERS)), Settings())


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    sheet = IN_LETTERS
    found = seen(sheet, "grad_w1", text)
    assert found["state"] in ("read", "empty", "unreadable")
    assert bool(found["message"]) == (found["state"] == "unreadable")
    grid(sheet, "grad_w1", text)


def test_what_a_student_typed_stands_in_the_page_as_text_alone(homework: Sheet) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    boxes = {"a3[1]": evil, "W1.shape": evil}
    reply = check(homework, {"boxes": boxes}, {f"{evil}.md": b"$s_1 = 5$", f"{evil}.exe": b""})
    root = read_page(page_html(homework, state=State(boxes, reply)))
    assert [one.attributes.get("src", "") for one in root.all("script")] == ["page.js", ""]
    assert not [one for one in root.all() if any(name.startswith("on") for name in one.attributes)]
    assert markup_of(["mi", "<b>"]) == "<mi>&lt;b&gt;</mi>"


def test_the_core_needs_none_of_the_heavy_libraries() -> None:
    """A browser's Python has none of them."""
    banned = "numpy h5py yaml jinja2 markupsafe pebble pypdfium2 PIL termcolor platformdirs tqdm sympy starlette"
    program = f"""
import sys
from checks.assignment.assignment_file import assignment_text
from checks.selfcheck.checking import check
from checks.selfcheck.reading import read
from checks.selfcheck.sheet import Settings, open_sheet
sheet = open_sheet(assignment_text("ee541-hw3"), Settings())
read(sheet, {{"kind": "preview", "cell": "a3", "boxes": {{"a3[1]": "1"}}}})
check(sheet, {{"boxes": {{"a3[1]": "1"}}}}, {{"notes.md": b"x", "result.json": b"[]"}})
print([name for name in {banned.split()} if name in sys.modules])
"""
    done = did(program)
    assert (done.stdout, done.stderr) == ("[]\n", "")
