"""Trees and zips in the shapes of the platforms' downloads, made of a few submissions."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

HALF = "s1 = [5, -5]\n"
"""Two entries right."""

Tree = Mapping[str, str | bytes]
"""Paths with their contents; one that ends in / is an empty folder."""


def planted(folder: Path, tree: Tree) -> Path:
    """The tree as a folder on disk."""
    for name, content in tree.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zipped(path: Path, tree: Tree) -> Path:
    """The tree as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            archive.writestr(name, b"" if name.endswith("/") else content)
    return path


def zip_bytes(tree: Tree, folder: Path) -> bytes:
    """A zip that is to be put into another."""
    return zipped(folder / "inner.zip", tree).read_bytes()


GRADESCOPE = """---
submission_101:
  :submitters:
  - :name: Ann Doe
    :sid: '007'
    :email: ada@example.edu
  :created_at: 2026-10-05 05:57:14.862563000 Z
  :score: 0.0
  :status: processed
  :autograder_score:
  :results:
    tests: []
submission_102:
  :submitters:
  - :name: "Émile O'Brien-Núñez"
    :sid: 42
    :email: emile@example.edu
  - :name: Lin_Wei
    :sid:
    :email:
  :created_at: 2026-10-05 06:00:00.000000000 Z
submission_103:
  :submitters:
  - :name: 李 雷
    :sid: '0100'
    :email: li@example.edu
  :history:
  - :id: 9
"""

GRADESCOPE_TREE: Tree = {
    "submission_metadata.yml": GRADESCOPE,
    "submission_101/answers.txt": HALF,
    "submission_101/code/result.json": "[]",
    "submission_102/Answers.TXT": HALF,
    "submission_103/": "",
}

CANVAS_TREE: Tree = {
    "doeann_4501_90001_answers.txt": HALF,
    "doeann_4501_90002_result.json": "[]",
    "obrien_nunezemile_LATE_4502_90003_answers-1.txt": HALF,
    "obrien_nunezemile_LATE_4502_90001_answers.txt": "s1 = [0, 0]",
    "李雷_4503_90009_Answers (2).txt": HALF,
    "anon_aB3xY_90010_answers.txt": HALF,
    "LATE_anon_qq1ZZ_90011_answers.txt": HALF,
    "weilin_4504_text.html": "<p>s1 = [5, -5]</p>",
    "smith12_4505_90012_12_34_answers.txt": HALF,
}

MOODLE_TREE: Tree = {
    "Ann Doe_12345_assignsubmission_file_/answers.txt": HALF,
    "Émile O'Brien-Núñez_12346_assignsubmission_file_/hw3/answers.txt": HALF,
    "李 雷_12347_assignsubmission_file_answers.txt": HALF,
    "李 雷_12347_assignsubmission_file_result.json": "[]",
    "Participant 7_12348_assignsubmission_file_/": "",
    "Lin Wei_12349_assignsubmission_onlinetext_/onlinetext.html": "<p>s1</p>",
}
