"""The store of outcomes where its file is damaged, none, or on a full disk."""

from __future__ import annotations

import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.errors import CallError
from checks.running import store_file
from checks.running.outcome import decoded
from checks.running.spare_store import SpareStore
from checks.running.store_file import Store
from tests.submissions import EXAMPLES, Backcheck


def test_a_store_that_is_none(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("no store " * 1000)
    outcome = backcheck("check", EXAMPLES, "--assignment", "sample", "--store", tmp_path / "store")
    assert outcome.status == 2
    assert (
        outcome.err == f"backcheck: {tmp_path}/store: cannot be used as the store of outcomes: file is not a database\n"
    )


def test_the_usual_store_is_done_without_where_it_cannot_be_used(
    backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(store_file, "default_store", lambda: tmp_path / "file" / "store")
    outcome = backcheck("check", EXAMPLES / "all-right", "--assignment", "sample")
    assert outcome.status == 0
    assert "outcomes are not kept" in outcome.err


def test_a_store_on_a_full_disk_is_a_fault_of_the_call(tmp_path: Path) -> None:
    store = Store.opened(tmp_path / "store", "")
    store._connection.execute("PRAGMA max_page_count = 8")
    store.put("small", b"1")
    with pytest.raises(CallError, match="cannot be used as the store of outcomes: database or disk is full"):
        store.put("large", bytes(100_000))
    assert store.get("small") == b"1"
    store.close()


def not_utf8(path: Path) -> None:
    """A database in which the name of the layout is no text."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE layout (name TEXT PRIMARY KEY)")
        connection.execute("INSERT INTO layout VALUES (CAST(X'FFFE41' AS TEXT))")
    connection.close()


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE outcomes (x)")
    connection.close()


def no_database(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


@pytest.mark.parametrize("made", [not_utf8, of_another_program, no_database])
def test_a_damaged_store_is_told_in_one_line_and_the_usual_one_done_without(
    made: Callable[[Path], None], backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "store")
    call = ("check", EXAMPLES / "all-right", "--assignment", "sample")
    named = backcheck(*call, "--store", tmp_path / "store")
    assert (named.status, named.err.count("\n"), named.out) == (2, 1, "")
    assert "cannot be used as the store of outcomes" in named.err
    monkeypatch.setattr(store_file, "default_store", lambda: tmp_path / "store")
    usual = backcheck(*call)
    assert (usual.status, usual.err.count("outcomes are not kept\n")) == (0, 1)


def test_a_disk_that_becomes_full_under_the_usual_store_costs_no_outcome(tmp_path: Path) -> None:
    told: list[str] = []
    store = SpareStore(tmp_path / "store", "setup", told.append)
    store.put("before", b"1")
    usual = store._usual
    assert usual
    usual._connection.execute("PRAGMA max_page_count = 8")
    for number in range(20):
        store.put(f"large {number}", bytes(100_000))
        assert store.holds(f"large {number}")
    assert store.get("before") == b"1"
    assert [store.get(f"large {number}") for number in range(20)] == [bytes(100_000)] * 20
    full = f"{tmp_path}/store: cannot be used as the store of outcomes: database or disk is full"
    assert told == [f"{full}; outcomes are not kept"]
    store.drop("before")
    assert (store.get("before"), store.holds("before"), store.get("nothing")) == (None, False, None)
    store.close()


def test_a_usual_store_that_fails_in_every_way_still_gives_what_is_put_there(tmp_path: Path) -> None:
    told: list[str] = []
    store = SpareStore(tmp_path / "store", "setup", told.append)
    assert store._usual
    store._usual.close()
    assert (store.holds("a"), store.get("a")) == (False, None)
    store.put("a", b"1")
    store.drop("b")
    assert (store.holds("a"), store.get("a"), len(told)) == (True, b"1", 1)


def test_a_whole_run_on_a_full_disk_gives_every_mark(
    backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Store.opened.__func__  # type: ignore[attr-defined]

    def small(kind: type[Store], path: Path | None, setup: str) -> Store:
        store: Store = opened(kind, path, setup)
        if path:
            store._connection.execute("PRAGMA max_page_count = 5")
        return store

    call = ("check", EXAMPLES, "--assignment", "sample", "--json", "--exit-zero")
    whole = backcheck(*call, "--no-store")
    monkeypatch.setattr(store_file, "default_store", lambda: tmp_path / "store")
    monkeypatch.setattr(Store, "opened", classmethod(small))
    full = backcheck(*call)
    assert (full.status, full.out) == (0, whole.out)
    assert full.err.count("database or disk is full; outcomes are not kept\n") == 1


def test_an_outcome_that_unpacks_to_much_more_is_none() -> None:
    packing = zlib.compressobj(9)
    bomb = b"".join([*(packing.compress(bytes(2**20)) for _ in range(512)), packing.flush()])
    assert len(bomb) < 2**20
    tracemalloc.start()
    with pytest.raises(ValueError, match="not an outcome: more than 67108864 bytes"):
        decoded(bomb)
    assert tracemalloc.get_traced_memory()[1] < 200 * 2**20
    tracemalloc.stop()


def test_an_outcome_that_is_no_blob_is_none(tmp_path: Path) -> None:
    store = Store.opened(tmp_path / "store", "setup")
    for value in (10**12, "text", 1.5, bytes(70 * 2**20)):
        store.put("a", value)  # type: ignore[arg-type]
        assert store.get("a") == b""
    store.close()
