"""Equations beside one another: what goes on with one of them is not certain to go on with another."""

from __future__ import annotations

import io
import zipfile

import pytest

from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from tests.hands.files import ENGINE, pdf
from tests.hands.markup import PROLOGUE
from tests.hands.study import assignment_of

HOMEWORK = assignment_of("homework")

BEFORE = (
    r"\[ s^{(1)} = W^{(1)} x + b^{(1)} = \begin{bmatrix} 5 \\ -5 \end{bmatrix} \]",
    r"\[ a^{(1)} = h(s^{(1)}) = \begin{bmatrix} 5 \\ 0 \end{bmatrix} \]",
)
LEFT, RIGHT = r"s^{(2)} &= W^{(2)} a^{(1)} + b^{(2)}", r"a^{(2)} &= h(s^{(2)})"
SIX_14, SIX_15 = (rf"\begin{{bmatrix}} 6 \\ {last} \end{{bmatrix}}" for last in (14, 15))
"""The student writes 14 for s2 and 15 for a2; s2 is 15 in truth, so that 15 would be borne out there."""

L, R = LEFT.replace("&", ""), RIGHT.replace("&", "")


def certain(data: bytes, kind: str) -> dict[str, str]:
    read = read_document(open_document(data, f"hw.{kind}"), HOMEWORK)
    found = {str(one.name): one.text for one in read.answers if not one.doubt}
    assert found["s1[1]"] == "5"
    return found


def as_tex(body: str) -> bytes:
    head = r"\documentclass{article}\usepackage{amsmath}\begin{document}"
    return f"{head}{''.join(BEFORE)}{body}\\end{{document}}".encode()


BOXES = {
    "rows": (rf"{LEFT} \\ &= {SIX_14}", rf"{RIGHT} \\ &= {SIX_15}"),
    "rows of one of them": (LEFT, rf"{RIGHT} \\ &= {SIX_15}"),
    "an end": (rf"{LEFT} = {SIX_14}", rf"&= {SIX_15}"),
    "a line": (LEFT, rf"{RIGHT} = {SIX_15}"),
    "more rows": (
        rf"{LEFT} \\ &= {SIX_14} \\ &= 2 \begin{{bmatrix}} 3 \\ 7 \end{{bmatrix}}",
        rf"{RIGHT} \\ &= {SIX_15}",
    ),
    "a second chain": (rf"{LEFT} \\ &= {SIX_14}", rf"{RIGHT} \\ a^{{(2)}} &= {SIX_15}"),
}


@pytest.mark.parametrize(
    "kind", ["tex", pytest.param("pdf", marks=pytest.mark.skipif(ENGINE is None, reason="no TeX"))]
)
@pytest.mark.parametrize("case", BOXES)
def test_boxes(case: str, kind: str) -> None:
    boxes = [
        rf"\begin{{minipage}}{{.48\textwidth}}\begin{{align*}} {rows} \end{{align*}}\end{{minipage}}"
        for rows in BOXES[case]
    ]
    data = as_tex(rf"\noindent {boxes[0]}\hfill {boxes[1]}")
    found = certain(pdf(data.decode()) if kind == "pdf" else data, kind)
    assert found.get("s2[2]", "14") == "14"


