"""The class page: its counts are those of the findings, its lists end, and a class of any size is no burden."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from checks.judging.findings import Finding, Section, Trouble
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes, Identical
from checks.marking.reference import Reference
from checks.reports.pages.class_summary import MOST_FOR_A_MISTAKE, MOST_FOR_A_PERSON, MOST_IN_A_CELL, ClassTally
from checks.reports.pages.pages_folder import PagesFolder
from tests.pages import checked_examples, sample_reference, written


@pytest.fixture(scope="module")
def reference() -> Reference:
    return sample_reference()


@pytest.fixture(scope="module")
def examples(reference: Reference) -> list[Checked]:
    return checked_examples(reference)


def test_every_submission_has_a_page_that_is_linked(
    tmp_path: Path, reference: Reference, examples: list[Checked]
) -> None:
    pages = written(tmp_path, reference, examples)
    assert set(pages) == {"index"} | {one.id for one in examples}
    (table,) = (one for one in pages["index"].all("table") if "All submissions" in one.text)
    assert [one.attributes["href"] for one in table.all("a")] == [f"students/{one.id}.html" for one in examples]
    (row,) = (row.text for row in table.all("tr") if "arithmetic-slip" in row.text)
    assert "72 of 73" in row


def test_counts_are_those_of_the_findings(tmp_path: Path, reference: Reference, examples: list[Checked]) -> None:
    chosen = [replace(examples[place % 4], id=f"s{place:02}") for place in range(30)]
    expected: Counter[tuple[str, Verdict]] = Counter()
    for one in chosen:
        expected.update((finding.name, finding.verdict) for finding in one.findings)
    page = written(tmp_path, reference, chosen)["index"]
    counted: Counter[tuple[str, Verdict]] = Counter()
    tables = [one for one in page.all("table") if one.attributes.get("class") == "heat"]
    assert [caption.text for table in tables for caption in table.all("caption")] == [
        section.title for section in examples[0].sections
    ]
    for row in (row for table in tables for body in table.all("tbody") for row in body.all("tr")):
        (head,) = row.all("th")
        for verdict, cell in zip(Verdict, row.all("td"), strict=True):
            listed = list(cell.all("summary"))
            counted[head.text.strip(), verdict] = int(listed[0].text if listed else cell.text)
            assert bool(listed) == (verdict not in RIGHT and counted[head.text.strip(), verdict] > 0)
            assert len(list(cell.all("a"))) == (min(int(listed[0].text), MOST_IN_A_CELL) if listed else 0)
    assert +counted == expected


def test_scores_mistakes_and_what_needs_a_person(tmp_path: Path, reference: Reference, examples: list[Checked]) -> None:
    timed = [replace(one, seconds=place / 4) for place, one in enumerate(examples)]
    notes = ClassNotes("4 folders", (Identical("answers.txt", ("all-right", "softmax-over-batch")),), ("one is late",))
    page = written(tmp_path, reference, timed, notes=notes)["index"]
    words = " ".join(page.words)
    assert "4 folders" in words
    assert "one is late" in words
    assert reference.notice in words
    figures = {one.text: value.text for one, value in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert figures["mean"] == "61.75"
    assert figures["median"] == "67.5"
    assert "the sum in softmax goes over the whole array softmax-over-batch 1 softmax-over-batch" in words
    assert "unreadable-and-missing b2_new ! unreadable [1, -0,5]" in words
    assert "3 places in the submissions, worth 4 points in all" in words
    assert "pointed out, no more" in words
    (slow,) = (one for one in page.all("table") if "Slowest" in one.text)
    assert [row.words for body in slow.all("tbody") for row in body.all("tr")] == [
        ["unreadable-and-missing", "0.75"],
        ["softmax-over-batch", "0.50"],
        ["arithmetic-slip", "0.25"],
    ]
    (bars,) = (one for one in page.all("table") if one.attributes.get("class") == "bars")
    counts = {row.words[0]: int(row.words[-1]) for body in bars.all("tbody") for row in body.all("tr")}
    assert {name: count for name, count in counts.items() if count} == {"all": 1, "90": 1, "80": 1, "50": 1}


def test_lists_end_and_say_how_many_more_there_are(examples: list[Checked]) -> None:
    tally, number = ClassTally(), MOST_FOR_A_PERSON + 100
    for place in range(number):
        tally.add(replace(examples[3 if place % 2 else 1], id=f"s{place}"), f"s{place}")
    summary = tally.summary()
    slips = summary.mistakes["slip"]
    assert (len(slips.shown), slips.total) == (MOST_FOR_A_MISTAKE, number // 2)
    assert len(summary.for_a_person.shown) == MOST_FOR_A_PERSON
    assert summary.for_a_person.total == 3 * (number // 2)
    assert summary.worth == Fraction(4 * (number // 2))
    assert summary.hard_to_read[0].by.id == "s1"


def test_a_large_class_takes_little_memory(tmp_path: Path, reference: Reference, examples: list[Checked]) -> None:
    def alive() -> int:
        gc.collect()
        return sum(isinstance(one, Checked | Finding | Section | Trouble) for one in gc.get_objects())

    pages = PagesFolder(tmp_path, reference, "hint")
    before = alive()
    for number in range(40):
        base = examples[number % 4]
        sections = tuple(replace(one, findings=tuple(map(replace, one.findings))) for one in base.sections)
        pages.add(replace(base, id=f"s{number}", sections=sections))
    del sections
    assert alive() <= before + 1
    assert pages.finish(ClassNotes()).exists()


def test_the_same_class_gives_the_same_pages(tmp_path: Path, reference: Reference, examples: list[Checked]) -> None:
    for name in ("one", "two"):
        written(tmp_path / name, reference, examples)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.html")]
    assert len(files) == 5
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_a_class_of_none_has_a_page_too(tmp_path: Path, reference: Reference) -> None:
    assert "submissions" in written(tmp_path, reference, [])["index"].text


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path, reference: Reference) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        PagesFolder(tmp_path / "file", reference, "full")
