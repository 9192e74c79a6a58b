"""The usual store where it may fail: outcomes that it cannot keep are held for the run alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks.errors import CallError
from checks.running.store_file import Store


class SpareStore:
    """A store that nobody asked for by name: where it fails, before the run or in it, a temporary one takes over.

    What it held until then is still read from it, where it can be. `tell` is told of the first failure, in a sentence.
    """

    def __init__(self, path: Path, setup: str, tell: Callable[[str], object]) -> None:
        self._setup, self._tell = setup, tell
        self._spare: Store | None = None
        self._usual: Store | None = None
        try:
            self._usual = Store.opened(path, setup)
        except CallError as error:
            self._take_over(error)

    def holds(self, material: str) -> bool:
        """Whether there is an outcome."""
        if self._spare and self._spare.holds(material):
            return True
        try:
            return self._usual is not None and self._usual.holds(material)
        except CallError as error:
            self._take_over(error)
            return False

    def get(self, material: str) -> bytes | None:
        """The outcome."""
        if self._spare and (kept := self._spare.get(material)) is not None:
            return kept
        try:
            return self._usual.get(material) if self._usual else None
        except CallError as error:
            self._take_over(error)
            return None

    def put(self, material: str, outcome: bytes) -> None:
        """Keeps an outcome, for the run at least. Raises `CallError` where not even that can be."""
        if self._spare is None and self._usual:
            try:
                self._usual.put(material, outcome)
            except CallError as error:
                self._take_over(error)
            else:
                return
        self._temporary().put(material, outcome)

    def drop(self, material: str) -> None:
        """Forgets an outcome, damaged as it is, if that can be."""
        try:
            if self._usual:
                self._usual.drop(material)
        except CallError as error:
            self._take_over(error)

    def close(self) -> None:
        """Closes the files."""
        for store in (self._usual, self._spare):
            if store:
                store.close()

    def _take_over(self, error: CallError) -> None:
        if self._spare is None:
            self._tell(f"{error}; outcomes are not kept")
        self._temporary()

    def _temporary(self) -> Store:
        self._spare = self._spare or Store.opened(None, self._setup)
        return self._spare
