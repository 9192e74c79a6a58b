"""Writes the golden files, so that a change of typography is seen as a difference: `make goldens`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from exact.networks.mlp import solve
from exact.networks.problem_table import read_problem
from exact.networks.statement import statement
from exact.writing.latex.document import documents, fragments
from exact.writing.latex.titled import Titled
from tests.worked_cases import LAYOUTS

GOLDENS = Path(__file__).parent / "goldens"
CASES = ("homework", "twelve inputs")


def titled(case: str) -> Titled:
    """A worked case as it is put on paper."""
    problem = read_problem(LAYOUTS[case])
    return Titled("", solve(problem), statement=partial(statement, problem))


def golden_files() -> dict[str, str]:
    """The names and contents of all golden files."""
    files: dict[str, str] = {}
    for case in CASES:
        sources = documents(case.capitalize(), [titled(case)], 8) | fragments(titled(case), 8)
        files |= {f"{case.replace(' ', '-')}-{name}.tex": source for name, source in sources.items()}
    return files


def main() -> None:
    """Writes them all, and removes those that are no more."""
    files = golden_files()
    GOLDENS.mkdir(exist_ok=True)
    for path in GOLDENS.iterdir():
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (GOLDENS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
