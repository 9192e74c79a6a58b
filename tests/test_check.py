"""check from end to end: what a professor or a student sees of submissions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.processes import call_of
from tests.submissions import EXAMPLES, ROOT, Backcheck, entries, submission
from tests.worked_cases import ANSWERS


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
    (tmp_path / "ann" / "homework.rtf").write_text("s1 = [5, -5]")
    (tmp_path / "ann" / "bob").mkdir()
    out = backcheck("check", tmp_path).out
    assert "expected answers.txt, answers.json, result.json, found bob/, homework.rtf" in " ".join(out.split())


def test_solve_in_three_formats(backcheck: Backcheck) -> None:
    text = backcheck("solve").out
    assert "delta2 = [p_2, p_1 - 4*p_2]" in text
    assert "p_2 = e^-31/(e^42 + e^-31 + e^25) ≈ 1.9792597960067817061e-32" in text
    key = json.loads(backcheck("solve", "--format", "json", "--digits", "30").out)
    assert key["delta2[1]"] == {
        "expected": "p_2",
        "decimal": "1.97925979600678170611408981814e-32",
        "cell": "delta2[1]",
    }
    assert key["a3[1]"]["expected"] == "e^42/(e^42 + e^-31 + e^25)"
    assert key["W1_new[2,3]"] == {"expected": "-2", "decimal": "-2", "cell": "W1_new[2,3]"}
    assert len(key) == 48
    latex = backcheck("solve", "--format", "latex").out
    assert r"\frac{e^{42}}{e^{42} + e^{-31} + e^{25}}" in latex
    assert latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") >= 3


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
    assert set(report) == {"id", "digest", "score", "max_score", "entries", "mistakes", "problems"}


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


@pytest.mark.parametrize("pair", [("csv", "junit"), ("csv", "gradebook"), ("csv", "roster"), ("junit", "tex")])
def test_no_output_is_written_over_another_or_over_what_is_read(
    pair: tuple[str, str], backcheck: Backcheck, tmp_path: Path
) -> None:
    path = tmp_path / "both.tex"
    path.write_text("id,name\n007,Ada\n", encoding="utf-8")
    first, second = (f"--{name}" for name in pair)
    outcome = backcheck("check", EXAMPLES / "all-right", "--assignment", "sample", first, path, second, path)
    assert (outcome.status, outcome.out) == (2, "")
    assert "it is --" in outcome.err
    assert path.read_text(encoding="utf-8") == "id,name\n007,Ada\n"


def test_what_an_earlier_run_wrote_stays_until_there_is_more_to_write(backcheck: Backcheck, tmp_path: Path) -> None:
    table = tmp_path / "marks.csv"
    table.write_text("earlier", encoding="utf-8")
    call = ("check", EXAMPLES / "all-right", "--assignment", "sample", "--csv", table)
    assert backcheck(*call, "--gradebook", tmp_path / "none.csv").status == 2
    assert table.read_text(encoding="utf-8") == "earlier"
    assert backcheck(*call).status == 0
    assert table.read_text(encoding="utf-8").startswith("id,name,")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it stands for a disk without room")
def test_one_output_that_cannot_be_written_costs_no_other(backcheck: Backcheck, tmp_path: Path) -> None:
    call = ("check", EXAMPLES / "all-right", "--assignment", "sample", "--csv", "/dev/full")
    outcome = backcheck(*call, "--junit", tmp_path / "j.xml", "--html", tmp_path / "pages")
    assert outcome.status == 2
    assert outcome.err.endswith("/dev/full: cannot be written: No space left on device\n")
    assert (tmp_path / "j.xml").read_text(encoding="utf-8").endswith("</testsuites>\n")
    assert (tmp_path / "pages" / "index.html").exists()


def test_a_reader_who_goes_costs_no_table(tmp_path: Path) -> None:
    for number in range(40):
        submission(tmp_path / "in" / f"s{number:02}", "s1 = [5, -5]")
    table = tmp_path / "marks.csv"
    call = call_of("check", tmp_path / "in", "--assignment", "sample", "--json", "--csv", table)
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b"backcheck: sample data, not the course's files\n"
    assert process.returncode == 2
    assert len(table.read_text(encoding="utf-8").splitlines()) == 41
