"""The LaTeX documents: what they say, read back and held against the key, and that they compile without a complaint."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.judging.clauses import Key
from checks.judging.judge import judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.networks.units import UNITS, Kinks
from exact.writing.entries import decimal_or_none, in_exponentials
from exact.writing.latex.document import documents, fragments
from exact.writing.latex.tex_file import ENGINES, TexError, compile_tex, find_engine, write_tex
from exact.writing.latex.titled import Titled
from exact.writing.notation import LATEX
from tests.conftest import Outcome
from tests.make_goldens import GOLDENS, golden_files
from tests.on_paper import case_on_paper, problem_on_paper
from tests.printed import printed_entries, printed_in_forward
from tests.test_follow_through import problems
from tests.worked_cases import LAYOUTS

Backcheck = Callable[..., Outcome]
needs_tex = pytest.mark.skipif(find_engine() is None, reason=f"no TeX engine ({', '.join(ENGINES)}) is installed")

WRAPPERS = {
    "article": (r"\documentclass{article}PACKAGES\begin{document}", r"BODY\par", r"\end{document}"),
    "beamer": (
        r"\documentclass{beamer}PACKAGES\begin{document}",
        r"\begin{frame}[allowframebreaks]BODY\end{frame}",
        r"\end{document}",
    ),
    "exam": (
        r"\documentclass[answers]{exam}PACKAGES\begin{document}\begin{questions}\question Q",
        r"\begin{solution}BODY\end{solution}",
        r"\end{questions}\end{document}",
    ),
}
"""The head, what is around each fragment, and the foot of a document."""


def complaints(source: Path) -> list[str]:
    """What TeX says of the document that should not be said."""
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name],  # noqa: S607  where PATH has it
        cwd=source.parent,
        capture_output=True,
        check=False,
    )
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    told = [line for line in log.splitlines() if re.search(r"Warning|Overfull|^!", line)]
    return [line for line in told if not re.search(r"Font Warning|[Rr]erun|undefined references", line)]


@needs_tex
@pytest.mark.parametrize("case", LAYOUTS)
def test_the_documents_compile_and_nothing_runs_off_the_page(case: str, tmp_path: Path) -> None:
    for name, source in documents("100 % of $x_1$ & more #{}~^\\", [case_on_paper(case)], 8).items():
        assert complaints(write_tex(tmp_path / f"{name}.tex", source)) == [], name


@needs_tex
@pytest.mark.parametrize("case", ["homework", "one layer", "five layers of six", "twelve inputs"])
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_the_fragments_stand_in_documents_of_ones_own(case: str, wrapper: str, tmp_path: Path) -> None:
    found = subprocess.run(["kpsewhich", f"{wrapper}.cls"], capture_output=True, check=False)  # noqa: S607
    if not shutil.which("kpsewhich") or found.returncode:
        pytest.skip(f"{wrapper}.cls is not installed")
    sources = fragments(case_on_paper(case), 8)
    for name, source in sources.items():
        assert source.startswith("% Needs amsmath, array and booktabs.")
        write_tex(tmp_path / f"{name}.tex", source)
    before, one, after = WRAPPERS[wrapper]
    text = before.replace("PACKAGES", r"\usepackage{amsmath, array, booktabs}")
    text += "\n".join(one.replace("BODY", rf"\input{{{name}}}") for name in sources) + after
    told = complaints(write_tex(tmp_path / "whole.tex", text))
    if wrapper != "article":
        told = [line for line in told if r"\vbox" not in line]  # they cut pages and frames by rules of their own
    assert told == []


@needs_tex
def test_a_tex_error_shows_tex_s_own_line(tmp_path: Path) -> None:
    with pytest.raises(TexError, match=r"! Undefined control sequence"):
        compile_tex(write_tex(tmp_path / "bad.tex", r"\documentclass{article}\begin{document}\nonsense\end{document}"))


def test_the_command_says_where_there_is_no_pdf_and_why(
    backcheck: Backcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("exact.writing.latex.tex_file.find_engine", lambda: None)
    outcome = backcheck("tables", "--out", tmp_path / "build")
    assert outcome.status == 0
    *written, last = outcome.out.splitlines()
    assert {Path(path).name for path in written} >= {"answers.txt", "tables.tex", "worked.tex", "worksheet.tex"}
    assert all(Path(path).exists() for path in written)
    assert last == "no PDF: no TeX engine was found (install texlive-latex-recommended, or tectonic)"


def assert_holds_the_key(problem: Titled) -> None:
    """Every exact value that is printed in the tables, read by our own answer language, is the key's."""
    solution, sources = problem.solution, fragments(problem, 8)
    forward = [cell for cell in solution.cells if cell.quantity.place.is_grid]
    backward = [cell for cell in solution.cells if cell not in forward]
    read = printed_in_forward(sources["forward"], forward) | printed_entries(sources["backward"], backward)
    for cell in solution.cells:
        for entry in cell.entries:
            value = evaluate(parse(read[entry.name]), Scope(solution.outputs))
            verdict = judge(value, Key(entry.value), Tolerance()).verdict
            is_exact = in_exponentials(entry, cell.quantity, solution, LATEX) is not None
            assert verdict is Verdict.EXACT if is_exact else verdict in RIGHT, (entry.name, read[entry.name])


