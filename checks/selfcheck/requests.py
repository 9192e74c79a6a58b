"""What a request may hold; whatever else it holds is told in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.bounds import MAX_ANSWERS_BYTES
from checks.selfcheck.form import FormCell
from checks.selfcheck.sheet import Sheet


class BadRequest(Exception):
    """A request that no page of ours makes, or that holds more than is read."""


def boxes_in(sheet: Sheet, request: Mapping[str, Any]) -> dict[str, str]:
    """The boxes that are filled in, by id. Raises `BadRequest`."""
    boxes = request.get("boxes")
    if not isinstance(boxes, Mapping):
        raise BadRequest("expected boxes, an object of texts")
    known = sheet.form.boxes
    filled: dict[str, str] = {}
    for name, text in boxes.items():
        if name not in known or not isinstance(text, str):
            raise BadRequest("the page and the program do not belong together; load the page again")
        if text.strip():
            filled[name] = text
    if sum(len(text) for text in filled.values()) > MAX_ANSWERS_BYTES // 4:
        raise BadRequest(f"more than {MAX_ANSWERS_BYTES // 4} characters in the boxes")
    return filled


def before_in(request: Mapping[str, Any]) -> str:
    """The lines that go before those of the boxes: of a file that could not be put into them. Raises `BadRequest`."""
    return text_in(request, "before", MAX_ANSWERS_BYTES // 4) if "before" in request else ""


def cell_in(sheet: Sheet, request: Mapping[str, Any]) -> FormCell:
    """The cell that the request is about. Raises `BadRequest`."""
    cell = sheet.form.cells.get(str(request.get("cell")))
    if cell is None:
        raise BadRequest("the page and the program do not belong together; load the page again")
    return cell


def text_in(request: Mapping[str, Any], key: str, most: int) -> str:
    """A text of the request, of at most so many characters. Raises `BadRequest`."""
    text = request.get(key)
    if not isinstance(text, str):
        raise BadRequest(f"expected {key}, a text")
    if len(text) > most:
        raise BadRequest(f"{len(text)} characters; at most {most} are read")
    return text
