"""The store of outcomes: one SQLite file that outlives a run, keyed by what an outcome depends on.

An outcome is written as it comes, in a transaction of its own, so that a run that is killed loses none.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_cache_path

from checks.bounds import MAX_OUTCOME_BYTES
from checks.errors import CallError

DAYS_KEPT = 200
"""Outcomes that were not used for so long are dropped: about a term."""

_LAYOUT = "backcheck outcomes 1"
_TABLES = """
CREATE TABLE IF NOT EXISTS layout (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS outcomes (
    material TEXT NOT NULL,
    setup TEXT NOT NULL,
    outcome BLOB NOT NULL,
    used REAL NOT NULL,
    PRIMARY KEY (material, setup)
) WITHOUT ROWID;
"""


def default_store() -> Path:
    """Where the store lies unless the call says otherwise: the user's folder for caches."""
    return user_cache_path("backcheck") / "outcomes.sqlite3"


class Store:
    """The outcomes of one setup, by the digest of what was handed in.

    All of it raises `CallError` where the file fails: a full disk, a damaged page, another run that holds it.
    """

    def __init__(self, connection: sqlite3.Connection, setup: str, path: Path | None) -> None:
        self._connection, self._setup, self._path = connection, setup, path

    @classmethod
    def opened(cls, path: Path | None, setup: str) -> Store:
        """The store in that file, made where it is missing; without a path one for this run alone.

        Raises `CallError` where the file is none or cannot be written.
        """
        with _told(path):
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # what students handed in is for the user alone
            connection = sqlite3.connect(path or "", timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
            connection.execute("INSERT OR IGNORE INTO layout VALUES (?)", (_LAYOUT,))
            if connection.execute("SELECT name FROM layout").fetchall() != [(_LAYOUT,)]:
                raise CallError(f"{path}: the store of another version of backcheck; name another with --store")
            too_old = time.time() - DAYS_KEPT * 86_400
            connection.execute("DELETE FROM outcomes WHERE used < ?", (too_old,))
        return cls(connection, setup, path)

    def holds(self, material: str) -> bool:
        """Whether there is an outcome; notes that it is still wanted."""
        key = (time.time(), material, self._setup)
        with _told(self._path):
            done = self._connection.execute("UPDATE outcomes SET used = ? WHERE material = ? AND setup = ?", key)
        return done.rowcount > 0

    def get(self, material: str) -> bytes | None:
        """The outcome; what can be none, for its kind or its size, is empty."""
        kept = "CASE WHEN typeof(outcome) = 'blob' AND length(outcome) <= ? THEN outcome ELSE X'' END"
        query = f"SELECT {kept} FROM outcomes WHERE material = ? AND setup = ?"  # noqa: S608 - nothing from elsewhere
        with _told(self._path):
            row = self._connection.execute(query, (MAX_OUTCOME_BYTES, material, self._setup)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, material: str, outcome: bytes) -> None:
        """Keeps an outcome."""
        row = (material, self._setup, outcome, time.time())
        with _told(self._path):
            self._connection.execute("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)", row)

    def drop(self, material: str) -> None:
        """Forgets an outcome, damaged as it is."""
        with _told(self._path):
            self._connection.execute("DELETE FROM outcomes WHERE material = ? AND setup = ?", (material, self._setup))

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


@contextmanager
def _told(path: Path | None) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, MemoryError) as error:
        raise CallError(f"{path or 'a temporary file'}: cannot be used as the store of outcomes: {error}") from None
