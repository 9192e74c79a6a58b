"""A check without the libraries that a browser has not: the same findings, from a process in which they are blocked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

NOT_IN_A_BROWSER = (
    *("numpy", "h5py", "yaml", "jinja2", "markupsafe", "pebble", "pypdfium2", "PIL", "matplotlib", "lxml", "sympy"),
    *("termcolor", "tqdm", "platformdirs", "threadpoolctl", "multiprocessing", "subprocess", "socket", "ssl"),
)
"""They have no wheel for it, or are of no use there."""

PROGRAM = """
import sys
for name in {blocked}:
    sys.modules[name] = None
import json, pathlib
from checks.assignment.assignment_file import load_assignment
from checks.marking.checking import check_material, make_reference
from checks.submissions.contents import Material
files = tuple((name, pathlib.Path(path).read_bytes()) for name, path in {files})
checked = check_material(Material(files), make_reference(load_assignment({assignment!r}), None, "no data here"))
print(json.dumps([[one.name, one.verdict.value, one.given, one.note, one.mistakes] for one in checked.findings]))
"""

WRITE_UPS = {
    "solution.md": "Layer 1: $s_1 = W_1 x + b_1 = [5, -5]^T$ and $a_1 = [5, 0]^T$.\n",
    "solution.tex": r"\[ s^{(1)} = \begin{bmatrix} 5 \\ -5 \end{bmatrix} \]",
    "solution.html": "<p>s1 = [5, -5]</p><p>a1 = [5, 0]</p>",
    "solution.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": ["s1 = [5, -5]\n"]}]}),
}


def findings(files: dict[str, Path], assignment: str, blocked: tuple[str, ...]) -> list[list[object]]:
    held = [(name, str(path)) for name, path in files.items()]
    program = PROGRAM.format(blocked=blocked, files=held, assignment=assignment)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("example", ["all-right", "arithmetic-slip"])
def test_a_sheet_and_a_result_file_are_judged_alike(example: str) -> None:
    folder = ROOT / "checks" / "examples" / example
    files = {path.name: path for path in sorted(folder.iterdir()) if path.name in ("answers.txt", "result.json")}
    lean = findings(files, "sample", NOT_IN_A_BROWSER)
    assert lean == findings(files, "sample", ())
    verdicts = {name: verdict for name, verdict, *_ in lean}
    assert verdicts["s1[1]"] == "exact"
    if "result.json" in files:
        assert (verdicts["result.format"], verdicts["result.activations"]) == ("exact", "undecided")


@pytest.mark.parametrize("name", WRITE_UPS)
def test_write_ups_are_read_alike(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(WRITE_UPS[name], encoding="utf-8")
    lean = findings({name: path}, "ee541-hw3", NOT_IN_A_BROWSER)
    assert {name: verdict for name, verdict, *_ in lean}["s1[1]"] == "exact"
