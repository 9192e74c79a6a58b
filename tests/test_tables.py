"""The LaTeX tables: what they say, and that they compile without a complaint where a TeX engine is installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from exact.latex_tables import document, escaped
from exact.problem import read_problem
from exact.solution import solve
from exact.tex_file import ENGINES, TexError, compile_tex, find_engine, write_tex
from exact.units import HIDDEN_UNITS
from tests.conftest import Outcome
from tests.worked_cases import TABLES

needs_tex = pytest.mark.skipif(find_engine() is None, reason=f"no TeX engine ({', '.join(ENGINES)}) is installed")


@needs_tex
@pytest.mark.parametrize("case", TABLES)
def test_the_tables_compile_without_a_warning(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_tex(
        tmp_path / "tables.tex", document("100 % of $x_1$ & more #{}~^\\", [("", solve(read_problem(TABLES[case])))], 8)
    )
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # so that the log stays
    pdf = compile_tex(source)
    assert pdf is not None
    assert pdf.read_bytes().startswith(b"%PDF")
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    complaints = [line for line in log.splitlines() if re.search(r"Warning|Overfull|Underfull|^!", line)]
    assert [line for line in complaints if "Font Warning" not in line] == []


@needs_tex
def test_a_tex_error_shows_tex_s_own_line(tmp_path: Path) -> None:
    with pytest.raises(TexError, match=r"! Undefined control sequence"):
        compile_tex(write_tex(tmp_path / "bad.tex", r"\documentclass{article}\begin{document}\nonsense\end{document}"))


def test_the_command_says_where_there_is_no_pdf_and_why(
    backcheck: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("exact.tex_file.find_engine", lambda: None)
    outcome = backcheck("tables", "--out", tmp_path / "build")
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        str(tmp_path / "build" / "tables.tex"),
        "no PDF: no TeX engine was found (install texlive-latex-recommended, or tectonic)",
    ]


def test_the_tables_hold_the_key() -> None:
    text = document("Homework", [("", solve(read_problem(TABLES["homework"])))], 8)
    for formula in (
        r"p_{1} - 4 p_{2}",
        r"-\frac{3}{2} - \frac{1}{2} p_{3}",
        r"1.9792598 \times 10^{-32}",
        r"\delta^{(2)}",
    ):
        assert formula in text
    assert r"\documentclass" in text


def test_plain_text_is_escaped() -> None:
    assert escaped("50% of a_1 & b") == r"50\% of a\_1 \& b"


@pytest.mark.parametrize(
    ("at_zero", "below"),
    [
        ("1/10", r"1/10 & s \le 0"),
        ("0", r"0 & s = 0 \\ 1/10 & s < 0"),
        ("1/2", r"1/2 & s = 0 \\ 1/10 & s < 0"),
    ],
)
def test_the_formula_of_a_derivative_says_what_it_is_at_0(at_zero: str, below: str) -> None:
    latex = HIDDEN_UNITS["leaky_relu"](Fraction(1, 10), Fraction(at_zero)).latex_derivative
    assert below in latex
