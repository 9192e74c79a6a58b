"""Documents that a reader easily misreads: withdrawn, quoted, supposed or of another problem, nothing is certain.

Each stands beside the same document without what makes it doubtful; of that one its entry is certain.
"""

from __future__ import annotations

import json

import pytest

from checks.writeups.kinds import open_document
from checks.writeups.reading import ReadAnswer, read_document
from tests.hands.study import assignment_of
from tests.test_hostile_writeups import BODY, word

HOMEWORK = assignment_of("homework")

CHAIN = r"W^{(1)} x + b^{(1)} = [[1, -2, 1], [3, 4, -2]] [1; -1; 1] + [1; -2]"
S1 = rf"$$ s^{{(1)}} = {CHAIN} = [5; -5] $$"
A1 = r"$$ a^{(1)} = h(s^{(1)}) = [5; 0] $$"
SLIP = S1.replace("[1; -2] =", "[1; -1] =").replace("-5] $$", "-4] $$")
OTHER = r"$$ s^{(1)} = W^{(1)} x + b^{(1)} = [[2, 1, 0], [1, 1, 3]] [1; 2; 1] + [1; 1] = [5; 7] $$"
OTHER_TOO = OTHER + "\n\n" + r"$$ a^{(1)} = h(s^{(1)}) = [5; 7] $$"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def formula(*parts: str) -> str:
    return BODY.format(f"<w:p><m:oMath>{''.join(parts)}</m:oMath></w:p>")


