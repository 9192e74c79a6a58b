"""Word files (.docx): a zip with one XML file that is read, paragraph by paragraph; formulas are OMML.

Nothing else of the zip is opened: no macro, no link, no picture. The XML may have no document type, hence no entities.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from checks.bounds import MAX_FILE_BYTES
from checks.errors import NotReadError
from checks.writeups.document import Document
from checks.writeups.markup_text import NEXT_BOX, MarkupText
from checks.writeups.math_elements import UNSEEN, WITHDRAWN, Element, is_unseen, latex_of_omml

BODY = "word/document.xml"

MAX_ELEMENTS, MAX_DEPTH = 1_000_000, 150
"""Elements in a file, and inside one another."""

_DRAWN = frozenset({"drawing", "pict"})
_ZIP_FAULTS = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, MemoryError)
_KEPT_VALUES = frozenset({"begChr", "endChr", "chr", "vertAlign", "pos", "show", "pStyle", *UNSEEN})


def read_word(data: bytes, file: str) -> Document:
    """The document that a .docx is. Raises `NotReadError`."""
    read = _Reader()
    read.all_of(xml_tree(_body(data)))
    for place, box in read.boxes:  # those inside a box come behind it
        read.written.put(NEXT_BOX)
        read.all_of(box, place)
    read.written.put("\n")
    return read.written.document(file)


class _Reader:
    """Writes down paragraphs in order; `boxes` are the text boxes found, each with the paragraph that holds it."""

    def __init__(self) -> None:
        self.written = MarkupText()
        self.boxes: list[tuple[int, Element]] = []
        self.number = 0
        self.before = ""

    def all_of(self, element: Element, place: int = 0) -> None:
        """All paragraphs in an element, those of tables too; what is deleted or in another version is left out."""
        for one in element.children:
            if one.tag == "p":
                self.paragraph(one, place)
            elif one.tag == "tr":
                formulas = self.written.formulas
                for cell in one.children:
                    self.written.is_beside = self.written.formulas > formulas
                    self.all_of(cell, place)
                self.written.is_beside = False
            elif one.tag not in (*WITHDRAWN, "Fallback", "sectPr"):
                self.all_of(one, place)

    def paragraph(self, one: Element, place: int) -> None:
        """A paragraph; `place` is the number of the one whose text box it is in."""
        self.number += not place
        kind = "formula" if _has_formula(one) else "words"
        self.written.put("\n" if self.before == kind == "words" else "\n\n")
        self.written.mark(place or self.number)
        self.written.put("# " if _is_heading(one) else "")
        _write(one, self.written)
        self.boxes += [(place or self.number, box) for box in _boxes(one)]
        self.before = kind


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes that are anchored in a paragraph."""
    for one in element.children:
        if one.tag == "txbxContent":
            yield one
        elif one.tag not in (*WITHDRAWN, "Fallback"):
            yield from _boxes(one)


def _is_heading(paragraph: Element) -> bool:
    about = paragraph.first("pPr")
    style = about.first("pStyle") if about is not None else None
    return style is not None and style.value.startswith(("Heading", "Title"))


def _body(data: bytes) -> bytes:
    """The XML of the text, measured before it is unpacked."""
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(BODY)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 1:
                raise NotReadError("a Word file that is packed in a way that is not read")
            if info.file_size > MAX_FILE_BYTES:
                raise NotReadError(f"{info.file_size} bytes when unpacked; at most {MAX_FILE_BYTES} are read")
            with archive.open(info) as body:
                content = body.read(MAX_FILE_BYTES + 1)
    except KeyError:
        raise NotReadError(f"not a Word file: it holds no {BODY}") from None
    except (*_ZIP_FAULTS, zlib.error) as error:
        raise NotReadError(f"not a Word file that can be read: {error}") from None
    if len(content) > MAX_FILE_BYTES:
        raise NotReadError(f"more than {MAX_FILE_BYTES} bytes when unpacked")
    return content


def xml_tree(content: bytes) -> Element:
    """The elements of an XML file by their local names. Raises `NotReadError`, and for any document type."""
    root = Element("")
    open_ones = [root]
    count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS or len(open_ones) > MAX_DEPTH:
            raise NotReadError("elements too many or too deep")
        tag = name.rpartition(":")[2]
        value = next((v for key, v in attributes.items() if key.endswith("val")), "") if tag in _KEPT_VALUES else ""
        one = Element(tag, value=value)
        open_ones[-1].children.append(one)
        open_ones.append(one)

    def text(seen: str) -> None:
        open_ones[-1].text.append(seen)

    def refuse(*_: object) -> None:
        raise NotReadError("an XML file with a document type, which is not read")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: open_ones.pop() and None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise NotReadError(f"not XML that can be read: {error}") from None
    return root


def _has_formula(element: Element) -> bool:
    return any(
        one.tag in ("oMath", "oMathPara") or (one.tag not in _DRAWN and _has_formula(one)) for one in element.children
    )


def _write(element: Element, written: MarkupText) -> None:
    for one in element.children:
        match one.tag:
            case "oMathPara":
                for formula in one.all("oMath"):
                    written.formula(latex_of_omml(formula), is_display=True)
            case "oMath":
                written.formula(latex_of_omml(one), is_display=False)
            case "t":
                written.put("".join(one.text))
            case "tab":
                written.put("\t")
            case "br" | "cr":
                written.put("\n")
            case "r":
                about = one.first("rPr")
                if is_unseen(about):
                    continue
                raised = about.first("vertAlign") if about is not None else None
                mark = {"superscript": "^", "subscript": "_"}.get(raised.value, "") if raised is not None else ""
                written.put(f"{mark}{{" if mark else "")
                _write(one, written)
                written.put("}" if mark else "")
            case "del" | "moveFrom" | "Fallback" | "rPr" | "pPr" | "drawing" | "pict" | "instrText":
                continue  # the text boxes of a drawing are written down behind the text
            case _:
                _write(one, written)
