"""The report for reading: a block for each problem, what is right in a line, what is not with all we know of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.display import NO_BREAK, printable
from checks.judging.explain import ENCLOSED
from checks.judging.findings import Finding, Section, Trouble, cell_of
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking.checked import Checked
from checks.mistakes.advice import SLIPS
from checks.mistakes.first_looks import first_looks
from checks.mistakes.named_mistakes import named_mistakes
from checks.reports.awarded import awarded, decided_count, points, reason, whole_awarded
from checks.reports.console import Console
from checks.reports.read_places import read_places
from checks.reports.values import expected_text, given_text

INDENT = " " * 4
LABEL = " " * 14
"""Where the text begins beside `given`, `expected` and the like."""


def report_text(checked: Checked, console: Console, *, explain: bool = False) -> str:
    """One submission's report, its score last."""
    title = console.plain(printable(heading(checked)))
    lines = [console.bold(title), console.plain("─" * min(len(title), console.width))]
    for section in checked.sections:
        lines += [*_section(section, checked.level, console, explain=explain), ""]
    if troubles := other_troubles(checked):
        lines += [console.bold("In the files"), *troubles_text(troubles, console), ""]
    lines.append(console.bold(f"Score: {points(checked.score)} of {points(checked.max_score)}"))
    if whole := whole_awarded(checked):
        lines.append(console.text(whole[0].upper() + whole[1:], "", INDENT))
    told = [name for section in checked.sections for name in for_a_person(section)]
    if told and not checked.decision:
        lines.append(console.text(f"For a person to look at, with what they are worth: {', '.join(told)}", "", INDENT))
    return "\n".join(lines)


def other_troubles(checked: Checked) -> list[Trouble]:
    """The faults of the files that no entry shows."""
    shown = [finding.trouble for finding in checked.findings]
    return [trouble for trouble in checked.troubles if trouble not in shown]


def for_a_person(section: Section) -> list[str]:
    """The entries that the program cannot settle, whole cells by the cell's name, with their points."""
    listed = [finding for finding in section.findings if finding.needs_person]
    told = []
    for name in entry_names(section, listed):
        worth = (f.max_points for f in listed if f.name == name or f.name.startswith(f"{name}["))
        told.append(f"{name} ({points(sum(worth, Fraction(0)))})")
    return told


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """What the summary says of one submission."""

    heading: str
    score: Fraction
    max_score: Fraction
    counts: tuple[tuple[Verdict, int], ...]
    decided: str = ""

    @classmethod
    def of(cls, checked: Checked) -> SummaryLine:
        """The line for one submission: score, and how many entries of each verdict that is not right."""
        told = tuple((verdict, count) for verdict, count in checked.counts.items() if count and verdict not in RIGHT)
        return cls(heading(checked), checked.score, checked.max_score, told, decided_count(checked))


def heading(checked: Checked) -> str:
    """Whose submission it is: its students where the platform or the roster names them, else its id.

    >>> from checks.submissions.students import Student
    >>> heading(Checked("submission_7", (), (), students=(Student("007", "Ann Doe"),)))
    'Ann Doe (007)'
    """
    return ", ".join(map(str, checked.students)) or checked.id


def summary_text(lines: Sequence[SummaryLine], console: Console, source: str = "") -> str:
    """A line for each submission; the first says what they came in, or how many there are."""
    width = max(len(printable(one.heading)) for one in lines)
    told = [console.bold(console.plain(source or f"{len(lines)} submissions"))]
    for one in lines:
        counts = ", ".join(f"{count} {verdict}" for verdict, count in one.counts) or "all right"
        counts += f"; {one.decided}" if one.decided else ""
        name = printable(one.heading).replace(" ", NO_BREAK)
        score = f"{points(one.score):>6} of {points(one.max_score)}".replace(" ", NO_BREAK)
        line = console.text(f"{name:{NO_BREAK}<{width}} {score} {counts}", "  ", INDENT * 2)
        told.append(line.replace(NO_BREAK, " "))
    return "\n".join(told)


def _section(section: Section, level: str, console: Console, *, explain: bool) -> Iterator[str]:
    score = f"{points(section.score)} of {points(section.max_score)}"
    yield console.bold(f"{section.title:<{min(64, console.width - len(score) - 1)}} {score}")
    yield from findings_text(section, level, console, explain=explain)


