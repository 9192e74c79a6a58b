"""Work that is ended when whoever asked for it goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from starlette.requests import ClientDisconnect, Request


async def until_gone(request: Request, answer: Coroutine[object, object, bytes]) -> bytes:
    """The answer; its work is ended where the client goes away, for then nobody waits for it. Raises what it raises."""
    working = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            await asyncio.wait({working})
            raise ClientDisconnect
        found: bytes = working.result()
        return found
    finally:
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
