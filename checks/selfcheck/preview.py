"""How what stands in the boxes of a cell is read, while it is typed. It knows no key; p_1, p_2, ... have no value here.

The value of p_i would tell what the softmax is to be. Of other expressions some digits are shown: as many as tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checks.answers.lines import unwrapped
from checks.judging.chains import judged_member
from checks.language.evaluate import evaluate
from checks.language.form import expect_readable_form
from checks.language.reading import NestedText, Wanted, read
from checks.language.scope import Scope
from checks.language.tree import (
    AnswerError,
    Blank,
    Chain,
    Named,
    Node,
    Numeral,
    Probability,
    Sum,
    Unreadable,
    same,
    walk,
)
from checks.selfcheck.form import FormCell
from checks.selfcheck.formula_tree import EMPTY, UNREAD, MathTree, formula, grid
from checks.selfcheck.written import plain
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

FEWEST, MOST = 6, 20
"""Significant digits of a value: the usual number, and the most that are tried until they tell it from fewer."""

COMMENT = "what follows # is a comment; nothing stands before it"


@dataclass(frozen=True, slots=True)
class Seen:
    """How one box is read: its formula; or its state and, where it cannot be read, why and at which character."""

    state: str
    math: MathTree
    message: str = ""
    at: int | None = None
    value: str = ""

    def plain(self) -> dict[str, Any]:
        """What a reply tells of it."""
        return {"state": self.state, "message": self.message, "at": self.at, "value": self.value}


def preview(cell: FormCell, boxes: Mapping[str, str]) -> dict[str, Any]:
    """The formula of the whole cell, and what is to be said of each box."""
    seen = {box.id: see(cell, boxes.get(box.id, "")) for box in cell.boxes}
    math: MathTree | None = None
    if any(one.state != "empty" for one in seen.values()):
        inner = [[seen[box.id].math for box in row] for row in cell.rows]
        math = ["math", grid(inner) if cell.is_grid else inner[0][0]]
    return {"cell": cell.id, "math": math, "boxes": {name: one.plain() for name, one in seen.items()}}


def see(cell: FormCell, text: str) -> Seen:
    """How the text of a box is read."""
    before, hash_sign, _ = plain(text).partition("#")
    value, skipped = unwrapped(before)
    if not value:
        return Seen("unreadable", UNREAD, COMMENT, 0) if hash_sign else Seen("empty", EMPTY)
    wanted = cell.wanted if cell.is_text or len(cell.boxes) == 1 else replace(cell.wanted, shape=None, is_matrix=False)
    try:
        items = read(value, wanted)
        if not items or isinstance(items[0].node, Blank):
            return Seen("empty", EMPTY)
        trees = [_readable(item.node, cell) for item in items]
        math = grid([[tree] for tree, _ in trees]) if len(trees) > 1 else trees[0][0]
        return Seen("read", math, value="" if len(trees) > 1 else trees[0][1])
    except AnswerError as error:
        return Seen("unreadable", UNREAD, error.message, error.position + skipped)
    except (TooLarge, RecursionError):
        return Seen("unreadable", UNREAD, "too large to be worked out", 0)


def _readable(node: Node, cell: FormCell) -> tuple[MathTree, str]:
    """The formula, and its value where it has one here. Raises `AnswerError` for what the check would not read."""
    if isinstance(node, Unreadable):
        raise node.error
    parts = list(walk(node))
    if cell.wanted.vocabulary:
        return formula(node), ""
    outputs = [part for part in parts if isinstance(part, Probability)]
    for part in outputs:
        if cell.refusal or not cell.outputs:
            raise AnswerError(cell.refusal or "p_1, p_2, ... are not defined here", part.position)
        if not 1 <= part.index <= cell.outputs:
            raise AnswerError(f"there are p_1 to p_{cell.outputs}, no p_{part.index}", part.position)
    if outputs or any(isinstance(part, Named) for part in parts):
        for member in node.members if isinstance(node, Chain) else (node,):
            expect_readable_form(member)
        return formula(node), ""
    member, _ = judged_member(node, Scope())
    return formula(node), "" if _is_numeral(member) else told(Number.of(evaluate(member, Scope())))


def _is_numeral(node: Node) -> bool:
    return isinstance(node, Numeral) or (
        isinstance(node, Sum) and len(node.terms) == 1 and isinstance(node.terms[0][1], Numeral)
    )


def told(value: Number) -> str:
    """The value in as many digits as tell it from a shorter number; "" where none can be shown.

    >>> told(Number.of(Fraction(99999996, 10**8))), told(Number.of(Fraction(1, 3))), told(Number.of(Fraction(1, 2)))
    ('= 0.99999996', '≈ 0.333333', '= 0.5')
    """
    rational = value.as_fraction()
    for digits in range(FEWEST, MOST + 1):
        try:
            text = decimal(value, digits)
        except Undecided:
            return ""
        is_exact = rational is not None and Fraction(text) == rational
        mantissa = text.partition("e")[0]
        if is_exact or (not mantissa.endswith("0") and len(mantissa.strip("-0").replace(".", "")) >= FEWEST):
            return f"{'=' if is_exact else '≈'} {text}"
    return f"≈ {text}"


def items_text(value: NestedText, wanted: Wanted) -> list[str]:
    """The texts of the elements of a vector or matrix, each read alone as it was within. Raises `AnswerError`."""
    texts = []
    for item in read(value, wanted):
        text = "" if isinstance(item.node, Blank) else plain(item.text)
        if text and not isinstance(item.node, Unreadable):
            try:
                (alone,) = read(text, replace(wanted, shape=None, is_matrix=False)) or (item,)
                is_same = same(alone.node, item.node)
            except (AnswerError, ValueError):
                is_same = False
            if not is_same:
                raise AnswerError("a calculation with matrices; paste the matrix that comes out", item.node.position)
        texts.append(text)
    return texts
