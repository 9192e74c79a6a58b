"""The autograder's zip, set up and run as in Gradescope's container: whatever happens, a valid results.json is written,
and nobody gets a 0 because something of ours failed.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from checks.assignment.bundled import DEFAULT, assignment_path
from checks.autograder import autograder_file
from checks.autograder.grade import fault_in, not_graded
from tests.conftest import Outcome
from tests.containers import Container, another, measured, tools, unpacked
from tests.gradescope import hidden, is_graded, seen, visible
from tests.hands.desk import Desk
from tests.hands.files import ENGINE, KINDS, as_file
from tests.hands.habits import HABITS
from tests.hands.problems import PROBLEMS
from tests.submissions import EXAMPLES, ROOT, submission

Backcheck = Callable[..., Outcome]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the container is Linux, and so are its limits")


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Container:
    """The container for the assignment `sample`, after setup.sh."""
    pytest.importorskip("ensurepip", reason="setup.sh needs a Python that can make a venv with pip")
    folder = tmp_path_factory.mktemp("gradescope")
    assignment = ROOT / "checks" / "assignments" / "sample.toml"
    autograder_file.write_autograder(folder / "autograder.zip", assignment, ROOT / "numeric" / "sample")
    container = unpacked(folder / "autograder.zip", folder / "autograder", tools(folder / "tools"))
    done = container.bash("source/setup.sh")
    unreachable = "(from versions: none)" in done.stderr or "connection" in done.stderr.lower()
    if done.returncode and unreachable and not os.environ.get("CI"):
        pytest.skip("setup.sh needs the package index, which cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("setup: ready\n")
    return container


@pytest.fixture
def container(image: Container, tmp_path: Path) -> Container:
    return another(image, tmp_path / "autograder")


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir()))
def test_the_examples_get_the_marks_of_the_report(example: str, container: Container, backcheck: Backcheck) -> None:
    results = container.submit(EXAMPLES / example).run()
    assert is_graded(results)
    report = backcheck("check", EXAMPLES / example, "--assignment", "sample").out
    assert f"Score: {results['score']:g} of 73" in report
    assert "expected" in hidden(results) or results["score"] == 73


def test_an_empty_submission_is_graded_all_missing(container: Container) -> None:
    results = container.run()
    assert results["score"] == 0
    assert all("missing" in test["output"] for test in seen(results))


def test_a_submission_of_folders_alone_is_graded(container: Container, tmp_path: Path) -> None:
    submission(tmp_path / "sent" / "homework 3" / "answers", "s1 = [5, -5]")
    assert is_graded(container.submit(tmp_path / "sent").run())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf" or ENGINE])
def test_a_write_up_is_read_and_what_is_to_confirm_waits_for_staff(
    kind: str, container: Container, backcheck: Backcheck, tmp_path: Path
) -> None:
    (tmp_path / "ada").mkdir()
    document = tmp_path / "ada" / f"homework.{kind}"
    document.write_bytes(as_file(HABITS["by component"](Desk(PROBLEMS["homework"])), kind))
    report = json.loads(backcheck("check", document.parent, "--assignment", "sample", "--json").out)["submissions"][0]
    results, used = measured(container.submit(document.parent))
    assert used.megabytes < 400, "the container has 768 MB"
    assert results["score"] == report["score"] > 40
    places = Counter(entry["reading"] for entry in report["entries"] if entry["source"])
    assert places["certain"] > 40
    assert f"homework.{kind}" in hidden(results)
    waiting = [entry["name"] for entry in report["entries"] if entry["reading"] == "to-confirm"]
    for name in waiting:
        assert re.search(rf"^\s*\? {re.escape(name)}: undecided", hidden(results), re.MULTILINE)
        (told,) = (test for test in seen(results) if test["name"] == name.partition("[")[0])
        assert "not counted: staff will look" in told["output"]
    assert ("not found" in hidden(results)) == any(
        entry["verdict"] == "undecided" and entry["reading"] != "to-confirm" for entry in report["entries"]
    )


# What a student might send, in the folder of the submission.


def a_link(folder: Path) -> None:
    (folder / "answers.txt").symlink_to("/etc/passwd")
    (folder / "result.json").symlink_to("/dev/zero")


def a_sparse_file(folder: Path) -> None:
    for name in ("result.json", "answers.json"):
        with (folder / name).open("wb") as file:
            file.truncate(2 * 2**30)


def a_bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "result.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", b" " * 200_000_000)


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "answers.txt")


def folders_by_those_names(folder: Path) -> None:
    (folder / "answers.txt" / "result.json").mkdir(parents=True)


def modules_by_our_names(folder: Path) -> None:
    for name in ("numpy", "json", "checks", "sitecustomize", "usercustomize", "__main__"):
        (folder / f"{name}.py").write_text("open('/proc/self/cwd/ran', 'w'); raise SystemExit(3)", encoding="utf-8")


def deep_brackets(folder: Path) -> None:
    (folder / "result.json").write_bytes(b"[" * 30_000_000)


def many_objects(folder: Path) -> None:
    (folder / "result.json").write_bytes(b"[" + b"{}," * 10_000_000 + b"{}]")


def odd_names(folder: Path) -> None:
    (folder / "answers.txt\n").write_bytes(b"s1 = [5, -5]")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_bytes(b"")


HOSTILE = (
    a_link,
    a_sparse_file,
    a_bomb,
    a_pipe,
    folders_by_those_names,
    modules_by_our_names,
    deep_brackets,
    many_objects,
    odd_names,
)


@pytest.mark.parametrize("send", HOSTILE, ids=lambda send: send.__name__)
def test_hostile_files_get_valid_results(send: Callable[[Path], None], container: Container) -> None:
    send(container.root / "submission")
    results = container.run()
    assert is_graded(results), hidden(results)
    assert results["score"] == 0
    assert "root:" not in visible(results) + hidden(results)
    assert not list(container.root.rglob("ran"))


# What might go wrong with the program itself, put in the place of `python -m checks`.

WRITE = "import pathlib, sys; out = pathlib.Path(sys.argv[sys.argv.index('--gradescope') + 1]); "
SABOTAGE = {
    "raises": ("raise RuntimeError('the key is 4.2')", "RuntimeError: the key is 4.2"),
    "cannot be compiled": ("def", "SyntaxError"),
    "aborts": ("import os; os.abort()", "signal 6"),
    "is killed": ("import os; os.kill(os.getpid(), 9)", "signal 9 (by the system, where memory has run out)"),
    "takes all memory": ("x = [bytearray(10**7) for _ in range(10**4)]", "MemoryError"),
    "hangs": ("import time; time.sleep(60)", "did not finish in 2 seconds"),
    "will not end": ("import signal; signal.signal(15, signal.SIG_IGN)\nwhile True: pass", "did not finish"),
    "exits without results": ("", "wrote no results"),
    "fails with results": (WRITE + 'out.write_text(\'{"tests": [{"score": 0}]}\'); sys.exit(2)', "exit status 2"),
    "writes garbage": (WRITE + "out.write_bytes(bytes(range(256)))", "Gradescope would refuse"),
    "writes half of it": (WRITE + 'out.write_text(\'{"score": 1, "tests": [\')', "Gradescope would refuse"),
    "writes no object": (WRITE + "out.write_text('[]')", "expected an object with tests"),
    "writes no tests": (WRITE + "out.write_text('{\"tests\": []}')", "expected an object with tests"),
    "writes no number": (WRITE + 'out.write_text(\'{"tests": [{"score": NaN}]}\')', "NaN is not a number"),
    "writes brackets": (WRITE + "out.write_text('[' * 10**6)", "Gradescope would refuse"),
    "writes too much": (WRITE + "out.write_bytes(b'x' * 2**25)", "more than 16777216"),
    "makes a folder": (WRITE + "out.mkdir()", "wrote no results"),
    "floods its errors": ("import sys\nfor _ in range(10**5): print('x' * 99, file=sys.stderr)\nsys.exit(1)", "xxx"),
}


@pytest.mark.parametrize("case", SABOTAGE)
def test_whatever_the_program_does_there_is_no_score_of_0(case: str, container: Container) -> None:
    code, why = SABOTAGE[case]
    (container.root / "source" / "checks" / "__main__.py").write_text(code, encoding="utf-8")
    results = container.submit(EXAMPLES / "all-right").run(AUTOGRADER_SECONDS=2, AUTOGRADER_MEGABYTES=300)
    assert not is_graded(results)
    assert why in hidden(results)
    assert "4.2" not in visible(results)
    assert len(hidden(results)) < 20_000


def test_what_a_run_has_started_ends_with_it(container: Container) -> None:
    noted = container.root / "started"
    start = (
        f"import os, pathlib, time\nif not os.fork():\n    pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))"
    )
    (container.root / "source" / "checks" / "__main__.py").write_text(f"{start}\ntime.sleep(60)", encoding="utf-8")
    assert not is_graded(container.run(AUTOGRADER_SECONDS=2))
    process = Path("/proc") / noted.read_text(encoding="utf-8")
    for _ in range(50):
        if not process.exists() or " Z " in (process / "stat").read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    pytest.fail("it still runs")


def test_a_module_that_is_missing_is_told_to_staff(container: Container) -> None:
    (container.root / "source" / "checks" / "judging" / "verdicts.py").unlink()
    results = container.submit(EXAMPLES / "all-right").run()
    assert not is_graded(results)
    assert "ModuleNotFoundError" in hidden(results)


def test_missing_data_gives_no_score(container: Container) -> None:
    (container.root / "source" / "data" / "mnist_testdata.hdf5").unlink()
    results = container.submit(EXAMPLES / "all-right").run()
    assert not is_graded(results)
    assert "mnist_testdata.hdf5" in hidden(results)
    assert "mnist_testdata.hdf5" not in visible(results)


def test_a_venv_that_is_missing_is_told_to_staff(container: Container) -> None:
    (container.root / "venv").unlink()
    results = container.run()
    assert not is_graded(results)
    assert "setup.sh did not finish" in hidden(results)


def test_where_not_even_the_grader_runs_the_first_results_stand(container: Container) -> None:
    """The results of an earlier run are gone too."""
    assert is_graded(container.run())
    (container.root / "source" / "checks" / "autograder" / "grade.py").write_text("import os; os.abort()", "utf-8")
    assert not is_graded(container.run())
    (container.root / "venv").unlink()
    (container.root / "empty").mkdir()
    assert not is_graded(Container(container.root, container.root / "empty").run())


def test_the_run_prints_no_key(container: Container) -> None:
    done = container.submit(EXAMPLES / "arithmetic-slip").bash("run_autograder")
    assert (done.stdout, done.stderr) == ("graded\n", "")


@pytest.mark.parametrize(
    ("results", "fault"),
    [
        (not_graded("why"), ""),
        ({"tests": [{"score": 1, "output": "x"}], "score": 0.5}, ""),
        ([], "expected an object with tests"),
        ({"score": 1}, "expected an object with tests"),
        ({"tests": {}}, "expected an object with tests"),
        ({"tests": [5]}, "a test is not an object"),
        ({"tests": [{"score": "5"}]}, "score is not a number"),
        ({"tests": [{}], "score": True}, "score is not a number"),
        ({"tests": [{"max_score": None}]}, "max_score is not a number"),
        ({"tests": [{"output": ["x"]}]}, "output is not text"),
    ],
)
def test_faults_of_results_are_found(results: object, fault: str) -> None:
    assert fault_in(results) == fault


@pytest.mark.parametrize("kind", ["right", "over the batch", "of another network"])
def test_a_run_on_the_course_data_fits_the_smallest_container(
    kind: str, image: Container, course_data: Path, backcheck: Backcheck, tmp_path: Path
) -> None:
    """10,000 records: right ones, a named mistake, and activations on which every mistaken program is tried."""
    autograder_file.write_autograder(tmp_path / "a.zip", assignment_path(DEFAULT), course_data)
    container = unpacked(tmp_path / "a.zip", tmp_path / "autograder", image.tools)
    (container.root / "venv").symlink_to(image.root / "venv")
    result = container.root / "submission" / "result.json"
    assert backcheck("verify", "--data", course_data, "--result", result).status == 0
    records = json.loads(result.read_text(encoding="utf-8"))
    if kind != "right":
        rows = np.array([record["activations"] for record in records])
        wrong = rows / len(rows) if kind == "over the batch" else np.roll(rows, 1, axis=1) * 0.9 + 0.01
        for record, row in zip(records, wrong.tolist(), strict=True):
            record["activations"] = row
        result.write_text(json.dumps(records), encoding="utf-8")
    results, used = measured(container)
    assert results["score"] == (20 if kind == "right" else 10)
    print(f"{kind}: {used.megabytes:.0f} MB at most, {used.seconds:.1f} s of processor time")
    assert 50 < used.megabytes < 400, "the container has 768 MB"


# Setting up.


def test_setup_without_a_python_says_so(container: Container, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = Container(container.root, tmp_path / "none").bash("source/setup.sh")
    assert done.returncode == 1
    assert "needs Python 3.11 or later" in done.stderr


def test_setup_with_an_old_python_asks_apt_for_another(container: Container, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (folder / "apt-get").write_text('#!/bin/sh\necho "apt: $*"\n[ "$1" = update ]\n', encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o755)
    done = Container(container.root, folder).bash("source/setup.sh")
    assert done.returncode == 1
    assert re.findall(r"apt: \w+.* (python\S+)", done.stdout) == [f"python3.{minor}-venv" for minor in (13, 12, 11)]
    assert "none could be installed" in done.stderr


def test_setup_that_cannot_install_says_so(container: Container) -> None:
    (container.root / "venv").unlink()
    done = container.bash("source/setup.sh", PIP_NO_INDEX=1)
    assert done.returncode == 1
    assert "setup: could not install requirements.lock" in done.stderr


def test_setup_tries_the_image(container: Container) -> None:
    """A fault shows when the image is built, not at the first student."""
    (container.root / "source" / "assignment.toml").write_text("id = 5", encoding="utf-8")
    script = container.root / "source" / "checks" / "autograder" / "install.py"
    only_try = script.read_text(encoding="utf-8").replace("sys.exit(main(", "sys.exit(try_it(")
    script.write_text(only_try, encoding="utf-8")
    done = container.bash("source/setup.sh")
    assert done.returncode == 1
    assert "could not grade an empty submission" in done.stderr
    assert "assignment.toml" in done.stderr
