"""Which columns of a CSV file tell who a student is: a roster, or what Canvas, Moodle and Gradescope export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checks.roster.directory import Known, composed, squashed

_IDS = (
    "student id", "student number", "student no", "sis user id", "sis id", "id number", "sid", "matriculation number",
    "id", "user id", "net id", "netid", "username", "user name", "login", "login id",
)  # fmt: skip
"""Best first: the university's own number before the platform's."""
_IDENTIFIERS = ("identifier",)
"""Moodle's, `Participant 12345` in any language: the number is an id."""
_EMAILS = ("email", "e mail", "email address", "e mail address", "mail")
_LOGINS = ("sis login id",)
"""An e-mail where there is an @ in it, else one more id."""
_NAMES = ("name", "full name", "student name", "student", "display name")
_FIRST = ("first name", "firstname", "given name", "given names", "forename")
_LAST = ("last name", "lastname", "surname", "family name")

_PARTICIPANT = re.compile(r"\D+ (\d+)")
_FORMULA = re.compile(r'="([^"]*)"')
"""How exports keep a spreadsheet from making a number or a formula of a text: `="007"`."""


@dataclass(frozen=True, slots=True)
class StudentColumns:
    """The places of the columns, from 0; of those of one kind the best first."""

    ids: tuple[int, ...]
    identifiers: tuple[int, ...]
    emails: tuple[int, ...]
    logins: tuple[int, ...]
    names: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]

    @property
    def all(self) -> frozenset[int]:
        """The places of all of them."""
        return frozenset(
            (*self.ids, *self.identifiers, *self.emails, *self.logins, *self.names, *self.first, *self.last)
        )

    @property
    def usable(self) -> bool:
        """Whether a student can be told from another: by an id, an e-mail, or a whole name."""
        return bool(self.all) and (bool(self.all - {*self.first, *self.last}) or bool(self.first and self.last))

    def known(self, fields: Sequence[str]) -> Known:
        """What a row tells of its student."""
        logins = self._told(self.logins, fields)
        participants = [_participant(one) for one in self._told(self.identifiers, fields)]
        names = self._told(self.names, fields)
        squashable = [name for name in names if "," in name or " " not in name]  # `Doe, Jane`, or a single word
        for first, last in zip(self._told(self.first, fields), self._told(self.last, fields), strict=False):
            names += [f"{first} {last}", f"{last}, {first}"]
            squashable.append(f"{last}, {first}")
        return Known(
            ids=tuple(self._told(self.ids, fields) + participants + [one for one in logins if "@" not in one]),
            emails=tuple(self._told(self.emails, fields) + [one for one in logins if "@" in one]),
            names=tuple(names),
            squashed=tuple(squashed(name) for name in squashable),
        )

    @staticmethod
    def _told(columns: Sequence[int], fields: Sequence[str]) -> list[str]:
        cells = (plain_cell(fields[column]) for column in columns if column < len(fields))
        return [cell for cell in cells if cell]


def student_columns(header: Sequence[str]) -> StudentColumns:
    """The columns that a header names, whatever their case, with spaces, underscores or hyphens between the words."""
    titles = [plain_title(title) for title in header]

    def places(wanted: Sequence[str]) -> tuple[int, ...]:
        return tuple(place for one in wanted for place, title in enumerate(titles) if title == one)

    return StudentColumns(*map(places, (_IDS, _IDENTIFIERS, _EMAILS, _LOGINS, _NAMES, _FIRST, _LAST)))


def plain_title(title: str) -> str:
    """A column's title as titles are compared.

    >>> plain_title(" SIS_User-ID ")
    'sis user id'
    """
    return " ".join(re.split(r"[\s_-]+", composed(title).strip().lower()))


def plain_cell(text: str) -> str:
    """What a cell says, also where it is written as a formula: `="007"`.

    >>> plain_cell(' ="007"')
    '007'
    """
    text = text.strip()
    wrapped = _FORMULA.fullmatch(text)
    return wrapped[1].strip() if wrapped else text


def _participant(text: str) -> str:
    match = _PARTICIPANT.fullmatch(text)
    return match[1] if match else text
