"""Notebooks: the words of Markdown cells and what code cells printed. Programs, pictures and HTML are not looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from checks.errors import NotReadError
from checks.writeups.document import Document
from checks.writeups.markup_text import MarkupText
from checks.writeups.withdrawn import without_withdrawn

_LAST_NAME = re.compile(r"(?:^|\n)[ \t]*([A-Za-z_]\w{0,20})[ \t]*$")
_ONLY_PRINTED = re.compile(r"(?:^|\n)print\(\s*([A-Za-z_]\w{0,20})\s*\)[ \t]*;?[ \t]*$")
_PRINTS = re.compile(r"\b(?:print|display|pprint|write)\b")
_ARRAY = re.compile(r"\s*(?:array\(|tensor\(|\[)")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def read_notebook(text: str, file: str) -> Document:
    """The document that a notebook is. Raises `NotReadError`."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadError(f"not a notebook: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise NotReadError("not read: nested too deep") from None
    cells = content.get("cells") if isinstance(content, Mapping) else None
    if cells is None and isinstance(content, Mapping) and isinstance(content.get("worksheets"), list):
        cells = [cell for sheet in content["worksheets"] if isinstance(sheet, Mapping) for cell in _cells(sheet)]
    if not isinstance(cells, list):
        raise NotReadError("not a notebook: expected a list of cells")
    written = MarkupText()
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, Mapping):
            continue
        written.mark(1, number)
        if cell.get("cell_type") in ("markdown", "raw"):
            written.put(without_withdrawn(_text(cell.get("source")), is_tex=False))
        elif cell.get("cell_type") == "code":
            for printed in _printed(cell):
                written.printed(printed)
        written.put("\n\n")
    return written.document(file, "cell")


def _cells(sheet: Mapping[str, object]) -> list[object]:
    held = sheet.get("cells")
    return held if isinstance(held, list) else []


def _printed(cell: Mapping[str, object]) -> Iterator[str]:
    """What a cell printed; an array that is its value, or all it prints, with the name that the cell ends with."""
    source = _text(cell.get("source")).rstrip()
    only = _ONLY_PRINTED.search(source) if len(_PRINTS.findall(source)) == 1 else None
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, Mapping):
            continue
        data = output.get("data")
        text = _text(output.get("text")) or (_text(data.get("text/plain")) if isinstance(data, Mapping) else "")
        text = _COLOURS.sub("", text)
        name = only if output.get("output_type") == "stream" else _LAST_NAME.search(source)
        if name and _is_one_array(text) and text.count("=") == text.count("dtype="):
            text = f"{name[1]} = {text.lstrip()}"
        if text.strip():
            yield text


def _is_one_array(text: str) -> bool:
    """Whether it is an array and no second one behind it."""
    depth = 0
    for place, character in enumerate(text):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "]" and depth == 0:
            return bool(_ARRAY.match(text)) and "[" not in text[place:]
    return False


def _text(held: object) -> str:
    """A text as notebooks hold it: whole, or as its lines."""
    if isinstance(held, str):
        return held
    return "".join(line for line in held if isinstance(line, str)) if isinstance(held, list) else ""
