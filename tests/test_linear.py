"""The time that many files or a long name take grows as they do, not as their square."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from checks.roster.matching import match
from checks.roster.roster import read_roster
from checks.submissions.listing import File, Listing
from checks.submissions.platforms.gradescope import gradescope_submissions
from checks.submissions.students import Student
from checks.submissions.submission import submission_of
from checks.submissions.submission_file import find_submissions
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


@pytest.mark.parametrize("work", [strangers, beside_an_export, one_name, marks_in_a_name, marks_in_a_title])
def test_four_times_as_much_takes_about_four_times_as_long(work: Callable[[int], None]) -> None:
    def seconds(size: int) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            work(size)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(2400) < 9 * seconds(600) + 0.05


def test_folders_around_all_there_is_cost_nothing(tmp_path: Path) -> None:
    """Each used to be taken off by itself, all files in hand."""
    start = time.process_time()
    tree = {"a/" * 90 + f"f{i}.py": b"" for i in range(2000)}
    (one,) = find_submissions([zipped(tmp_path / "deep.zip", tree)]).submissions
    assert one.unread
    assert time.process_time() - start < 4
