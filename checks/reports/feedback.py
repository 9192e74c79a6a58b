"""How much a report tells: marks alone, hints that do not give the answer away, or everything."""

from __future__ import annotations

from dataclasses import replace

from checks.judging.findings import Finding, Reading
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.mistakes.advice import SLIPS

LOOK_AGAIN = "work this step out again"
CLOSE = "near enough"


def at_level(checked: Checked, level: str) -> Checked:
    """The same submission with its findings as the level (`marks`, `hint` or `full`) shows them."""
    if level == "full":
        return checked
    shown = _marked if level == "marks" else _hinted
    sections = tuple(replace(one, findings=tuple(map(shown, one.findings))) for one in checked.sections)
    return replace(checked, sections=sections, level=level)


def _marked(finding: Finding) -> Finding:
    """The verdict and what could not be read; no key, no reason."""
    is_about_reading = finding.verdict is Verdict.UNREADABLE or finding.reading is Reading.TO_CONFIRM
    note = finding.note if is_about_reading else ""
    return _without_key(finding, note=note)


def _hinted(finding: Finding) -> Finding:
    """What kind of mistake it is and where to look; neither the key nor what it could be worked out from."""
    match finding.verdict:
        case Verdict.UNREADABLE | Verdict.UNDECIDED | Verdict.FOLLOW_THROUGH | Verdict.MISSING:
            note = finding.note
        case Verdict.CLOSE:
            note = CLOSE if finding.note else ""
        case Verdict.WRONG:
            note = finding.hint or LOOK_AGAIN
        case _:
            note = ""
    if set(finding.mistakes) & SLIPS:
        return _without_key(finding, note=note)
    return replace(
        _without_key(finding, note=note),
        mistakes=finding.mistakes,
        alternatives=finding.alternatives,
        layer=finding.layer,
        rows=finding.rows,
    )


def _without_key(finding: Finding, note: str) -> Finding:
    return replace(
        finding,
        expected=None,
        decimal=None,
        evidence="",
        note=note,
        mistakes=(),
        alternatives=(),
        layer=None,
        deciding="",
        rows=(),
    )
