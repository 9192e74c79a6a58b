"""verify and check with the course's data, the sample, spoiled data and none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from tests.submissions import EXAMPLES, ROOT, Backcheck, entries, submission


def test_x_over_the_sum_of_powers_keeps_count_and_classes(
    backcheck: Backcheck, tmp_path: Path, course_data: Path
) -> None:
    outcome = backcheck("verify", "--data", course_data, "--result", tmp_path / "right.json")
    assert outcome.status == 0
    records = json.loads((tmp_path / "right.json").read_text())
    right = submission(tmp_path / "right", "correct = 9790", records)
    found = entries(backcheck("check", right, "--data", course_data, "--json"))
    assert {name: found[name]["verdict"] for name in found if name.startswith("result")} == {
        "result.format": "exact",
        "result.activations": "close",
        "result.classification": "exact",
        "result.count": "exact",
    }
    assert found["correct"]["verdict"] == "exact"
    for record in records:
        logits = np.log(np.maximum(record["activations"], 1e-300))
        record["activations"] = (logits / np.exp(logits).sum()).tolist()
    wrong = submission(tmp_path / "wrong", "correct = 9790", records)
    found = entries(backcheck("check", wrong, "--data", course_data, "--json"))
    assert [found[f"result.{item}"]["verdict"] for item in ("format", "activations", "classification", "count")] == [
        "exact",
        "wrong",
        "exact",
        "exact",
    ]


def test_verify_on_the_courses_files(backcheck: Backcheck, course_data: Path) -> None:
    outcome = backcheck("verify", "--data", course_data)
    assert outcome.status == 0
    assert "9790 of 10000 correct, equal to the assignment's 9790" in outcome.out
    assert "c245f62236525271db907dfffe3631dcac790a40addd563e01438f20c98025fe" in outcome.out
    assert "sample" not in outcome.out + outcome.err
    facts = json.loads(backcheck("verify", "--data", course_data, "--json").out)
    assert {key: facts[key] for key in ("count", "images", "expected", "matches", "proved", "ties")} == {
        "count": 9790,
        "images": 10000,
        "expected": 9790,
        "matches": True,
        "proved": 10000,
        "ties": 0,
    }
    assert facts["smallest_margin"]["image"] == 9792
    assert 0 < facts["bound"] < 1e-7


def course_copy(course_data: Path, folder: Path) -> Path:
    folder.mkdir()
    for name in (PARAMETERS_FILE, TEST_FILE):
        shutil.copyfile(course_data / name, folder / name)
    return folder


def test_verify_with_a_label_changed_and_with_images_in_another_order(
    backcheck: Backcheck, tmp_path: Path, course_data: Path
) -> None:
    data = course_copy(course_data, tmp_path / "label")
    with h5py.File(data / TEST_FILE, "r+") as file:
        file["ydata"][0] = np.roll(file["ydata"][0], 1)  # image 0 is classified rightly
    outcome = backcheck("verify", "--data", data)
    assert outcome.status == 1
    assert "9789 of 10000 correct, differs from the assignment's 9790" in outcome.out
    data = course_copy(course_data, tmp_path / "order")
    order = np.random.default_rng(1).permutation(10000)
    with h5py.File(data / TEST_FILE, "r+") as file:
        file["xdata"][...], file["ydata"][...] = file["xdata"][()][order], file["ydata"][()][order]
    assert backcheck("verify", "--data", data).status == 0


@pytest.mark.parametrize("command", ["verify", "check"])
def test_data_that_cannot_be_used_is_one_message(backcheck: Backcheck, tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_folder(), data)
    arguments = [*([command, EXAMPLES / "all-right"] if command == "check" else [command]), "--assignment", "sample"]
    whole = (data / TEST_FILE).read_bytes()
    cases: dict[str, Callable[[], object]] = {
        "cut off": lambda: (data / TEST_FILE).write_bytes(whole[:100_000]),
        "no such file": (data / TEST_FILE).unlink,
        "is nan": lambda: (data / TEST_FILE).write_bytes(whole) and _poke(data / TEST_FILE, np.nan),
        "expected shape (360, 784)": lambda: (data / TEST_FILE).write_bytes(whole) and _shorten(data / TEST_FILE),
    }
    for message, spoil in cases.items():
        spoil()
        outcome = backcheck(*arguments, "--data", data)
        assert (outcome.status, outcome.out) == (2, "")
        assert len(outcome.err.splitlines()) == 1
        assert message in outcome.err
        assert TEST_FILE in outcome.err


def _poke(path: Path, value: float) -> None:
    with h5py.File(path, "r+") as file:
        file["xdata"][3, 4] = value


def _shorten(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        xdata = file["xdata"][:300]
        del file["xdata"]
        file["xdata"] = xdata


def test_without_data_check_judges_the_rest_and_verify_goes_on_with_the_sample(
    backcheck: Backcheck, tmp_path: Path
) -> None:
    folder = submission(tmp_path / "s001", "correct = 9790\ns1 = [5, -5]", [])
    found = entries(backcheck("check", folder, "--json"))
    assert found["correct"]["verdict"] == found["s1[1]"]["verdict"] == "exact"
    count = found["result.count"]
    assert count["verdict"] == "undecided"
    assert PARAMETERS_FILE in count["note"]
    assert str(Path("data").resolve()) in count["note"]
    outcome = backcheck("verify")
    assert outcome.status == 0
    assert "going on with the sample" in outcome.err
    assert "sample data, not the course's files" in outcome.out
    assert "338 of 360" in outcome.out


def test_a_variable_that_names_no_data_is_a_fault_of_the_call(
    backcheck: Backcheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BACKCHECK_DATA", str(tmp_path))
    for command in (["verify"], ["check", EXAMPLES / "all-right"]):
        outcome = backcheck(*command)
        assert outcome.status == 2
        assert f"BACKCHECK_DATA names {tmp_path}, which holds neither" in outcome.err


def test_data_that_disagree_with_the_assignment_are_told(backcheck: Backcheck, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_folder(), data)
    with h5py.File(data / TEST_FILE, "r+") as file:
        file["ydata"][0] = np.roll(file["ydata"][0], 1)
    outcome = backcheck("check", EXAMPLES / "all-right", "--assignment", "sample", "--data", data)
    assert "the data give 337 correct, the assignment says 338; marks go by the data" in outcome.err
    assert outcome.status == 1
    with h5py.File(data / TEST_FILE, "r+") as file:
        del file.attrs["notice"]
    outcome = backcheck("check", EXAMPLES / "all-right", "--assignment", "sample", "--data", data)
    assert outcome.err == "backcheck: the data give 337 correct, the assignment says 338; marks go by the data\n"


def test_verify_needs_a_problem_to_verify(backcheck: Backcheck, tmp_path: Path) -> None:
    text = (ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text()
    start, end = text.index("[mnist]"), text.index("[backprop]")
    (tmp_path / "hand.toml").write_text(text[:start] + text[end:])
    outcome = backcheck("verify", "--assignment", tmp_path / "hand.toml")
    assert (outcome.status, outcome.err) == (2, "backcheck: the assignment ee541-hw3 has no [mnist] problem\n")


def test_verify_does_not_look_at_problems_by_hand(backcheck: Backcheck, tmp_path: Path) -> None:
    """What counts images needs the table [mnist] alone, and tells what is wrong in it."""
    text = (ROOT / "checks" / "assignments" / "sample.toml").read_text()
    spoiled = tmp_path / "spoiled.toml"
    spoiled.write_text(text.replace("[backprop]", "[backprop]\nno_such_key = 1"))
    verify = ("verify", "--assignment", spoiled, "--data", sample_folder())
    assert backcheck(*verify).status == 0
    assert "no_such_key" in backcheck("solve", "--assignment", spoiled).err
    spoiled.write_text(text.replace("correct = 338", "correct = 361"))
    outcome = backcheck(*verify)
    assert outcome.status == 2
    assert outcome.err == f"backcheck: {spoiled}: mnist.correct: expected a whole number from 0 to 360, not 361\n"


def test_verify_says_what_it_has_before_it_fails_to_write(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = backcheck("verify", "--assignment", "sample", "--result", tmp_path / "file" / "result.json")
    assert outcome.status == 2
    assert "338 of 360 correct" in outcome.out
    assert outcome.err == f"backcheck: {tmp_path / 'file'}: File exists\n"


def test_the_variable_names_the_data(backcheck: Backcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKCHECK_DATA", str(sample_folder()))
    outcome = backcheck("verify")
    assert outcome.status == 2
    assert "xdata has shape (360, 784); expected shape (10000, 784)" in outcome.err
