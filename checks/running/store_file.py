"""The store of outcomes: one SQLite file that outlives a run, keyed by what an outcome depends on.

An outcome is written as it comes, in a transaction of its own, so that a run that is killed loses none.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from platformdirs import user_cache_path

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
    """The outcomes of one setup, by the digest of what was handed in."""

    def __init__(self, connection: sqlite3.Connection, setup: str) -> None:
        self._connection, self._setup = connection, setup

    @classmethod
    def opened(cls, path: Path | None, setup: str) -> Store:
        """The store in that file, made where it is missing; without a path one for this run alone.

        Raises `CallError` where the file is none or cannot be written.
        """
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path or "", timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
            connection.execute("INSERT OR IGNORE INTO layout VALUES (?)", (_LAYOUT,))
            if connection.execute("SELECT name FROM layout").fetchall() != [(_LAYOUT,)]:
                raise CallError(f"{path}: the store of another version of backcheck; name another with --store")
            too_old = time.time() - DAYS_KEPT * 86_400
            connection.execute("DELETE FROM outcomes WHERE used < ?", (too_old,))
        except (sqlite3.Error, OSError) as error:
            raise CallError(f"{path}: cannot be used as the store of outcomes: {error}") from None
        return cls(connection, setup)

    def holds(self, material: str) -> bool:
        """Whether there is an outcome; notes that it is still wanted."""
        key = (time.time(), material, self._setup)
        done = self._connection.execute("UPDATE outcomes SET used = ? WHERE material = ? AND setup = ?", key)
        return done.rowcount > 0

    def get(self, material: str) -> bytes | None:
        """The outcome."""
        query = "SELECT outcome FROM outcomes WHERE material = ? AND setup = ?"
        row = self._connection.execute(query, (material, self._setup)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, material: str, outcome: bytes) -> None:
        """Keeps an outcome."""
        row = (material, self._setup, outcome, time.time())
        self._connection.execute("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)", row)

    def drop(self, material: str) -> None:
        """Forgets an outcome, damaged as it is."""
        self._connection.execute("DELETE FROM outcomes WHERE material = ? AND setup = ?", (material, self._setup))

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
