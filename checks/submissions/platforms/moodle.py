"""A Moodle download: `Full name_12345_assignsubmission_file_`, as a folder for each student or before each file's name.

The number is the participant's, which the grading worksheet gives as `Participant 12345`; with blind marking the name
is `Participant`, in the language of the site. Groups that hand in together have their own name and number. What follows
is the name that the student gave the file, which may look like all of this again: the first number counts.
Source: moodle, mod/assign/classes/downloader.php.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from checks.submissions.listing import File, Listing, Skipped
from checks.submissions.students import Student
from checks.submissions.submission import Submission, submission_of

_ENTRY = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)


def is_moodle(listing: Listing) -> bool:
    """Whether any folder or file is named as Moodle names them."""
    names = [*listing.top_folders(), *(file.name for file in listing.top())]
    return any(map(_ENTRY.fullmatch, names))


def moodle_submissions(listing: Listing) -> tuple[list[Submission], list[str]]:
    """One submission for each participant, and the names of what Moodle did not write."""
    files: dict[str, list[File]] = {}
    skipped: dict[str, list[Skipped]] = {}
    names: dict[str, str] = {}
    strangers = []
    for folder, inside in listing.by_folder().items():
        if match := _ENTRY.fullmatch(folder):
            names.setdefault(match["number"], match["name"])
            files.setdefault(match["number"], []).extend(inside.files)
            skipped.setdefault(match["number"], []).extend(inside.skipped)
        else:
            strangers.append(folder)
    for file in listing.top():
        if (match := _ENTRY.fullmatch(file.name)) and match["file"]:
            names.setdefault(match["number"], match["name"])
            files.setdefault(match["number"], []).append(replace(file, path=PurePosixPath(match["file"])))
        else:
            strangers.append(file.name)
    submissions = []
    for number, name in names.items():
        inside = Listing(tuple(files[number]), (), tuple(skipped.get(number, ())))
        submissions.append(submission_of(f"{name}_{number}", inside, [Student(number, name)]))
    return submissions, strangers