SIX_14, SIX_15 = f"= {SIX_14}", f"= {SIX_15}"
ROWS = {
    "columns of a display": rf"\begin{{align*}} {LEFT} & {RIGHT} \\ & {SIX_14} & & {SIX_15} \end{{align*}}",
    "empty columns between": rf"\begin{{align*}} {LEFT} && {RIGHT} \\ & {SIX_14} && {SIX_15} \end{{align*}}",
    "the right one alone": rf"\begin{{align*}} {LEFT} & {RIGHT} \\ & & & {SIX_15} \end{{align*}}",
    "a gap before the mark": rf"\begin{{gather*}} {L} \qquad & {R} \\ {SIX_14} \qquad & {SIX_15} \end{{gather*}}",
    "a gap before the mark, and a relation": rf"\begin{{align*}} {L} \qquad & {SIX_15} \end{{align*}}",
    "an empty column before a relation": rf"\begin{{align*}} {LEFT} & & {SIX_15} \end{{align*}}",
    "two alignments": rf"\[ \begin{{aligned}} {LEFT} \end{{aligned}}"
    rf" \begin{{aligned}} {RIGHT} \\ {SIX_15} \end{{aligned}} \]",
    "cells": rf"\begin{{tabular}}{{ll}} ${L}$ & ${R}$ \\ & ${SIX_15}$ \end{{tabular}}",
    "one line of words": rf"${L}$ and ${R}$\\ ${SIX_14}$ and ${SIX_15}$",
    "one line, apart": rf"${L}$ \hfill ${SIX_15}$",
    "boxes of words": rf"\parbox{{5cm}}{{\[{L}\]}} \parbox{{5cm}}{{\[{SIX_15}\]}}",
    "columns of slides": rf"\begin{{column}}{{5cm}}\[{L}\]\end{{column}}"
    rf"\begin{{column}}{{5cm}}\[{SIX_15}\]\end{{column}}",
}


@pytest.mark.parametrize("case", ROWS)
def test_rows(case: str) -> None:
    assert certain(as_tex(ROWS[case]), "tex").get("s2[2]", "14") == "14"


def test_a_table_in_markdown() -> None:
    head = "\n\n".join(BEFORE)
    for row in (f"| ${L}$ | ${R}$ |\n| | ${SIX_15}$ |", f"| ${L}$ | ${R}$ |\n| ${SIX_14}$ | ${SIX_15}$ |"):
        text = f"{head}\n\n| one | other |\n| --- | --- |\n{row}\n"
        assert certain(text.encode(), "md").get("s2[2]", "14") == "14"


def test_what_aligns_relations_is_no_gap() -> None:
    numbers = r"\begin{bmatrix} 6 \\ 15 \end{bmatrix}"
    for body in (
        rf"\begin{{align*}} {LEFT} &= {numbers} \end{{align*}}",
        rf"\begin{{eqnarray*}} {L.replace('=', '&=&')} \\ &=& {numbers} \end{{eqnarray*}}",
        rf"\begin{{align*}} {LEFT} \\ &= {numbers} & a^{{(2)}} &= h(s^{{(2)}}) \end{{align*}}",
    ):
        assert certain(as_tex(body), "tex")["s2[2]"] == "15"


PAGES = {
    "a table": "<table><tr><td>{L}</td><td>{R}</td></tr><tr><td>{l}</td><td>{r}</td></tr></table>",
    "flex": '<div style="display: flex"><div>{L}</div><div>{r}</div></div>',
    "flex, a rule": "<style>.two > div {{ color: red }} .two {{ display: flex }}</style>"
    '<div class="two"><div>{L}</div><div>{R}{r}</div></div>',
    "a grid": '<div style="display: grid"><p>{L}</p><p>{R}</p><p>{l}</p><p>{r}</p></div>',
    "afloat": '<div style="float: left">{L}</div><div style="float: right">{r}</div>',
    "boxes in a line": "<style>p.half {{ display: inline-block }}</style><p class=half>{L}</p><p class=half>{r}</p>",
    "placed": '<div>{L}</div><div style="position: absolute; top: 0">{r}</div>',
}


@pytest.mark.parametrize("display", ["block", "inline"])
@pytest.mark.parametrize("case", PAGES)
def test_pages(case: str, display: str) -> None:
    def formula(tex: str) -> str:
        tex = tex.removeprefix(r"\[").removesuffix(r"\]").replace("&", "&amp;")
        return (
            f'<math display="{display}"><semantics><mrow></mrow>'
            f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'
        )

    body = PAGES[case].format(L=formula(L), R=formula(R), l=formula(SIX_14), r=formula(SIX_15))
    page = "".join(f"<p>{formula(one)}</p>" for one in BEFORE) + body
    assert certain(page.encode(), "html").get("s2[2]", "14") == "14"


