"""A write-up as a file: Markdown and LaTeX with the places of the answers; notebooks, Word, HTML, PDF as bytes."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.hands.formulas import Entry, Latex, Span, number_of
from tests.hands.markup import PROLOGUE, mathml, omml
from tests.hands.writeup import Aligned, Block, Chain, Code, Display, Heading, Para, Picture, WriteUp

KINDS = ("md", "tex", "ipynb", "docx", "html", "pdf")


@dataclass(frozen=True)
class Typed:
    """A text, and where the answers stand in it."""

    text: str
    spans: tuple[Span, ...]


class _Writer(Latex):
    """Writes blocks in Markdown or LaTeX."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def chain(self, one: Chain, *, aligned: bool = False) -> None:
        for place, (relation, member) in enumerate(one.members):
            if relation:
                self.put(" " if place else "")
                self.put("&" if aligned and place == (1 if one.members[0][0] == "" else 0) else "")
                self.put(relation + " ")
            self.write(member)

    def block(self, block: Block) -> None:
        is_tex = self.kind == "tex"
        match block:
            case Heading(text):
                self.put(rf"\section*{{{text}}}" if is_tex else f"## {text}")
            case Para(pieces, bullet):
                if bullet:
                    self.put("\\begin{itemize}\n\\item " if is_tex else "- ")
                open_bold = False
                for piece in pieces:
                    if isinstance(piece, Chain):
                        self.put("$")
                        self.chain(piece)
                        self.put("$")
                        continue
                    for place, part in enumerate(piece.split("**")):
                        if place:
                            open_bold = not open_bold
                            self.put(("\\textbf{" if open_bold else "}") if is_tex else "**")
                        self.put(part)
                if bullet and is_tex:
                    self.put("\n\\end{itemize}")
            case Display(one):
                self.put("\\[\n" if is_tex else "$$\n")
                self.chain(one)
                self.put("\n\\]" if is_tex else "\n$$")
            case Aligned(rows):
                self.put("\\begin{align*}\n" if is_tex else "$$\n\\begin{aligned}\n")
                for place, row in enumerate(rows):
                    self.put(" \\\\\n" if place else "")
                    self.chain(row, aligned=True)
                self.put("\n\\end{align*}" if is_tex else "\n\\end{aligned}\n$$")
            case Code(source, printed):
                self.put("\\begin{verbatim}\n" if is_tex else "```python\n")
                self.put(source)
                self.put("\n\\end{verbatim}\n\n\\begin{verbatim}\n" if is_tex else "\n```\n\n```\n")
                for piece in printed:
                    if isinstance(piece, Entry):
                        text = number_of(piece.value)
                        self.spans.append(Span(piece.name, self.length, self.length + len(text)))
                        self.put(text)
                    else:
                        self.put(piece)
                self.put("\n\\end{verbatim}" if is_tex else "\n```")
            case Picture(name):
                self.put(rf"% picture {name}" if is_tex else f"![]({name})")


def typed(write_up: WriteUp, kind: str = "md") -> Typed:
    """The write-up as Markdown or LaTeX."""
    writer = _Writer(kind)
    if kind == "tex":
        writer.put("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n")
    for place, block in enumerate(write_up.blocks):
        writer.put("\n\n" if place else "")
        writer.block(block)
    writer.put("\n\\end{document}\n" if kind == "tex" else "\n")
    return Typed("".join(writer.parts), tuple(writer.spans))


def as_file(write_up: WriteUp, kind: str) -> bytes:
    """The bytes of the file."""
    match kind:
        case "md" | "tex":
            return typed(write_up, kind).text.encode()
        case "ipynb":
            return notebook(write_up)
        case "docx":
            return word(write_up)
        case "html":
            return web_page(write_up)
        case _:
            return pdf(typed(write_up, "tex").text)


def printed_text(code: Code) -> str:
    return "".join(number_of(one.value) if isinstance(one, Entry) else one for one in code.printed)


def notebook(write_up: WriteUp) -> bytes:
    cells: list[dict[str, object]] = []
    for block in write_up.blocks:
        if isinstance(block, Code):
            output = {"output_type": "stream", "name": "stdout", "text": (printed_text(block) + "\n").splitlines(True)}
            cells.append(
                {
                    "cell_type": "code",
                    "execution_count": len(cells) + 1,
                    "metadata": {},
                    "outputs": [output],
                    "source": block.source.splitlines(True),
                }
            )
        else:
            writer = _Writer("md")
            writer.block(block)
            text = "".join(writer.parts)
            cells.append({"cell_type": "markdown", "metadata": {}, "source": text.splitlines(True)})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def web_page(write_up: WriteUp) -> bytes:
    parts = ["<!DOCTYPE html>\n<html><head><title>Homework</title><style>p { margin: 0 }</style></head><body>\n"]
    for block in write_up.blocks:
        match block:
            case Heading(text):
                parts.append(f"<h2>{escape(text)}</h2>\n")
            case Para(pieces, bullet):
                tag = "li" if bullet else "p"
                shown = "".join(
                    mathml(one) if isinstance(one, Chain) else escape(one).replace("**", "") for one in pieces
                )
                parts.append(f"<{tag}>{shown}</{tag}>\n")
            case Display(one):
                parts.append(f"<p>{mathml(one, display=True)}</p>\n")
            case Aligned(rows):
                parts.append(f"<p>{mathml(*rows, display=True)}</p>\n")
            case Code(source, _):
                parts.append(f"<pre>{escape(source)}</pre>\n<pre>{escape(printed_text(block))}</pre>\n")
            case Picture(name):
                parts.append(f'<img src="{escape(name)}">\n')
    return "".join([*parts, "</body></html>\n"]).encode()


def word(write_up: WriteUp) -> bytes:
    paragraphs = []
    for block in write_up.blocks:
        match block:
            case Heading(text):
                paragraphs.append(_run(text))
            case Para(pieces):
                paragraphs.append(
                    "".join(omml(p) if isinstance(p, Chain) else _run(p.replace("**", "")) for p in pieces)
                )
            case Display(one):
                paragraphs.append(f"<m:oMathPara>{omml(one)}</m:oMathPara>")
            case Aligned(rows):
                paragraphs += [f"<m:oMathPara>{omml(row)}</m:oMathPara>" for row in rows]
            case Code(source, _):
                lines = [*source.split("\n"), "", *printed_text(block).split("\n")]
                paragraphs += [_run(line) for line in lines]
            case Picture():
                paragraphs.append("<w:r><w:drawing/></w:r>")
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    document = f"{PROLOGUE}<w:body>{body}</w:body></w:document>"
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", document)
    return held.getvalue()


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


ENGINE = shutil.which("pdflatex")


def pdf(source: str) -> bytes:
    """What pdfTeX makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.tex").write_text(source, encoding="utf-8")
        assert ENGINE
        command = [ENGINE, "-interaction=batchmode", "-halt-on-error", "one.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, (Path(folder) / "one.log").read_text(encoding="latin-1")[-2000:]
        return (Path(folder) / "one.pdf").read_bytes()
