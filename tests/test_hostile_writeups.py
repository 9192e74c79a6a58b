"""Documents that are damaged or made to harm: each ends in a word, in bounded time, and touches nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.running import forked, pool
from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from tests.downloads import HALF, planted
from tests.hands.study import assignment_of
from tests.submissions import Backcheck, entries

HOMEWORK = assignment_of("homework")
BODY = '<w:document xmlns:w="http://w" xmlns:m="http://m"><w:body>{}</w:body></w:document>'
DISPLAY = "$$ s^{(1)} = W x = \\begin{bmatrix} 5 \\\\ -5 \\end{bmatrix} $$\n\n"


def word(content: str, name: str = "word/document.xml") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


HOSTILE: dict[str, Callable[[], bytes | str]] = {
    "displays.md": lambda: DISPLAY * 7_000,
    "one.md": lambda: "$$ s_1 = " + "1 + " * 250_000 + "1 $$",
    "matrix.md": lambda: r"$$ s_1 = \begin{bmatrix}" + "1 & " * 250_000 + r"1 \end{bmatrix} $$",
    "brackets.md": lambda: "$$ s = " + "(" * 5_000 + "1" + ")" * 5_000 + " $$",
    "braces.md": lambda: "$$ s = " + "{" * 39_000 + " $$",
    "fractions.md": lambda: "$$ " + r"\frac{" * 6_000 + " = 1 $$",
    "functions.md": lambda: "$$ " + "h'(s" * 9_000 + " = 1 $$",
    "environments.md": lambda: "$$ s = " + r"\begin{bmatrix}" * 2_500 + " $$",
    "dollars.md": lambda: "$" * 300_000,
    "powers.md": lambda: "$$ s_1 = 9^{9999} = e^{9999} $$ " * 500,
    "primes.md": lambda: "$$ s" + "'" * 39_000 + " = 1 $$",
    "lists.txt": lambda: "s1 = [\n" * 8_000,
    "names.txt": lambda: "a1 = 1\n" * 100_000,
    "letters.txt": lambda: "a" * 2_000_000,
    "shapes.txt": lambda: "W1 " + " " * 1_000_000 + "shape",
    "bomb.docx": lambda: word(BODY.format("<w:p>" + " " * 60_000_000 + "</w:p>")),
    "deep.docx": lambda: word(BODY.format("<w:p>" * 100_000)),
    "entity.docx": lambda: word('<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>' + BODY.format("&c;")),
    "laughs.docx": lambda: word('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + BODY.format("&b;")),
    "other.docx": lambda: word("x", "other.xml"),
    "broken.docx": lambda: b"PK\x03\x04" + b"\0" * 50,
    "nested.ipynb": lambda: '{"cells":' + "[" * 100_000,
    "odd.ipynb": lambda: json.dumps({"cells": [1, None, {"cell_type": 5}, {"cell_type": "code", "outputs": [{}, 7]}]}),
    "list.ipynb": lambda: "[]",
    "deep.html": lambda: "<div>" * 100_000,
    "math.html": lambda: "<math>" + "<mrow>" * 100_000 + "1",
    "open.html": lambda: "<" * 100_000,
    "junk.pdf": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 400,
    "rules.html": lambda: "<style>" + ".a .b .c { display: none }" * 30_000 + "</style>" + "<p class=c>" * 30_000,
    "steps.html": lambda: (
        "<style>" + ".a .c{float:left}" * 1_900 + "</style>" + "<div class=a>" * 90 + "<p class=c>" * 900
    ),
    "selector.html": lambda: "<style>" + "b " * 300_000 + "p {display: none}</style>" + "<p>s1 = [5, -5]</p>" * 5_000,
    "style.html": lambda: f'<p style="{"text-decoration:" * 100_000}">x',
    "cells.html": lambda: "<table><tr>" + "<td><math><mi>s</mi><mo>=</mo></math>" * 2_000,
    "columns.tex": lambda: r"\begin{align*}" + "s_1 &= 1 & " * 3_000 + r"\end{align*}",
    "boxes.docx": lambda: word(BODY.format("<w:p><w:r><w:drawing><w:txbxContent>" * 60_000)),
    "comments.tex": lambda: "%" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_or_read_in_bounded_time(name: str) -> None:
    content = HOSTILE[name]()
    data = content if isinstance(content, bytes) else content.encode()
    reading = read_document(open_document(data, name), HOMEWORK)
    assert all(answer.doubt or name == "displays.md" for answer in reading.answers)
    if name.endswith(("docx", "pdf")):
        assert reading.document.fault
        assert "\n" not in reading.document.fault


def test_entities_are_never_resolved() -> None:
    document = open_document(
        word('<!DOCTYPE x [<!ENTITY c "s1 = [5, -5]">]>' + BODY.format("<w:p>&c;</w:p>")), "a.docx"
    )
    assert "document type" in document.fault
    assert document.text == ""


def test_nobody_else_is_touched_and_each_has_its_line(backcheck: Backcheck, tmp_path: Path) -> None:
    names = ("junk.pdf", "entity.docx", "nested.ipynb", "deep.html")
    tree: dict[str, str | bytes] = {f"{name.partition('.')[0]}/{name}": HOSTILE[name]() for name in names}
    path = planted(tmp_path / "in", {**tree, "ok/answers.txt": HALF, "read/hw.md": DISPLAY})
    outcome = backcheck("check", path, "--assignment", "sample", "--json")
    found = {one["id"]: one for one in json.loads(outcome.out)["submissions"]}
    assert {one for one in found if found[one]["score"] == 2} == {"ok", "read"}
    for name in names:
        verdicts = {
            e["verdict"] for e in found[name.partition(".")[0]]["entries"] if not e["name"].startswith("result.")
        }
        assert verdicts == {"undecided"}


def test_a_document_that_takes_too_long_is_left_to_a_person(
    backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried once, since each time takes its second; the tests of processes hold that it is tried again."""
    for place in (forked, pool):
        monkeypatch.setattr(place, "ATTEMPTS", 1)
    path = planted(tmp_path, {"ann.md": DISPLAY * 40_000}) / "ann.md"
    outcome = backcheck("check", path, "--assignment", "sample", "--time-limit", "1", "--json")
    assert {entry["verdict"] for entry in entries(outcome).values()} == {"undecided"}
    read = json.loads(backcheck("read", path, "--time-limit", "1", "--json").out)["submissions"][0]
    assert read["problems"][0]["message"] == "it took more than 1 seconds"


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("kind", ["md", "ipynb", "html"])
def test_nothing_of_a_document_reaches_a_page_unescaped(kind: str, backcheck: Backcheck, tmp_path: Path) -> None:
    text = (
        f"</script>{SCRIPT}\n\n{DISPLAY}\n\n$$ a^{{(1)}} = {SCRIPT} = \\begin{{bmatrix}} 1 \\\\ 2 \\end{{bmatrix}} $$"
    )
    cells = {"cells": [{"cell_type": "markdown", "source": text}]}
    content = json.dumps(cells) if kind == "ipynb" else f"<p>{text}</p>" if kind == "html" else text
    path = planted(tmp_path, {f"a<b>.{kind}": content}) / f"a<b>.{kind}"
    backcheck("read", path, "--assignment", "sample", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "confirm.html").read_text()
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page
    assert "a<b>" not in page
    backcheck("check", path, "--assignment", "sample", "--html", tmp_path / "pages")
    (student,) = (tmp_path / "pages" / "students").iterdir()
    assert "<script" not in student.read_text()
    assert "<img" not in student.read_text()
