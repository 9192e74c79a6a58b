"""The report for reading: a block for each problem, what is right in a line, what is not with all we know of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checks.console import Console
from checks.explain import short_decimal
from checks.findings import Checked, Finding, Section, Trouble, printable
from checks.verdicts import MEANINGS, RIGHT, Verdict

INDENT = " " * 4
LABEL = " " * 14
"""Where the text begins beside `given`, `expected` and the like."""

MOST_SHOWN = 400
"""Characters of a student's value that are shown."""


def report_text(checked: Checked, console: Console, *, explain: bool = False) -> str:
    """One submission's report, its score last."""
    title = console.plain(printable(checked.id))
    lines = [console.bold(title), console.plain("─" * min(len(title), console.width))]
    for section in checked.sections:
        lines += [*_section(section, console, explain=explain), ""]
    shown = [finding.trouble for finding in checked.findings]
    troubles = [trouble for trouble in checked.troubles if trouble not in shown]
    if troubles:
        lines += [console.bold("In the files"), *_troubles(troubles, console), ""]
    lines.append(console.bold(f"Score: {points(checked.score)} of {points(checked.max_score)}"))
    listed = [finding for finding in checked.findings if MEANINGS[finding.verdict].needs_person]
    if listed:
        told = ", ".join(f"{finding.name} ({points(finding.max_points)})" for finding in listed)
        lines.append(console.text(f"For a person to look at, with what they are worth: {told}", "", INDENT))
    return "\n".join(lines)


def summary_text(checked: list[Checked], console: Console) -> str:
    """A line for each submission: score, and how many entries of each verdict that is not right."""
    width = min(max(len(one.id) for one in checked), max(12, console.width - 45))
    lines = [console.bold(f"{len(checked)} submissions")]
    for one in checked:
        kinds = [(v, sum(f.verdict is v for f in one.findings)) for v in Verdict if v not in RIGHT]
        told = ", ".join(f"{count} {verdict}" for verdict, count in kinds if count) or "all right"
        name = one.id if len(one.id) <= width else one.id[: width - 3] + "..."
        score = f"{points(one.score):>6} of {points(one.max_score)}"
        lines.append(console.text(f"{name:<{width}}  {score}  {told}", "  ", INDENT * 2))
    return "\n".join(lines)


def points(number: Fraction) -> str:
    """Points as one writes them: 71, 0.5, 1.33."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _section(section: Section, console: Console, *, explain: bool) -> Iterator[str]:
    reached = sum((finding.points for finding in section.findings), Fraction(0))
    most = sum((finding.counted for finding in section.findings), Fraction(0))
    score = f"{points(reached)} of {points(most)}"
    yield console.bold(f"{section.title:<{min(64, console.width - len(score) - 1)}} {score}")
    right = [finding for finding in section.findings if finding.verdict in RIGHT]
    missing = [finding for finding in section.findings if finding.verdict is Verdict.MISSING]
    if right:
        yield _marked(Verdict.EXACT, f"right: {_names(section, right)}", console)
    for finding in right:
        if explain or finding.note:
            why = finding.evidence if explain else finding.note
            yield _marked(finding.verdict, f"{finding.name}: {_given(finding)} is {finding.verdict}; {why}", console)
    if missing:
        yield _marked(Verdict.MISSING, f"missing: {_names(section, missing)}", console)
    told = RIGHT | {Verdict.MISSING}
    for group in _groups(finding for finding in section.findings if finding.verdict not in told):
        yield from _not_right(group, console, explain=explain)


def _groups(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings that one thing explains, together: the same trouble, or the same word on why it is undecided."""
    groups = itertools.groupby(findings, key=lambda f: f.trouble or (f.note if f.verdict is Verdict.UNDECIDED else f))
    return (list(group) for _, group in groups)


def _not_right(group: list[Finding], console: Console, *, explain: bool) -> Iterator[str]:
    first = group[0]
    names = " ".join(finding.name for finding in group)
    worth = sum((finding.max_points for finding in group), Fraction(0))
    excluded = f" ({points(worth)} not counted)" if MEANINGS[first.verdict].credit == "excluded" else ""
    yield _marked(first.verdict, f"{names}: {first.verdict}{excluded}", console)
    if first.trouble:
        yield from _excerpt(first.trouble, "read", console)
    else:
        yield _row("given", _given(first), console)
    for finding in group:
        if finding.expected is not None:
            yield _row("expected" if finding is first else "", _expected(finding), console)
    yield _row("why", first.note, console)
    if explain and first.evidence:
        yield _row("proof", first.evidence, console)


def _troubles(troubles: list[Trouble], console: Console) -> Iterator[str]:
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


def _given(finding: Finding) -> str:
    given = finding.given or ""
    return given if len(given) <= MOST_SHOWN else given[:MOST_SHOWN] + " ..."


def _expected(finding: Finding) -> str:
    if finding.decimal is None or finding.decimal == finding.expected or finding.decimal.startswith("["):
        return finding.expected or ""
    return f"{finding.expected} {short_decimal(finding.decimal)}"


def _names(section: Section, chosen: list[Finding]) -> str:
    """The names of entries, whole cells by the cell's name: `s1 a1 W3_new[1,1] ...`."""
    told: list[str] = []
    wanted = {finding.name for finding in chosen}
    for cell, entries in itertools.groupby(section.findings, key=lambda finding: finding.name.partition("[")[0]):
        members = list(entries)
        found = [finding.name for finding in members if finding.name in wanted]
        told += [cell] if len(found) == len(members) else found
    return " ".join(told)
