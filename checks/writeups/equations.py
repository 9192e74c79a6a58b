r"""Chains of equations, `s = W x + b = [..] = [..]`, put together from the blocks of a document.

A formula that begins with a relation goes on with the last chain; so do the rows of a display and what stands in one
paragraph with nothing but a relation between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checks.writeups.document import Block, BlockKind, Document
from checks.writeups.names import name_at
from checks.writeups.side_by_side import Between, between, equations_in
from checks.writeups.splitting import RELATIONS, depths, rows, split
from checks.writeups.tokens import Token, tokens_of

_GOES_ON = re.compile(r"[\s*_]*(?:=|≈|≡|:=)\s*[-+−\d\[(\\$]")
_TYPOGRAPHY = re.compile(r"\\(?:textbf|textit|emph|mathbf|underline)\s*|[{}*_\s]")
MAX_BETWEEN = 60
"""Characters that may stand between two formulas of one chain, its relation and what makes it bold."""

MAX_MEMBERS = 20_000
"""Members in a document; what comes after is not read."""

MAX_FORMULA = 40_000
"""Characters of a formula that is read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a chain, and the relation before it, "" before the first one."""

    relation: str
    tokens: tuple[Token, ...]
    block: int

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Equation:
    """A chain as it is written. `loose` are formulas after it that have no relation and may belong to it."""

    members: tuple[Member, ...]
    loose: tuple[Member, ...] = ()

    @property
    def name(self) -> Member:
        """The first member."""
        return self.members[0]


def equations(document: Document) -> tuple[Equation, ...]:
    """All chains of the document's formulas, in order."""
    collected = _Chains()
    before: Block | None = None
    last_formula = -1
    for number, block in enumerate(document.blocks):
        text = document.text_of(block)
        same = before is not None and before.paragraph == block.paragraph
        if not same:
            collected.paragraph()
        if block.kind is BlockKind.TEXT:
            collected.words(text, joins=same)
            if _GOES_ON.match(text) and not collected.pending:
                collected.leave_open(tokens_of(text[:MAX_BETWEEN], block.start), number)
        elif block.kind in (BlockKind.INLINE, BlockKind.DISPLAY):
            if len(text) > MAX_FORMULA:
                continue
            is_display = block.kind is BlockKind.DISPLAY
            goes_on = last_formula == block.paragraph
            collected.formula(tokens_of(text, block.start), number, is_display=is_display, goes_on=goes_on)
            last_formula = block.paragraph
        before = block
        if collected.count > MAX_MEMBERS:
            break
    return tuple(collected.chains)


