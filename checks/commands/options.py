"""Options that several subcommands share."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from checks.assignment.bundled import DEFAULT, bundled_assignments

LEVELS = ("marks", "hint", "full")
"""What `--feedback` may be."""

WORTH_A_PROCESS = 20
"""Submissions that take about as long as it takes to begin a process."""

MOST_LETTERS, LONGEST_NAME = 30, 30
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


def add_assignment(parser: argparse.ArgumentParser) -> None:
    """--assignment A."""
    names = " or ".join(bundled_assignments())
    parser.add_argument(
        "--assignment", metavar="A", default=DEFAULT, help=f"a TOML file, or {names} (default: %(default)s)"
    )


def add_data(parser: argparse.ArgumentParser) -> None:
    """--data DIR."""
    parser.add_argument(
        "--data", metavar="DIR", help="folder of the two HDF5 files (default: $BACKCHECK_DATA, else data/)"
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """--out DIR."""
    parser.add_argument(
        "--out", metavar="DIR", required=True, help="folder to write to; made where it is missing (no default)"
    )


def add_zip(parser: argparse.ArgumentParser) -> None:
    """--out FILE, a zip."""
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="the zip to write, such as autograder.zip (no default)"
    )


def add_digits(parser: argparse.ArgumentParser, default: int) -> None:
    """--digits N."""
    parser.add_argument(
        "--digits",
        metavar="N",
        type=digits,
        default=default,
        help="significant digits of decimals (default: %(default)s)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of text (default: text)")


def add_seed(parser: argparse.ArgumentParser) -> None:
    """--seed N."""
    parser.add_argument(
        "--seed", metavar="N", type=seed, default=1, help="the same seed draws the same numbers (default: %(default)s)"
    )


def add_limits(group: argparse._ArgumentGroup) -> None:
    """-j N, --time-limit SECONDS, --memory-limit MB."""
    group.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=positive,
        help="submissions at once (default: one for each core, with twenty or more submissions each)",
    )
    group.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=positive,
        default=60,
        help="what one submission may take before it is left to a person (default: %(default)s)",
    )
    group.add_argument(
        "--memory-limit",
        metavar="MB",
        type=positive,
        default=1024,
        help="the memory that one submission may take, on Linux (default: %(default)s)",
    )


def usual_jobs(submissions: int) -> int:
    """How many submissions are worked on at once where -j does not say."""
    return min(os.cpu_count() or 1, -(-submissions // WORTH_A_PROCESS))


def letters(text: str) -> tuple[str, ...]:
    """Names with commas between them: each a letter, then letters, digits and _."""
    names = tuple(name.strip() for name in text.split(","))
    if len(names) > MOST_LETTERS:
        raise argparse.ArgumentTypeError(f"at most {MOST_LETTERS} letters")
    for name in names:
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
            raise argparse.ArgumentTypeError(f"expected names such as x,y,w_1, not {name[:LONGEST_NAME]!r}")
    return names


def digits(text: str) -> int:
    """A number of digits, 1 to 10,000."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 10_000:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 to 10000, not {text!r}")
    return int(text)


def seed(text: str) -> int:
    """A whole number of at most twelve digits."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"expected a whole number of at most twelve digits, not {text[:40]!r}")
    return int(text)


def positive(text: str) -> int:
    """A whole number from 1 to a million."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 to 1000000, not {text!r}")
    return int(text)


def whole(text: str) -> int:
    """A whole number from 0 to a million."""
    return 0 if text == "0" else positive(text)
