"""An answers.txt of what was read: every line with its place; what is to be confirmed stands behind a #."""

from __future__ import annotations

from checks.display import printable
from checks.marking.read_submission import FoundEntry, ReadSubmission

HEAD = """\
# Read from {files}: look it through before it is handed in.
#
# What is to be confirmed stands behind a #: take the # away where it is right, or write what you meant.
"""


def reading_answers(reading: ReadSubmission, expected: tuple[str, ...]) -> str:
    """The file's text; every entry of the assignment has its line."""
    found = {one.name: one for one in reading.entries}
    files = ", ".join(dict.fromkeys(one.file for one in reading.documents)) or "nothing that could be read"
    lines = [HEAD.format(files=_one_line(files))]
    for name in expected:
        if name in found:
            lines += _lines(found[name])
        elif name in reading.not_found:
            lines.append(f"# {name} =   # not found")
    return "\n".join(lines) + "\n"


def _lines(one: FoundEntry) -> list[str]:
    value = _one_line(one.value).replace("#", " ")
    if one.reason:
        return [f"# {one.name} = {value}   # {_one_line(str(one.source))}: to confirm, {_one_line(one.reason)}"]
    return [f"{one.name} = {value}   # {_one_line(str(one.source))}"]


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
