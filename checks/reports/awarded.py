"""What points are given for where that is not the verdict alone: a person's decision, or the assignment's table."""

from __future__ import annotations

from fractions import Fraction

from checks.judging.findings import Decision, Finding
from checks.marking.checked import Checked

BY_A_PERSON = "decided by a person"


def points(number: Fraction) -> str:
    """Points as one writes them: 71, 0.5, 1.33."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def awarded(finding: Finding) -> str:
    """The points of an entry and whom they are from; "" where the verdict alone gives them.

    >>> from checks.judging.verdicts import Verdict
    >>> awarded(Finding("s1[1]", Fraction(2), verdict=Verdict.WRONG, credit=Fraction(1), credit_for="sign-slip"))
    '1 of 2 for sign-slip'
    >>> decision = Decision("", found=Verdict.UNREADABLE)
    >>> awarded(Finding("s1[1]", Fraction(2), verdict=Verdict.CLOSE, decision=decision))
    '2 of 2, decided by a person (unreadable to the program)'
    """
    told = f"{points(finding.points)} of {points(finding.max_points)}"
    if finding.decision:
        found = finding.decision.found
        changed = f" ({found} to the program)" if found and found is not finding.verdict else ""
        return f"{told}, {BY_A_PERSON}{changed}"
    if finding.credit is None:
        return ""
    return f"{told} for {finding.credit_for}" if finding.credit_for else told


def reason(decision: Decision | None) -> str:
    """Why a person decided so; "" where nobody did, or feedback does not tell it."""
    return decision.reason if decision else ""


def whole_awarded(checked: Checked) -> str:
    """A word on a score that a person decided as a whole; mostly nothing."""
    if checked.decision is None:
        return ""
    told = f"{BY_A_PERSON}; its entries give {points(checked.entries_score)}"
    return f"{told}: {checked.decision.reason}" if checked.decision.reason else told


def decided_count(checked: Checked) -> str:
    """How much of a submission a person decided; "" for nothing.

    >>> decided_count(Checked("s001", (), ()))
    ''
    """
    if checked.decision:
        return BY_A_PERSON
    return f"{len(checked.decided)} {BY_A_PERSON}" if checked.decided else ""
