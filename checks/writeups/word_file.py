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
from checks.writeups.markup_text import MarkupText
from checks.writeups.math_elements import UNSEEN, WITHDRAWN, Element, is_unseen, latex_of_omml

BODY = "word/document.xml"

MAX_ELEMENTS, MAX_DEPTH = 1_000_000, 150
"""Elements in a file, and inside one another."""

_ZIP_FAULTS = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, MemoryError)
_KEPT_VALUES = frozenset({"begChr", "endChr", "chr", "vertAlign", "pos", "show", "pStyle", *UNSEEN})


def read_word(data: bytes, file: str) -> Document:
    """The document that a .docx is. Raises `NotReadError`."""
    root = xml_tree(_body(data))
    written = MarkupText()
    before = ""
    for number, paragraph in enumerate(_paragraphs(root), start=1):
        kind = "formula" if _has_formula(paragraph) else "words"
        written.put("\n" if before == kind == "words" else "\n\n")
        written.mark(number)
        written.put("# " if _is_heading(paragraph) else "")
        _write(paragraph, written)
        before = kind
    written.put("\n")
    return written.document(file)


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


def _paragraphs(element: Element) -> Iterator[Element]:
    """All paragraphs, in order, those in tables too; what is deleted or in another version is left out."""
    for one in element.children:
        if one.tag == "p":
            yield one
        elif one.tag not in (*WITHDRAWN, "Fallback", "sectPr"):
            yield from _paragraphs(one)


def _has_formula(element: Element) -> bool:
    return any(one.tag in ("oMath", "oMathPara") or _has_formula(one) for one in element.children)


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
                continue
            case _:
                _write(one, written)
