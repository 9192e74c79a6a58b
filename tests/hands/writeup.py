"""A write-up as blocks, before it becomes a file of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.hands.formulas import Entry, Tree, number_of, walk


@dataclass(frozen=True)
class Chain:
    """`s = W x + b = [..]`: each member with the relation before it, "" before the first that has none."""

    members: tuple[tuple[str, Tree], ...]


def chain(*members: Tree, relations: tuple[str, ...] = ()) -> Chain:
    """A chain with `=` between its members, or with these relations, from the first one's on."""
    marks = relations or ("", *("=",) * (len(members) - 1))
    return Chain(tuple(zip(marks, members, strict=True)))


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Para:
    """Words and formulas; `**` in the words begins and ends what is bold."""

    pieces: tuple[str | Chain, ...]
    bullet: bool = False


@dataclass(frozen=True)
class Display:
    chain: Chain


@dataclass(frozen=True)
class Aligned:
    """Rows under one another, each after the first mostly beginning with its relation."""

    rows: tuple[Chain, ...]


@dataclass(frozen=True)
class Code:
    """A cell of a notebook: what was typed, and what was printed."""

    source: str
    printed: tuple[str | Entry, ...]


@dataclass(frozen=True)
class Picture:
    name: str


Block = Heading | Para | Display | Aligned | Code | Picture


@dataclass(frozen=True)
class WriteUp:
    """All blocks; `short` are short answers by their names, as they stand in the words."""

    blocks: tuple[Block, ...]
    short: tuple[tuple[str, str], ...] = ()


def chains(block: Block) -> tuple[Chain, ...]:
    """The chains in a block."""
    match block:
        case Display(one):
            return (one,)
        case Aligned(rows):
            return rows
        case Para(pieces):
            return tuple(piece for piece in pieces if isinstance(piece, Chain))
        case _:
            return ()


def entries(write_up: WriteUp) -> Iterator[tuple[str, str]]:
    """Every answer that stands in the write-up, by name, in order."""
    for block in write_up.blocks:
        if isinstance(block, Code):
            yield from ((one.name, number_of(one.value)) for one in block.printed if isinstance(one, Entry))
        for one in chains(block):
            for _, member in one.members:
                yield from ((node.name, number_of(node.value)) for node in walk(member) if isinstance(node, Entry))
