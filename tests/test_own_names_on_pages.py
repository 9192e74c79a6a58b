"""Pages, sheets, templates and keys of a course with names of its own: its names, and single entries alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.assignment.assignment import read_assignment
from checks.marking.checked import Checked
from checks.marking.checking import check_submission, make_reference
from checks.marking.reference import Reference
from checks.reports.answers_template import answers_template
from checks.reports.key_page import key_html, key_markdown
from checks.reports.marked_sheet import marked_sheet
from checks.reports.titled import titled
from checks.submissions.submission_file import find_submissions
from exact.writing.latex.tex_file import compile_tex, find_engine, write_tex
from tests.conftest import Outcome
from tests.pages import Element, written
from tests.submissions import submission
from tests.test_own_letters import ROWS, TABLE

Backcheck = Callable[..., Outcome]

SINGLE: dict[str, object] = TABLE | {"cells": ["net_h1", "o2", "w5_new", "W1_new[2,1]", "d(o1)/d(net_o1)", "E"]}


def reference_of(table: dict[str, object]) -> Reference:
    return make_reference(read_assignment({"id": "test", "title": "Test", "backprop": table}), None, "")


def checked(reference: Reference, folder: Path) -> Checked:
    """A sheet with the key in every place but the first."""
    entries = [entry for hand in reference.hand_parts for cell in hand.cells for entry in cell.entries]
    lines = [f"{entry.name} = {entry.decimal}" for entry in entries]
    submission(folder / "s1", "\n".join([f"{entries[0].name} = 0.777", *lines[1:]]))
    return check_submission(find_submissions([folder / "s1"]).submissions[0], reference)


def page_of(reference: Reference, folder: Path) -> Element:
    return written(folder / "pages", reference, [checked(reference, folder)])["s1"]


def test_single_entries_stand_on_the_page_each_with_its_name(tmp_path: Path) -> None:
    page = page_of(reference_of(SINGLE), tmp_path)
    rows = [row for table in page.all("table") if table.attributes.get("class") == "entries" for row in table.all("tr")]
    assert [row.words[0] for row in rows] == ["net_h1", "o2", "w5_new", "w3_new"]
    assert [row.words[1] for row in rows] == ["✗", "✓", "✓", "✓"]
    matrices = [one.attributes["aria-label"] for one in page.all("table") if one.attributes.get("class") == "matrix"]
    assert matrices == ["E", "d(o1)/d(net_o1)"]
    assert not re.search(r"\b(net_h|a2|W2_new|W1_new)\b", page.text)


def test_columns_are_headed_by_the_course_s_letters(tmp_path: Path) -> None:
    page = page_of(reference_of(ROWS), tmp_path)
    heads = [one.text for one in page.all("th") if one.attributes.get("scope") == "col"]
    assert "z(l) pre-activation" in heads
    assert " activation" in heads
    (matrix,) = (one for one in page.all("table") if one.attributes.get("aria-label") == "z1")
    assert [len(list(row.all("td"))) for row in matrix.all("tr")] == [2]


def test_the_template_asks_for_what_is_asked_for() -> None:
    reference = reference_of(SINGLE)
    lines = answers_template(reference.assignment, reference.hand_parts).splitlines()
    asked = [line for line in lines if line.endswith("=")]
    assert asked == [f"{name} =" for name in ("net_h1", "o2", "E", "w5_new", "w3_new", "d(o1)/d(net_o1)")]
    rows = reference_of(ROWS)
    assert "z1 =  # 2 entries" in answers_template(rows.assignment, rows.hand_parts)


def test_keys_bear_the_course_s_names() -> None:
    problem = titled(reference_of(SINGLE).hand_parts[0])
    text = key_markdown("Test", [problem], 8)
    assert r"| $w_{5}^{\mathrm{new}}$ |  |" in text
    assert r"| $\mathrm{net}_{h1}$ | $0.3775$ |" in text
    assert "p_{" not in text
    assert "W^{(" not in text
    assert "\\" not in re.sub(r"<style>.*?</style>", "", key_html("Test", [problem], 8), flags=re.DOTALL)


@pytest.mark.skipif(find_engine() is None, reason="no TeX engine is installed")
@pytest.mark.parametrize("table", [SINGLE, ROWS], ids=["single entries", "rows"])
def test_the_marked_sheet_bears_the_course_s_names(table: dict[str, object], tmp_path: Path) -> None:
    reference = reference_of(table)
    source = marked_sheet(checked(reference, tmp_path), reference)
    assert compile_tex(write_tex(tmp_path / "sheet.tex", source))
    for name in (r"w_{5}^{\mathrm{new}}\quad", r"\mathrm{net}_{h1}\quad") if table is SINGLE else (r"z^{(1)} =",):
        assert name in source


def test_solve_prints_decimals_where_the_course_has_them(backcheck: Backcheck, tmp_path: Path) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in ROWS.items() if key not in ("layers", "names")]
    layers = ", ".join(f"{{ W = {json.dumps(one['W'])}, b = {json.dumps(one['b'])} }}" for one in ROWS["layers"])
    names = [f'{key} = "{value}"' for key, value in ROWS["names"].items()]
    head = 'id = "rows"\ntitle = "Rows"\n[backprop]'
    parts = [head, *lines, f"layers = [{layers}]", "[backprop.names]", *names]
    (tmp_path / "rows.toml").write_text("\n".join(parts), encoding="utf-8")
    text = backcheck("solve", "--assignment", tmp_path / "rows.toml", "--digits", "8").out
    assert "  z1 = [0.31, 0.57]\n" in text
    assert "  yhat ≈ 0.64496965\n" in text
    assert "e^" not in text
    exact = json.loads(backcheck("solve", "--assignment", tmp_path / "rows.toml", "--format", "json").out)
    assert exact["yhat"]["expected"] == "e^(597/1000)/(e^(597/1000) + 1)"
