"""What an instructor sets of the students' self-check, whatever carries it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from checks.commands.options import LEVELS, add_assignment

if TYPE_CHECKING:
    from checks.selfcheck.sheet import Settings


def add_self_check(parser: argparse.ArgumentParser) -> None:
    """--assignment A, --cells NAMES, --feedback LEVEL."""
    add_assignment(parser)
    parser.add_argument(
        "--cells",
        metavar="NAMES",
        type=_names,
        default=(),
        help="cells on the page, with commas between: a3,W3_new; ids of parts, or mnist (default: all)",
    )
    parser.add_argument(
        "--feedback",
        choices=LEVELS,
        default="hint",
        help="what a check tells: verdicts, hints without answers, or, for practice, the key (default: %(default)s)",
    )


def settings_of(options: argparse.Namespace, checks_an_hour: int = 0) -> Settings:
    """The settings that the options say, with so many checks an hour."""
    from checks.selfcheck.sheet import Settings

    return Settings(options.feedback, options.cells, checks_an_hour)


def _names(text: str) -> tuple[str, ...]:
    """Names with commas between them; a comma within brackets is part of a name."""
    names, depth = [""], 0
    for character in text:
        depth += (character in "[(") - (character in "])")
        if character == "," and depth <= 0:
            names.append("")
        else:
            names[-1] += character
    return tuple(name.strip() for name in names if name.strip())
