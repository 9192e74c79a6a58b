"""The command `backcheck`: reads the call, runs a subcommand, and turns whatever goes wrong into an exit status.

0 all right; 1 something is wrong, missing, unreadable or undecided; 2 the assignment, the data or the call is at
fault; 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import Final

COMMANDS: Final = {
    "check": "check submissions and give marks",
    "read": "read the answers out of write-ups, each with its place, and a page to confirm what is doubtful",
    "solve": "print the exact key of the hand problem",
    "tables": "write the solution tables as LaTeX, and PDF where a TeX engine is found",
    "verify": "count the correctly classified images and compare with the assignment's count",
    "compare": "decide whether an answer equals a key, exactly: a calculator of equality",
    "gradescope": "make the zip of an autograder for Gradescope",
    "serve": "the students' self-check as a page of a server: verdicts and hints before the deadline",
    "page": "write the students' self-check as a static site, with Python in the browser",
    "inspect": "say what a problem can tell of those who work it out, and what it cannot",
    "new": "draw a problem that shows what it is set for",
    "variants": "make a problem of its own for each student of a roster",
    "figures": "draw digits that are classified correctly and incorrectly",
}

AT_FAULT, INTERRUPTED = 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    _open_what_is_closed()
    try:
        options = make_parser().parse_args(arguments)
        status: int = import_module(f"checks.commands.{options.command}").run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("backcheck: interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # that is a reader who has gone, as in `backcheck ... | head`
            _tell(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        _give_up_output()
        return AT_FAULT
    except Exception as error:
        if not _is_told(error):
            raise
        _tell(str(error))
        return AT_FAULT
    return status


def _open_what_is_closed() -> None:
    """Gives output that has nowhere to go, as after `>&-`, a place to be forgotten in."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the program ends


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="backcheck", description="An exact answer key and teaching checker for neural-network homework."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        import_module(f"checks.commands.{name}").add_arguments(subparser)
    return parser


def _give_up_output() -> None:
    """Writes what still waits to be written, if that can be, and keeps the interpreter from trying again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(message: str) -> None:
    from checks.commands.telling import tell

    tell(message)


def _is_told(error: Exception) -> bool:
    """Whether the error is one of input, whose message is meant for the user; any other is a bug of ours."""
    from checks.errors import CallError, InvalidAssignment
    from exact.numbers.exponential_sums import TooLarge
    from numeric.network import DataError

    return isinstance(error, InvalidAssignment | CallError | DataError | TooLarge)


class _Version(argparse.Action):
    """Tells the version; what knows it is loaded only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Prints it, and ends."""
        print(f"backcheck {_version()}")
        parser.exit()


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("backcheck")
    except metadata.PackageNotFoundError:
        return "(not installed)"
