"""One decision of a person, as it stands in a file, and what is wrong with one that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.judging.verdicts import RIGHT, Verdict
from checks.overrides.tie import ANY, DIGITS, PREFIX
from exact.networks.rationals import read_rational

KEYS = ("student", "entry", "given", "digest", "points", "verdict", "reason")
"""What an override says."""

INFORMATION = ("found", "place", "worth")
"""What a file to fill in tells besides; it is not read."""

DECIDABLE = tuple(verdict.value for verdict in Verdict if verdict in RIGHT | {Verdict.FOLLOW_THROUGH, Verdict.WRONG})
"""The verdicts that a person can decide."""

MOST_CHARACTERS = 1_000
"""A reason, a name or an entry."""

_DIGEST = re.compile(rf"{PREFIX}[0-9a-f]{{{DIGITS}}}|{ANY}")


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision on an entry, or on a whole submission where `entry` is "".

    `place` is where it stands (`overrides.toml:12`). `student` is a submission's id, or a student's id, e-mail or name.
    It is made of the answer `given`, None where `digest` alone ties it to that. It gives `points` or a `verdict`.
    """

    place: str
    student: str
    entry: str
    given: str | None
    digest: str
    points: Fraction | None
    verdict: Verdict | None
    reason: str

    @property
    def about(self) -> str:
        """Whom and what it is about."""
        return f"{self.student}, {self.entry}" if self.entry else f"{self.student}, the whole submission"


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in a file for one override: its fields, and where they stand."""

    place: str
    values: Mapping[str, object]


def read_overrides(listed: Sequence[Fields], faults: list[str]) -> tuple[list[Override], int]:
    """The overrides, and how many are still without a decision: they have neither points, verdict nor reason.

    What is wrong goes to `faults`, a line each.
    """
    overrides: list[Override] = []
    undecided = 0
    places: dict[tuple[str, str], str] = {}
    for fields in listed:
        if not any(fields.values.get(key) not in (None, "") for key in ("points", "verdict", "reason")):
            undecided += 1
            continue
        found = len(faults)
        override = _Reader(fields, faults).override()
        if len(faults) > found:
            continue
        first = places.setdefault((override.student, override.entry), override.place)
        if first != override.place:
            faults.append(f"{override.place}: {override.about} stands at {first} too; expected one decision")
        overrides.append(override)
    return overrides, undecided


class _Reader:
    """Reads the fields of one override, all its faults at once."""

    def __init__(self, fields: Fields, faults: list[str]) -> None:
        self._fields, self._faults = fields, faults

    def override(self) -> Override:
        for key in self._fields.values:
            if key not in (*KEYS, *INFORMATION):
                self._fault(f"'{key[:40]}' is none of its fields; expected {', '.join(KEYS)}")
        student, entry = self._text("student").strip(), "".join(self._text("entry").split())
        if not student:
            self._fault("no student; expected a submission's id, or a student's id, e-mail or name")
        given = self._text("given") if self._fields.values.get("given") is not None else None
        digest = self._text("digest").strip()
        if digest and not _DIGEST.fullmatch(digest):
            self._fault(f"digest is '{digest[:40]}'; expected {PREFIX} and {DIGITS} digits, or {ANY}")
        if not digest and not (entry and given):
            of = "given, the answer that was decided on, or its digest" if entry else "the digest of what was handed in"
            self._fault(f"nothing ties it to an answer; expected {of} ({ANY}: whatever is handed in)")
        points, verdict = self._points(), self._verdict(entry)
        if points is None and verdict is None and not self._has("points", "verdict"):
            self._fault("no decision; expected points or a verdict")
        if self._has("points") and self._has("verdict"):
            self._fault("points and a verdict; expected one of the two")
        reason = " ".join(self._text("reason").split())
        if not reason:
            self._fault("no reason; expected a sentence")
        return Override(self._fields.place, student, entry, given or None, digest, points, verdict, reason)

    def _has(self, *keys: str) -> bool:
        return any(self._fields.values.get(key) not in (None, "") for key in keys)

    def _points(self) -> Fraction | None:
        if not self._has("points"):
            return None
        try:
            number = read_rational(self._fields.values["points"])
        except ValueError as error:
            self._fault(f"points: {error}")
            return None
        if number < 0:
            self._fault(f"points: expected a number of at least 0, not {number}")
        return number

    def _verdict(self, entry: str) -> Verdict | None:
        if not self._has("verdict"):
            return None
        verdict = self._text("verdict").strip()
        if not entry:
            self._fault("a verdict on a whole submission; expected points")
        elif verdict not in DECIDABLE:
            self._fault(f"verdict is '{verdict[:40]}'; expected one of {', '.join(DECIDABLE)}")
        else:
            return Verdict(verdict)
        return None

    def _text(self, key: str) -> str:
        value = self._fields.values.get(key, "")
        if not isinstance(value, str):
            self._fault(f"{key} is no text; expected it between quotation marks")
            return ""
        if key != "given" and len(value) > MOST_CHARACTERS:
            self._fault(f"{key} has {len(value)} characters; at most {MOST_CHARACTERS} are read")
            return ""
        return value

    def _fault(self, message: str) -> None:
        self._faults.append(f"{self._fields.place}: {message}")
