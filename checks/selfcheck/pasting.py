"""What is pasted into a box of a grid: vectors and matrices as programs, papers and spreadsheets write them.

Of numpy, torch, Matlab, Mathematica, R, LaTeX and Word it is read as an answer is. In a spreadsheet's text and in
Matlab's display rows end at line breaks, columns at tabs or spaces; a bare column has an entry in each line. A name
before the value has to be that of the grid.
"""

from __future__ import annotations

import re
from typing import Any

from checks.answers.lines import opening, unwrapped
from checks.answers.names import Vocabulary
from checks.language.reading import NestedText
from checks.language.tree import AnswerError
from checks.selfcheck.form import FormCell
from checks.selfcheck.preview import items_text

_BRACKETED = re.compile(r"[\[{(|]|\\begin\b|\\left\b|[■█]")
_CALLED = re.compile(r"\s*(?:[A-Za-z_.]+\s*\(|[A-Za-z_.]+\s*\[)")


def paste(cell: FormCell, text: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The boxes with what the text says of each; `{"error": ..}` where it does not fit: then nothing is changed."""
    try:
        texts = _texts(cell, text, vocabulary)
    except AnswerError as error:
        return {"error": error.message}
    if len(texts) != len(cell.boxes):
        return {"error": "nothing to read in it" if not texts else f"{len(texts)} entries, expected {cell.wanted}"}
    return {"cell": cell.id, "boxes": dict(zip((box.id for box in cell.boxes), texts, strict=True))}


def _texts(cell: FormCell, text: str, vocabulary: Vocabulary) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n ")
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and opening(lines[0], vocabulary):
        text = _named(cell, lines, vocabulary)
        lines = [line for line in text.split("\n") if line.strip()]
    if cell.is_text:
        return [" ".join(text.split())]
    faults = []
    for value in _readings(text, lines):
        try:
            return items_text(value, cell.wanted)
        except AnswerError as error:
            faults.append(error)
    raise faults[0] if faults else AnswerError("nothing to read in it", 0)


def _readings(text: str, lines: list[str]) -> list[NestedText]:
    """What the text may be, the likeliest first."""
    if not lines:
        return []
    if any("\t" in line.strip() for line in lines) and not _BRACKETED.match(lines[0].strip()):
        return [[[entry.strip() for entry in line.split("\t")] for line in lines]]
    if _BRACKETED.match(text.lstrip()) or _CALLED.match(text):
        rows = [line.strip() for line in lines]
        return [text, f"[{'; '.join(rows)}]"]  # rows of their own, each in brackets: [1 2] \n [3 4]
    if len(lines) > 1:
        separated = "; ".join(line.strip().rstrip(",;") for line in lines)
        return [f"[{separated}]"]
    return [f"[{text.strip()}]", text]


def _named(cell: FormCell, lines: list[str], vocabulary: Vocabulary) -> str:
    """What follows the name that the text begins with. Raises `AnswerError` where that is another cell's."""
    for number, line in enumerate(lines):
        begun = opening(line, vocabulary)
        if begun and (number or begun.name.index or (begun.name.cell != cell.canonical and str(begun.name) != cell.id)):
            raise AnswerError(f"this is {begun.name}, not {cell.id} alone", 0)
    begun = opening(lines[0], vocabulary)
    first, _ = unwrapped(lines[0][begun.column :] if begun else lines[0])
    return "\n".join([first, *lines[1:]]).strip("\n ")
