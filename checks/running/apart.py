"""`python -m checks.running.apart`: checks the jobs on stdin, for a worker of a cluster; writes outcomes to stdout."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace

from checks.data_folder import find_data
from checks.running.pool import in_processes
from checks.running.setup import Setup


def main() -> None:
    """Reads jobs and setup, pickled by `checks.running.cluster`; writes what came of each, pickled."""
    jobs, setup = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from the same program
    results = list(in_processes(jobs, _at_home(setup), 1))
    pickle.dump(results, sys.stdout.buffer)


def _at_home(setup: Setup) -> Setup:
    """The setup with the folder of the data where this machine has it; the data themselves are compared by digest."""
    folder = setup.folder
    if folder.path is None or folder.path.exists():
        return setup
    return replace(setup, folder=find_data(None, setup.assignment.parsed().id))


if __name__ == "__main__":
    main()
