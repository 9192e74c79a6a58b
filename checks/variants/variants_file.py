"""The folder of a class's variants.

manifest.json                 whose is which, with a random token each: for staff alone
assignment.toml               what they were made from
variants/FOLDER.toml          each student's assignment, as every command takes it: for staff alone
handouts/FOLDER/              what each student is given: worksheet.tex (.pdf), answers.txt
"""

from __future__ import annotations

import os
from pathlib import Path

from checks.assignment.assignment_file import AssignmentText
from checks.errors import CallError
from checks.roster.roster import Roster
from checks.variants.manifest import Manifest, as_variant, decoded, encoded
from checks.variants.variant import Variants

MANIFEST, ASSIGNMENT, TEXTS, HANDOUTS = "manifest.json", "assignment.toml", "variants", "handouts"

MOST_BYTES = 64 * 2**20


def load_variants(folder: Path) -> Variants:
    """The variants in the folder, each held to its digest in the manifest. Raises `CallError`."""
    manifest = _manifest(folder)
    assignment = _text(folder / ASSIGNMENT, manifest.sha256, f"{folder / MANIFEST} was made from another assignment")
    variants = tuple(
        as_variant(
            one,
            _text(folder / TEXTS / f"{one.folder}.toml", one.sha256, "it was changed since the variants were made"),
        )
        for one in manifest.students
    )
    return Variants(assignment, manifest.seed, variants)


def refuse_another(variants: Variants, folder: Path, assignment: AssignmentText) -> None:
    """Raises `CallError` where the variants were made from another assignment than this one."""
    if assignment.digest != variants.assignment.digest:
        raise CallError(
            f"{folder / MANIFEST} was made from another assignment than {assignment.path}; "
            "expected the very file that the variants were made from"
        )


def roster_of(variants: Variants, folder: Path) -> Roster:
    """The students of the variants, as a roster."""
    return Roster(str(folder / MANIFEST), tuple(one.known for one in variants.variants))


def has_manifest(folder: Path) -> bool:
    """Whether there are variants in the folder already."""
    return (folder / MANIFEST).exists()


def save_variants(variants: Variants, folder: Path, assignment_id: str) -> None:
    """Writes all but the handouts, the manifest last and at once. Raises `OSError`."""
    (folder / TEXTS).mkdir(parents=True, exist_ok=True)
    (folder / ASSIGNMENT).write_text(variants.assignment.text, encoding="utf-8", newline="")
    for one in variants.variants:
        (folder / TEXTS / f"{one.folder}.toml").write_text(one.assignment.text, encoding="utf-8", newline="")
    beside = folder / f"{MANIFEST}.new"
    beside.write_bytes(encoded(variants, assignment_id))
    os.replace(beside, folder / MANIFEST)  # noqa: PTH105  at once, or not at all


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CallError(f"{path}: a manifest has at most {MOST_BYTES} bytes")
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise CallError(f"{path}: cannot be read ({error.strerror or error}); expected what `variants` wrote") from None


def _text(path: Path, sha256: str, fault: str) -> AssignmentText:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(MOST_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: cannot be read ({error})") from None
    found = AssignmentText(str(path), text)
    if found.digest != sha256:
        raise CallError(f"{path}: not what the manifest has: {fault}")
    return found
