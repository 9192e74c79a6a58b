"""How many large requests are taken in at once: each lies in a temporary file until it is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from checks.selfcheck.server.rate import network_of

LARGE = 2**20
"""Bytes from which a request is large, or one that does not say."""

MOST, MOST_OF_ONE = 16, 4
"""Large requests at once, in all and of one client: who sends slowly leaves room for others."""


class TooMany(Exception):
    """No room for another large request just now."""


class Uploads:
    """The large requests that are under way."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def room(self, client: str, length: str | None) -> Iterator[None]:
        """Room for a request of that Content-Length. Raises `TooMany`."""
        if length is not None and length.isdigit() and int(length) <= LARGE:
            yield
            return
        key = network_of(client)
        if self._open.total() >= MOST or self._open[key] >= MOST_OF_ONE:
            raise TooMany
        self._open[key] += 1
        try:
            yield
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]
