"""The page of one submission: every value with its verdict in place, and all that there is to say of it below.

It holds what the level of feedback tells and no more, needs nothing beside it, and runs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from markupsafe import Markup

from checks.hand.key import HandReference
from checks.judging.findings import Finding, Section, Trouble, cell_of
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking.checked import Checked
from checks.marking.reference import Reference
from checks.mistakes.advice import SLIPS, advice
from checks.mistakes.first_looks import first_looks
from checks.mistakes.named_mistakes import NamedMistake, named_mistakes
from checks.reports.awarded import whole_awarded
from checks.reports.pages.digit_images import Digit, DigitImages
from checks.reports.pages.key_formulas import KeyFormulas
from checks.reports.pages.page_template import filled_in
from checks.reports.pages.sheet_tables import Placed, SheetTable, beginning, sheet_tables
from checks.reports.read_places import read_places
from checks.reports.report_text import alike, entry_names, other_troubles
from checks.reports.titled import has_picture, titled
from checks.reports.values import expected_text, given_text

IN_A_ROW = 48
"""Columns of a value that are shown in the table of items."""

LINE = 44
"""Columns of a line of a student's file that are shown: as many as half a printed page holds."""

LEVELS = {
    "marks": "This page tells the verdicts and the marks alone.",
    "hint": "This page names mistakes and says where to look; the key is not on it.",
    "full": "",
}
"""What a page says of itself, by the level of feedback."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of entries that one thing explains: `names` of them, each with the key where it is told."""

    names: str
    findings: tuple[Finding, ...]
    keys: Mapping[str, Markup | str]
    trouble: Trouble | None

    @property
    def first(self) -> Finding:
        """The entry that stands for all in what they have in common."""
        return self.findings[0]

    @property
    def worth(self) -> Fraction:
        """What the entries are worth together."""
        return sum((finding.max_points for finding in self.findings), Fraction(0))

    @property
    def is_uncounted(self) -> bool:
        """Whether the entries are left out of score and maximum."""
        return not self.first.is_counted

    @property
    def proofs(self) -> list[Finding]:
        """The entries whose verdict comes with its proof."""
        return [finding for finding in self.findings if finding.evidence]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its score, its items or its tables, and what there is to say below them."""

    title: str
    score: Fraction
    max_score: Fraction
    items: tuple[Placed, ...]
    tables: tuple[SheetTable, ...]
    keys: Mapping[str, Markup | str]
    notes: tuple[Note, ...]
    mistakes: tuple[tuple[NamedMistake, str, str], ...]
    digits: tuple[tuple[str, tuple[Digit, ...]], ...]
    outputs: str
    looks: tuple[str, ...]
    picture: Markup = field(default_factory=Markup)


class StudentPages:
    """Writes the pages of an assignment's submissions."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._formulas = KeyFormulas(reference)
        self._digits = DigitImages(reference.mnist)
        self._pictures: dict[tuple[str, frozenset[str]], Markup] = {}
        self._hands = {
            entry.name: hand for hand in reference.hand_parts for cell in hand.cells for entry in cell.entries
        }

    def page(self, checked: Checked) -> str:
        """The whole page, as the submission's level tells it."""
        return filled_in(
            "student_page.html.jinja",
            assignment=self._reference.assignment.title,
            notice=self._reference.notice,
            level=LEVELS[checked.level],
            whole=whole_awarded(checked),
            checked=checked,
            counts=[(verdict, count) for verdict, count in checked.counts.items() if count],
            problems=[self._problem(section, checked.level) for section in checked.sections],
            troubles=other_troubles(checked),
            excerpt=excerpt,
            given=given_text,
            places=read_places(checked.findings),
        )

    def _problem(self, section: Section, level: str) -> Problem:
        findings = section.findings
        hand = self._hands.get(findings[0].name) if findings else None
        keys = {finding.name: key for finding in findings if (key := self._key(finding))}
        mistakes = [one for one in named_mistakes(findings, level) if one.id not in SLIPS]
        return Problem(
            section.title,
            section.score,
            section.max_score,
            () if hand else tuple(Placed(one, beginning(one.given or "", IN_A_ROW)) for one in findings),
            tuple(sheet_tables(hand, findings)) if hand else (),
            keys,
            tuple(_notes(section, keys)),
            tuple((one, advice()[one.id].title, " ".join(cells_of(one))) for one in mistakes),
            self._wrong_rows(findings, level),
            section.outputs if any("p_" in (one.expected or "") for one in findings if one.name in keys) else "",
            tuple(first_looks(findings, level)),
            self._picture(hand, findings, keys, level) if hand and has_picture(hand) else Markup(),
        )

    def _key(self, finding: Finding) -> Markup | str:
        """The key of an entry that is not right, where it is told."""
        if finding.expected is None or finding.verdict in RIGHT | {Verdict.MISSING}:
            return ""
        return self._formulas.of(finding.name) or expected_text(finding)

    def _picture(
        self, hand: HandReference, findings: Sequence[Finding], keys: Mapping[str, Markup | str], level: str
    ) -> Markup:
        """The calculation as it is drawn, with the numbers that are right or told, where everything is; else without.

        Drawn once for all pages that show the same numbers.
        """
        told = {finding.name for finding in findings if finding.verdict in RIGHT or finding.name in keys}
        whole = (cell for cell in hand.cells if cell.is_whole and all(entry.name in told for entry in cell.entries))
        known = frozenset(cell.quantity.name for cell in whole) if level == "full" else frozenset()
        drawn = hand.part.prefix, known
        if drawn not in self._pictures:
            one = titled(hand)
            self._pictures[drawn] = Markup(one.picture(one, "svg", known))  # noqa: S704  names in it are escaped
        return self._pictures[drawn]

    def _wrong_rows(self, findings: Sequence[Finding], level: str) -> tuple[tuple[str, tuple[Digit, ...]], ...]:
        """The images of the first wrong rows, under the names of the items that are wrong there."""
        names: dict[tuple[int, ...], list[str]] = {}
        for finding in findings:
            if finding.rows:
                names.setdefault(finding.rows, []).append(finding.name)
        drawn = {", ".join(said): self._digits.of(rows, with_labels=level == "full") for rows, said in names.items()}
        return tuple((said, digits) for said, digits in drawn.items() if digits)


def cells_of(mistake: NamedMistake) -> list[str]:
    """The cells that show the mistake."""
    return list(dict.fromkeys(cell_of(name) for name in mistake.entries))


def excerpt(trouble: Trouble) -> tuple[str, str] | None:
    """The line that a trouble is about, and a caret under its place."""
    return trouble.excerpt(LINE)


def _notes(section: Section, keys: Mapping[str, Markup | str]) -> list[Note]:
    """What there is to say of each entry, those that one thing explains together; nothing of what is simply right."""
    told = [one for one in section.findings if one.note or one.evidence or not _is_plain(one)]
    return [
        Note(
            " ".join(entry_names(section, group)),
            tuple(group),
            {finding.name: keys[finding.name] for finding in group if finding.name in keys},
            group[0].trouble,
        )
        for group in alike(told)
    ]


def _is_plain(finding: Finding) -> bool:
    is_usual = finding.decision is None and finding.credit is None
    return is_usual and finding.verdict in RIGHT | {Verdict.MISSING}