def math_run(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def notebook(source: str, *outputs: tuple[str, str]) -> str:
    held = [
        {"output_type": "stream", "name": "stdout", "text": text}
        if kind == "stream"
        else {"output_type": "execute_result", "data": {"text/plain": text}}
        for kind, text in outputs
    ]
    return json.dumps({"cells": [{"cell_type": "code", "source": source, "outputs": held}]})


PLAIN = "s1 = [5, -5]"

DOUBTFUL: dict[str, tuple[str, str, str]] = {
    "crossed out": ("md", f"~~{S1}~~", S1),
    "crossed out in a line": ("md", f"~~{PLAIN}~~", PLAIN),
    "crossed out by a tag": ("md", f"<del>\n\n{S1}\n\n</del>", S1),
    "in a comment": ("md", f"<!--\n{S1}\n-->", S1),
    "crossed out by a command": ("tex", rf"\sout{{We get $s^{{(1)}} = {CHAIN} = [5; -5]$.}}", S1),
    "switched off": ("tex", f"\\iffalse\n{S1}\n\\fi", S1),
    "in a comment environment": ("tex", f"\\begin{{comment}}\n{S1}\n\\end{{comment}}", S1),
    "a value is cancelled": ("md", S1.replace("[5; -5]", r"\cancel{[5; -5]}"), S1),
    "corrected below": ("md", f"{S1}\n\nCorrection: the second entry is -4.", S1),
    "corrected beside it": ("md", rf"$s^{{(1)}} = {CHAIN} = [5; -5]$, no wait, $[5; -4]$.", S1),
    "said to be something else": ("md", f"{S1}\n\nThis should be -4 in the second entry.", S1),
    "two values to choose from": ("md", rf"$s^{{(1)}} = {CHAIN} = [5; -5]$ or $[5; -4]$.", S1),
    "two scalars to choose from": ("md", "$s^{(1)}_1 = 1+2+1+1 = 5$ or $4$.", "$s^{(1)}_1 = 1+2+1+1 = 5$"),
    "a column of corrections": ("md", f"| {PLAIN} | [5, -4] |", PLAIN),
    "quoted": ("md", f"> The hint: {PLAIN}", PLAIN),
    "supposed": ("md", f"Suppose {PLAIN}.", PLAIN),
    "an example of the lecture": ("md", f"As in the lecture's example:\n\n{S1}", S1),
    "a section of examples": ("md", f"## Example\n\nWe begin with this.\n\n{S1}", S1),
    "of another homework": ("md", f"# Problem 3 of homework 5\n\n{OTHER_TOO}", S1),
    "of another homework, the first entry the same": ("md", OTHER, S1),
    "of another homework, by component": (
        "md",
        r"$$ s^{(1)}_1 = 2 \cdot 1 + 1 \cdot 2 + 0 \cdot 1 + 2 = 6 $$",
        r"$$ s^{(1)}_1 = 1 \cdot 1 + (-2)(-1) + 1 \cdot 1 + 1 = 5 $$",
    ),
    "two that follow from one another and from nothing": (
        "md",
        "$$ s^{(1)} = [3; 7] $$\n\n$$ a^{(1)} = h(s^{(1)}) = [3; 7] $$",
        f"{S1}\n\n{A1}",
    ),
    "side by side": ("md", r"$$ s^{(1)}_1 = 4 \quad s^{(1)}_2 = 5 $$", r"$$ s^{(1)}_1 = 5 \quad s^{(1)}_2 = -5 $$"),
    "side by side, a thin space": ("md", r"$$ s^{(1)}_1 = 4 \; s^{(1)}_2 = 5 $$", S1),
    "a digit that goes on for ever": ("md", r"$$ s^{(1)}_1 = 4.\overline{9} $$", "$$ s^{(1)}_1 = 5 $$"),
    "the digits have a bar": ("md", S1.replace("[5; -5]", r"[5.\bar{0}; -5]"), S1),
    "a tilde over the name": ("md", S1.replace("$$ s", r"$$ \tilde{s}"), S1),
    "a new pass": ("md", S1.replace("W^{(1)} x", "W^{(1)}_{new} x"), S1),
    "a new pass by its name": ("md", S1.replace("s^{(1)}", "s^{(1)}_{new}"), S1),
    "crossed-out equality": ("md", S1.replace("= [5; -5]", r"\not= [5; -5]"), S1),
    "what a test expected": (
        "ipynb",
        notebook("t()", ("stream", f"expected {PLAIN}\n")),
        notebook("t()", ("stream", f"{PLAIN}\n")),
    ),
    "another array is printed first": (
        "ipynb",
        notebook("print(b)\nprint(s1)", ("stream", "[5 -5]\n[1 2]\n")),
        notebook("print(s1)", ("stream", "[5 -5]\n")),
    ),
    "another array is printed, then the value": (
        "ipynb",
        notebook("print(b)\ns1", ("stream", "[5 -5]\n"), ("result", "see above")),
        notebook("x = b\ns1", ("result", "array([5, -5])")),
    ),
    "a run struck out": ("docx", BODY.format(f"<w:p>{run(PLAIN, '<w:strike/>')}</w:p>"), ""),
    "a hidden run": ("docx", BODY.format(f"<w:p>{run(PLAIN, '<w:vanish/>')}</w:p>"), ""),
    "a tracked deletion": ("docx", BODY.format(f"<w:p><w:del>{run(PLAIN)}</w:del></w:p>"), ""),
    "a tracked deletion in a formula": (
        "docx",
        formula(math_run("s1="), "<w:del>", math_run("[5;-5]"), "</w:del>"),
        formula(math_run("s1="), "<w:ins>", math_run("[5;-5]"), "</w:ins>"),
    ),
    "a formula struck out": (
        "docx",
        formula(math_run("s1=[5;-5]", "<w:rPr><w:strike/></w:rPr>")),
        formula(math_run("s1=[5;-5]", '<w:rPr><w:strike w:val="0"/></w:rPr>')),
    ),
    "a formula struck through in its box": (
        "docx",
        formula(
            math_run("s1="),
            "<m:borderBox><m:borderBoxPr><m:strikeH/></m:borderBoxPr><m:e>",
            math_run("[5;-5]"),
            "</m:e></m:borderBox>",
        ),
        formula(math_run("s1="), "<m:borderBox><m:e>", math_run("[5;-5]"), "</m:e></m:borderBox>"),
    ),
    "deleted on a page": ("html", f"<p><del>{PLAIN}</del></p>", f"<p><ins>{PLAIN}</ins></p>"),
    "no longer right on a page": ("html", f"<p><s>{PLAIN}</s></p>", f"<p><b>{PLAIN}</b></p>"),
    "crossed out by its style": (
        "html",
        f'<p style="text-decoration: line-through">{PLAIN}</p>',
        f'<p style="text-decoration: underline">{PLAIN}</p>',
    ),
    "not displayed": ("html", f'<p style="display: none">{PLAIN}</p>', f'<p style="display: block">{PLAIN}</p>'),
    "not visible": ("html", f'<p style="visibility:hidden">{PLAIN}</p>', f"<p>{PLAIN}</p>"),
}
"""The kind of file, a document with something doubtful, and the same without it."""


def certain(kind: str, text: str) -> dict[str, str]:
    data = word(text) if kind == "docx" else text.encode()
    answers: tuple[ReadAnswer, ...] = read_document(open_document(data, f"hw.{kind}"), HOMEWORK).answers
    return {str(one.name): one.text for one in answers if not one.doubt}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_nothing_is_certain(case: str) -> None:
    kind, doubtful, plain = DOUBTFUL[case]
    plain = plain or BODY.format(f"<w:p>{run(PLAIN)}</w:p>")
    assert certain(kind, doubtful) == {}
    assert certain(kind, plain)["s1[1]"] == "5"


def test_what_stands_in_the_place_of_what_is_withdrawn_is_read() -> None:
    changed = formula(math_run("s1="), f"<w:del>{math_run('[5;-4]')}</w:del>", f"<w:ins>{math_run('[5;-5]')}</w:ins>")
    assert certain("docx", changed) == {"s1[1]": "5", "s1[2]": "-5"}
    assert certain("md", f"~~s1 = [5, -4]~~ {PLAIN}") == {"s1[1]": "5", "s1[2]": "-5"}
    assert certain("md", "s1 = [5, ~~-4~~ -5]")["s1[2]"] == "-5"


def test_a_slip_in_a_chain_of_this_problem_is_certain_and_one_of_another_problem_is_not() -> None:
    assert certain("md", SLIP) == {"s1[1]": "5", "s1[2]": "-4"}
    assert certain("md", SLIP.replace("[[1, -2, 1], [3, 4, -2]]", "[[2, -1, 1], [3, 4, -1]]")) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("table of contents\n\n1. s1: 3\n2. a1: 5\n3. C: 7\n", ""), ("![s1 = [5, -5]](x.png)", ""), (S1 + "\n\n3\n", "5")],
)
def test_numbers_of_pages_items_and_pictures_are_no_values(text: str, value: str) -> None:
    assert certain("md", text).get("s1[1]", "") == value


@pytest.mark.parametrize("mark", [r"\quad (3)", "[12]", r"\footnote{3}", "^{3}", r"\pm 1", r"\text{ V} (3)"])
def test_what_stands_behind_a_value_is_never_taken_into_it(mark: str) -> None:
    text = r"$$ s^{(1)}_1 = 1 \cdot 1 + (-2)(-1) + 1 \cdot 1 + 1 = 5 $$"
    assert certain("md", text) == {"s1[1]": "5"}
    assert certain("md", text.replace("= 5 $$", f"= 5 {mark} $$")) in ({}, {"s1[1]": "5"})
