"""`backcheck figures`: draws digits that are classified rightly and wrongly."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.commands.options import add_assignment, add_data, add_out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    add_data(parser)
    add_out(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the pictures and prints their paths."""
    from checks.commands.mnist_data import chosen_data
    from checks.commands.telling import tell
    from checks.errors import CallError
    from numeric.evaluation import evaluate_network
    from numeric.figures_folder import write_figures

    _, network, test_set = chosen_data(options.assignment, options.data)
    if test_set.file.notice:
        tell(test_set.file.notice)
    try:
        for path in write_figures(Path(options.out), evaluate_network(network, test_set), test_set):
            print(path)
    except OSError as error:
        raise CallError(f"{options.out}: {error.strerror}") from None
    return 0
