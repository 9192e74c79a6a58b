"""Shows a site on this machine alone, as a web space would."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from checks.errors import CallError


class Quiet(SimpleHTTPRequestHandler):
    """Hands out a folder's files and says nothing of it; a browser asks again each time whether one has changed."""

    def end_headers(self) -> None:
        """Ends the headers of a reply."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def shown(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder at 127.0.0.1, listening; 0 is any free port. Raises `CallError` where it cannot be."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise CallError(f"--show {port}: cannot listen there: {error}") from None
