r"""Chains of equations, `s = W x + b = [..] = [..]`, put together from the blocks of a document.

A formula that begins with a relation goes on with the last chain; so do the rows of a display and what stands in one
paragraph with nothing but a relation between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checks.writeups.document import Block, BlockKind, Document
from checks.writeups.line_marks import STRUCK
from checks.writeups.names import name_at
from checks.writeups.splitting import depths, rows, split
from checks.writeups.tokens import Token, tokens_of

RELATIONS = frozenset({"=", ":=", ":", r"\approx", r"\equiv", r"\leftarrow", "≔"})
"""What stands between the members of a chain; a colon is often an equals sign that was read badly."""

_ENDS = frozenset({r"\Rightarrow", r"\to", r"\rightarrow", r"\Longrightarrow"})
_UNNAMED = RELATIONS | {STRUCK}
"""What begins an equation that has no name that is read."""

_GOES_ON = re.compile(r"[\s*_]*(?:=|≈|≡|:=)\s*[-+−\d\[(\\$]")
_BOX = re.compile(r"\\(?:begin|end)\s*\{minipage\}")
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
        if block.kind is BlockKind.TEXT:
            collected.words(text, joins=before is not None and before.paragraph == block.paragraph)
            if _GOES_ON.match(text) and not collected.pending:
                collected.leave_open(tokens_of(text[:MAX_BETWEEN], block.start), number)
        elif block.kind in (BlockKind.INLINE, BlockKind.DISPLAY):
            same = before is not None and before.paragraph == block.paragraph
            if not same:
                collected.break_off()
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

    `beside`: so many of the last chains stand beside one another, and it is not known with which of them what follows
    goes on; 0 at the beginning of a box, which stands beside all that is before it.
    """

    def __init__(self) -> None:
        self.chains: list[Equation] = []
        self.pending = ""
        self.beside = 1
        self.count = 0

    def break_off(self) -> None:
        self.pending = ""

    def leave_open(self, tokens: Sequence[Token], number: int) -> None:
        """Notes words that begin with a relation: they may go on with the last chain, and are not read."""
        if self.chains and tokens:
            last = self.chains[-1]
            self.chains[-1] = replace(last, loose=(*last.loose, Member("", tuple(tokens), number)))

    def words(self, text: str, *, joins: bool) -> None:
        """Words between formulas: a relation alone goes on, anything else ends."""
        if _BOX.search(text):
            self.beside = 0
        bare = _TYPOGRAPHY.sub("", text) if len(text) < MAX_BETWEEN else ""
        self.pending = {"=": "=", "≈": r"\approx", ":=": ":=", "≡": "="}.get(bare, "") if joins else ""

    def formula(self, tokens: Sequence[Token], number: int, *, is_display: bool, goes_on: bool) -> None:
        """Adds the equations of a formula; `goes_on`: one stands before it in its paragraph."""
        for row in rows(tokens):
            for place, piece in enumerate(_equations_in(row)):
                is_beside = place > 0 and piece[0].wide
                self.add(_members(piece, number), is_display=is_display, goes_on=goes_on, is_beside=is_beside)
            self.pending = ""

    def add(self, members: list[Member], *, is_display: bool, goes_on: bool, is_beside: bool) -> None:
        """Adds an equation, or what goes on with the last; `is_beside`: a gap stands between it and one before it."""
        if not members:
            return
        self.count += len(members)
        if self.pending and not members[0].relation:
            members[0] = replace(members[0], relation=self.pending)
        if members[0].relation and (is_beside or self.beside != 1):
            self.leave_all_open(members[0])
        elif members[0].relation:
            if self.chains:
                last = self.chains[-1]
                if len(last.members) == 1 and len(self.chains) > 1 and _is_unfinished(self.chains[-2]):
                    self.chains[-2] = replace(self.chains[-2], loose=(*self.chains[-2].loose, members[0]))
                self.chains[-1] = replace(last, members=(*last.members, *members))
        elif len(members) > 1 or not _holds_numbers(members[0].tokens):
            self.begin(members, is_beside=is_beside)
        elif self.chains and (is_display or goes_on) and _holds_numbers(members[0].tokens):
            last = self.chains[-1]
            self.chains[-1] = replace(last, loose=(*last.loose, members[0]))

    def leave_all_open(self, member: Member) -> None:
        """Notes what may go on with any of the chains that stand beside one another, and is not read."""
        for place in range(max(0, len(self.chains) - max(1, self.beside)), len(self.chains)):
            self.chains[place] = replace(self.chains[place], loose=(*self.chains[place].loose, member))

    def begin(self, members: list[Member], *, is_beside: bool) -> None:
        """A new chain. A formula alone begins one where it holds a name; a note such as (2 x 1) is passed over."""
        first = members[0].tokens
        if len(members) > 1 or any(name_at(first, place) for place in range(len(first))):
            self.chains.append(Equation(tuple(members)))
            self.beside = max(1, self.beside) + 1 if is_beside else 1


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


def _equations_in(row: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The equations of a row: a new one begins where a name and a relation follow a comma, an arrow, words or a gap.

    So does, behind a gap that a relation stands before, what goes on with an equation or has a name that is not read.
    """
    start, has_relation = 0, False
    places = list(depths(row))
    for place, (one, depth) in enumerate(places):
        if depth:
            continue
        if one.text in ",;" or one.text in _ENDS or (one.word and " " in one.text) or one.text == "and":
            if _begins_equation(row, place + 1):
                if place > start:
                    yield row[start:place]
                start, has_relation = place + 1, False
        elif one.wide and place > start and (has_relation if one.text in _UNNAMED else _begins_equation(row, place)):
            yield row[start:place]
            start, has_relation = place, False
        has_relation |= one.text in RELATIONS
    if start < len(row):
        yield row[start:]


def _begins_equation(row: Sequence[Token], place: int) -> bool:
    found = name_at(row, place) if place < len(row) else None
    return found is not None and found[1] < len(row) and row[found[1]].text in RELATIONS


def _holds_numbers(tokens: Sequence[Token]) -> bool:
    return any(one.text == r"\begin" or one.text == "[" for one in tokens) and any(one.is_number for one in tokens)
