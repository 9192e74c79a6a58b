"""Writes the golden files, so that a change of typography is seen as a difference: `make goldens`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from exact.writing.latex.document import documents, fragments
from tests.on_paper import case_on_paper

GOLDENS = Path(__file__).parent / "goldens"
CASES = ("homework", "twelve inputs")


@cache
def golden_files() -> dict[str, str]:
    """The names and contents of all golden files."""
    files: dict[str, str] = {}
    for case in CASES:
        sources = documents(case.capitalize(), [case_on_paper(case)], 8) | fragments(case_on_paper(case), 8)
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
