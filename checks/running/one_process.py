"""A process that does one thing after another, and is replaced by a new one when it dies or hangs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from pebble import ProcessPool

from checks.running.fork_server import LOADED, begin_server, interrupted_afterwards, process_context


class OneProcess:
    """A pool of one process, renewed by pebble when it dies; it begins by `begin(*initargs)`.

    One for each, because processes of one pool share a pipe, which breaks for all of them when one is killed at it.
    `loaded` are the modules that the server of processes loads.
    """

    def __init__(
        self, begin: Callable[..., None], initargs: tuple[object, ...], loaded: Sequence[str] = LOADED
    ) -> None:
        self._begin, self._initargs, self._loaded = begin, initargs, loaded
        self._pool = self._new()

    def _new(self) -> ProcessPool:
        context = process_context(self._loaded)
        return ProcessPool(max_workers=1, initializer=self._begin, initargs=self._initargs, context=context)

    def schedule(self, act: Callable[..., bytes], args: tuple[object, ...], seconds: float) -> Future[bytes]:
        """Begins `act(*args)`, which may take so many seconds.

        Raises RuntimeError or OSError where the last process was killed while it was idle, or none can be begun.
        """
        with interrupted_afterwards():
            begin_server()
            return self._pool.schedule(act, args=args, timeout=seconds)

    def renew(self) -> None:
        """Takes a new process, for nobody knows in what state one that died has left its pipe."""
        self.stop()
        self.join()
        self._pool = self._new()

    def stop(self) -> None:
        """Begins to end the process."""
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble leaves its types out here

    def join(self) -> None:
        """Waits for its end."""
        self._pool.join()
