"""Builds the program's own Python in Gradescope's container, once, and tries it on an empty submission.

`setup.sh` runs it with a Python 3.11 or later.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(root: Path) -> int:
    """Makes `venv` under the root. Returns 1, with a word on stderr, where that cannot be done."""
    venv = root / "venv"
    python = venv / "bin" / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "install", "--quiet"]
    lock = ["--require-hashes", "--only-binary", ":all:", "-r", HERE / "requirements.lock"]
    steps: dict[str, list[object]] = {
        "make a venv": [sys.executable, "-m", "venv", "--clear", venv],
        "install requirements.lock": [*pip, *lock],
        "compile the program": [python, "-m", "compileall", "-q", root / "source"],
    }
    for purpose, command in steps.items():
        done = subprocess.run([str(part) for part in command], check=False)  # noqa: S603  our own commands
        if done.returncode:
            print(f"setup: could not {purpose} (exit status {done.returncode}; see above)", file=sys.stderr)
            return 1
    return try_it(root)


def try_it(root: Path) -> int:
    """Grades an empty submission, so that what is wrong shows when the image is built, not at the first student."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        (trial / "submission").mkdir()
        for name in ("source", "venv"):
            (trial / name).symlink_to(root / name)
        grade = [sys.executable, "-I", str(HERE / "grade.py"), str(trial)]
        environment = {**os.environ, "AUTOGRADER_SECONDS": "300"}
        done = subprocess.run(grade, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.stdout.strip() != "graded":
        print(f"setup: could not grade an empty submission:\n{done.stdout}{done.stderr}", file=sys.stderr)
        return 1
    print("setup: ready")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
