"""How much a report tells: marks alone, hints that do not give the answer away, or everything.

Below `full` nothing depends on the key but the verdicts and the mistakes that are named: two keys that judge a sheet
alike are told alike.
"""

from __future__ import annotations

from dataclasses import replace

from checks.judging.findings import Decision, Finding, Reading
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.mistakes.advice import UNTOLD

LOOK_AGAIN = "work out this step again from the problem's numbers; look at its signs, its digits and its place"
"""What is said of every wrong entry that no known mistake explains, however near it is."""

CLOSE = "near enough"


def at_level(checked: Checked, level: str) -> Checked:
    """The same submission with its findings as the level (`marks`, `hint` or `full`) shows them."""
    if level == "full":
        return checked
    shown = _marked if level == "marks" else _hinted
    sections = tuple(
        replace(one, findings=tuple(shown(_claimed(finding)) for finding in one.findings)) for one in checked.sections
    )
    return replace(checked, sections=sections, level=level, decision=_without_reason(checked.decision))


def _claimed(finding: Finding) -> Finding:
    """An answer in p of which it could not be decided whether it is the key looks as one that is not.

    What p must be for that would else be told.
    """
    is_open = finding.in_outputs and finding.verdict is Verdict.UNDECIDED
    return replace(finding, verdict=Verdict.WRONG) if is_open else finding


def _marked(finding: Finding) -> Finding:
    """The verdict and what could not be read; no key, no reason."""
    is_about_reading = finding.verdict is Verdict.UNREADABLE or finding.reading is Reading.TO_CONFIRM
    note = finding.note if is_about_reading else ""
    return _without_key(finding, note=note)


def _hinted(finding: Finding) -> Finding:
    """What kind of mistake it is and where to look; neither the key nor what it could be worked out from."""
    match finding.verdict:
        case Verdict.UNREADABLE | Verdict.UNDECIDED | Verdict.MISSING:
            note = finding.note
        case Verdict.FOLLOW_THROUGH:
            note = finding.hint or finding.note
        case Verdict.CLOSE:
            note = CLOSE if finding.note else ""
        case Verdict.WRONG:
            note = finding.hint or LOOK_AGAIN
        case _:
            note = ""
    if set(finding.mistakes) & UNTOLD:
        return _without_key(finding, note=note)
    return replace(
        _without_key(finding, note=note),
        mistakes=finding.mistakes,
        alternatives=tuple(name for name in finding.alternatives if name not in UNTOLD),
        layer=finding.layer,
        rows=finding.rows,
    )


def _without_key(finding: Finding, note: str) -> Finding:
    return replace(
        finding,
        decision=_without_reason(finding.decision),
        expected=None,
        decimal=None,
        evidence="",
        note=note,
        credit_for="",
        mistakes=(),
        alternatives=(),
        layer=None,
        detail=(),
        deciding="",
        rows=(),
    )


def _without_reason(decision: Decision | None) -> Decision | None:
    """That a person decided is told at every level; why, and what the program had found, in full alone."""
    return replace(decision, reason="", found=None) if decision else None
