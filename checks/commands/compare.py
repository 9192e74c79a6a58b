"""`backcheck compare`: decides whether an answer equals a key."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from checks.commands.options import add_json, letters


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="the right value, in the answer language")
    parser.add_argument(
        "answer",
        nargs="?",
        metavar="ANSWER",
        help="what is compared with it; put -- before both where one begins with a -",
    )
    parser.add_argument(
        "--letters",
        metavar="X,Y",
        type=letters,
        default=(),
        help="letters such as x,y,w_1, of any real value (default: none)",
    )
    add_json(parser)
    parser.epilog = (
        'Without KEY and ANSWER it reads JSON lines {"key": ..., "answer": ...} from standard input and prints one '
        '{"verdict", "decimal", "note"} for each, in order.'
    )


def run(options: argparse.Namespace) -> int:
    """Prints the verdict, or one JSON line for each on standard input. 1 where an answer is not right."""
    from checks.errors import CallError
    from checks.judging.comparison import UnreadableKey, compare
    from checks.judging.verdicts import RIGHT

    if options.key is None:
        right = True
        for line in _lines(options.letters):
            print(json.dumps(line), flush=True)
            right = right and line["verdict"] in RIGHT
        return 0 if right else 1
    if options.answer is None:
        raise CallError("expected KEY and ANSWER, or neither and JSON lines on standard input")
    try:
        found = compare(options.key, options.answer, letters=options.letters)
    except UnreadableKey as error:
        raise CallError(str(error)) from None
    if options.json:
        print(json.dumps({"verdict": found.verdict, "decimal": found.decimal, "note": found.note}))
    else:
        from checks.reports.console import console_for

        console = console_for(sys.stdout)
        print(f"{console.mark(found.verdict)} {console.verdict(found.verdict, found.verdict)}")
        print(console.text(found.note, "  "))
    return 0 if found.verdict in RIGHT else 1


def _lines(letters: tuple[str, ...]) -> Iterator[dict[str, str | None]]:
    """The outcome for each line of standard input; a line that is no comparison is unreadable, and the rest goes on."""
    from checks.judging.comparison import UnreadableKey, compare

    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            pair = json.loads(line)
            key, answer = pair["key"], pair["answer"]
            if not isinstance(key, str) or not isinstance(answer, str):
                raise TypeError
            found = compare(key, answer, letters=letters)
        except UnreadableKey as error:
            yield {"verdict": "unreadable", "decimal": None, "note": str(error)}
        except (ValueError, KeyError, TypeError, RecursionError):
            yield {"verdict": "unreadable", "decimal": None, "note": 'expected {"key": "...", "answer": "..."}'}
        else:
            yield {"verdict": found.verdict.value, "decimal": found.decimal, "note": found.note}