class _Chains:
    """The chains so far; `pending` is a relation that stood in words between two formulas.

    `beside` is how many of the last chains stand in one row, `last_row`; with which of them goes on what stands in a
    later row is not known where there are several, unless it stands under one alone: `columns` are those of a display.
    """

    def __init__(self) -> None:
        self.chains: list[Equation] = []
        self.pending = ""
        self.between = Between.NOTHING
        self.row, self.last_row, self.beside = 0, -1, 0
        self.columns: dict[int, int] = {}
        self.count = 0

    def paragraph(self) -> None:
        """What is next is in another paragraph, hence in another row, unless a cell of a table has begun."""
        self.pending = ""
        if self.between is Between.NOTHING:
            self.between = Between.ROW

    def leave_open(self, tokens: Sequence[Token], number: int) -> None:
        """Notes words that begin with a relation: they may go on with the last chain, and are not read."""
        if self.chains and tokens:
            last = self.chains[-1]
            self.chains[-1] = replace(last, loose=(*last.loose, Member("", tuple(tokens), number)))

    def words(self, text: str, *, joins: bool) -> None:
        """Words between formulas: a relation alone goes on, anything else ends."""
        self.between = between(text, self.between)
        bare = _TYPOGRAPHY.sub("", text) if len(text) < MAX_BETWEEN else ""
        self.pending = {"=": "=", "≈": r"\approx", ":=": ":=", "≡": "="}.get(bare, "") if joins else ""

    def formula(self, tokens: Sequence[Token], number: int, *, is_display: bool, goes_on: bool) -> None:
        """Adds the equations of a formula; `goes_on`: one stands before it in its paragraph."""
        self.columns = {}
        for row in rows(tokens):
            self.row += self.between in (Between.ROW, Between.BOX)
            for piece, behind_gap in equations_in(row):
                is_apart = behind_gap or self.between in (Between.GAP, Between.BOX)
                members = _members(piece, number)
                self.add(members, _column(piece), is_display=is_display, goes_on=goes_on, is_apart=is_apart)
                self.between = Between.NOTHING
            self.between = Between.ROW
            self.pending = ""
        self.between = Between.NOTHING

    def add(self, members: list[Member], column: int, *, is_display: bool, goes_on: bool, is_apart: bool) -> None:
        """Adds an equation, or what goes on with the last; `is_apart`: a gap stands between it and one before it."""
        if not members:
            return
        self.count += len(members)
        if self.pending and not members[0].relation:
            members[0] = replace(members[0], relation=self.pending)
        if members[0].relation and (is_apart or (self.beside > 1 and self.row != self.last_row)):
            above = [place for place, its_column in self.columns.items() if column and its_column == column]
            if len(above) == 1:
                self.go_on_with(above[0], members)
            else:
                self.leave_all_open(members[0])
        elif members[0].relation:
            self.go_on(members)
        elif len(members) > 1 or not _holds_numbers(members[0].tokens):
            self.begin(members, column)
        elif self.chains and (is_display or goes_on) and _holds_numbers(members[0].tokens):
            last = self.chains[-1]
            self.chains[-1] = replace(last, loose=(*last.loose, members[0]))

    def leave_all_open(self, member: Member) -> None:
        """Notes what may go on with any of the chains that stand beside one another, and is not read."""
        for place in range(max(0, len(self.chains) - self.beside), len(self.chains)):
            self.chains[place] = replace(self.chains[place], loose=(*self.chains[place].loose, member))
        self.last_row = self.row

    def go_on(self, members: Sequence[Member]) -> None:
        """What goes on with the last chain."""
        if self.chains:
            last = self.chains[-1]
            if len(last.members) == 1 and len(self.chains) > 1 and _is_unfinished(self.chains[-2]):
                self.chains[-2] = replace(self.chains[-2], loose=(*self.chains[-2].loose, members[0]))
            self.go_on_with(len(self.chains) - 1, members)

    def go_on_with(self, place: int, members: Sequence[Member]) -> None:
        """What goes on with that chain."""
        self.chains[place] = replace(self.chains[place], members=(*self.chains[place].members, *members))
        self.last_row = self.row

    def begin(self, members: Sequence[Member], column: int) -> None:
        """A new chain. A formula alone begins one where it holds a name; a note such as (2 x 1) is passed over."""
        first = members[0].tokens
        if len(members) > 1 or any(name_at(first, place) for place in range(len(first))):
            self.columns[len(self.chains)] = column
            self.chains.append(Equation(tuple(members)))
            self.beside = self.beside + 1 if self.row == self.last_row else 1
            self.last_row = self.row


def _column(piece: Sequence[Token]) -> int:
    """The column that all relations of an equation stand in, 0 where they stand in none or in several."""
    found = {one.column for one, depth in depths(piece) if depth == 0 and one.text in RELATIONS}
    return found.pop() if len(found) == 1 else 0


def _is_unfinished(chain: Equation) -> bool:
    """Whether the chain ends in a formula, so that what comes after a lone name may go on with it as well."""
    return any(one.text.isalpha() or one.text in (r"\frac", "^") for one in chain.members[-1].tokens)


def _members(tokens: Sequence[Token], number: int) -> list[Member]:
    parts = split(tokens, RELATIONS)
    found = []
    waiting = ""
    for mark, part in parts:
        relation = waiting or mark
        if not part:
            waiting = relation
            continue
        waiting = ""
        found.append(Member(relation, tuple(part), number))
    return found


def _holds_numbers(tokens: Sequence[Token]) -> bool:
    return any(one.text == r"\begin" or one.text == "[" for one in tokens) and any(one.is_number for one in tokens)
