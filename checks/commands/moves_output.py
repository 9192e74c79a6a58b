"""What `backcheck check --against` writes instead of the report: whose marks moved, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from checks.commands.telling import tell, writing_to
from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes
from checks.moves.moves import Move, Moves
from checks.moves.previous_file import MadeBy, load_previous
from checks.reports.console import console_for
from checks.reports.moves_report import moves_json, moves_text

PAGE = "moves.html"
"""The page's name in the folder of `--html`."""


class MovesOutput:
    """The moves, on stdout, and as a page where a folder is given; `has_moved` says whether there are any."""

    def __init__(
        self,
        previous: Path,
        assignment: str,
        title: str,
        made_by: Mapping[str, object],
        *,
        as_json: bool,
        folder: Path | None,
    ) -> None:
        self._moves = Moves(load_previous(previous, assignment), msgspec.convert(made_by, MadeBy))
        self._previous, self._assignment, self._title = previous.name, assignment, title
        self._as_json, self._folder = as_json, folder
        self._found: list[Move] = []

    @property
    def has_moved(self) -> bool:
        """Whether a mark moved, or is not there any more."""
        return any(not move.is_new for move in self._found)

    def add(self, checked: Checked) -> None:
        """Compares one submission."""
        if move := self._moves.of(checked):
            self._found.append(move)

    def finish(self, notes: ClassNotes) -> None:  # noqa: ARG002 - what is to be said of the class is told elsewhere
        """Prints what moved, and writes the page."""
        self._found += self._moves.gone()
        compared = self._moves.compared
        if self._as_json:
            print(moves_json(self._found, compared, self._assignment))
        else:
            print(moves_text(self._found, compared, self._previous, console_for(sys.stdout)))
        if self._folder:
            self._write_page(self._folder / PAGE)

    def _write_page(self, path: Path) -> None:
        from checks.reports.pages.moves_page import moves_page

        page = moves_page(self._found, self._moves.compared, self._previous, self._title)
        with writing_to(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8", newline="\n")
        tell(f"wrote {path}")


def has_moved(outputs: Iterable[object]) -> bool:
    """Whether one of the outputs found that a mark moved."""
    return any(isinstance(output, MovesOutput) and output.has_moved for output in outputs)
