"""PDFs of a write-up as other programs than pdfTeX make them; only those that are installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hands.files import typed
from tests.hands.presentation import drawn_page, whole_word
from tests.hands.writeup import WriteUp

UNICODE = "\\usepackage{amsmath}\n\\usepackage{unicode-math}\n\\setmathfont{latinmodern-math.otf}"


def _made(source: bytes, name: str, command: list[str]) -> bytes | None:
    """The PDF that a program makes of a file; None where it makes none."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(source)
        subprocess.run([*command, name], cwd=folder, capture_output=True, check=False, timeout=120)
        made = Path(folder) / "one.pdf"
        return made.read_bytes() if made.exists() else None


def _tex(write_up: WriteUp, engine: str, *, unicode: bool) -> bytes | None:
    source = typed(write_up, "tex").text
    source = source.replace("\\usepackage{amsmath}", UNICODE) if unicode else source
    return _made(source.encode(), "one.tex", [engine, "-interaction=batchmode"])


def _browser(write_up: WriteUp) -> bytes | None:
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=one.pdf"]
    return _made(drawn_page(write_up), "one.html", ["chromium", *flags])


def _office(write_up: WriteUp) -> bytes | None:
    return _made(whole_word(write_up), "one.docx", ["soffice", "--headless", "--convert-to", "pdf"])


_MAKERS: Mapping[str, tuple[str, Callable[[WriteUp], bytes | None]]] = {
    "LuaTeX": ("lualatex", lambda write_up: _tex(write_up, "lualatex", unicode=False)),
    "LuaTeX, OpenType": ("lualatex", lambda write_up: _tex(write_up, "lualatex", unicode=True)),
    "XeTeX, OpenType": ("xelatex", lambda write_up: _tex(write_up, "xelatex", unicode=True)),
    "Chromium, MathML": ("chromium", _browser),
    "LibreOffice, OMML": ("soffice", _office),
}

MAKERS = {name: make for name, (program, make) in _MAKERS.items() if shutil.which(program)}
"""The programs that are there, and what makes a PDF by each."""
