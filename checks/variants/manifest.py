"""The manifest of a class's variants: whose is which, and the digests by which all of it is held together."""

from __future__ import annotations

from collections import Counter

import msgspec

from checks.assignment.assignment_file import AssignmentText
from checks.display import listed
from checks.errors import CallError
from checks.inspection.remark import Counts
from checks.roster.directory import Known
from checks.variants.variant import Variant, Variants

SCHEMA = "backcheck/variants/1"

MOST_STUDENTS = 20_000


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One student in the manifest; `sha256` is the digest of the variant's text."""

    ids: tuple[str, ...]
    emails: tuple[str, ...]
    names: tuple[str, ...]
    squashed: tuple[str, ...]
    folder: str
    token: str
    sha256: str
    counts: dict[str, Counts]
    hidden: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole manifest."""

    schema: str
    assignment: str
    sha256: str
    seed: int
    students: tuple[Listed, ...]


def encoded(variants: Variants, assignment: str) -> bytes:
    """The manifest's text; `assignment` is its id."""
    students = tuple(
        Listed(
            one.known.ids,
            one.known.emails,
            one.known.names,
            one.known.squashed,
            one.folder,
            one.token,
            one.assignment.digest,
            dict(one.counts),
            one.hidden,
        )
        for one in variants.variants
    )
    manifest = Manifest(SCHEMA, assignment, variants.assignment.digest, variants.seed, students)
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def decoded(data: bytes, file: str) -> Manifest:
    """The manifest. Raises `CallError` for anything else, and where two students are one, or have one token."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CallError(f"{file}: not a manifest of variants: {error}") from None
    if manifest.schema != SCHEMA:
        raise CallError(f"{file}: expected the schema {SCHEMA}, not {manifest.schema[:40]!r}")
    if len(manifest.students) > MOST_STUDENTS:
        raise CallError(f"{file}: more than {MOST_STUDENTS} students")
    for kind, told in (
        ("id", [student.ids[0] for student in manifest.students if student.ids]),
        ("folder", [student.folder for student in manifest.students]),
        ("token", [student.token for student in manifest.students]),
    ):
        doubled = [value for value, count in Counter(told).items() if count > 1]
        if doubled:
            raise CallError(f"{file}: more than one student with the {kind} {listed(doubled, 3)}")
    for student in manifest.students:
        if not student.folder or not student.folder.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise CallError(f"{file}: {student.folder[:40]!r} is no name of a folder")
        if student.folder.startswith("."):
            raise CallError(f"{file}: {student.folder[:40]!r} is no name of a folder")
    return manifest


def known_of(student: Listed) -> Known:
    """All that the student is known by."""
    return Known(student.ids, student.emails, student.names, student.squashed)


def as_variant(student: Listed, assignment: AssignmentText) -> Variant:
    """The student's variant, with the text of its file."""
    return Variant(known_of(student), student.folder, student.token, assignment, student.counts, student.hidden)
