"""PDFs as several programs make them: columns, numbered equations, lines through what is struck out, browsers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from tests.browsers import PROGRAM, QUIET, needs_browser
from tests.hands.desk import Desk
from tests.hands.files import ENGINE, pdf, typed
from tests.hands.presentation import drawn_page
from tests.hands.problems import PROBLEMS
from tests.hands.study import HANDS, assignment_of, of_pdf

HOMEWORK = assignment_of("homework")
EQUAL = r"s^{(1)}_1 = 1 \cdot 1 + (-2)(-1) + 1 \cdot 1 + 1"
STRIKE = r"\rlap{\rule[.6ex]{%s}{.4pt}}"

needs_tex = pytest.mark.skipif(ENGINE is None, reason="no pdflatex is installed")


def certain(body: str, options: str = "") -> dict[str, str]:
    source = rf"\documentclass{options}{{article}}\usepackage{{amsmath}}\begin{{document}}" + body + r"\end{document}"
    reading = read_document(open_document(pdf(source), "hw.pdf"), HOMEWORK)
    return {str(one.name): one.text for one in reading.answers if not one.doubt}


@needs_tex
def test_what_a_line_goes_through_is_not_read() -> None:
    assert certain(rf"\noindent ${EQUAL} = 5$") == {"s1[1]": "5"}
    assert certain(rf"\noindent {STRIKE % '6cm'}${EQUAL} = 5$") == {}
    assert certain(rf"\noindent ${EQUAL} = {STRIKE % '1em'}5$") == {}
    assert certain(rf"\noindent ${EQUAL} = {STRIKE % '1em'}5\; 4$") == {}
    assert certain(rf"\noindent ${EQUAL} = \frac{{10}}{{2}}$") == {"s1[1]": r"\frac {10}{2}"}


@needs_tex
@pytest.mark.parametrize("change", ["two columns", "numbered", "large"])
def test_the_page_does_not_change_what_is_read(change: str) -> None:
    write_up = HANDS["one display"](Desk(PROBLEMS["homework"]))
    source = typed(write_up, "tex").text
    if change == "numbered":
        source = source.replace(r"\[", r"\begin{equation}").replace(r"\]", r"\end{equation}")
    options = {"two columns": "[twocolumn,landscape]", "large": "[12pt]"}.get(change, "")
    tally = of_pdf(pdf(source.replace("{article}", options + "{article}")), write_up, HOMEWORK)
    assert tally.misread == []
    assert tally.counts["certain right"] >= 0.8 * tally.counts["all"]
    assert tally.counts["to-confirm wrong"] == 0


@needs_browser
def test_a_page_that_a_browser_printed_is_read(tmp_path: Path) -> None:
    assert PROGRAM
    write_up = HANDS["by component"](Desk(PROBLEMS["homework"]))
    (tmp_path / "one.html").write_bytes(drawn_page(write_up))
    call = [PROGRAM, *QUIET, "--no-pdf-header-footer", "--print-to-pdf=one.pdf", "one.html"]
    subprocess.run(call, cwd=tmp_path, capture_output=True, check=True, timeout=60)
    tally = of_pdf((tmp_path / "one.pdf").read_bytes(), write_up, HOMEWORK)
    assert tally.misread == []
    assert tally.counts["certain right"] == tally.counts["all"] == 48


def test_formulas_that_carry_no_tex_are_read_by_their_elements() -> None:
    for hand in HANDS:
        write_up = HANDS[hand](Desk(PROBLEMS["homework"]))
        tally = of_pdf(drawn_page(write_up), write_up, HOMEWORK, "hw.html")
        assert tally.misread == []
        assert tally.counts["certain right"] >= 0.75 * tally.counts["all"], hand
