"""A run over a class and its store: what a kill, a second run and damage do to outcomes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks.assignment.assignment_file import AssignmentText, assignment_text
from checks.marking.checked import Checked
from checks.marking.checking import check_material, make_reference
from checks.running.class_run import ClassRun
from checks.running.jobs import Job
from checks.running.outcome import Failure, decoded, encoded
from checks.running.setup import Limits, Setup
from checks.running.store_file import Store
from checks.submissions.contents import Material, read_material
from checks.submissions.submission import Submission
from checks.submissions.submission_file import find_submissions
from tests.downloads import planted
from tests.processes import call_of, ran
from tests.runs import answers, fork_server, made_setup, rows
from tests.submissions import EXAMPLES, ROOT, Backcheck
from tests.worked_cases import ANSWERS


def test_outcomes_survive_being_written_down() -> None:
    setup = made_setup()
    reference = make_reference(setup.assignment.parsed(), setup.folder.path, "")
    for text in (ANSWERS, "s1 = [5, é∑漢]", "nonsense", 'a3[1] = 5 +\nW3_new = "\u202e'):
        checked = check_material(answers(text), reference, explain=True)
        assert decoded(encoded(checked)) == checked
    json_with_half_a_pair = Material((("answers.json", b'{"\\ud801": 5, "s1": ["\\ud800", -5]}'),))
    checked = check_material(json_with_half_a_pair, reference)
    assert decoded(encoded(checked)) == checked
    plain = zlib.decompress(encoded(checked))
    of_another_kind = (
        plain.replace(b'"max_points": "1"', number) for number in (b'"max_points": 1', b'"max_points": "1/0"')
    )
    for damage in (b"", b"x", encoded(checked)[:-5], *map(zlib.compress, of_another_kind)):
        with pytest.raises(ValueError, match="not an outcome"):
            decoded(damage)


def counting(setup: Setup, counted: list[str]) -> Any:
    def check(given: Iterator[Job]) -> Iterator[tuple[str, bytes | Failure]]:
        reference = make_reference(setup.assignment.parsed(), setup.folder.path, "")
        for job in given:
            counted.append(job.digest)
            yield job.digest, encoded(check_material(job.material, reference))

    return check


def run_counted(folder: Path, store: Path, setup: Setup) -> tuple[list[Checked], list[str], int]:
    """The outcomes, what was checked for them, and how many the progress bar was told of."""
    counted: list[str] = []
    told: list[int] = []
    reference = make_reference(setup.assignment.parsed(), setup.folder.path, "")
    opened = Store.opened(store, setup.digest())
    run = ClassRun(find_submissions([folder]).submissions, reference, opened)
    run.check(counting(setup, counted), told.append)
    outcomes = list(run.outcomes())
    opened.close()
    return outcomes, counted, sum(told)


def test_a_second_run_checks_only_what_changed(tmp_path: Path) -> None:
    names = ("ada", "bob", "cyd", "dee")
    folder = planted(tmp_path / "in", {f"{name}/answers.txt": f"s1 = [5, {len(name)}{name}]" for name in names})
    planted(folder, {"eve/answers.txt": (folder / "ada" / "answers.txt").read_bytes()})
    setup = made_setup()
    first, counted, told = run_counted(folder, tmp_path / "store", setup)
    assert (len(first), len(counted), told) == (5, 4, 5)
    again, counted, told = run_counted(folder, tmp_path / "store", setup)
    assert (again, counted, told) == (first, [], 5)
    (folder / "bob" / "answers.txt").write_text("s1 = [5, -5]")
    third, counted, told = run_counted(folder, tmp_path / "store", setup)
    assert (len(counted), told) == (1, 5)
    assert [one.score for one in third] == [1, 2, 1, 1, 1]
    other = Setup(setup.assignment, setup.folder, setup.data, explain=True)
    assert len(run_counted(folder, tmp_path / "store", other)[1]) == 4


def test_the_key_of_a_student_is_worked_out_once_in_a_row(tmp_path: Path) -> None:
    folder = planted(tmp_path / "in", {f"{name}/answers.txt": "s1 = [5, -5]" for name in ("ada", "bob", "cyd")})
    setup = made_setup()
    reference = make_reference(setup.assignment.parsed(), setup.folder.path, "")
    store = Store.opened(None, setup.digest())
    own = {name: AssignmentText(name, setup.assignment.text + f"# {name}") for name in ("ada", "bob")}
    run = ClassRun(find_submissions([folder]).submissions, reference, store, variants=own)
    of_ada = run.reference_of("ada")
    assert run.reference_of("ada") is of_ada is not reference
    assert run.reference_of("cyd") is reference
    assert run.reference_of("bob") is not of_ada
    assert run.reference_of("bob") is run.reference_of("bob")
    store.close()


def test_what_an_outcome_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = made_setup()
    changed = assignment_text("ee541-hw3")
    digests = {
        setup.digest(),
        Setup(changed, setup.folder, setup.data).digest(),
        Setup(setup.assignment, setup.folder, ()).digest(),
        Setup(setup.assignment, setup.folder, setup.data, explain=True).digest(),
    }
    assert Setup(setup.assignment, setup.folder, setup.data, limits=Limits(1.0, 7)).digest() in digests
    monkeypatch.setattr("checks.running.setup.program_digest", lambda: "another program")
    digests.add(setup.digest())
    assert len(digests) == 5
    one = Material((("answers.txt", b"s1 = 1"),))
    others = {
        one.digest(),
        Material((("answers.json", b"s1 = 1"),)).digest(),
        Material((("answers.txt", "s1 = 1"),)).digest(),
        Material((("answers.txt", b"s1 = 2"),)).digest(),
        Material(()).digest(),
    }
    assert len(others) == 5


def test_a_submission_whose_reading_fails_is_left_to_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(tmp_path / "in", {"ada/answers.txt": "s1 = [5, -5]", "bob/answers.txt": "s1 = [5, -5]"})

    def broken(submission: Submission) -> Material:
        if submission.id == "ada":
            raise MemoryError
        return read_material(submission)

    monkeypatch.setattr("checks.running.class_run.read_material", broken)
    outcomes, counted, told = run_counted(tmp_path / "in", tmp_path / "store", made_setup())
    assert [(one.score, one.max_score) for one in outcomes] == [(0, 0), (2, 73)]
    assert "backcheck failed on this submission (MemoryError" in outcomes[0].troubles[0].message
    assert (len(counted), told) == (1, 2)


def test_a_damaged_outcome_is_told_and_mended_by_the_next_run(backcheck: Backcheck, tmp_path: Path) -> None:
    call = ("check", EXAMPLES / "all-right", "--assignment", "sample", "--json", "--store", tmp_path / "store")
    whole = backcheck(*call).out
    with sqlite3.connect(tmp_path / "store") as connection:
        connection.execute("UPDATE outcomes SET outcome = X'00'")
    connection.close()
    damaged = json.loads(backcheck(*call).out)["submissions"][0]
    assert damaged["max_score"] == 0
    assert "its stored outcome is damaged" in damaged["problems"][0]["message"]
    assert backcheck(*call).out == whole


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = planted(tmp_path / "in", {f"s{n:03}/answers.txt": f"{ANSWERS}\n# {n}" for n in range(150)})
    call = ("check", folder, "--assignment", "sample", "--json", "--exit-zero")
    undisturbed = ran(*call, "--no-store")
    assert undisturbed.returncode == 0
    store = tmp_path / "store"
    with subprocess.Popen(call_of(*call, "--store", store), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        stored = 0
        while stored < 20 and process.poll() is None:
            time.sleep(0.02)
            stored = rows(store)
        process.kill()
    before = rows(store)
    assert 20 <= before < 150
    second = ran(*call, "--store", store)
    assert (second.returncode, second.stdout) == (0, undisturbed.stdout)
    assert rows(store) == 150


def test_an_interruption_leaves_what_is_done(tmp_path: Path) -> None:
    folder = planted(tmp_path / "in", {f"s{n:03}/answers.txt": f"{ANSWERS}\n# {n}" for n in range(300)})
    store = tmp_path / "store"
    call = call_of("check", folder, "--assignment", "sample", "--store", store)
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        watch = threading.Timer(60, process.kill)
        watch.start()
        while rows(store) < 5 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        watch.cancel()
    assert process.returncode == 130
    assert err == b"backcheck: interrupted\n"
    assert 5 <= rows(store) < 300


def test_an_interruption_while_processes_begin_is_one_line(tmp_path: Path) -> None:
    """A terminal interrupts all of them at once."""
    folder = planted(tmp_path / "in", {f"s{n:03}/answers.txt": f"{ANSWERS}\n# {n}" for n in range(300)})
    call = call_of("check", folder, "--assignment", "sample", "--no-store")
    for pause in (0.0, 0.3, 0.6, 1.0):
        with subprocess.Popen(
            call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        ) as process:
            watch = threading.Timer(60, process.kill)
            watch.start()
            while not fork_server(process.pid) and process.poll() is None:
                time.sleep(0.01)
            time.sleep(pause)
            os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate()
            watch.cancel()
        assert (process.returncode, err) == (130, b"backcheck: interrupted\n")


def test_a_store_is_for_its_user_alone(tmp_path: Path) -> None:
    Store.opened(tmp_path / "kept" / "store", "setup").close()
    assert (tmp_path / "kept" / "store").stat().st_mode & 0o777 == 0o600
