"""A document as its text and blocks, whatever kind of file it came from.

Every place is an offset in `text`; where that is in the file is told by `Document.place`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

from checks.judging.findings import Source


class BlockKind(Enum):
    """What a block of a document is."""

    TEXT = "text"
    INLINE = "inline formula"
    DISPLAY = "display"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the document's text: words, a formula without its marks, or what a program printed.

    `paragraph` numbers what belongs together: the words and formulas of one paragraph, one display, one printout.
    """

    kind: BlockKind
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mark:
    """From this offset on the text stands in the file's line `line`, and those after it; in its page or cell `part`."""

    offset: int
    line: int
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, in the order of reading. `marks` begin with one at 0; `fault` is why it could not be read.

    `digest` is the SHA-256 of the file.
    """

    file: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = (Mark(0, 1),)
    part_name: str = ""
    fault: str = ""
    digest: str = ""

    def text_of(self, block: Block) -> str:
        """The block's text."""
        return self.text[block.start : block.end]

    def place(self, offset: int) -> Source:
        """Where that offset stands in the file."""
        mark = self.marks[bisect_right(self.marks, offset, key=lambda mark: mark.offset) - 1]
        before = self.text[mark.offset : offset]
        column = offset - (mark.offset + before.rfind("\n") + 1) + 1
        return Source(self.file, mark.line + before.count("\n"), column, mark.part, self.part_name)
