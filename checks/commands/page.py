"""`backcheck page`: the students' self-check as a static site, with Python in the browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.commands.options import add_assignment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        required=True,
        help="folder of its own to write the site to; made where it is missing (no default)",
    )
    add_assignment(parser)
