"""Reads a roster from its file."""

from __future__ import annotations

from pathlib import Path

from checks.roster.csv_file import load_csv
from checks.roster.roster import Roster, read_roster


def load_roster(path: Path) -> Roster:
    """The roster in the file. Raises `CallError` as `read_roster` does, and for a file that cannot be read."""
    text, _ = load_csv(path)
    return read_roster(text, str(path))
