"""The points of entries by the assignment's table of partial credit; what a person decided is not touched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from checks.assignment.assignment import Assignment
from checks.assignment.partial_credit import PartialCredit
from checks.judging.findings import Finding, Section, cell_of
from checks.judging.verdicts import Verdict

UNANSWERED = frozenset({Verdict.MISSING, Verdict.UNREADABLE})
"""The verdicts of entries that lose their points whatever is the most that a cell may lose."""


def partial_credits(assignment: Assignment) -> tuple[PartialCredit, ...]:
    """The tables of an assignment's problems, in the order of a report's sections."""
    return (*((assignment.mnist.credit,) if assignment.mnist else ()), *(part.credit for part in assignment.hand_parts))


def credited(section: Section, table: PartialCredit) -> Section:
    """The section with the points that the table gives; the same again if it is done again."""
    if table.is_usual:
        return section
    lost: defaultdict[str, Fraction] = defaultdict(Fraction)
    findings = []
    for finding in section.findings:
        plain = _by_table(replace(finding, credit=None, credit_for=""), table)
        cell = cell_of(finding.name)
        most = table.at_most_lost.get(cell)
        if most is not None and plain.decided_points is None and plain.verdict not in UNANSWERED:
            loss = plain.counted - plain.points
            if lost[cell] + loss > most:
                plain = replace(
                    plain, credit=plain.points + lost[cell] + loss - most, credit_for=f"at most {most} lost in {cell}"
                )
                loss = most - lost[cell]
            lost[cell] += loss
        findings.append(plain)
    return replace(section, findings=tuple(findings))


def _by_table(finding: Finding, table: PartialCredit) -> Finding:
    """The finding with the share of its verdict, or of its mistake where it is wrong."""
    by_verdict = table.shares.get(finding.verdict.value)
    shares = [] if by_verdict is None else [(by_verdict, finding.verdict.value)]
    if finding.verdict is Verdict.WRONG and {*finding.mistakes, *finding.alternatives} & {*table.shares}:
        shares = [_of_mistakes(finding, table, by_verdict or Fraction(0))]
    if not finding.is_counted or not shares:
        return finding
    share, name = shares[0]
    return replace(finding, credit=share * finding.max_points, credit_for=name)


def _of_mistakes(finding: Finding, table: PartialCredit, usual: Fraction) -> tuple[Fraction, str]:
    """The share of a wrong entry, and the mistake that it is given for.

    Of mistakes made together the least share counts; where another explains the same, the better one.
    """
    made = min((table.shares.get(name, usual), name) for name in finding.mistakes)
    return max([made, *((table.shares[name], name) for name in finding.alternatives if name in table.shares)])
