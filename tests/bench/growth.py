"""How the time that many files or a long name take grows: as they do, not as their square."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from checks.roster.matching import match
from checks.roster.roster import read_roster
from checks.submissions.listing import File, Listing
from checks.submissions.platforms.gradescope import gradescope_submissions
from checks.submissions.students import Student
from checks.submissions.submission import submission_of
from checks.submissions.submission_file import find_submissions
from tests.bench.stopwatch import median_seconds
from tests.downloads import zipped


class Held:
    """A file in memory."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = content

    def read(self, most: int) -> bytes:
        return self.content[:most]


def flat(names: list[str], **contents: bytes) -> Listing:
    held = {name: Held() for name in names} | {name: Held(content) for name, content in contents.items()}
    return Listing(tuple(File(PurePosixPath(name), source, 0.0) for name, source in held.items()), ())


def strangers(size: int) -> None:
    assert submission_of("ann", flat([f"f{i}.py" for i in range(20 * size)])).unread


def beside_an_export(size: int) -> None:
    metadata = "".join(f"submission_{i}:\n  :submitters: []\n" for i in range(size))
    listing = flat([f"f{i}" for i in range(20 * size)], **{"submission_metadata.yml": metadata.encode()})
    assert len(gradescope_submissions(listing)[1]) == 20 * size


def roster(size: int, row: Callable[[int], str]) -> None:
    known = read_roster("id,name\n" + "".join(f"{i},{row(i)}\n" for i in range(size)), "roster.csv")
    assert match(known, {"s": (Student("0", row(0)), Student("", row(0)))}).students


def one_name(size: int) -> None:
    roster(15 * size, lambda _: "Ann Doe")


def marks_in_a_name(size: int) -> None:
    roster(1, lambda _: "a" + "\u0301\u0323" * (10 * size))


def marks_in_a_title(size: int) -> None:
    read_roster("id,name,a" + "\u0301\u0323" * (10 * size) + "\n7,Ann,\n", "roster.csv")


def folders_in_folders(size: int) -> None:
    """All of them are taken off at once, files in hand."""
    with TemporaryDirectory() as folder:
        tree = {"a/" * 90 + f"f{i}.py": b"" for i in range(size)}
        (one,) = find_submissions([zipped(Path(folder) / "deep.zip", tree)]).submissions
        assert one.unread


def main() -> None:
    """Prints the figures: 4 times as long is linear, 16 times is as the square."""
    print("four times as many files, rows or letters take (4 times is linear):")
    for title, work in (
        ("a folder of unknown files", strangers),
        ("an export beside them", beside_an_export),
        ("students of one name", one_name),
        ("marks over a letter, in a name", marks_in_a_name),
        ("marks over a letter, in a title", marks_in_a_title),
        ("folders inside one another", folders_in_folders),
    ):
        few = median_seconds(lambda: work(600))  # noqa: B023  called at once
        many = median_seconds(lambda: work(2400))  # noqa: B023
        print(f"  {title:<34}{many / few:.3g}")
