"""decisions.json: what a person said of readings that were to be confirmed; saved by the page that `read` writes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from checks.display import listed
from checks.errors import CallError
from checks.submissions.contents import Confirmation, Material

SCHEMA = "backcheck/decisions/1"
MAX_BYTES = 64 * 2**20


class _Row(msgspec.Struct):
    submission: str
    file: str
    document: str
    entry: str
    value: str | None


class _Content(msgspec.Struct):
    schema: str
    decisions: list[_Row]


@dataclass
class Decisions:
    """The decisions of a file, by submission. Which of them were used is noted, so that the others can be told."""

    path: Path | None = None
    by_submission: dict[str, list[Confirmation]] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def about(self, submission: str, material: Material) -> Material:
        """The material with the decisions on just these documents; those on others are counted."""
        decisions = self.by_submission.get(submission, [])
        if not decisions:
            return material
        self.seen.add(submission)
        digests = set(material.digests().values())
        own = tuple(one for one in decisions if one.document in digests)
        if len(own) < len(decisions):
            self.stale[submission] = len(decisions) - len(own)
        return replace(material, decisions=own)

    def notices(self) -> list[str]:
        """What is to be said of decisions that were not used."""
        told = [
            f"{self.path}: {count} decisions on {submission} are about another document than is handed in; not used"
            for submission, count in self.stale.items()
        ]
        strangers = [one for one in self.by_submission if one not in self.seen]
        if strangers:
            told.append(f"{self.path}: decisions on submissions that are not here: {listed(strangers)}")
        return told


def load_decisions(path: Path) -> Decisions:
    """The decisions of a file. Raises `CallError` for a file that holds none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CallError(f"{path}: at most {MAX_BYTES} bytes are read")
        content = msgspec.json.decode(path.read_bytes(), type=_Content)
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise CallError(f"{path}: not decisions as the page of `backcheck read` saves them: {error}") from None
    if content.schema != SCHEMA:
        raise CallError(f"{path}: expected the schema {SCHEMA}, not {content.schema[:60]!r}")
    decisions = Decisions(path)
    for row in content.decisions:
        one = Confirmation(row.entry, row.value, row.document, row.file)
        decisions.by_submission.setdefault(row.submission, []).append(one)
    return decisions
