"""The subcommands: each module has `add_arguments` for its parser and `run`, which returns the exit status.

A module loads at once only what `--help` needs; everything else is imported by `run`.
"""