def findings_text(section: Section, level: str, console: Console, *, explain: bool = False) -> Iterator[str]:
    """The lines on a section's findings: what is right in one, what is not with all that the level tells of it."""
    usual = [finding for finding in section.findings if not finding.decision and finding.credit is None]
    right = [finding for finding in usual if finding.verdict in RIGHT]
    missing = [finding for finding in usual if finding.verdict is Verdict.MISSING]
    if right:
        yield _marked(Verdict.EXACT, f"right: {' '.join(entry_names(section, right))}", console)
    for finding in right:
        why = "; ".join(filter(None, (finding.note, finding.evidence if explain else "")))
        if why:
            yield _marked(
                finding.verdict, f"{finding.name}: {given_text(finding)} is {finding.verdict}; {why}", console
            )
    if missing:
        yield _marked(Verdict.MISSING, f"missing: {' '.join(entry_names(section, missing))}", console)
    told = {finding.name for finding in (*right, *missing)}
    shown = [finding for finding in section.findings if finding.name not in told]
    for group in alike(shown):
        yield from _not_right(section, group, console, explain=explain)
    if looks := first_looks(section.findings, level):
        yield console.text(f"look first at: {'; '.join(looks)}", "  ", INDENT)
    for mistake in named_mistakes(section.findings, level):
        if mistake.id not in SLIPS:
            cells = dict.fromkeys(cell_of(name) for name in mistake.entries)
            yield console.text(f"{mistake.title} ({' '.join(cells)}): {mistake.note}", "  ", INDENT)
    if read := read_places(section.findings):
        told_places = ", ".join(f"{one.names} {one.place}" for one in read)
        yield console.text(f"read from: {told_places}", INDENT, LABEL)
    keys = [one for one in shown if one.expected and one.verdict is not Verdict.FOLLOW_THROUGH]
    if any("p_" in (one.expected or "") for one in keys):
        yield console.text(f"p_1, p_2, ... are {section.outputs}.", "  ", "  ")
    if enclosed := [one for one in keys if one.name in section.enclosed]:
        yield console.text(f"The key of {' '.join(entry_names(section, enclosed))} is {ENCLOSED}.", "  ", "  ")


def alike(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings that one thing explains, together: the same trouble in one line, or the same reason to be undecided."""

    def cause(finding: Finding) -> object:
        if awarded(finding):
            return finding
        if finding.trouble:
            return finding.trouble.place.rpartition(":")[0], finding.note
        if finding.verdict is Verdict.FOLLOW_THROUGH or (finding.mistakes and not SLIPS & set(finding.mistakes)):
            return cell_of(finding.name), finding.note
        return finding.note if finding.verdict is Verdict.UNDECIDED else finding

    return (list(group) for _, group in itertools.groupby(findings, key=cause))


def _not_right(section: Section, group: list[Finding], console: Console, *, explain: bool) -> Iterator[str]:
    first = group[0]
    names = " ".join(entry_names(section, group))
    worth = sum((finding.max_points for finding in group), Fraction(0))
    excluded = "" if first.is_counted else f" ({points(worth)} not counted)"
    if told := awarded(first):
        yield _marked(first.verdict, f"{names}: {first.verdict}, {told}", console)
        if why := reason(first.decision):
            yield _row("reason", why, console)
    elif first.verdict is Verdict.FOLLOW_THROUGH:
        yield _marked(first.verdict, f"{names}: {first.verdict}, {first.note}", console)
        return
    else:
        yield _marked(first.verdict, f"{names}: {first.verdict}{excluded}", console)
    if first.trouble:
        yield from _excerpt(first.trouble, "read", console)
    elif (not first.mistakes or len(group) == 1) and first.given:
        yield _row("given", given_text(first), console)
    if first.mistakes and len(group) > 1:
        yield from _side_by_side(group, console)
    else:
        for finding in group:
            is_told = finding.given is not None or finding.verdict is not Verdict.UNDECIDED
            if finding.expected is not None and finding.verdict not in RIGHT and is_told:
                told = expected_text(finding)
                about = f"{finding.name} {'' if told.startswith('≈') else '= '}" if len(group) > 1 else ""
                yield _row("expected" if finding is first else "", about + told, console)
    if first.note:
        yield _row("why", first.note, console)
    for finding in group if explain else ():
        if finding.evidence:
            yield _row("proof", finding.evidence, console)


def _side_by_side(group: list[Finding], console: Console) -> Iterator[str]:
    """What was given for each entry, and what was expected."""
    for finding in group:
        expected = "" if finding.expected is None else f", expected {expected_text(finding)}"
        label = "given" if finding is group[0] else ""
        yield _row(label, f"{finding.name} = {given_text(finding)}{expected}", console)


def troubles_text(troubles: list[Trouble], console: Console) -> Iterator[str]:
    """The lines on faults of the files, in order of their place."""
    for trouble in sorted(troubles, key=lambda trouble: (trouble.file, trouble.line or 0)):
        yield console.text(f"{trouble.place}: {trouble.message}", "  ", INDENT)
        for line in trouble.excerpt(console.width - 10) or ():
            yield INDENT * 2 + console.plain(line)


def _excerpt(trouble: Trouble, label: str, console: Console) -> Iterator[str]:
    """The place, and the line there with its caret."""
    yield _row(label, trouble.place, console)
    for line in trouble.excerpt(console.width - len(LABEL)) or ():
        yield LABEL + console.plain(line)


def _row(label: str, text: str, console: Console) -> str:
    return console.text(text, f"{INDENT}{label:<10}", LABEL)


def _marked(verdict: Verdict, text: str, console: Console) -> str:
    """The text behind the verdict's mark; up to the first colon in its colour."""
    head, colon, rest = console.text(text, INDENT).removeprefix(INDENT).partition(":")
    return f"  {console.mark(verdict)} {console.verdict(verdict, head + colon)}{rest}"


def entry_names(section: Section, chosen: list[Finding]) -> list[str]:
    """The names of entries, whole cells by the cell's name: `s1 a1 W3_new[1,1] ...`."""
    told: list[str] = []
    wanted = {finding.name for finding in chosen}
    for cell, entries in itertools.groupby(section.findings, key=lambda finding: cell_of(finding.name)):
        members = list(entries)
        found = [finding.name for finding in members if finding.name in wanted]
        told += [cell] if len(found) == len(members) else found
    return told