@pytest.mark.parametrize("case", LAYOUTS)
def test_the_tables_hold_the_key(case: str) -> None:
    assert_holds_the_key(case_on_paper(case))


@settings(max_examples=60)
@given(problems(), st.data())
def test_the_tables_of_any_problem_hold_the_key(table: dict[str, object], data: st.DataObject) -> None:
    hidden = data.draw(st.sampled_from(["relu", "leaky_relu", "identity"]))
    assert_holds_the_key(problem_on_paper(table | {"hidden": hidden}))


def test_the_worked_solution_says_why_delta2_is_not_0() -> None:
    worked = fragments(case_on_paper("homework"), 8)["worked"]
    assert r"Since $p_{1} + p_{2} + p_{3} = 1$: $2 p_{1} + 3 p_{2} + 2 p_{3} - 2 = p_{2}$." in worked
    assert r"It is $p_{2} \approx 1.9792598 \times 10^{-32}$, and not 0." in worked
    assert r"\delta^{(2)} = a'^{(2)} \odot W^{(3)\mathsf{T}} \delta^{(3)}" in worked
    assert r"W^{(3)} - \eta\, \delta^{(3)} a^{(2)\mathsf{T}}" in worked


@pytest.mark.parametrize("case", LAYOUTS)
def test_no_rounded_number_stands_behind_an_equals_sign(case: str) -> None:
    """Every decimal that is not exactly the key's has a sign of its own before its matrix or number."""
    problem = case_on_paper(case)
    digits = {decimal_or_none(entry.value, 8) for cell in problem.solution.cells for entry in cell.entries}
    rounded = {text for text in digits if text and "." in text and len(text.strip("-0.").replace(".", "")) >= 8}
    sources = fragments(problem, 8)
    for name in ("forward", "backward", "worked"):
        for side in re.split(r"(?=(?<![A-Za-z_])= |\\approx)", sources[name]):
            if side.startswith("= ") and not side.startswith("= p"):
                head = side.split("$")[0].split("&")[0]
                assert not [
                    text for text in rounded if re.search(rf"(?<![\d.]){re.escape(text.split('e')[0])}(?!\d)", head)
                ]


def test_only_what_is_asked_for_stands_in_the_tables(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "part.toml").write_text(
        'id = "part"\ntitle = "Part"\n[backprop]\nx = [1]\ny = [1, 0]\neta = "-1/3"\ncells = ["s1", "C", "W1_new"]\n'
        "layers = [{ W = [[1], [2]], b = [0, 0] }]\n"
    )
    for form in ("latex", "markdown", "html"):
        text = backcheck("solve", "--assignment", tmp_path / "part.toml", "--format", form).out
        assert "C" in re.sub(r"DOCTYPE|UTF|<style>.*?</style>", "", text, flags=re.DOTALL | re.IGNORECASE)
        assert r"b^{(1)}_{\mathrm{new}}" not in text
    outcome = backcheck("tables", "--assignment", tmp_path / "part.toml", "--out", tmp_path / "build")
    assert outcome.status == 0
    worked = (tmp_path / "build" / "fragments" / "worked.tex").read_text(encoding="utf-8")
    assert r"C = -\sum_k y_k \ln a_k = \ln\left(" in worked
    assert "- -" not in worked
    worksheet = (tmp_path / "build" / "worksheet.tex").read_text(encoding="utf-8")
    assert r"Of all these write down $s^{(1)}$, $C$, $W^{(1)}_{\mathrm{new}}$." in worksheet


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDENS.iterdir()))
def test_the_typography_is_as_it_was(name: str) -> None:
    """`make goldens` writes the files again where a change is meant."""
    assert (GOLDENS / name).read_text(encoding="utf-8") == golden_files()[name]


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == set(golden_files())


def test_the_template_of_answers_is_accepted_as_all_missing(backcheck: Backcheck, tmp_path: Path) -> None:
    for assignment in ("ee541-hw3", "sample"):
        backcheck("tables", "--out", tmp_path / assignment, "--assignment", assignment)
        outcome = backcheck("check", tmp_path / assignment / "answers.txt", "--assignment", assignment)
        assert outcome.status == 1
        assert "In the files" not in outcome.out
        verdicts = set(re.findall(r"^  (\S) ", outcome.out, re.MULTILINE))
        assert verdicts == {"–"}


@pytest.mark.parametrize(
    ("at_zero", "below"),
    [
        ("1/10", r"1/10 & s \le 0"),
        ("0", r"0 & s = 0 \\ 1/10 & s < 0"),
        ("1/2", r"1/2 & s = 0 \\ 1/10 & s < 0"),
    ],
)
def test_the_formula_of_a_derivative_says_what_it_is_at_0(at_zero: str, below: str) -> None:
    latex = UNITS["leaky_relu"](Kinks(Fraction(1, 10), Fraction(at_zero))).latex_derivative
    assert below in latex
