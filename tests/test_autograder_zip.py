"""The zip that `backcheck gradescope` makes, and the lock in it."""

from __future__ import annotations

import re
import stat
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.autograder import autograder_file
from tests.conftest import Outcome
from tests.submissions import ROOT

Backcheck = Callable[..., Outcome]
LOCK = ROOT / "checks" / "autograder" / "requirements.lock"


def test_the_zip_is_the_same_each_time_and_holds_what_it_should(backcheck: Backcheck, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        outcome = backcheck("gradescope", "--assignment", "sample", "--out", tmp_path / name)
        assert outcome.status == 0
        assert "73 points" in outcome.out
        assert outcome.err == "backcheck: sample data, not the course's files\n"
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        rights = {member.filename: stat.filemode(member.external_attr >> 16) for member in archive.infolist()}
        assert not any(b"\r" in archive.read(name) for name in ("setup.sh", "run_autograder"))
        assert archive.read("assignment.toml") == (ROOT / "checks/assignments/sample.toml").read_bytes()
    assert [name for name, right in rights.items() if right != "-rw-r--r--"] == ["run_autograder", "setup.sh"]
    assert {"data/mnist_testdata.hdf5", "checks/mistakes/mistakes.toml", "numeric/__init__.py"} <= set(rights)
    left = ("__pycache__", ".pyc", "examples/", "numeric/sample", "tests/")
    assert not [name for name in rights if any(part in name for part in left)]


def test_the_scripts_have_the_line_ends_of_unix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As they are checked out on Windows."""
    for name in autograder_file.SCRIPTS:
        (tmp_path / name).write_bytes(b"#!/usr/bin/env bash\r\nexit 0\r\n")
    monkeypatch.setattr(autograder_file, "HERE", tmp_path)
    autograder_file.write_autograder(tmp_path / "a.zip", LOCK, None)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("setup.sh") == b"#!/usr/bin/env bash\nexit 0\n"
        assert not [name for name in archive.namelist() if name.startswith("data/")]


def test_an_assignment_without_data_needs_none(backcheck: Backcheck, tmp_path: Path) -> None:
    table = (ROOT / "checks" / "assignments" / "sample.toml").read_text(encoding="utf-8")
    (tmp_path / "hand.toml").write_text(re.sub(r"\[mnist\].*?(?=\[backprop\])", "", table, flags=re.S), "utf-8")
    outcome = backcheck("gradescope", "--assignment", tmp_path / "hand.toml", "--out", tmp_path / "a.zip")
    assert outcome.status == 0
    assert "48 points" in outcome.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "autograder"], "expected a name that ends in .zip"),
        (["--out", "a.zip"], "not found in"),
        (["--out", "a.zip", "--data", "nowhere"], "mnist_network_params.hdf5"),
        (["--out", "a.zip", "--assignment", "nothing"], "no such assignment"),
        (["--out", "no/a.zip", "--assignment", "sample"], "no/a.zip: No such file or directory"),
    ],
)
def test_a_call_that_cannot_be_done_is_told(options: list[str], message: str, backcheck: Backcheck) -> None:
    outcome = backcheck("gradescope", *options)
    assert outcome.status == 2
    assert message in outcome.err


def test_the_lock_has_what_grading_needs_and_no_more() -> None:
    text = LOCK.read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", text, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}  # type: ignore[index]
    assert needed - set(pins) == {"matplotlib", "sympy"}
    assert not {"pytest", "hypothesis", "mypy", "ruff", "sympy", "scikit-learn", "distributed"} & set(pins)
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[\w-]+==)", text)[1:])
    assert ";" not in re.sub(r"#.*", "", text), "a marker on the version of Python fails on Ubuntu 22.04"
    tested = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert [name for name, version in pins.items() if f"\n{name}=={version} " not in f"\n{tested}"] == []
