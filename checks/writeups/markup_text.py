"""A document of another kind written out as Markdown with LaTeX, each piece with its line in the file."""

from __future__ import annotations

from collections.abc import Iterable

from checks.writeups.document import Document, Mark
from checks.writeups.markdown import blocks_of

BEGINS_QUOTATION, ENDS_QUOTATION = "<blockquote>\n\n", "</blockquote>\n\n"
"""Between these stands what another wrote."""

NEXT_CELL = " ¦ "
"""Stands before what is beside the formulas before it: another cell of a row, another column."""

NEXT_BOX = "\n\n(text box)\n\n"
"""Stands before what is in a box of its own, which may be anywhere on the page."""


class MarkupText:
    """Text that is put together piece by piece; `mark` says where in the file what follows stands.

    `formulas` is how many it has; `is_beside`: the next one stands beside those before it.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.length = 0
        self.formulas = 0
        self.is_beside = False

    def mark(self, line: int, part: int | None = None) -> None:
        """From here on the text is of that line, of that page or cell."""
        self.marks.append(Mark(self.length, line, part))

    def put(self, text: str) -> None:
        """Adds text."""
        if text:
            self.parts.append(text)
            self.length += len(text)

    def formula(self, tex: str, *, is_display: bool) -> None:
        """Adds a formula, in LaTeX."""
        inner = tex.replace("$", " ").strip()
        if inner:
            self.put(NEXT_CELL * self.is_beside)
            self.formulas, self.is_beside = self.formulas + 1, False
            apart = " " * bool(self.parts and self.parts[-1].endswith("$"))
            self.put(f"\n\n$$\n{inner}\n$$\n\n" if is_display else f"{apart}${inner}$")

    def printed(self, text: str) -> None:
        """Adds what a program printed."""
        self.put("\n\n```\n" + text.replace("```", "'''").rstrip("\n") + "\n```\n\n")

    def document(self, file: str, part_name: str = "") -> Document:
        """The whole as a document."""
        text = "".join(self.parts)
        marks: Iterable[Mark] = self.marks if self.marks and self.marks[0].offset == 0 else [Mark(0, 1), *self.marks]
        return Document(file, text, tuple(blocks_of(text, 0, len(text))), tuple(marks), part_name)
