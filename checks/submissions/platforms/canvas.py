"""A Canvas download: all files in one folder, `name_[LATE_]user_attachment_file`; anonymous ones `anon_x1y2z_...`.

Users are the numbers that Canvas knows students by; of a name, letters, digits and underscores are left, if any. The
order of attachments is that of uploading. What was typed in the browser comes as `name_user_text.html`, a link as
`name_user_link.html`.
Source: canvas-lms, lib/content_zipper.rb.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from checks.judging.findings import Trouble
from checks.submissions.listing import File, Listing
from checks.submissions.students import Student
from checks.submissions.submission import Submission, submission_of

_FILE = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_).*?)_)?(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<typed>text|link)\.html)"
)


def is_canvas(listing: Listing) -> bool:
    """Whether most of the files are named as Canvas names them."""
    names = [file.name for file in listing.top()]
    return 2 * sum(_FILE.fullmatch(name) is not None for name in names) > len(names)


def canvas_submissions(listing: Listing) -> tuple[list[Submission], list[str]]:
    """One submission for each user, and the names of files that Canvas did not write."""
    files: dict[str, list[File]] = {}
    names: dict[str, str] = {}
    late: dict[str, Trouble] = {}
    strangers = list(listing.top_folders())
    for file in listing.top():
        match = _FILE.fullmatch(file.name)
        if not match:
            strangers.append(file.name)
            continue
        user = match["user"]
        names.setdefault(user, match["name"] or "")
        if match["late"]:
            late[user] = Trouble(file.name, None, None, "handed in late, says Canvas")
        path = PurePosixPath(match["file"] or f"{match['typed']}.html")
        files.setdefault(user, []).append(replace(file, path=path, rank=int(match["attachment"] or 0)))
    submissions = []
    for user, own in files.items():
        id_ = f"{names[user]}_{user}" if names[user] else user
        remarks = [late[user]] if user in late else []
        submissions.append(submission_of(id_, Listing(tuple(own), ()), [Student(user, names[user])], remarks))
    return submissions, strangers
