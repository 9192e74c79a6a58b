"""One submission: whose it is, and its files, not yet read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT
from checks.bounds import MAX_ZIPS
from checks.display import listed
from checks.errors import NotReadError
from checks.judging.findings import Trouble
from checks.submissions.file_names import KNOWN_FILES, chosen, known_name, overlooked, write_ups
from checks.submissions.listing import WHOLE, File, Listing, Skipped
from checks.submissions.stored_file import Source
from checks.submissions.students import Student
from checks.submissions.zip_listing import nested_listing

MOST_SKIPPED = 5
"""What was left aside and is told one by one."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The files by their known names, write-ups by their own.

    `students` are those who handed it in, as far as the platform tells.
    `notices` are remarks that change nothing; `unread` is why files could not be found or opened at all: what is then
    not answered may stand in them. `others` are then the files that it may stand in, by their paths.
    """

    id: str
    files: Mapping[str, Source]
    students: tuple[Student, ...] = ()
    notices: tuple[Trouble, ...] = ()
    unread: Trouble | None = None
    others: Mapping[str, Source] = field(default_factory=dict)


def submission_of(
    id_: str, listing: Listing, students: Iterable[Student] = (), remarks: Iterable[Trouble] = ()
) -> Submission:
    """The submission that a student's listing holds, zips in it looked into."""
    files, skipped, faults = _unpacked(listing)
    skipped = [replace(one, path=id_) if one.path == WHOLE else one for one in skipped]
    taken, notices = chosen(files)
    documents = write_ups(files)
    told = [*notices, *remarks, *_skipped(skipped)]
    lost = [one for one in skipped if one.path == id_ or known_name(PurePosixPath(one.path).name)]
    unread = next(iter(faults), None)
    if lost and not taken and not documents:
        unread = Trouble(lost[0].path, None, None, lost[0].reason)
        told = [trouble for trouble in told if trouble != unread]
    if not taken and not documents and not unread and (files or listing.folders):
        unread = _strangers(id_, files, listing)
    if (taken or documents) and not unread and (others := overlooked(files, taken)):
        unread = Trouble(id_, None, None, f"expected {ANSWERS_TXT} or {ANSWERS_JSON}, found {listed(others, most=5)}")
    told += [fault for fault in faults if fault != unread]
    strangers = {str(file.path): file.source for file in listing.files if not known_name(file.name)} if unread else {}
    sources = {name: file.source for name, file in (*taken.items(), *documents.items())}
    return Submission(id_, sources, tuple(dict.fromkeys(students)), tuple(told), unread, strangers)


def unread_submission(
    id_: str, why: str, file: str = "", students: Iterable[Student] = (), source: Source | None = None
) -> Submission:
    """A submission that could not be looked into; `source` is the file, where it is one."""
    others = {file: source} if source else {}
    return Submission(id_, {}, tuple(students), unread=Trouble(file or id_, None, None, why), others=others)


def _unpacked(listing: Listing) -> tuple[list[File], list[Skipped], list[Trouble]]:
    """The files, those in zips too (their paths go through the zip); what was left aside; zips that cannot be read."""
    files, skipped, faults, zips = [], list(listing.skipped), [], 0
    for file in listing.files:
        if file.path.suffix.lower() != ".zip":
            files.append(file)
            continue
        zips += 1
        if zips > MAX_ZIPS:
            faults.append(Trouble(str(file.path), None, None, f"more than {MAX_ZIPS} zips; not looked into"))
            break
        try:
            inside = nested_listing(file.source)
        except NotReadError as error:
            faults.append(Trouble(str(file.path), None, None, str(error)))
            continue
        files += [File(file.path / one.path, one.source, one.modified, file.rank) for one in inside.files]
        skipped += [Skipped(f"{file.path}/{one.path}", one.reason) for one in inside.skipped]
    return files, skipped, faults


def _skipped(skipped: list[Skipped]) -> list[Trouble]:
    """A word on each thing that was left aside; of what macOS adds one word in all."""
    reasons: dict[str, list[str]] = {}
    for one in skipped:
        reasons.setdefault(one.reason, []).append(one.path)
    told = []
    for reason, paths in reasons.items():
        more = f" (and {len(paths) - 1} more)" if len(paths) > MOST_SKIPPED else ""
        told += [Trouble(path, None, None, f"{reason}{more}") for path in (paths[:1] if more else paths)]
    return told


def _strangers(id_: str, files: list[File], listing: Listing) -> Trouble:
    """What there was instead of any known file."""
    folders = {f"{name}/" for name in listing.top_folders()}
    names = sorted({name for file in files if f"{(name := file.path.parts[0])}/" not in folders} | folders)
    return Trouble(id_, None, None, f"expected {', '.join(KNOWN_FILES)}, found {listed(names, most=5)}")
