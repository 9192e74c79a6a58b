"""What stands in the boxes as the text of an answers.txt: the file that is judged is the one that a student saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.selfcheck.form import FormPart
from checks.selfcheck.sheet import Sheet


def answers_text(sheet: Sheet, boxes: Mapping[str, str], before: str = "") -> str:
    """The file's text; a line for each box that is filled in, under the title of its part.

    `before` are lines of an earlier file that are in no box: a box says later, and so rather, what is meant.
    """
    parts = [f"# {' '.join(sheet.assignment.title.split())}\n", *([f"{before.strip()}\n"] if before.strip() else [])]
    filled = ((part, list(_lines(part, boxes))) for part in sheet.form.parts)
    parts += ["\n".join((f"# {part.title}", *lines, "")) for part, lines in filled if lines]
    return "\n".join(parts)


def _lines(part: FormPart, boxes: Mapping[str, str]) -> Iterator[str]:
    for cell in part.cells:
        values = [plain(boxes.get(box.id, "")) for box in cell.boxes]
        if not any(values):
            continue
        if cell.stated_whole:
            yield f"{cell.id} = [{', '.join(values)}]"
        else:
            yield from (f"{box.id} = {value}" for box, value in zip(cell.boxes, values, strict=True) if value)


def plain(text: str) -> str:
    """The text of a box on one line."""
    return " ".join(text.split())
