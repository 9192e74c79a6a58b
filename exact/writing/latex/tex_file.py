"""Writes LaTeX files and compiles them, where a TeX engine is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ENGINES = {
    "latexmk": ("-pdf", "-interaction=nonstopmode", "-halt-on-error", "-quiet", "-no-shell-escape"),
    "pdflatex": ("-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"),
    "tectonic": (),
}
"""The engines in the order in which they are tried, with their options."""

NO_ENGINE = "no PDF: no TeX engine was found (install texlive-latex-recommended, or tectonic)"
"""What to say where there is none."""

TIME_LIMIT = 120
"""Seconds after which an engine is given up."""


class TexError(Exception):
    """The engine did not make a PDF; the message holds its own words."""


def write_tex(path: Path, source: str) -> Path:
    """Writes the source, making its folder; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def find_engine() -> str | None:
    """The first engine that is installed."""
    return next((engine for engine in ENGINES if shutil.which(engine)), None)


def compile_tex(source: Path) -> Path | None:
    """The PDF of the source, beside it; None where no engine is installed. Raises `TexError` with TeX's own line."""
    engine = find_engine()
    if engine is None:
        return None
    command = [engine, *ENGINES[engine], source.name]
    try:
        done = subprocess.run(  # noqa: S603  a fixed engine, on a file that we wrote
            command, cwd=source.parent, capture_output=True, stdin=subprocess.DEVNULL, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise TexError(f"{source}: {engine} did not finish in {TIME_LIMIT} seconds") from None
    pdf = source.with_suffix(".pdf")
    if done.returncode or not pdf.exists():
        log = source.with_suffix(".log")
        words = log.read_text("utf-8", "replace") if log.exists() else done.stderr.decode("utf-8", "replace")
        error = re.search(r"^! .*(?:\n.*){0,4}", words, re.MULTILINE)
        raise TexError(f"{source}: {engine} failed\n{error.group() if error else words[-500:]}")
    for suffix in (".aux", ".fls", ".fdb_latexmk", ".log"):
        source.with_suffix(suffix).unlink(missing_ok=True)
    return pdf
