"""One submission as a marked sheet in LaTeX: the student's values, each with its verdict, then notes and score.

Verdicts are told by a mark as well as by colour. A student's text is shown, never run: all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from checks.hand.key import HandReference, KeyCell
from checks.judging.findings import Finding, Reading, Section
from checks.judging.verdicts import MEANINGS, RIGHT, Verdict
from checks.marking.checked import Checked
from checks.marking.reference import Reference
from checks.mistakes.advice import SLIPS
from checks.mistakes.first_looks import first_looks
from checks.mistakes.named_mistakes import named_mistakes
from checks.reports.awarded import awarded, points, reason, whole_awarded
from checks.reports.report_text import other_troubles
from checks.reports.values import MOST_SHOWN
from exact.writing.latex.escaping import escaped
from exact.writing.latex.formula import SHEET, Formula, Grid, related
from exact.writing.latex.items import name_of
from exact.writing.latex.tabular import display

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper, hmargin=22mm, vmargin=20mm]{geometry}
\usepackage{amsmath, amssymb, array, booktabs, color}
\definecolor{green}{rgb}{0.0, 0.4, 0.1}
\definecolor{yellow}{rgb}{0.55, 0.4, 0.0}
\definecolor{red}{rgb}{0.75, 0.0, 0.0}
\definecolor{magenta}{rgb}{0.5, 0.0, 0.5}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 1pt}
\sloppy
"""

MARKS = {
    Verdict.EXACT: r"\checkmark",
    Verdict.ROUNDED: r"\checkmark",
    Verdict.CLOSE: r"\approx",
    Verdict.FOLLOW_THROUGH: r"\rightarrow",
    Verdict.WRONG: r"\times",
    Verdict.MISSING: r"-",
    Verdict.UNREADABLE: r"!",
    Verdict.UNDECIDED: r"?",
}
"""The marks, in mathematics."""

IN_PLACE = 18
"""Characters of a value that are shown in its matrix; the notes have more of it."""

CHARACTER = 0.55
"""The width of a character of the typewriter type, in em."""


def marked_sheet(checked: Checked, reference: Reference) -> str:
    """The whole document."""
    cells = {entry.name: (hand, cell) for hand in reference.hand_parts for cell in hand.cells for entry in cell.entries}
    parts = [
        PREAMBLE,
        r"\begin{document}",
        rf"\section*{{{escaped(reference.assignment.title)}: {escaped(checked.id)}}}",
        rf"\textbf{{{points(checked.score)} of {points(checked.max_score)} points}} {escaped(whole_awarded(checked))}",
        _legend(),
    ]
    for section in checked.sections:
        parts += [rf"\subsection*{{{escaped(section.title)}}}", display(_values(section, cells))]
        parts += [*_notes(section), *_mistakes(section, checked.level)]
    troubles = other_troubles(checked)
    if troubles:
        parts += [r"\subsection*{In the files}", *(escaped(f"{one.place}: {one.message}") for one in troubles)]
    return "\n\n".join([*parts, r"\end{document}", ""])


def _legend() -> str:
    names = {verdict: verdict.value for verdict in MEANINGS if verdict is not Verdict.ROUNDED} | {
        Verdict.EXACT: "right"
    }
    told = [rf"\mbox{{{_mark(verdict)} {name}}}" for verdict, name in names.items()]
    return r"{\small " + r",\quad ".join(told) + ".}"


