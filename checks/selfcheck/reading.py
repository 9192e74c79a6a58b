"""Everything that a page asks while answers are written; nothing of it needs the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.answers.names import ANSWERS_TXT
from checks.bounds import MAX_ANSWERS_BYTES, MAX_VALUE_CHARACTERS
from checks.selfcheck.filling import fill
from checks.selfcheck.pasting import paste
from checks.selfcheck.preview import preview
from checks.selfcheck.requests import BadRequest, before_in, boxes_in, cell_in, text_in
from checks.selfcheck.sheet import Sheet
from checks.selfcheck.written import answers_text

LONGEST_NAME = 200
"""Characters of a file's name."""


def read(sheet: Sheet, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request by its `kind`; `{"error": sentence}` for one that is none.

    preview: how the boxes of a cell are read. paste: the boxes that a text fills. fill: those that a file does. save:
    the answers.txt of all boxes.
    """
    try:
        match request.get("kind"):
            case "preview":
                return preview(cell_in(sheet, request), boxes_in(sheet, request))
            case "paste":
                cell, text = cell_in(sheet, request), text_in(request, "text", MAX_VALUE_CHARACTERS)
                return paste(cell, text, sheet.vocabulary)
            case "fill":
                name, text = (text_in(request, "name", LONGEST_NAME), text_in(request, "text", MAX_ANSWERS_BYTES))
                return fill(sheet, name, text)
            case "save":
                return {"name": ANSWERS_TXT, "text": answers_text(sheet, boxes_in(sheet, request), before_in(request))}
            case _:
                return {"error": "expected the kind preview, paste, fill or save"}
    except BadRequest as error:
        return {"error": str(error)}
