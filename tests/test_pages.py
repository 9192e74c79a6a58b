"""The pages of submissions: every value with its verdict, nothing that a student typed runs, no key below full."""

from __future__ import annotations

import base64
import io
import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from checks.assignment.assignment import read_assignment
from checks.judging.findings import Finding, Trouble
from checks.judging.verdicts import MEANINGS, RIGHT, Verdict
from checks.marking.checked import Checked
from checks.marking.checking import check_submission, make_reference
from checks.marking.class_notes import ClassNotes, Identical
from checks.marking.reference import Reference
from checks.reports.pages.digit_images import data_uri
from checks.reports.pages.page_names import page_name
from checks.reports.pages.page_template import FOLDER
from checks.reports.values import expected_text
from checks.submissions.students import Student
from checks.submissions.submission_file import find_submissions
from tests.pages import checked_examples, sample_reference, written
from tests.submissions import submission
from tests.worked_cases import LAYOUTS

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>*{display:none}",
    "</code></td></table><h1>73 of 73</h1>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066\u0000\x1b[31m\r\n",
    "&lt;b&gt; &#60;",
    "javascript:alert(1)",
    "e\u0301" * 500 + "x" * 5000,
    "\u5b66\u751f \u05d0\u05d1",
)
IDS = (
    "../x",
    "..",
    ".",
    "con",
    "CON",
    "nul.txt",
    "a/b",
    "a\\b",
    "S1",
    "s1",
    "s 1",
    "s-1",
    "",
    "~",
    "x" * 300,
    "\ud800",
)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return sample_reference()


@pytest.fixture(scope="module")
def examples(reference: Reference) -> list[Checked]:
    return checked_examples(reference)


def hostile(checked: Checked, text: str) -> Checked:
    """The submission with the text wherever a student's text can stand."""
    trouble = Trouble(text, 1, 2, text, text.replace("\n", " "), 3)
    sections = []
    for section in checked.sections:
        wrong = [
            replace(
                one,
                given=text,
                note=text,
                verdict=(Verdict.WRONG, Verdict.UNREADABLE)[place % 2],
                trouble=trouble if place % 2 else None,
            )
            for place, one in enumerate(section.findings)
        ]
        sections.append(replace(section, findings=tuple(wrong)))
    other = Trouble(text, None, None, text)
    student = Student(text, text, text)
    return replace(checked, id=text, sections=tuple(sections), troubles=(trouble, other), students=(student,))


