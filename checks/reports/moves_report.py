"""What moved since an earlier report, for reading and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from checks.display import printable
from checks.moves.moves import EntryMove, Move
from checks.reports.console import Console

SCHEMA = "backcheck/moves/1"

INDENT = " " * 4

MOST_SHOWN = 60
"""Characters of an answer or a key that are shown."""


def moves_text(moves: Sequence[Move], compared: int, previous: str, console: Console) -> str:
    """What moved, submission by submission; the first line says how many of how many."""
    lines = [console.bold(console.text(headline(moves, compared, previous)))]
    for move in moves:
        lines.append(console.text(f"{whose(move)}: {score(move)}{_because(move.causes)}", "  ", INDENT))
        lines += [console.text(f"{one.name}: {entry_told(one)}", INDENT, INDENT * 2) for one in move.entries]
    return "\n".join(lines)


def headline(moves: Sequence[Move], compared: int, previous: str) -> str:
    """How many marks moved, of how many."""
    new = sum(move.is_new for move in moves)
    gone = sum(move.scores[1] is None for move in moves)
    more = [f"{gone} not there any more"] * bool(gone) + [f"{new} new"] * bool(new)
    moved = len(moves) - new - gone
    return "; ".join([f"Against {printable(previous)}: {moved} of {compared} marks moved", *more])


def score(move: Move) -> str:
    """The scores before and now, with the maximum, both where that moved too."""
    before, now = move.scores
    if before is None:
        return f"new, {number(now)} of {number(move.maxima[1])}"
    if now is None:
        return f"not there any more, {number(before)} of {number(move.maxima[0])} before"
    if move.maxima[0] != move.maxima[1]:
        return f"{number(before)} of {number(move.maxima[0])} -> {number(now)} of {number(move.maxima[1])}"
    return f"{number(before)} -> {number(now)} of {number(move.maxima[1])}"


def entry_told(one: EntryMove) -> str:
    """The points before and now, the verdicts where they differ, and why."""
    told = f"{number(one.points[0])} -> {number(one.points[1])}"
    if one.worth[0] != one.worth[1]:
        told = f"{number(one.points[0])} of {number(one.worth[0])} -> {number(one.points[1])} of {number(one.worth[1])}"
    if one.verdicts[0] != one.verdicts[1]:
        told += f" ({one.verdicts[0] or 'no entry'} -> {one.verdicts[1] or 'no entry'})"
    return told + _because(one.causes) + "".join(f"; {line}" for line in entry_details(one))


def entry_details(one: EntryMove) -> Iterator[str]:
    """What differs: the answers, the keys, and a word besides."""
    if one.given[0] != one.given[1] and None not in one.points:
        yield f"given {_short(one.given[0])}, now {_short(one.given[1])}"
    if one.keys[0] != one.keys[1]:
        yield f"expected {_short(one.keys[0])}, now {_short(one.keys[1])}"
    if one.detail:
        yield one.detail


def causes_told(causes: Iterable[str]) -> str:
    """The causes in a row."""
    return " or ".join(causes)


def whose(move: Move) -> str:
    """Whose marks they are."""
    return ", ".join(move.students) or move.id


def number(points: float | None) -> str:
    """Points as one writes them, none for None."""
    return "none" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def moves_json(moves: Sequence[Move], compared: int, assignment: str) -> str:
    """The same for programs; pairs are before and now."""
    told = {"schema": SCHEMA, "assignment": assignment, "compared": compared, "moves": [_move(one) for one in moves]}
    return json.dumps(told, indent=2)


def _move(move: Move) -> dict[str, Any]:
    return {
        "id": move.id,
        "students": list(move.students),
        "score": list(move.scores),
        "max_score": list(move.maxima),
        "causes": [cause.name.lower() for cause in move.causes],
        "entries": [_entry(one) for one in move.entries],
    }


def _entry(one: EntryMove) -> dict[str, Any]:
    return {
        "name": one.name,
        "points": list(one.points),
        "max_points": list(one.worth),
        "verdict": [verdict or None for verdict in one.verdicts],
        "given": list(one.given),
        "expected": list(one.keys),
        "causes": [cause.name.lower() for cause in one.causes],
        "detail": one.detail,
    }


def _because(causes: Sequence[str]) -> str:
    return f", by {causes_told(causes)}" if causes else ""


def _short(text: str | None) -> str:
    if text is None:
        return "nothing"
    plain = printable(" ".join(text.split()))
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 3] + "..."
