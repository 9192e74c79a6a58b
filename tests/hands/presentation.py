"""Formulas as browsers draw them: MathML that carries no TeX, and pages that are printed from it."""

from __future__ import annotations

import io
import zipfile
from html import escape

from tests.hands.files import printed_text, word
from tests.hands.formulas import Entry, Frac, Mat, Num, Row, Script, Sym, Text, Tree, marks
from tests.hands.markup import sign
from tests.hands.writeup import Aligned, Chain, Code, Display, Heading, Para, WriteUp


def drawn(*chains: Chain, display: bool = False) -> str:
    """The MathML of a formula, rows under one another where there are several."""
    rows = ["".join(_operator(r) * bool(r) + _element(member) for r, member in one.members) for one in chains]
    inner = f"<mrow>{rows[0]}</mrow>"
    if len(rows) > 1:
        inner = f'<mtable columnalign="left">{"".join(f"<mtr><mtd>{row}</mtd></mtr>" for row in rows)}</mtable>'
    shown = ' display="block"' if display else ""
    return f"<math{shown}>{inner}</math>"


def _operator(tex: str) -> str:
    return f"<mo>{escape(sign(tex))}</mo>"


def _element(tree: Tree) -> str:
    match tree:
        case Entry(_, value):
            return _element(value)
        case Num(text):
            mantissa, _, power = text.partition("e")
            shown = "<mo>−</mo>" * mantissa.startswith("-") + f"<mn>{mantissa.lstrip('-')}</mn>"
            if not power:
                return f"<mrow>{shown}</mrow>"
            raised = "<mo>−</mo>" * power.startswith("-") + f"<mn>{abs(int(power))}</mn>"
            return f"<mrow>{shown}<mo>×</mo><msup><mn>10</mn><mrow>{raised}</mrow></msup></mrow>"
        case Sym(tex):
            shown = sign(tex)
            return f"<mi>{escape(shown)}</mi>" if shown.isalpha() else f"<mo>{escape(shown)}</mo>"
        case Text(text):
            return f'<mi mathvariant="normal">{escape(text)}</mi>'
        case Row(items):
            return f"<mrow>{''.join(map(_element, items))}</mrow>"
        case Frac(over, under):
            return f"<mfrac>{_element(over)}{_element(under)}</mfrac>"
        case Script(base, sub, sup):
            tag = "msubsup" if sub and sup else "msub" if sub else "msup"
            return f"<{tag}>{_element(base)}{_element(sub) if sub else ''}{_element(sup) if sup else ''}</{tag}>"
        case Mat(rows, style):
            return _matrix(rows, style)


def _matrix(rows: tuple[tuple[Tree, ...], ...], style: str) -> str:
    if style in ("list", "nested"):
        opening, row_break, cell_break, closing = marks(rows, style)
        between = [_operators(row_break), _operators(cell_break)]
        inner = between[0].join(between[1].join(map(_element, row)) for row in rows)
        return f"<mrow>{_operators(opening)}{inner}{_operators(closing)}</mrow>"
    begin, end = ("(", ")") if style == "pmatrix" else ("[", "]")
    inner = "".join(f"<mtr>{''.join(f'<mtd>{_element(cell)}</mtd>' for cell in row)}</mtr>" for row in rows)
    return f"<mrow><mo>{begin}</mo><mtable>{inner}</mtable><mo>{end}</mo></mrow>"


def _operators(text: str) -> str:
    return "".join(f"<mo>{character}</mo>" for character in text if character.strip())


def drawn_page(write_up: WriteUp) -> bytes:
    """A page whose formulas are MathML alone."""
    parts = ["<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Homework</title></head><body>\n"]
    for block in write_up.blocks:
        match block:
            case Heading(text):
                parts.append(f"<h2>{escape(text)}</h2>\n")
            case Para(pieces, bullet):
                tag = "li" if bullet else "p"
                shown = "".join(drawn(one) if isinstance(one, Chain) else escape(one) for one in pieces)
                parts.append(f"<{tag}>{shown.replace('**', '')}</{tag}>\n")
            case Display(one):
                parts.append(f"<p>{drawn(one, display=True)}</p>\n")
            case Aligned(rows):
                parts.append(f"<p>{drawn(*rows, display=True)}</p>\n")
            case Code(source, _):
                parts.append(f"<pre>{escape(source)}</pre>\n<pre>{escape(printed_text(block))}</pre>\n")
            case _:
                continue
    return "".join([*parts, "</body></html>\n"]).encode()


RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def whole_word(write_up: WriteUp) -> bytes:
    """A .docx with all that other programs expect of one."""
    body = zipfile.ZipFile(io.BytesIO(word(write_up))).read("word/document.xml")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", body)
    return held.getvalue()
