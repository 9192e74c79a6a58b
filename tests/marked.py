"""Submissions already checked, made up for the tests of what is written about them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checks.judging.findings import Finding, Section
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.submissions.students import Student


def marked(
    name: str, *verdicts: Verdict, students: Sequence[Student] = (), level: str = "full", worth: object = 1
) -> Checked:
    """A submission with one entry of each verdict: s1[1], s1[2], ..., each worth the same."""
    findings = tuple(
        Finding(f"s1[{number}]", Fraction(str(worth)), verdict=verdict)
        for number, verdict in enumerate(verdicts, start=1)
    )
    return Checked(name, (Section("By hand", findings),), (), level, tuple(students))
