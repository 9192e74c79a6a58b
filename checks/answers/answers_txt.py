"""Reads an answers.txt into statements. Whatever a line holds, the other lines are read.

    answers.txt := { [ name "=" value ] [ "#" comment ] newline }

A value goes on over lines while a bracket or a LaTeX environment is open in it.
"""

from __future__ import annotations

import re

from checks.answers.answers import Statement
from checks.answers.names import Name, read_name
from checks.answers.text_encoding import decoded
from checks.bounds import MAX_VALUE_CHARACTERS
from checks.judging.findings import Trouble

_OPENS = re.compile(r"[(\[{]|\\begin\b")
_CLOSES = re.compile(r"[)\]}]|\\end\b")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_answers_txt(data: bytes, file: str, prefixes: tuple[str, ...]) -> tuple[list[Statement], list[Trouble]]:
    """The statements of an answers.txt, in order, and what could not be read in it."""
    text, troubles = decoded(data, file)
    statements: list[Statement] = []
    lines = [line.split("#", 1)[0].rstrip() for line in _LINE_END.split(text)]
    number = 0
    while number < len(lines):
        line, start = lines[number], number
        number += 1
        if not line.strip():
            continue
        name, column = _statement(line, prefixes)
        if name is None:
            troubles.append(_not_a_statement(line, start, file, column))
            continue
        parts = [line[column:]]
        depth, length = _depth(line[column:]), len(line)
        while depth > 0 and length <= MAX_VALUE_CHARACTERS and number < len(lines):
            if _statement(lines[number], prefixes)[0] is not None:
                break  # a bracket that is never closed takes no other statement with it
            parts.append(lines[number])
            depth += _depth(lines[number])
            length += len(lines[number]) + 1
            number += 1
        statements.append(Statement(name, "\n".join(parts).rstrip(), file, start + 1, column + 1))
    return statements, troubles


def _statement(line: str, prefixes: tuple[str, ...]) -> tuple[Name | None, int]:
    """The name before the line's `=` (or `:=`) and where the value begins; 0 where there is no `=`."""
    before, equals, after = line.partition("=")
    if not equals:
        return None, 0
    name = None if after.startswith("=") else read_name(before.removesuffix(":"), prefixes)
    return name, len(line) - len(after.lstrip())


def _depth(text: str) -> int:
    return len(_OPENS.findall(text)) - len(_CLOSES.findall(text))


def _not_a_statement(line: str, number: int, file: str, value_column: int) -> Trouble:
    column = len(line) - len(line.lstrip())
    if value_column == 0:
        message = "expected name = value, such as s1 = [5, -5]"
    else:
        name = line.partition("=")[0].strip()[:40]
        message = f"the name '{name}' is not known; expected one such as a1, delta3 or W3_new[3,1]"
    return Trouble(file, number + 1, column + 1, message, line, column)
