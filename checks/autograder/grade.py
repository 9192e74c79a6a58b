"""Grades one submission in Gradescope's container: runs `check` under limits and writes results.json.

Whatever becomes of that run, a valid results.json is written. Where there are no marks it gives no score, not even 0,
and says that staff will look; why stands in a test that students do not see.

Runs with any Python 3.9 or later, for it has to speak where the program's own Python is missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

SECONDS = 480
"""How long a run may take; Gradescope itself ends it, without a word, after 600."""

MEGABYTES = 640
"""How much memory a run may take for its data; Gradescope's smallest container has 768."""

LAST_LINES = 40
"""Lines of the run's errors that staff are shown."""

MOST_BYTES = 16 * 2**20
"""More than any report has."""

FORMATS = {
    "output_format": "text",
    "test_output_format": "text",
    "test_name_format": "text",
    "stdout_visibility": "hidden",
}
"""What every results.json begins with: nothing of a student's is taken for markup."""

NOT_GRADED = "Not graded: staff will look at this submission. It has no score yet, which is not a score of 0."


class NoMarksError(Exception):
    """The run gave no marks; the message, for staff alone, says why."""


def not_graded(details: str) -> dict[str, Any]:
    """The content of results.json for a submission that could not be graded; only staff see the details."""
    told = {"name": "Not graded: staff will look", "output": NOT_GRADED, "visibility": "visible"}
    hidden = {"name": "Staff: why it was not graded", "output": details, "visibility": "hidden"}
    return {"output": NOT_GRADED, **FORMATS, "tests": [told, hidden]}


def fault_in(results: object) -> str:
    """What makes Gradescope refuse the content of a results.json; "" where nothing does."""
    if not isinstance(results, dict) or not isinstance(results.get("tests"), list) or not results["tests"]:
        return "expected an object with tests"
    for part in (results, *results["tests"]):
        if not isinstance(part, dict):
            return "a test is not an object"
        for name in ("score", "max_score"):
            if name in part and (not isinstance(part[name], (int, float)) or isinstance(part[name], bool)):
                return f"{name} is not a number"
        if not isinstance(part.get("output", ""), str):
            return "output is not text"
    return ""


def run_check(root: Path, folder: Path) -> str:
    """Grades the submission under `root`; returns the content of results.json. Raises `NoMarksError`.

    `folder` is an empty folder to work in.
    """
    source, made, errors = root / "source", folder / "results.json", folder / "errors.txt"
    python = root / "venv" / "bin" / "python"
    if not python.exists():
        raise NoMarksError(f"{python} is missing: setup.sh did not finish. Build the autograder's image again.")
    # The folder of the submission is neither the working folder nor on the path, so that no file in it is imported.
    command = [python, "-P", "-m", "checks", "check", root / "submission", "--assignment", source / "assignment.toml"]
    command += ["--data", source / "data", "--gradescope", made, "--exit-zero", "-j", "1", "--no-store"]
    status = run_limited([str(part) for part in command], source, errors)
    if status:
        raise NoMarksError(f"{status}\n\n{last_lines(errors)}")
    if not made.is_file():
        raise NoMarksError(f"the run ended well, but wrote no results\n\n{last_lines(errors)}")
    if made.stat().st_size > MOST_BYTES:
        raise NoMarksError(f"the run wrote {made.stat().st_size} bytes of results, more than {MOST_BYTES}")
    try:
        text = made.read_text(encoding="utf-8")
        fault = fault_in(json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError) as error:
        fault = f"not JSON: {error}"
    if fault:
        raise NoMarksError(f"the run wrote results that Gradescope would refuse: {fault}\n\n{last_lines(errors)}")
    return text


def run_limited(command: list[str], folder: Path, errors: Path) -> str:
    """Runs the command in the folder, within the limits of time and memory; its errors go to a file.

    Returns how it failed, "" where it did not. What it prints is left aside: it holds the key.
    """
    seconds = float(os.environ.get("AUTOGRADER_SECONDS", SECONDS))
    with errors.open("wb") as log:
        run = subprocess.Popen(  # noqa: S603  our own program, on a folder that it reads with care
            command,
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
        limit_memory(run.pid)
        try:
            status = run.wait(seconds)
        except subprocess.TimeoutExpired:
            return f"the run did not finish in {seconds:g} seconds"
        finally:
            with contextlib.suppress(ProcessLookupError):  # what it started goes with it
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()
    if status < 0:
        hint = " (by the system, where memory has run out)" if -status == signal.SIGKILL else ""
        return f"the run was ended by signal {-status}{hint}"
    return f"the run ended with exit status {status}" if status else ""


def environment(source: Path) -> dict[str, str]:
    """The variables of the run: only our own program is imported, and one thread computes, in one pool of memory."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ours = {"PYTHONPATH": str(source), "PYTHONUTF8": "1", "NO_COLOR": "1", "MALLOC_ARENA_MAX": "1"}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**kept, **ours, **threads}


def limit_memory(process: int) -> None:
    """Lets the process fail for want of memory by itself, before the container ends everything in it.

    Should the system still have to end something, it takes that process, not this one.
    """
    limit = int(os.environ.get("AUTOGRADER_MEGABYTES", MEGABYTES)) * 2**20
    with contextlib.suppress(OSError, AttributeError, ValueError):  # a system that has no such limits
        resource.prlimit(process, resource.RLIMIT_DATA, (limit, limit))
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/oom_score_adj").write_text("1000", encoding="ascii")


def last_lines(errors: Path) -> str:
    """The end of what the run wrote to its errors."""
    with errors.open("rb") as log:
        log.seek(max(0, errors.stat().st_size - 16_000))
        lines = log.read().decode("utf-8", "replace").splitlines()
    return "\n".join(lines[-LAST_LINES:]) or "It wrote no errors."


def write_results(root: Path, text: str) -> None:
    """Puts results.json in place, whole or not at all."""
    folder = root / "results"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "results.json.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / "results.json")


def grade(root: Path) -> str:
    """Grades the submission under `root`, writes results.json, and returns why it has no marks, "" where it has."""
    details = ""
    try:
        with tempfile.TemporaryDirectory() as folder:
            text = run_check(root, Path(folder))
    except NoMarksError as error:
        details = str(error)
    except Exception:  # the rim: there is nobody else to tell
        details = traceback.format_exc()
    write_results(root, json.dumps(not_graded(details), indent=2) if details else text)
    return details


def _refuse(constant: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(f"{constant} is not a number")


if __name__ == "__main__":
    print(grade(Path(sys.argv[1])) or "graded")
