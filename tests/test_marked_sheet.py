"""The marked sheet: every value with its verdict, readable without colour, and safe whatever a student typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.writing.latex.escaping import escaped
from exact.writing.latex.tex_file import write_tex
from tests.conftest import Outcome
from tests.downloads import planted
from tests.test_tables import complaints, needs_tex
from tests.worked_cases import ANSWERS

Backcheck = Callable[..., Outcome]

HOSTILE = (
    r"\input{/etc/passwd}",
    r"\def\a{\a}\a",
    r"\write18{touch pwned}",
    r"\end{document}",
    r"\catcode`\%=0 %",
    "% & _ ^^5c # ~ $x$ {",
    "}}}}$$",
    "\U0001f600 \u200b\u202e\u0000\x1b[31m",
    "\u00fcn\u00efc\u00f6d\u00e9 \u2014 \u201cquotes\u201d `code` ``ligatures'' ?` !` << >> -- ---",
    "\u5b66\u751f \u03b4\u00b2 10\u207b\u00b3",
    "x" * 3000,
    "1" * 300 + "+e^" * 60,
)


def submission(folder: Path, values: tuple[str, ...]) -> Path:
    cells = ("a1", "s2", "a2", "s3", "delta3", "delta2", "W3_new", "b3_new", "W2_new", "b2_new", "W1_new", "b1_new")
    lines = [f"{name} = {value}" for name, value in zip(cells, values, strict=True)]
    (folder / "answers.txt").write_text("s1 = [5, -5]\nda1 = [1, 1]\n" + "\n".join(lines), encoding="utf-8")
    return folder


@needs_tex
def test_what_a_student_typed_is_shown_and_never_run(backcheck: Backcheck, tmp_path: Path) -> None:
    outcome = backcheck("check", submission(tmp_path, HOSTILE), "--tex", tmp_path / "sheet.tex")
    assert outcome.err == f"backcheck: wrote {tmp_path / 'sheet.tex'} and {tmp_path / 'sheet.pdf'}\n"
    assert complaints(tmp_path / "sheet.tex") == []
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "pwned").exists()
    text = (tmp_path / "sheet.tex").read_text(encoding="utf-8")
    assert text.isascii()
    assert text.count(r"\end{document}") == 1
    assert r"\input" not in text
    assert "U+1F600" in text


@needs_tex
@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_shown(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    body = rf"\sloppy {escaped(text, breaks=True)}"
    source = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\end{{document}}"
    told = complaints(write_tex(tmp_path_factory.mktemp("any") / "any.tex", source))
    assert [line for line in told if line.startswith("!")] == []


def test_every_value_has_its_mark_and_its_notes(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    backcheck("check", tmp_path, "--tex", tmp_path / "sheet.tex")
    text = (tmp_path / "sheet.tex").read_text(encoding="utf-8").replace(r"\allowbreak{}", "")
    assert r"\textcolor{green}{\checkmark\,\text{\texttt{42}}}" in text
    assert r"\textcolor{red}{\times\,\text{\texttt{1.5}}}" in text
    assert r"\textbf{b3\_new[3]}: wrong; given \texttt{1.5}; expected \texttt{{-}3/2 {-} p\_3/2}; sign{-}slip" in text
    backcheck("check", tmp_path, "--tex", tmp_path / "sheet.tex", "--feedback", "hint")
    text = (tmp_path / "sheet.tex").read_text(encoding="utf-8")
    assert "expected" not in text


def test_it_is_of_one_submission(backcheck: Backcheck, tmp_path: Path) -> None:
    for name in ("one", "two"):
        planted(tmp_path / "class", {f"{name}/answers.txt": ""})
    outcome = backcheck("check", tmp_path / "class", "--tex", tmp_path / "sheet.tex")
    assert outcome.status == 2
    assert "--tex writes the sheet of one submission; there are 2" in outcome.err
