"""Born-digital PDF files: the places of their characters, by way of PDFium. No script or attachment is looked at."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium

from checks.errors import NotReadError
from checks.writeups.brackets import Box, is_whole, lengthened
from checks.writeups.document import Document
from checks.writeups.glyphs import Glyph, Rule
from checks.writeups.layout import Line, lines
from checks.writeups.line_marks import STRUCK
from checks.writeups.markup_text import MarkupText

MAX_PAGES, MAX_CHARACTERS = 60, 300_000
"""Pages that are read, and characters in all of them."""

MAX_WRITTEN = 20_000
"""Pieces of writing on a page that are looked at, where brackets may be made of such."""

_NOTHING = frozenset({0x20, 0xA0, 0x0D, 0x0A, 0xFFFE, 0xFFFF})
_HIGH, _LOW, _MATHEMATICAL = range(0xD800, 0xDC00), range(0xDC00, 0xE000), range(0x1D400, 0x1D800)
"""Characters in two halves, and the letters of formulas."""

_SYMBOLS = {
    0x00: 0x2212, 0x01: 0xB7, 0x02: 0xD7, 0x03: 0x2217, 0x0C: 0x2299, 0x0E: 0x2218, 0x11: 0x2261, 0x19: 0x2248,
    0x30: 0x2032, 0x72: 0x2207,
}  # fmt: skip
"""Places of TeX's font of symbols, where a file does not say what its characters are; no letter or digit is one."""

_THIN, _LEAST_RULE = 1.2, 3.0


def read_pdf(data: bytes, file: str) -> Document:
    """The document that a PDF is. Raises `NotReadError`."""
    written = MarkupText()
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > MAX_PAGES:
                raise NotReadError(f"{len(pdf)} pages; at most {MAX_PAGES} are read")
            left = MAX_CHARACTERS
            for number in range(len(pdf)):
                page = pdf[number]
                glyphs = list(_glyphs(page, left))
                left -= len(glyphs)
                written.mark(1, number + 1)
                glyphs += lengthened(glyphs, _boxes(page, glyphs))
                _write(list(lines(glyphs, list(_rules(page)))), written)
                page.close()
    except pypdfium2.PdfiumError as error:
        raise NotReadError(f"not a PDF that can be read: {error}") from None
    return written.document(file, "page")


def _write(page: list[Line], written: MarkupText) -> None:
    for is_printed, group in groupby(page, key=lambda line: line.is_printed):
        if is_printed:
            written.printed("\n".join(line.text for line in group))
            continue
        held = list(group)
        for line, following in zip(held, [*held[1:], None], strict=True):
            is_name = bool(line.name) and following is not None and following.goes_on
            if line.is_formula or is_name:
                written.formula(line.text if line.is_formula else line.name, is_display=True)
            else:
                written.put(line.text.replace("$", " ") + "\n")


def _glyphs(page: pypdfium2.PdfPage, most: int) -> Iterator[Glyph]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > most:
        raise NotReadError(f"more than {MAX_CHARACTERS} characters")
    x, y = ctypes.c_double(), ctypes.c_double()
    fonts: dict[str, tuple[bool, bool, bool]] = {}
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    matrix = pdfium.FS_MATRIX()
    spaced, high = False, 0
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if pdfium.FPDFText_IsGenerated(text, number) == 1 or code in _NOTHING:
            spaced = True
            continue
        if code in _HIGH:
            high = code
            continue
        if code in _LOW and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        left, bottom, right, top = text.get_charbox(number)
        size = pdfium.FPDFText_GetFontSize(text, number)
        if pdfium.FPDFText_GetMatrix(text, number, matrix):
            size *= hypot(matrix.b, matrix.d)
        length = pdfium.FPDFText_GetFontInfo(text, number, name, 128, flags)
        font = name.raw[: max(0, min(length, 128) - 1)].decode("latin-1")
        if font not in fonts:
            fonts[font] = _looks(font)
        if 0 < size < 500 and 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            if "CMSY" in font:
                code = _SYMBOLS.get(code, ord(STRUCK) if chr(code).isalnum() and code < 0x80 else code)
            is_letter = code in _MATHEMATICAL
            shown = unicodedata.normalize("NFKC", chr(code)) if is_letter else chr(code)
            italic, mono, extension = fonts[font]
            box = left, bottom, right, top
            italic = italic or (is_letter and shown.isalpha())
            yield Glyph(shown, x.value, y.value, *box, size, italic, mono, extension, spaced)
        spaced = False


def _looks(font: str) -> tuple[bool, bool, bool]:
    """Whether a font is italic, as in formulas, whether its letters are of one width, whether it holds brackets."""
    name = font.partition("+")[2] or font
    italic = any(part in name for part in ("Italic", "Oblique", "CMMI", "LMMathItalic", "MathI", "-It"))
    mono = any(part in name for part in ("Mono", "Courier", "CMTT", "LMMono", "Consol", "Menlo", "Typewriter"))
    return italic, mono, "CMEX" in name or "LMMathExt" in name


def _boxes(page: pypdfium2.PdfPage, glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """The boxes of what is written on a page with tall brackets that are one character; there pieces may have none."""
    if any(map(is_whole, glyphs)):
        for number, one in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=5)):
            if number > MAX_WRITTEN:
                return
            yield one.get_bounds()


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """The thin horizontal lines of a page."""
    for number, one in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=5)):
        if number > 5_000:
            return
        left, bottom, right, top = one.get_bounds()
        if top - bottom <= _THIN and right - left >= _LEAST_RULE:
            yield Rule(left, right, (top + bottom) / 2)
