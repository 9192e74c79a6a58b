"""What ties a decision to the answer that it was made of, so that it is not applied to another one.

The tie of an entry is what was given for it; where that is not all of the answer (a result file, a document that could
not be read) it is the file, or all files. An entry that was not answered is tied to that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from checks.answers.names import RESULT_FILE
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict

PREFIX = "sha256:"
"""Before the digits, so that no spreadsheet takes them for a number."""

DIGITS = 16

ANY = "any"
"""Instead of a digest: the decision holds whatever is handed in."""

RESULT_ITEMS = "result."
"""How the names of entries begin that are about the result file as a whole."""


def digest_of_files(files: Iterable[tuple[str, str]]) -> str:
    """The tie of a whole submission: the digest of all its files, given their names and digests."""
    return _digest("files", *(f"{name} {digest}" for name, digest in sorted(files)))


def digest_of_entry(finding: Finding, files: Iterable[tuple[str, str]]) -> str:
    """The tie of one entry, as the program found it."""
    held = dict(files)
    if finding.name.startswith(RESULT_ITEMS) and RESULT_FILE in held:
        return _digest("file", RESULT_FILE, held[RESULT_FILE])
    if finding.given:
        return _digest("given", plain(finding.given))
    if finding.verdict is Verdict.MISSING:
        return _digest("nothing")
    return digest_of_files(held.items())


def tells_its_answer(finding: Finding) -> bool:
    """Whether `given` is the whole answer, so that its text alone can tie a decision to it."""
    return bool(finding.given) and not finding.name.startswith(RESULT_ITEMS)


def plain(text: str) -> str:
    """An answer as answers are compared: white space counts for nothing but a gap."""
    return " ".join(text.split())


def spelled(text: str) -> str:
    r"""A text on one line, whatever has no picture of its own written out; no file loses anything of it.

    >>> spelled("s\udcff\n")
    's\\udcff\\n'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _digest(*parts: str) -> str:
    told = "\0".join(parts).encode("utf-8", "surrogatepass")
    return PREFIX + hashlib.sha256(told).hexdigest()[:DIGITS]