def _values(section: Section, cells: Mapping[str, tuple[HandReference, KeyCell]]) -> Iterator[Formula]:
    """Every value that was handed in, with its mark; those of a cell in its matrix."""
    for first, group in groupby(section.findings, key=lambda finding: _first_entry(finding, cells)):
        findings = list(group)
        if first not in cells:
            yield from (_named(rf"\text{{{escaped(finding.name)}}}", finding) for finding in findings)
            continue
        hand, cell = cells[first]
        if not hand.stands_together(cell):
            latex = hand.solution.calculation.latex_of_entry
            for entry, finding in zip(cell.entries, findings, strict=True):
                yield _named(latex(cell.quantity.name, entry.place), finding)
            continue
        if all(finding.verdict is Verdict.MISSING for finding in findings):
            yield name_of(cell.quantity) + Formula(rf"\quad {_coloured(Verdict.MISSING)}", 2.0)
            continue
        columns = cell.shape[1]
        grid: Grid = tuple(
            tuple((_value(finding),) for finding in findings[start : start + columns])
            for start in range(0, len(findings), columns)
        )
        yield from related(name_of(cell.quantity), grid, SHEET.line, first=hand.solution.calculation.first)


def _first_entry(finding: Finding, cells: Mapping[str, tuple[HandReference, KeyCell]]) -> str:
    """What the entries of a cell have in common: the name of the first."""
    return cells[finding.name][1].entries[0].name if finding.name in cells else finding.name


def _named(latex: str, finding: Finding) -> Formula:
    """A value behind its name."""
    value = _value(finding)
    return Formula(rf"{latex}\quad {value.latex}", value.width + 10)


def _value(finding: Finding) -> Formula:
    """The beginning of what was given, behind the verdict's mark, both in its colour."""
    given = " ".join((finding.given or "").split())
    text = given if _room(given) <= IN_PLACE else _beginning(given) + "..."
    return Formula(_coloured(finding.verdict, rf"\,\text{{{_typed(text)}}}"), CHARACTER * _room(text) + 1.5)


def _room(text: str) -> int:
    """How many places the text takes; a character that is shown by its number takes five."""
    return sum(1 if character.isascii() else 5 for character in text)


def _beginning(text: str) -> str:
    """As much of it as there is room for in a matrix."""
    end = len(text)
    while _room(text[:end]) > IN_PLACE - 3:
        end -= 1
    return text[:end]


def _notes(section: Section) -> Iterator[str]:
    """What there is to say of each entry that is not simply right."""
    for finding in section.findings:
        is_plain = finding.verdict is Verdict.MISSING or (finding.verdict in RIGHT and not finding.note)
        points_for = "; ".join(filter(None, (awarded(finding), reason(finding.decision))))
        if is_plain and not points_for:
            continue
        told = [rf"{_mark(finding.verdict)} \textbf{{{escaped(finding.name)}}}: {finding.verdict.value}"]
        if points_for:
            told.append(escaped(points_for))
        if finding.verdict is not Verdict.FOLLOW_THROUGH and finding.given:
            more = " ..." if len(finding.given) > MOST_SHOWN else ""
            told.append(f"given {_typed(finding.given[:MOST_SHOWN] + more)}")
            if finding.reading is not Reading.TYPED:
                told.append(f"read at {escaped(str(finding.source))}")
        if finding.expected is not None and finding.verdict not in RIGHT | {Verdict.FOLLOW_THROUGH}:
            told.append(f"expected {_typed(finding.expected)}")
        yield "; ".join(filter(None, (*told, escaped(finding.note)))) + "."


def _mistakes(section: Section, level: str) -> Iterator[str]:
    if looks := first_looks(section.findings, level):
        yield rf"Look first at: {escaped('; '.join(looks))}."
    for mistake in named_mistakes(section.findings, level):
        if mistake.id not in SLIPS:
            yield rf"\textbf{{{escaped(mistake.title)}}}: {escaped(mistake.note)}"


def _mark(verdict: Verdict) -> str:
    return f"${_coloured(verdict)}$"


def _coloured(verdict: Verdict, value: str = "") -> str:
    """The mark, and a value behind it, in the verdict's colour; mathematics."""
    return rf"\textcolor{{{MEANINGS[verdict].colour}}}{{{MARKS[verdict]}{value}}}"


def _typed(text: str) -> str:
    """Text in typewriter type, which may break behind any of its parts."""
    return rf"\texttt{{{escaped(text, breaks=True)}}}"
