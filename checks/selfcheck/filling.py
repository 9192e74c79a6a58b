"""An answers.txt or answers.json put into the boxes, so that work that was saved goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checks.answers.answers import Statement
from checks.answers.answers_json import read_answers_json
from checks.answers.answers_txt import read_answers_txt
from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT
from checks.errors import NotReadError
from checks.judging.findings import Trouble
from checks.language.tree import AnswerError
from checks.selfcheck.form import FormCell
from checks.selfcheck.preview import items_text
from checks.selfcheck.sheet import Sheet
from checks.selfcheck.written import plain
from checks.submissions.file_names import known_name

MOST_TOLD = 10
"""Problems that are told."""


def fill(sheet: Sheet, name: str, text: str) -> dict[str, Any]:
    """The boxes that the file fills; `rest`, its lines that fill none, to be judged with the boxes; and why not.

    What a student wrote is not lost because a box does not hold it: a matrix that is a calculation, a wrong shape.
    """
    known = known_name(name)
    readers = {ANSWERS_TXT: read_answers_txt, ANSWERS_JSON: read_answers_json}
    if known is None or known.name not in readers:
        return {"error": f"expected {ANSWERS_TXT} or {ANSWERS_JSON}"}
    try:
        data = text.encode("utf-8", "surrogatepass")
        statements, troubles = readers[known.name](data, known.name, sheet.vocabulary)
    except NotReadError as error:
        return {"error": f"{known.name}: {error}"}
    boxes: dict[str, str] = {}
    rest = [trouble.text for trouble in troubles if trouble.text]
    for statement in statements:
        if statement.is_mention:
            continue
        try:
            if statement.fault:
                raise AnswerError(statement.fault, 0)
            boxes |= dict(_filled(sheet, statement))
        except AnswerError as error:
            troubles.append(statement.trouble(str(statement.name), error))
            value = statement.value if isinstance(statement.value, str) else statement.shown()
            rest.append(f"{statement.name} = {value}")
    return {"boxes": boxes, "rest": "\n".join(rest), "problems": [_sentence(one) for one in troubles[:MOST_TOLD]]}


def _filled(sheet: Sheet, statement: Statement) -> Iterator[tuple[str, str]]:
    """The boxes that a statement fills. Raises `AnswerError`."""
    name, form = str(statement.name), sheet.form
    if (cell := form.boxes.get(name)) and not (cell.is_grid and name == cell.id):
        yield name, plain(statement.shown())
        return
    cell = form.cells.get(name) or _entries_of(sheet, statement)
    if cell is None:
        raise AnswerError("there is no such cell here", 0)
    if statement.shown().strip():
        texts = items_text(statement.value, cell.wanted)
        yield from zip((box.id for box in cell.boxes), texts, strict=len(texts) > 0)


def _entries_of(sheet: Sheet, statement: Statement) -> FormCell | None:
    """The cell that a statement means by its canonical name."""
    for part in sheet.form.parts:
        for cell in part.cells if part.prefix == statement.name.prefix and statement.name.cell else ():
            if cell.canonical == statement.name.cell and cell.is_grid and not statement.name.index:
                return cell
    return None


def _sentence(trouble: Trouble) -> str:
    return f"{trouble.place}: {trouble.message}"