def test_a_student_reads_every_value_with_its_verdict(
    tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    page = written(tmp_path, reference, examples)["arithmetic-slip"]
    (cell,) = (one for one in page.all("table") if one.attributes.get("aria-label") == "W3_new")
    values = [[entry.words for entry in row.all("td")] for row in cell.all("tr")]
    assert [[words[:3] for words in row] for row in values] == [
        [["✓", "rounded:", "-1"], ["✓", "rounded:", "-5.5"]],
        [["✓", "rounded:", "3"], ["✓", "rounded:", "-3"]],
        [["✗", "wrong:", "6"], ["✓", "rounded:", "8.5"]],
    ]
    (entry,) = (one for one in cell.all("span") if "tabindex" in one.attributes)
    (note,) = (one for one in page.all() if one.attributes.get("id") == entry.attributes["aria-describedby"])
    assert "slip: differs from the key by 1.00" in note.text
    assert "5−3p3" in "".join(math.text for math in note.all("math"))
    (notes,) = (one.text for one in page.all("ul") if "wrong" in one.text)
    assert "differs from the key by 1.00" in notes
    assert "5−3p3" in notes
    assert "72 of 73 points" in page.text


@pytest.mark.parametrize("case", LAYOUTS)
def test_any_network_has_its_tables(case: str, tmp_path: Path) -> None:
    """Every cell is there once; the keys of wrong entries are formulas, the headings too."""
    tables = [{**LAYOUTS[case], "id": name, "cells": cells} for name, cells in (("p1", None), ("p2", ["C", "delta1"]))]
    backprop = [{key: value for key, value in table.items() if value is not None} for table in tables]
    assignment = read_assignment({"id": "test", "title": "Test", "backprop": backprop})
    reference = make_reference(assignment, None, "")
    numbers, lines = itertools.count(1234567, 8910), []
    for hand in reference.hand_parts:
        for cell in hand.cells:
            rows = [", ".join(str(next(numbers)) for _ in range(cell.shape[1])) for _ in range(cell.shape[0])]
            value = rows[0] if cell.quantity.is_number else f"[{'; '.join(rows)}]"
            lines.append(f"{cell.name} = {value}")
    submission(tmp_path / "s1", "\n".join(lines))
    checked = check_submission(find_submissions([tmp_path / "s1"]).submissions[0], reference)
    page = written(tmp_path / "pages", reference, [checked])["s1"]
    names = [cell.attributes["aria-label"] for cell in page.all("table") if cell.attributes.get("class") == "matrix"]
    assert sorted(names) == sorted(c.name for hand in reference.hand_parts for c in hand.cells)
    entries = [one for one in page.all("span") if one.attributes.get("class", "").startswith("entry")]
    assert len(entries) == len(checked.findings)
    assert {finding.verdict for finding in checked.findings} <= {Verdict.WRONG, Verdict.FOLLOW_THROUGH}
    without = {one.attributes["aria-describedby"] for one in entries if not list(one.all("math"))}
    wide = [one for one in checked.findings if f"note-{one.name}" in without]
    assert len(wide) == len(without)
    assert all(len(one.expected or "") > 60 and expected_text(one) in page.text for one in wide)
    assert not [one for one in page.all("math") if "\\" in one.text]


def test_a_submission_left_to_a_person_says_so_once_for_each_cell(
    tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    def undecided(finding: Finding) -> Finding:
        return replace(finding, verdict=Verdict.UNDECIDED, given=None, note="a person will look at it")

    sections = tuple(replace(one, findings=tuple(map(undecided, one.findings))) for one in examples[0].sections)
    pages = written(tmp_path, reference, [replace(examples[0], sections=sections)])
    assert not [one for one in pages["all-right"].all("table") if one.attributes.get("class") == "matrix"]
    assert "0 of 0 points" in pages["all-right"].text
    assert "2 places in the submissions, worth 73 points in all" in pages["index"].text


def test_what_could_not_be_read_is_shown_with_its_place(
    tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    page = written(tmp_path, reference, examples)["unreadable-and-missing"]
    shown = [one.text for one in page.all("pre")]
    assert "exp(42)/(exp(42)+exp(-31)+exp(25)\n" + " " * 33 + "^\n" in shown
    assert "the last two follow tomorrow\n^\n" in shown


@pytest.mark.parametrize("level", ["marks", "hint", "full"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_student_typed_is_text(
    text: str, level: str, tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    checked = [hostile(one, text + str(place)) for place, one in enumerate(examples)]
    notes = ClassNotes(text, (Identical(text, tuple(one.id for one in checked)),), (text,))
    for page in written(tmp_path, reference, checked, level, notes).values():
        assert {one.tag for one in page.all("style")} == {"style"}
        assert len(list(page.all("h1"))) == 1
        assert not set(page.text) & set("\u202e\u2066\x00\x1b\r")
        (style,) = page.all("style")
        assert style.text.strip() == (FOLDER / "page.css").read_text(encoding="utf-8").strip()
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) for path in tmp_path.rglob("*"))


def test_pages_have_names_of_their_own_within_the_folder(
    tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    written(tmp_path / "pages", reference, [replace(examples[0], id=name) for name in IDS])
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
    names = [path.name for path in (tmp_path / "pages" / "students").iterdir()]
    assert len({name.casefold() for name in names}) == len(IDS)


@given(st.lists(st.text(st.characters(), max_size=80) | st.sampled_from(IDS), unique=True, max_size=30))
def test_names_of_pages_are_plain_and_differ(ids: list[str]) -> None:
    taken: set[str] = set()
    for one in ids:
        name = page_name(one, taken)
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name)
        assert len(name) < 80
        assert name not in taken | {"con", "nul", "aux", "prn", "com1"}
        taken.add(name)


@pytest.mark.parametrize("level", ["hint", "marks"])
def test_below_full_no_page_of_a_student_holds_the_key(
    level: str, tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    pages = written(tmp_path / level, reference, examples, level)
    full = written(tmp_path / "full", reference, examples)
    compared = 0
    for one in examples:
        own = " ".join(finding.given or "" for finding in one.findings)
        page, told = pages[one.id], full[one.id]
        heads = [math for head in page.all("th") for math in head.all("math")]
        assert len(list(page.all("math"))) == len(heads), "a formula that is no heading"
        assert not [image for image in page.all("img") if "label" in image.attributes["alt"]]
        for finding in one.findings:
            for key in filter(None, (finding.expected, finding.decimal)):
                if len(key) > 5 and key not in own and finding.verdict not in RIGHT:
                    assert key not in page.text
                    compared += 1
        assert len(list(told.all("math"))) >= len(heads)
    assert compared > 10
    assert len(list(full["unreadable-and-missing"].all("math"))) > 15


def test_wrong_rows_are_shown_as_they_are(tmp_path: Path, reference: Reference, examples: list[Checked]) -> None:
    page = written(tmp_path, reference, examples)["softmax-over-batch"]
    (rows,) = (one.rows for one in examples[2].findings if one.rows)
    shown = list(page.all("img"))
    assert reference.mnist
    assert reference.mnist.evaluation
    assert reference.mnist.images is not None
    labels = reference.mnist.evaluation.labels
    assert [one.attributes["alt"] for one in shown] == [f"image {row}, label {labels[row]}" for row in rows]
    assert shown[0].attributes["src"] == data_uri(reference.mnist.images[rows[0]])


def test_an_image_is_its_pixels_in_black_on_white() -> None:
    pixels = np.linspace(0, 255 / 256, 784, dtype=np.float32)
    head, _, stored = data_uri(pixels).partition(",")
    assert head == "data:image/png;base64"
    drawn = np.asarray(Image.open(io.BytesIO(base64.b64decode(stored))))
    assert drawn.shape == (28, 28)
    assert np.abs((255 - drawn.reshape(-1).astype(float)) / 255 - pixels / pixels.max()).max() < 0.002
    assert set(np.asarray(Image.open(io.BytesIO(base64.b64decode(data_uri(np.zeros(4)).partition(",")[2])))).flat) == {
        255
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read(scheme: str) -> None:
    """All text reaches 4.5:1 on the paper and on the tints of verdicts."""
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    dark = style.index("prefers-color-scheme: dark")
    part = style[dark:] if scheme == "dark" else style[:dark]
    colours = {name: tuple(map(int, rgb.split())) for name, rgb in re.findall(r"--(\w+): (\d+ \d+ \d+);", part)}
    paper = colours["paper"]
    assert all(contrast(colours[name], paper) >= 4.5 for name in ("ink", "quiet", "link"))
    (most,) = re.findall(r"calc\(\.06 \+ var\(--share\) \* (\.\d+)\)", style)
    for meaning in MEANINGS.values():
        own = colours[meaning.colour]
        assert contrast(own, mixed(own, paper, 0.1)) >= 4.5
        assert contrast(colours["ink"], mixed(own, paper, 0.06 + float(most))) >= 4.5


def mixed(colour: tuple[int, ...], paper: tuple[int, ...], share: float) -> tuple[float, ...]:
    return tuple(share * a + (1 - share) * b for a, b in zip(colour, paper, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The ratio of WCAG 2."""

    def luminance(colour: tuple[float, ...]) -> float:
        linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
