"""The command from end to end: what a professor or a student sees, on example submissions and on the course's files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from checks.command import COMMANDS
from numeric import sample_folder
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE
from tests.conftest import Outcome
from tests.worked_cases import ANSWERS

Backcheck = Callable[..., Outcome]
ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "checks" / "examples"


def submission(folder: Path, answers: str, result: object = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.txt").write_text(answers, encoding="utf-8")
    if result is not None:
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return folder


def entries(outcome: Outcome, number: int = 0) -> dict[str, dict[str, Any]]:
    report = json.loads(outcome.out)
    assert report["schema"] == "backcheck/report/1"
    return {entry["name"]: entry for entry in report["submissions"][number]["entries"]}


def test_the_examples_on_the_sample_data(backcheck: Backcheck) -> None:
    outcome = backcheck("check", EXAMPLES, "--assignment", "sample", "--exit-zero")
    assert outcome.status == 0
    assert outcome.err == ""
    assert "EE 541 Homework 3 (sample data, not the course's files)" in outcome.out
    summary = [" ".join(line.split()) for line in outcome.out.splitlines()[-5:]]
    assert summary == [
        "4 submissions",
        "all-right 73 of 73 all right",
        "arithmetic-slip 72 of 73 1 wrong",
        "softmax-over-batch 63 of 73 1 wrong",
        "unreadable-and-missing 39 of 73 14 missing, 4 unreadable",
    ]
    assert max(len(line) for line in outcome.out.splitlines()) <= 80


def test_status_1_where_an_answer_is_not_right(backcheck: Backcheck) -> None:
    assert backcheck("check", EXAMPLES / "all-right", "--assignment", "sample").status == 0
    assert backcheck("check", EXAMPLES / "arithmetic-slip", "--assignment", "sample").status == 1
    assert backcheck("check", EXAMPLES / "arithmetic-slip", "--assignment", "sample", "--exit-zero").status == 0


def test_a_typical_submission(backcheck: Backcheck, tmp_path: Path) -> None:
    found = entries(backcheck("check", submission(tmp_path / "s001", ANSWERS), "--json"))
    slip = found["b3_new[3]"]
    assert (slip["verdict"], slip["expected"], slip["given"]) == ("wrong", "-3/2 - p_3/2", "1.5")
    assert slip["decimal"] == "-1.5000000206996877370"
    assert (slip["points"], slip["max_points"]) == (0.0, 1.0)
    cancelled = found["delta2[1]"]
    assert cancelled["verdict"] == "close"
    assert cancelled["note"] == "the terms of this sum cancel: its exact value is p_2 ≈ 1.9792598e-32"
    verdicts = {name: entry["verdict"] for name, entry in found.items()}
    assert verdicts["a3[1]"] == verdicts["a3[2]"] == verdicts["a3[3]"] == "rounded"
    assert all(verdicts[name] == "exact" for name in verdicts if name.startswith("s") and name != "softmax")
    hand = {name: verdict for name, verdict in verdicts.items() if "[" in name}
    assert len(hand) == 48
    assert [name for name, verdict in hand.items() if verdict not in ("exact", "rounded", "close")] == ["b3_new[3]"]


def test_an_exact_and_a_truncated_entry_and_one_not_normalised(backcheck: Backcheck, tmp_path: Path) -> None:
    answers = "a3 = [e^42/(e^42+e^-31+e^25), 1.978e-32, 4.14e-8]"
    found = entries(backcheck("check", submission(tmp_path / "s001", answers), "--json"))
    assert [found[f"a3[{i}]"]["verdict"] for i in (1, 2, 3)] == ["exact", "close", "rounded"]
    found = entries(backcheck("check", submission(tmp_path / "s002", "a3[2] = 3.442e-14"), "--json"))
    assert found["a3[2]"]["verdict"] == "wrong"
    assert found["a3[1]"]["verdict"] == "missing"
    assert found["a3[1]"]["given"] is None


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


def test_verify_needs_a_problem_to_verify(backcheck: Backcheck, tmp_path: Path) -> None:
    text = (ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text()
    start, end = text.index("[mnist]"), text.index("[backprop]")
    (tmp_path / "hand.toml").write_text(text[:start] + text[end:])
    outcome = backcheck("verify", "--assignment", tmp_path / "hand.toml")
    assert (outcome.status, outcome.err) == (2, "backcheck: the assignment ee541-hw3 has no [mnist] problem\n")


def test_a_file_of_answers_that_cannot_be_read_is_for_a_person(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = tmp_path / "kim"
    folder.mkdir()
    (folder / "answers.json").write_text('{"s1": [5, -5')
    report = json.loads(backcheck("check", folder, "--json").out)["submissions"][0]
    verdicts = {entry["name"]: entry["verdict"] for entry in report["entries"]}
    assert verdicts["s1[1]"] == verdicts["softmax"] == "unreadable"
    assert verdicts["result.count"] == "missing"
    out = backcheck("check", folder).out
    assert "not JSON" in out
    assert "For a person to look at" in out
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "homework.txt").write_text("s1 = [5, -5]")
    (tmp_path / "ann" / "bob").mkdir()
    out = backcheck("check", tmp_path).out
    assert "expected answers.txt, answers.json, result.json, found bob/, homework.txt" in " ".join(out.split())


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


def test_solve_in_three_formats(backcheck: Backcheck) -> None:
    text = backcheck("solve").out
    assert "delta2 = [p_2, p_1 - 4*p_2]" in text
    assert "p_2 = e^-31/(e^42 + e^-31 + e^25) ≈ 1.9792597960067817061e-32" in text
    key = json.loads(backcheck("solve", "--format", "json", "--digits", "30").out)
    assert key["delta2[1]"] == {"expected": "p_2", "decimal": "1.97925979600678170611408981814e-32"}
    assert key["a3[1]"]["expected"] == "e^42/(e^42 + e^-31 + e^25)"
    assert key["W1_new[2,3]"] == {"expected": "-2", "decimal": "-2"}
    assert len(key) == 48
    latex = backcheck("solve", "--format", "latex").out
    assert r"\frac{e^{42}}{e^{42} + e^{-31} + e^{25}}" in latex
    assert latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") == 3


def test_the_text_report_shows_the_place_of_what_cannot_be_read(backcheck: Backcheck, tmp_path: Path) -> None:
    answers = "s1 = [5, -5]\nnonsense\na3[1] = exp(42)/(exp(42)+exp(1)\ns1 = [5, 5]"
    outcome = backcheck("check", submission(tmp_path / "s001", answers))
    assert outcome.status == 1
    lines = outcome.out.splitlines()
    place = lines.index("    read      answers.txt:3:32")
    assert lines[place + 1 : place + 3] == [
        "              exp(42)/(exp(42)+exp(1)",
        "                                     ^",
    ]
    assert "    why       expected ')' before the end" in lines
    assert "  answers.txt:2:1: expected name = value, such as s1 = [5, -5]" in lines
    assert "  answers.txt:4: s1 is given again here; the last one counts" in lines
    assert lines[-3:-1] == ["", "Score: 1 of 73"]


def test_problems_in_json_have_file_line_and_column(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submission(tmp_path / "s001", "a3[1] = 5 +\ns1 = [1, 2, 3]\n")
    report = json.loads(backcheck("check", folder, "--json").out)["submissions"][0]
    assert report["id"] == "s001"
    problems = [(p["file"], p["line"], p["column"], p["message"].splitlines()[0]) for p in report["problems"]]
    assert problems == [
        ("answers.txt", 2, 6, "s1: 3 entries, expected a vector of 2"),
        ("answers.txt", 1, 12, "a3[1]: expected a number before the end"),
    ]
    assert set(report) == {"id", "score", "max_score", "entries", "mistakes", "problems"}


def test_answers_txt_wins_over_answers_json(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submission(tmp_path / "s001", "s1[2] = -5")
    (folder / "answers.json").write_text('{"s1": [5, 4], "s2": [6, 15]}')
    outcome = backcheck("check", folder, "--json")
    found = entries(outcome)
    assert [found[name]["given"] for name in ("s1[1]", "s1[2]", "s2[1]")] == ["5", "-5", "6"]
    assert json.loads(outcome.out)["submissions"][0]["problems"] == []


def test_empty_values_are_missing_and_a_later_one_counts(backcheck: Backcheck, tmp_path: Path) -> None:
    answers = "s1 = [5, ]\na1 =\ns2 = [1, 1]\ns2[1] = 6\ns3 = [42, -31, 25,]"
    outcome = backcheck("check", submission(tmp_path / "s001", answers), "--json")
    found = entries(outcome)
    verdicts = {name: found[name]["verdict"] for name in ("s1[1]", "s1[2]", "a1[1]", "s2[1]", "s2[2]", "s3[3]")}
    assert verdicts == {
        "s1[1]": "exact",
        "s1[2]": "missing",
        "a1[1]": "missing",
        "s2[1]": "exact",
        "s2[2]": "wrong",
        "s3[3]": "exact",
    }
    (problem,) = json.loads(outcome.out)["submissions"][0]["problems"]
    assert problem["message"] == "s2[1] is given again here; the last one counts"


def test_p_is_not_an_answer_to_what_p_is(backcheck: Backcheck, tmp_path: Path) -> None:
    found = entries(backcheck("check", submission(tmp_path / "s001", "a3 = [p_1, p_2, p_3]"), "--json"))
    assert found["a3[1]"]["verdict"] == "unreadable"
    assert "write it in exponentials" in found["a3[1]"]["note"]


def test_submissions_are_reported_in_order_of_id(backcheck: Backcheck, tmp_path: Path) -> None:
    for name in ("zoe", "007", "ann"):
        submission(tmp_path / "class" / name, "s1 = [5, -5]")
    (tmp_path / "class" / "empty").mkdir()
    (tmp_path / "class" / ".hidden").mkdir()
    report = json.loads(backcheck("check", tmp_path / "class", "--json").out)
    assert [(one["id"], one["score"]) for one in report["submissions"]] == [
        ("007", 2.0),
        ("ann", 2.0),
        ("empty", 0.0),
        ("zoe", 2.0),
    ]


def test_a_file_alone_is_a_submission(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "kim.txt").write_text("s1 = [5, -5]")
    report = json.loads(backcheck("check", tmp_path / "kim.txt", "--json").out)
    assert [(one["id"], one["score"]) for one in report["submissions"]] == [("kim", 2.0)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere"], "backcheck: nowhere: no such file or folder"),
        (["check", "."], "no submission here; expected answers.txt, answers.json, result.json"),
        (["check", ".", "--assignment", "nope"], "backcheck: nope: no such assignment"),
        (["solve", "--digits", "0"], "argument --digits: expected a whole number from 1 to 10000, not '0'"),
        (["verify", "--data", "nowhere"], f"nowhere/{PARAMETERS_FILE}: no such file"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_fault_of_the_call_is_one_message_and_status_2(
    backcheck: Backcheck, arguments: list[str], message: str
) -> None:
    outcome = backcheck(*arguments)
    assert outcome.status == 2
    assert message in " ".join(outcome.err.split("\n"))
    assert "Traceback" not in outcome.err


def test_the_same_id_twice_is_a_fault_of_the_call(backcheck: Backcheck, tmp_path: Path) -> None:
    one, two = (submission(tmp_path / part / "kim", "s1 = 1") for part in ("a", "b"))
    outcome = backcheck("check", one, two)
    assert outcome.status == 2
    assert "the submission 'kim' is named twice" in outcome.err


def test_links_out_of_a_submission_are_not_followed(backcheck: Backcheck, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s1 = [5, -5]")
    folder = tmp_path / "s001"
    folder.mkdir()
    (folder / "answers.txt").symlink_to(secret)
    report = json.loads(backcheck("check", folder, "--json").out)["submissions"][0]
    assert report["score"] == 0
    assert [(p["file"], p["message"]) for p in report["problems"]] == [
        ("answers.txt", "a link; links are not followed")
    ]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checks", *arguments],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


LOADED = """
import sys
from checks.command import main
try:
    main({})
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], *([name, "--help"] for name in COMMANDS), ["verify", "--assignment", "sample"]]
)
def test_help_and_verify_load_neither_sympy_nor_matplotlib(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = done.stderr.split()
    assert not {"sympy", "matplotlib"} & set(loaded)
    if "--help" in arguments and arguments[0] in COMMANDS:
        options = [
            line
            for line in done.stdout.replace("\n                        ", " ").splitlines()
            if line.startswith("  --")
        ]
        assert options
        assert all("default" in line for line in options), options


def test_output_for_a_console_without_unicode_or_colour() -> None:
    plain = run("check", "checks/examples", "--assignment", "sample", PYTHONIOENCODING="ascii", COLUMNS="50")
    assert plain.returncode == 1
    assert plain.stdout.isascii()
    assert "\x1b" not in plain.stdout
    assert max(len(line) for line in plain.stdout.splitlines()) <= 50
    assert "  x W3_new[3,1]: wrong" in plain.stdout
    coloured = run("check", "checks/examples", "--assignment", "sample", FORCE_COLOR="1", PYTHONIOENCODING="utf-8")
    assert "\x1b[31m✗" in coloured.stdout
    assert "\x1b" not in run("check", "checks/examples", "--assignment", "sample", NO_COLOR="1").stdout


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "checks", "solve"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
