"""`backcheck new`: draws a problem that shows what it is set for."""

from __future__ import annotations

import argparse
import re
import sys
from fractions import Fraction
from pathlib import Path

from checks.commands.options import add_seed
from checks.problems.plan import COSTS, HIDDEN, OUTPUTS

_RATE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "--layers",
        metavar="WIDTHS",
        type=widths,
        required=True,
        help="how many inputs, and units of each layer, such as 3,2,2,3 (no default)",
    )
    parser.add_argument(
        "--hidden", choices=HIDDEN, default="relu", help="the units before the last layer (default: %(default)s)"
    )
    parser.add_argument(
        "--output", choices=OUTPUTS, default="softmax", help="the units of the last layer (default: %(default)s)"
    )
    parser.add_argument(
        "--loss", choices=COSTS, default="", help="the cost (default: the one that goes with the output)"
    )
    parser.add_argument(
        "--eta", metavar="NUMBER", type=rate, default=Fraction(1, 2), help="the learning rate (default: %(default)s)"
    )
    add_seed(parser)
    parser.add_argument("--id", metavar="ID", default="", help="the assignment's id (default: the file's name)")
    parser.add_argument("--title", metavar="TEXT", default="Backpropagation by hand", help="(default: %(default)s)")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the TOML file to write (no default)")


def run(options: argparse.Namespace) -> int:
    """Writes the assignment, and prints what is to be said of it. 1 where there is a remark on it."""
    from checks.assignment.assignment_file import AssignmentText
    from checks.errors import CallError
    from checks.inspection.inspecting import inspected
    from checks.problems.new_problem import drawn_problem
    from checks.problems.plan import Plan, PlanError, as_toml
    from checks.reports.console import console_for
    from checks.reports.inspection_text import inspection_lines

    out: Path = options.out
    if out.suffix != ".toml":
        raise CallError(f"--out {out}: expected a name that ends in .toml")
    try:
        plan = Plan(options.layers, options.hidden, options.output, options.loss, options.eta)
        drawn = drawn_problem(plan, options.seed)
    except PlanError as error:
        raise CallError(f"--layers {','.join(map(str, options.layers))}: {error}") from None
    text = as_toml(plan, drawn.numbers, options.id or out.stem, options.title, [_made_by(options)])
    if out.exists() and out.read_text(encoding="utf-8", errors="replace") != text:
        raise CallError(f"{out}: is there already, with something else in it")
    out.write_text(text, encoding="utf-8")
    (part,) = AssignmentText(str(out), text).parsed().hand_parts
    inspection = inspected(part)
    console = console_for(sys.stdout)
    print(console.plain(f"wrote {out}"))
    print("\n".join(inspection_lines(inspection, console)))
    return 1 if inspection.remarks else 0


def _made_by(options: argparse.Namespace) -> str:
    """The call that draws the same problem again."""
    told = [
        f"--layers {','.join(map(str, options.layers))}",
        f"--hidden {options.hidden}",
        f"--output {options.output}",
    ]
    told += [f"--loss {options.loss}"] if options.loss else []
    told += [f"--eta {options.eta}"] if options.eta != Fraction(1, 2) else []
    return f"Drawn by: backcheck new {' '.join(told)} --seed {options.seed}"


def widths(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between them."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise argparse.ArgumentTypeError(f"expected widths such as 3,2,2,3, not {text[:40]!r}")
    return tuple(map(int, parts))


def rate(text: str) -> Fraction:
    """A positive number: 0.1 or 1/10."""
    value = Fraction(text) if _RATE.fullmatch(text) else Fraction(0)
    if value == 0:
        raise argparse.ArgumentTypeError(f"expected a positive number such as 0.1 or 1/10, not {text[:40]!r}")
    return value