def word(body: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"{PROLOGUE}<w:body>{body}</w:body></w:document>")
    return held.getvalue()


def paragraph(*parts: str) -> str:
    """A paragraph with an equation: texts, `W(1)` raised, `[5, -5]` as a matrix."""

    def run(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    written = ""
    for part in parts:
        if part.startswith("["):
            cells = "".join(f"<m:mr><m:e>{run(one.strip())}</m:e></m:mr>" for one in part[1:-1].split(","))
            ends = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
            written += f"<m:d>{ends}<m:e><m:m>{cells}</m:m></m:e></m:d>"
        elif part[1:2] == "(":
            written += f"<m:sSup><m:e>{run(part[0])}</m:e><m:sup>{run(part[1:])}</m:sup></m:sSup>"
        else:
            written += run(part)
    return f"<w:p><m:oMathPara><m:oMath>{written}</m:oMath></m:oMathPara></w:p>"


def text_box(inner: str) -> str:
    return f"<w:p><w:r><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r></w:p>"


WORD_BEFORE = paragraph("s(1)", "=", "W(1)", "x+", "b(1)", "=", "[5, -5]") + paragraph(
    "a(1)", "=h(", "s(1)", ")=", "[5, 0]"
)
WORD_LEFT = paragraph("s(2)", "=", "W(2)", "a(1)", "+", "b(2)")
WORD_RIGHT = paragraph("a(2)", "=h(", "s(2)", ")")
WORD_14, WORD_15 = paragraph("=", "[6, 14]"), paragraph("=", "[6, 15]")


def test_cells_in_word() -> None:
    cell = "<w:tc>{}</w:tc>".format
    for rows in (
        [WORD_LEFT, WORD_RIGHT, WORD_14, WORD_15],
        [WORD_LEFT, WORD_RIGHT + WORD_15],
        [WORD_LEFT, WORD_15],
    ):
        pairs = [rows[place : place + 2] for place in range(0, len(rows), 2)]
        table = "".join(f"<w:tr>{''.join(map(cell, pair))}</w:tr>" for pair in pairs)
        assert certain(word(f"{WORD_BEFORE}<w:tbl>{table}</w:tbl>"), "docx").get("s2[2]", "14") == "14"


def test_a_text_box_in_word_is_read_by_itself() -> None:
    found = certain(word(WORD_BEFORE + text_box(WORD_LEFT + WORD_15)), "docx")
    assert found["s2[2]"] == "15"
    for body in (WORD_LEFT + text_box(WORD_15), text_box(WORD_LEFT) + text_box(WORD_15)):
        assert "s2[2]" not in certain(word(WORD_BEFORE + body), "docx")
    found = certain(word(WORD_BEFORE + WORD_LEFT + text_box(WORD_RIGHT) + WORD_15), "docx")
    assert found["s2[2]"] == "15"


@pytest.mark.parametrize("gap", ["&", "&&"])
def test_what_stands_under_one_of_several_goes_on_with_it(gap: str) -> None:
    left, right = (rf"= \begin{{bmatrix}} 6 \\ {last} \end{{bmatrix}}" for last in ("15", r"3 \cdot 5"))
    body = rf"\begin{{align*}} {LEFT} {gap} {RIGHT} \\ &{left} {gap} &{right} \\ & {gap} & {left} \end{{align*}}"
    found = certain(as_tex(body), "tex")
    assert (found["s2[2]"], found["a2[2]"]) == ("15", "15")


def test_a_row_whose_relations_stand_in_several_columns_is_left_open() -> None:
    body = rf"\begin{{align*}} {LEFT} & {RIGHT} \\ & {SIX_14} & {SIX_15} \end{{align*}}"
    assert {"s2[2]", "a2[2]"}.isdisjoint(certain(as_tex(body), "tex"))
