"""`python -m checks.running.apart`: checks the jobs on stdin, for a worker of a cluster; writes outcomes to stdout."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace

from checks.errors import CallError
from checks.program.data_folder import find_data
from checks.running.pool import in_processes
from checks.running.setup import Setup

UNFIT = 2
"""The exit status where this machine has not what it takes."""


def main() -> None:
    """Reads jobs and setup, pickled by `checks.running.cluster`; writes what came of each, pickled.

    Ends with `UNFIT` and a word on stderr where the data are not those that the run began with.
    """
    jobs, setup = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from the same program
    try:
        results = list(in_processes(jobs, _at_home(setup), 1))
    except CallError as error:
        print(error, file=sys.stderr)
        raise SystemExit(UNFIT) from None
    pickle.dump(results, sys.stdout.buffer)


def _at_home(setup: Setup) -> Setup:
    """The setup with the folder of the data where this machine has it; the data themselves are compared by digest."""
    folder = setup.folder
    if folder.path is None or folder.path.exists():
        return setup
    return replace(setup, folder=find_data(None, setup.assignment.parsed().id))


if __name__ == "__main__":
    main()
