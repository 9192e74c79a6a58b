"""Applies overrides to what was found: to the answers that they were made of, and to no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checks.assignment.partial_credit import PartialCredit
from checks.judging.findings import Decision, Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking.checked import Checked
from checks.marking.class_notes import OverrideNotes
from checks.marking.credit import credited
from checks.overrides.override import Override
from checks.overrides.overrides_file import ReadOverrides
from checks.overrides.tie import ANY, digest_of_entry, digest_of_files, plain, spelled, tells_its_answer
from checks.roster.directory import composed
from checks.submissions.submission import Submission


@dataclass(frozen=True, slots=True)
class Unfit:
    """An override that fits nothing any more, and so was not applied."""

    override: Override
    why: str

    def __str__(self) -> str:
        return f"{self.override.place}: {self.override.about}: {self.why}; not applied"


class Overrides:
    """The overrides of a run, by submission; `unfit` grows as submissions go by, `applied` counts the others."""

    def __init__(
        self, read: ReadOverrides, submissions: Sequence[Submission], credits_: Sequence[PartialCredit]
    ) -> None:
        self.unfit: list[Unfit] = []
        self.applied = 0
        self._undecided = read.undecided
        self._credits = credits_
        self._of: dict[str, list[Override]] = {}
        by_name = _by_name(submissions)
        for override in read.overrides:
            found = by_name.get(_name(override.student), ())
            if len(found) == 1:
                self._claim(next(iter(found)), override)
            elif found:
                several = ", ".join(sorted(found)[:3])
                self._tell(override, f"may be any of several submissions ({several})")
            else:
                self._tell(override, "no submission of that id, student, e-mail or name")

    def _claim(self, submission: str, override: Override) -> None:
        """Notes whose it is; a second one on the same entry, under another name of the same student, is not applied."""
        own = self._of.setdefault(submission, [])
        if first := next((one for one in own if one.entry == override.entry), None):
            self._tell(override, f"decided at {first.place} too, for {first.student}, which is the same submission")
        else:
            own.append(override)

    def apply(self, checked: Checked) -> Checked:
        """The submission with what a person decided of it."""
        own = self._of.get(checked.id, ())
        by_entry = {override.entry: override for override in own if override.entry}
        names = {finding.name for finding in checked.findings}
        for name, override in by_entry.items():
            if name not in names:
                self._tell(override, "no such entry")
        sections = []
        for place, section in enumerate(checked.sections):
            findings = [self._decided(finding, by_entry.get(finding.name), checked) for finding in section.findings]
            changed = replace(section, findings=tuple(findings))
            is_touched = any(finding.decision for finding in findings)
            sections.append(credited(changed, self._credits[place]) if is_touched else section)
        checked = replace(checked, sections=tuple(sections))
        return self._whole(checked, next((override for override in own if not override.entry), None))

    def notes(self) -> OverrideNotes:
        """What became of all of them, once every submission has gone by."""
        return OverrideNotes(self.applied, self._undecided, tuple(map(str, self.unfit)))

    def _decided(self, finding: Finding, override: Override | None, checked: Checked) -> Finding:
        if override is None:
            return finding
        if why := _misfit(override, finding, checked):
            self._tell(override, why)
            return finding
        self.applied += 1
        decision = Decision(override.reason, override.points, finding.verdict)
        return _with_verdict(replace(finding, decision=decision), override.verdict)

    def _whole(self, checked: Checked, override: Override | None) -> Checked:
        if override is None:
            return checked
        if override.digest not in (ANY, digest_of_files(checked.files)):
            self._tell(override, "other files were handed in since")
        elif override.points is None or override.points > checked.worth:
            self._tell(override, f"{override.points} points of at most {checked.worth}")
        else:
            self.applied += 1
            return replace(checked, decision=Decision(override.reason, override.points))
        return checked

    def _tell(self, override: Override, why: str) -> None:
        self.unfit.append(Unfit(override, why))


def _misfit(override: Override, finding: Finding, checked: Checked) -> str:
    """Why the override does not fit the entry, "" where it does."""
    if override.points is not None and override.points > finding.max_points:
        return f"{override.points} points of at most {finding.max_points}"
    if override.digest == ANY:
        return ""
    if override.digest:
        same = override.digest == digest_of_entry(finding, checked.files)
    elif not tells_its_answer(finding):
        if finding.verdict is Verdict.MISSING:
            return "nothing is given for it now"
        return f"its text does not tell it from others; expected the digest {digest_of_entry(finding, checked.files)}"
    else:
        told, found = plain(override.given or ""), plain(finding.given or "")
        same = found in (told, told.removeprefix("'"))
    return "" if same else "another answer was handed in since"


def _with_verdict(finding: Finding, verdict: Verdict | None) -> Finding:
    """The finding with a verdict that was decided; what the program said of another one goes."""
    if verdict is None or verdict is finding.verdict:
        return finding
    plainer = replace(finding, verdict=verdict, note="", evidence="", deciding="", hint="", rows=())
    if verdict in RIGHT | {Verdict.FOLLOW_THROUGH} or finding.verdict is not Verdict.WRONG:
        plainer = replace(plainer, mistakes=(), alternatives=(), layer=None)
    return plainer


def _by_name(submissions: Sequence[Submission]) -> Mapping[str, set[str]]:
    """The ids of the submissions that go by each name: their own ids, and the ids, e-mails and names of students."""
    found: dict[str, set[str]] = {}
    for submission in submissions:
        own = {submission.id}
        for student in submission.students:
            own |= {student.id, student.email, student.name}
        for name in {_name(form) for told in own - {""} for form in (told, spelled(told))}:
            found.setdefault(name, set()).add(submission.id)
    return found


def _name(text: str) -> str:
    """A name as names are compared: composed accents, single spaces, and e-mails whatever their case."""
    name = " ".join(composed(text).split())
    return name.casefold() if "@" in name else name
