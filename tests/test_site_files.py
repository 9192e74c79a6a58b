"""What the static site ships: our own code is whole, and runs without anything that a browser has not."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from checks.assignment.assignment_file import assignment_text
from checks.errors import CallError
from checks.selfcheck.sheet import Settings
from checks.site.archives import own_code
from checks.site.in_browser import beside_sources
from checks.site.site_folder import MARK, expect_free, write_site
from tests.processes import did
from tests.static_site import PRACTICE
from tests.test_lean_check import NOT_IN_A_BROWSER

PROGRAM = """
import sys, json
for name in {blocked}:
    sys.modules[name] = None
sys.path.insert(0, {folder!r})
import checks
assert checks.__file__.startswith({folder!r})
from checks.site.in_browser import opened
class Dropped:
    def __init__(self, name, content):
        self.name, self.bytes, self.to_bytes = name, self, lambda: content
call = opened({folder!r})
def replies(name, request, *files):
    print(call(name, json.dumps(request), files))
replies("check", {{"boxes": {boxes}}})
for name, content in {files}.items():
    replies("check", {{"boxes": {{}}}}, Dropped(name, content))
replies("read", {{"kind": "save", "boxes": {boxes}}})
"""


def test_the_code_in_the_site_is_whole(tmp_path: Path) -> None:
    """In a process of its own that has neither the rest of the project nor what has no wheel for a browser."""
    path = tmp_path / "practice.toml"
    path.write_text(PRACTICE, encoding="utf-8")
    packed = own_code(beside_sources(assignment_text(str(path)), Settings()))
    folder = tmp_path / "code"
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    boxes = {"net.z[1]": "5", "rnn.o": "1", "logistic.z": "w1 x1 + w2 x2 + b"}
    files = {"a.md": b"$z = 5$", "b.tex": b"$z = 5$", "c.html": b"<p>z</p>", "d.docx": b"PK", "e.pdf": b"%PDF"}
    program = PROGRAM.format(blocked=NOT_IN_A_BROWSER, folder=str(folder), boxes=boxes, files=files)
    done = did(program, tmp_path, environment={})
    assert done.returncode == 0, done.stderr
    first, *others, saved = map(json.loads, done.stdout.splitlines())
    verdicts = {entry["name"]: entry["verdict"] for entry in first["report"]["entries"]}
    assert {name: verdicts[name] for name in boxes} == {"net.z[1]": "exact", "rnn.o": "wrong", "logistic.z": "exact"}
    troubles = {name: reply["report"]["problems"] for name, reply in zip(files, others, strict=True)}
    assert [one["message"] for one in troubles["e.pdf"]] == ["PDF files cannot be read here"]
    assert troubles["a.md"] == []
    assert saved["name"] == "answers.txt"


def test_the_same_sources_make_the_same_zip() -> None:
    assert own_code({"a": b"1"}) == own_code({"a": b"1"})


SITE = {"index.html": b"1", MARK: b"2", "pyodide/runtime-0.data": b"3", "licences/x/LICENSE": b"4"}


def test_a_new_site_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert write_site(folder, SITE) == 4
    expect_free(folder)
    (folder / "own.txt").touch()
    write_site(folder, {**SITE, "pyodide/runtime-1.data": b"5", "index.html": b"6"})
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {*SITE, "pyodide/runtime-1.data", "own.txt"}
    write_site(folder, {**SITE, "index.html": b"7"})
    assert not (folder / "pyodide" / "runtime-1.data").exists()
    assert (folder / "index.html").read_bytes() == b"7"


def test_a_folder_with_anything_else_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(CallError, match=r"other files in it; name a folder of its own"):
        expect_free(tmp_path)
    with pytest.raises(CallError, match=r"expected a folder"):
        expect_free(tmp_path / "thesis.tex")
    expect_free(tmp_path / "new")
