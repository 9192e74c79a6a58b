"""Finds the submissions at a path, and says what it was taken for.

A folder that holds one of the known files is one submission, and so is a file alone. Otherwise it is a platform's
download, or each of its subfolders and zips is one. A zip may hold any of these.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT, RESULT_FILE
from checks.errors import CallError, NotReadError
from checks.judging.findings import Trouble
from checks.submissions.file_names import KNOWN_FILES, MOST_DOCUMENTS, is_write_up, known_name
from checks.submissions.listing import File, Listing, disk_listing
from checks.submissions.platforms.canvas import canvas_submissions, is_canvas
from checks.submissions.platforms.gradescope import METADATA, gradescope_submissions, is_gradescope
from checks.submissions.platforms.moodle import is_moodle, moodle_submissions
from checks.submissions.stored_file import LINK, DiskFile
from checks.submissions.submission import Submission, submission_of, unread_submission
from checks.submissions.zip_listing import nested_listing, zip_listing

PLATFORMS = (
    ("Gradescope export", is_gradescope, gradescope_submissions),
    ("Moodle download", is_moodle, moodle_submissions),
    ("Canvas download", is_canvas, canvas_submissions),
)
"""What each is called, how it is recognised, and how it is read; tried in this order."""


@dataclass(frozen=True, slots=True)
class Found:
    """The submissions in order of id; what the paths were taken for; what was left aside."""

    submissions: tuple[Submission, ...]
    source: str = ""
    notices: tuple[str, ...] = ()


def find_submissions(paths: Iterable[Path]) -> Found:
    """All submissions at the paths. Raises `CallError` for a missing path or an id that comes twice."""
    found: dict[str, Submission] = {}
    sources: list[str] = []
    notices: list[str] = []
    for path in paths:
        here = _at(path)
        sources += [here.source] if here.source else []
        notices += here.notices
        for submission in here.submissions:
            if submission.id in found:
                raise CallError(f"{path}: the submission '{submission.id}' is named twice")
            found[submission.id] = submission
    return Found(tuple(found[id_] for id_ in sorted(found)), "; ".join(sources), tuple(notices))


def one_submission(path: Path) -> Submission:
    """All that lies in a folder as one submission, whatever it looks like. Raises `CallError`."""
    try:
        return submission_of(path.resolve().name, disk_listing(path))
    except NotReadError as error:
        raise CallError(f"{path}: {error}") from None


def _at(path: Path) -> Found:
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            return _in_zip(path) if path.suffix.lower() == ".zip" else Found((_single_file(path),))
        top = disk_listing(path, below=False)
        is_download = any(fits(top) for _, fits, _ in PLATFORMS)
        if not is_download and (_holds_known(top.top()) or any(known_name(one.path) for one in top.skipped)):
            remarks = _not_looked_at(disk_listing(path))
            return Found((submission_of(path.resolve().name, replace(top, folders=()), remarks=remarks),))
        listing = disk_listing(path)
    except FileNotFoundError:
        raise CallError(f"{path}: no such file or folder; expected a submission, or a folder of them") from None
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    except NotReadError as error:
        raise CallError(f"{path}: {error}") from None
    found = _from_platform(listing) or _folder_of_documents(path, listing) or _folder_of_submissions(listing)
    if not found.submissions:
        raise CallError(
            f"{path}: no submission here; expected {', '.join(KNOWN_FILES)}, a folder or zip for each student, or a"
            " download from Gradescope, Canvas or Moodle"
        )
    return found


def _in_zip(path: Path) -> Found:
    """A platform's download, a folder of submissions, or one student's zip. Raises `CallError` for a damaged one."""
    try:
        listing = zip_listing(path)
    except NotReadError as error:
        raise CallError(f"{path}: {error}") from None
    if found := _from_platform(listing):
        return found
    inner = listing.unwrapped(len(listing.wrappers()))
    if _is_class(inner):
        return _folder_of_submissions(inner, "zip")
    folders = inner.top_folders()
    notice = f"{path}: taken for one submission, with {len(folders)} folders in it; unpack it if each is a student's"
    return Found((submission_of(path.stem, listing),), notices=(notice,) if len(folders) > 1 else ())


def _is_class(listing: Listing) -> bool:
    """Whether a zip is one of many submissions: no known file at its top, the same one in several folders, or zips."""
    if _holds_known(listing.top()):
        return False
    zips = sum(file.path.suffix.lower() == ".zip" for file in listing.top())
    counts = Counter(
        known.name
        for inside in listing.by_folder().values()
        for known in {known_name(f.name) for f in inside.files}
        if known
    )
    return zips > 1 or any(count > 1 for count in counts.values())


def _from_platform(listing: Listing) -> Found | None:
    """The submissions of a platform's download, in a folder of its own or not; None where it is none."""
    wrappers = listing.wrappers()
    # What holds but one folder can only be a platform's by that folder's name.
    outside = [depth for depth, name in enumerate(wrappers) if any(fits(_alone(name)) for _, fits, _ in PLATFORMS)]
    here = listing.unwrapped([*outside, len(wrappers)][0])
    for title, fits, read in PLATFORMS:
        if fits(here):
            submissions, strangers = read(here)
            others = {METADATA, *strangers}
            count = sum(file.path.parts[0] not in others for file in here.files)
            notices = [f"{title}: left aside what it did not write: {name}" for name in strangers]
            notices += [f"{title}: {one.path}: {one.reason}" for one in here.skipped_at_top()]
            return Found(tuple(submissions), _told(title, count, submissions), tuple(notices))
    return None


