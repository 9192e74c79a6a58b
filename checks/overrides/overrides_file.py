"""Reads overrides from their files, TOML or CSV; a file with a fault is not used at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from checks.display import printable
from checks.errors import CallError, NotReadError
from checks.overrides.override import INFORMATION, KEYS, Fields, Override, read_overrides
from checks.roster.csv_file import load_csv
from checks.roster.csv_rows import csv_rows, header_row
from checks.roster.student_columns import plain_cell, plain_title

TABLE = "override"

MAX_BYTES = 32 * 2**20

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*override[ \t]*\]\]", re.MULTILINE)

_KEPT = re.compile(r"^'(?=[=+\-@\u2212\uff0b\uff0d\uff1d\uff20])")
"""What keeps a spreadsheet from running a cell."""


@dataclass(frozen=True, slots=True)
class ReadOverrides:
    """All overrides of some files; `undecided` are those that nobody has filled in yet."""

    overrides: tuple[Override, ...]
    undecided: int


def load_overrides(paths: Iterable[Path], assignment: str) -> ReadOverrides:
    """The overrides in the files. Raises `CallError` with every fault in them, a line each, and its place.

    `assignment` is the id of the assignment: a TOML file may say which one it is for.
    """
    faults: list[str] = []
    listed: list[Fields] = []
    for path in paths:
        listed += _csv(path, faults) if path.suffix.lower() == ".csv" else _toml(path, assignment, faults)
    overrides, undecided = read_overrides(listed, faults)
    if faults:
        raise CallError("\n".join(printable(fault) for fault in faults))
    return ReadOverrides(tuple(overrides), undecided)


def _toml(path: Path, assignment: str, faults: list[str]) -> list[Fields]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CallError(f"{path}: more than {MAX_BYTES} bytes, which is the most that is read")
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text, parse_float=str)
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CallError(f"{path}: not UTF-8 text, at byte {error.start}") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise CallError(f"{path}: not TOML: {error}; expected [[{TABLE}]] tables, or a CSV file") from None
    strange = [key for key in table if key not in ("assignment", TABLE)]
    faults += [f"{path}: '{key[:40]}' is none of its keys; expected assignment and [[{TABLE}]]" for key in strange]
    if table.get("assignment", assignment) != assignment:
        faults.append(f"{path}: for the assignment '{str(table['assignment'])[:40]}'; expected '{assignment}'")
    listed = table.get(TABLE, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        faults.append(f"{path}: expected a table [[{TABLE}]] for each decision")
        return []
    lines = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    places = lines if len(lines) == len(listed) else [None] * len(listed)
    return [
        Fields(f"{path}:{line}" if line else f"{path}: {TABLE} {number}", one)
        for number, (line, one) in enumerate(zip(places, listed, strict=True), start=1)
    ]


def _csv(path: Path, faults: list[str]) -> list[Fields]:
    """The rows below the header, which names the columns; empty cells say nothing."""
    text, _ = load_csv(path)
    known = {*KEYS, *INFORMATION}
    try:
        delimiter, header = header_row(text, lambda titles: sum(plain_title(title) in known for title in titles))
        titles = [plain_title(title) for title in header.fields]
        below = [row for row in csv_rows(text, delimiter) if row.line > header.line and any(map(str.strip, row.fields))]
    except NotReadError as error:
        place = path if error.line is None else f"{path}:{error.line}"
        raise CallError(f"{place}: {error}; expected the columns {', '.join(KEYS)}") from None
    strange = [title for title in titles if title not in known]
    twice = {title for title in titles if titles.count(title) > 1}
    if strange or twice or "student" not in titles:
        told = ", ".join(f"'{title[:40]}'" for title in titles)
        faults.append(f"{path}:{header.line}: expected the columns {', '.join(KEYS)}, each once; found {told}")
        return []
    rows = []
    for row in below:
        if any(map(str.strip, row.fields[len(titles) :])):
            faults.append(f"{path}:{row.line}: more fields than the header has columns")
        cells = {title: _cell(title, cell) for title, cell in zip(titles, row.fields, strict=False) if cell.strip()}
        rows.append(Fields(f"{path}:{row.line}", cells))
    return rows


def _cell(title: str, cell: str) -> str:
    """What a cell says; an apostrophe that keeps a spreadsheet from running it is no part of it."""
    return cell.strip() if title == "given" else _KEPT.sub("", plain_cell(cell))


def refuse_excess(read: ReadOverrides, worth: Mapping[str, Fraction]) -> None:
    """Raises `CallError` for each that gives more points than its entry has, or its submission as a whole."""
    limits = {"": sum(worth.values(), Fraction(0)), **worth}
    told = [
        f"{one.place}: {one.about}: {one.points} points, expected at most {limits[one.entry]}"
        for one in read.overrides
        if one.points is not None and one.entry in limits and one.points > limits[one.entry]
    ]
    if told:
        raise CallError("\n".join(map(printable, told)))
