"""Which files are write-ups, and the reader for each kind; a reader's library is loaded only where such a file is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from checks.answers.text_encoding import decoded
from checks.errors import NotReadError
from checks.writeups.document import Document

SUFFIXES = frozenset({".md", ".markdown", ".tex", ".ipynb", ".docx", ".html", ".htm", ".pdf", ".txt"})
"""The kinds of file that are read as write-ups."""

MAX_BLOCKS = 6_000
"""Blocks of a document that are read."""

NO_TEXT = "no text in it"

PDF_LIBRARY = "pypdfium2"
"""What PDF files are read with; in a browser it is not there."""


def open_document(data: bytes, file: str) -> Document:
    """The document that the file is. Whatever is the matter with it stands in its `fault`; nothing is raised."""
    try:
        document = _opened(data, file)
    except NotReadError as error:
        return Document(file, "", (), fault=str(error))
    if len(document.blocks) > MAX_BLOCKS:
        told = f"more than {MAX_BLOCKS} formulas and paragraphs; the rest was not read"
        return replace(document, blocks=document.blocks[:MAX_BLOCKS], fault=told)
    if not document.fault and not any(character.isalnum() for character in document.text):
        return Document(file, "", (), fault=NO_TEXT)
    return document


def _opened(data: bytes, file: str) -> Document:
    """The document. Raises `NotReadError`."""
    suffix = PurePosixPath(file).suffix.lower()
    if suffix == ".docx":
        from checks.writeups.word_file import read_word

        return read_word(data, file)
    if suffix == ".pdf":
        try:
            from checks.writeups.pdf_file import read_pdf
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != PDF_LIBRARY:
                raise
            raise NotReadError("PDF files cannot be read here") from None
        return read_pdf(data, file)
    text, _ = decoded(data, file)
    if suffix == ".ipynb":
        from checks.writeups.notebook import read_notebook

        return read_notebook(text, file)
    if suffix in (".html", ".htm"):
        from checks.writeups.web_page import read_web_page

        return read_web_page(text, file)
    from checks.writeups.markdown import read_markdown

    return read_markdown(text.replace("\r\n", "\n").replace("\r", "\n"), file, is_tex=suffix == ".tex")
