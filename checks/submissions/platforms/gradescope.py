"""A Gradescope export: `submission_metadata.yml` and a folder for each submission, which a group hands in together.

The file maps each folder to its `:submitters`, each with `:name`, `:email` and `:sid`; all of them are read as text, so
that an id of 007 stays one.
"""

from __future__ import annotations

from collections.abc import Mapping

from checks.errors import CallError, NotReadError
from checks.submissions.listing import Listing
from checks.submissions.students import Student
from checks.submissions.submission import Submission, submission_of, unread_submission

METADATA = "submission_metadata.yml"

MAX_METADATA_BYTES = 256 * 2**20
"""It holds the results of earlier autograder runs too."""


def is_gradescope(listing: Listing) -> bool:
    """Whether the metadata lies at the top."""
    return any(file.name == METADATA for file in listing.top())


def gradescope_submissions(listing: Listing) -> tuple[list[Submission], list[str]]:
    """One submission for each folder, and the names of what Gradescope did not write.

    Raises `CallError` where the metadata cannot be read.
    """
    submitters = _submitters(listing)
    folders = listing.by_folder()
    submissions = [
        submission_of(name, folders[name], students)
        if name in folders
        else unread_submission(name, f"named in {METADATA}, but not in the export", students=students)
        for name, students in submitters.items()
    ]
    submissions += [submission_of(name, inside) for name, inside in folders.items() if name not in submitters]
    expected = {METADATA, *submitters}
    return submissions, [file.name for file in listing.top() if file.name not in expected]


def _submitters(listing: Listing) -> dict[str, list[Student]]:
    """Who handed each submission in, in the order of the file."""
    import yaml

    source = next(file.source for file in listing.top() if file.name == METADATA)
    try:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        table = yaml.load(source.read(MAX_METADATA_BYTES), Loader=loader)  # noqa: S506 - it makes texts, lists and mappings alone
    except NotReadError as error:
        raise CallError(f"{METADATA}: {error}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CallError(f"{METADATA}: not YAML as Gradescope writes it: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(table, Mapping):
        raise CallError(f"{METADATA}: expected a table of submissions")
    return {str(name): _students(entry) for name, entry in table.items()}


def _students(entry: object) -> list[Student]:
    listed = entry.get(":submitters") if isinstance(entry, Mapping) else None
    people = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return [Student(*(_text(one.get(key)) for key in (":sid", ":name", ":email"))) for one in people]


def _text(value: object) -> str:
    """The text of a field; what Ruby writes for nothing is nothing."""
    return value.strip() if isinstance(value, str) and value.strip() not in ("~", "null") else ""
