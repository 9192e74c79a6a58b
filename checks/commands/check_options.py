"""Whether the options of `backcheck check` fit each other and the submissions, told before any work."""

from __future__ import annotations

import argparse

from checks.errors import CallError


def refuse_misfits(options: argparse.Namespace, count: int) -> None:
    """Whether the outputs asked for fit so many submissions. Raises `CallError`."""
    if options.tex and options.tex.suffix != ".tex":
        raise CallError(f"--tex {options.tex}: expected a name that ends in .tex")
    if options.tex and count != 1:
        raise CallError(f"--tex writes the sheet of one submission; there are {count}")
    if options.gradescope and count != 1:
        raise CallError(f"--gradescope writes the results of one submission; there are {count}")
    if options.open and options.open.suffix.lower() not in (".toml", ".csv"):
        raise CallError(f"--open {options.open}: expected a name that ends in .toml or .csv")
    if options.gradebook_column and not options.gradebook:
        raise CallError("--gradebook-column: expected --gradebook FILE too")
    _refuse_overwriting(options)


def _refuse_overwriting(options: argparse.Namespace) -> None:
    """Raises `CallError` where an output would be written over another, or over what the call reads."""
    taken = {path.resolve(): "a submission" for path in options.paths}
    read = {name: getattr(options, name) for name in ("roster", "gradebook", "store", "against", "decisions")}
    taken |= {path.resolve(): f"--{name}" for name, path in read.items() if path}
    taken |= {path.resolve(): "--overrides" for path in options.overrides}
    for name in ("csv", "open", "junit", "html", "gradescope", "tex"):
        path = getattr(options, name)
        if path and (path.is_file() or path.is_dir() or not path.exists()):  # /dev/null takes any number of outputs
            if other := taken.get(path.resolve()):
                raise CallError(f"--{name} {path}: it is {other} too; expected a path of its own")
            taken[path.resolve()] = f"--{name}"
