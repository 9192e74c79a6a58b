"""A check without the libraries that a browser has not: the same findings, from a process in which they are blocked."""

from __future__ import annotations

import json
from pathlib import Path

from tests.processes import did
from tests.submissions import ROOT

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
reference = make_reference(load_assignment("sample"), None, "no data here")
for paths in {submissions}:
    files = tuple((name, pathlib.Path(path).read_bytes()) for name, path in paths)
    checked = check_material(Material(files), reference)
    print(json.dumps([[one.name, one.verdict.value, one.given, one.note, one.mistakes] for one in checked.findings]))
"""

WRITE_UPS = {
    "solution.md": "Layer 1: $s_1 = W_1 x + b_1 = [5, -5]^T$ and $a_1 = [5, 0]^T$.\n",
    "solution.tex": r"\[ s^{(1)} = \begin{bmatrix} 5 \\ -5 \end{bmatrix} \]",
    "solution.html": "<p>s1 = [5, -5]</p><p>a1 = [5, 0]</p>",
    "solution.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": ["s1 = [5, -5]\n"]}]}),
}


def findings(submissions: list[list[Path]], blocked: tuple[str, ...]) -> list[list[list[object]]]:
    """Those on each submission, from a process of its own."""
    told = [[(path.name, str(path)) for path in files] for files in submissions]
    program = PROGRAM.format(blocked=blocked, submissions=told)
    done = did(program)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_sheets_result_files_and_write_ups_are_judged_alike(tmp_path: Path) -> None:
    folders = [ROOT / "checks" / "examples" / name for name in ("all-right", "arithmetic-slip")]
    submissions = [sorted(folder.iterdir()) for folder in folders]
    for name, text in WRITE_UPS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        submissions.append([tmp_path / name])
    lean = findings(submissions, NOT_IN_A_BROWSER)
    assert lean == findings(submissions, ())
    verdicts = [{name: verdict for name, verdict, *_ in one} for one in lean]
    assert [one["s1[1]"] for one in verdicts] == ["exact"] * len(submissions)
    assert (verdicts[0]["result.format"], verdicts[0]["result.activations"]) == ("exact", "undecided")