def _alone(folder: str) -> Listing:
    """A listing of one empty folder."""
    return Listing((), (folder,))


def _told(title: str, files: int, submissions: list[Submission]) -> str:
    """What was found, in a line.

    >>> _told("Canvas download", 212, [Submission("a_1", {})])
    'Canvas download, 212 files, 1 student'
    """
    students = sum(max(1, len(submission.students)) for submission in submissions)
    return f"{title}, {_count(files, 'file')}, {_count(students, 'student')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _folder_of_submissions(listing: Listing, kind: str = "") -> Found:
    """Each subfolder and each zip is a submission; a link to one is told, not followed. `kind` is told, if any."""
    submissions = []
    for name, inside in listing.by_folder().items():
        top = inside.top()
        if _holds_known(top):
            held = Listing(top, (), inside.skipped_at_top())
            submissions.append(submission_of(name, held, remarks=_not_looked_at(inside)))
        else:
            submissions.append(submission_of(name, inside))
    submissions += [_zipped(file) for file in listing.top() if file.path.suffix.lower() == ".zip"]
    notices = []
    for one in listing.skipped_at_top():
        path = PurePosixPath(one.path)
        if one.reason == LINK and path.suffix.lower() in ("", ".zip"):
            submissions.append(unread_submission(path.name, LINK))
        else:
            notices.append(f"{one.path}: {one.reason}")
    source = _told(kind, len(listing.files), submissions) if kind else ""
    return Found(tuple(submissions), source, tuple(notices))


def _folder_of_documents(path: Path, listing: Listing) -> Found | None:
    """The one submission that a folder of write-ups is, where nothing else in it may be one."""
    documents = [file for file in listing.top() if is_write_up(file.name)]
    zips = any(file.path.suffix.lower() == ".zip" for file in listing.top())
    if not documents or listing.folders or zips:
        return None
    if len(documents) > MOST_DOCUMENTS:
        raise CallError(
            f"{path}: {len(documents)} documents and no folders; name the files themselves where each is a student's"
        )
    return Found((submission_of(path.resolve().name, listing),))


def _not_looked_at(listing: Listing) -> list[Trouble]:
    """A word on known files in the subfolders of a submission, or on what may be submissions of others."""
    below = [str(file.path) for file in listing.files if len(file.path.parts) > 1 and known_name(file.name)]
    more = f" (and {len(below) - 1} more)" if len(below) > 1 else ""
    reason = f"in a subfolder of a folder that is itself a submission; not looked at{more}"
    return [Trouble(path, None, None, reason) for path in below[:1]]


def _zipped(file: File) -> Submission:
    try:
        return submission_of(file.path.stem, nested_listing(file.source))
    except NotReadError as error:
        return unread_submission(file.path.stem, str(error), file.name, source=file.source)


def _single_file(path: Path) -> Submission:
    suffix = path.suffix.lower()
    if is_write_up(path.name) and suffix != ".txt":
        return Submission(path.stem, {path.name: DiskFile(path)})
    known = {".txt": ANSWERS_TXT, ".json": RESULT_FILE if path.name.lower().startswith("result") else ANSWERS_JSON}
    if suffix not in known:
        raise CallError(f"{path}: expected a folder, a zip, or a file such as {', '.join(KNOWN_FILES)}")
    return Submission(path.stem, {known[suffix]: DiskFile(path)})


def _holds_known(files: Iterable[File]) -> bool:
    return any(known_name(file.name) for file in files)
