"""How a command tells the caller something besides its output: a word on stderr, or a fault of writing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checks.errors import CallError
from checks.reports.console import console_for


def tell(notice: str) -> None:
    """A word on stderr."""
    print(console_for(sys.stderr).plain(f"backcheck: {notice}"), file=sys.stderr)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """What cannot be written is a fault of the call."""
    try:
        yield
    except OSError as error:
        raise CallError(f"{path}: cannot be written: {error.strerror or error}") from None
