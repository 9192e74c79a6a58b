"""Who is answered: browsers that came to this server by its own name, and whose page is ours.

Host: a name of somebody else that leads to this machine (DNS rebinding) would make another's page ours; 421.
Sec-Fetch-Site, else Origin: a page from elsewhere may not post here; 403. What sends neither is no browser.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses what is asked for under a foreign name or by a foreign page, and adds the headers of every answer.

    `names` are those that the server goes by; where it `is_open` to the network, addresses in digits are its own, too.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str], *, is_open: bool) -> None:
        self._app, self._names, self._is_open = app, {name.lower() for name in names}, is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        app: ASGIApp = self._app
        if not self._is_ours(headers.get("host", "")):
            app = PlainTextResponse("This server goes by another name.\n", 421, {"Connection": "close"})
        elif scope["method"] not in ("GET", "HEAD") and not is_from_here(headers):
            app = PlainTextResponse("Only the page of this server may ask that.\n", 403, {"Connection": "close"})
        await app(scope, receive, with_headers)

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._is_open or address.is_loopback


def is_from_here(headers: Headers) -> bool:
    """Whether the page that asks is one of this server's, or nobody's."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name in a Host header, without the port; "" for what is none.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000"), host_name("a b"), host_name("[::1")
    ('localhost', '::1', '', '')
    """
    try:
        return (urlsplit(f"//{host}").hostname or "") if host and not set(host) & set(" /@?#\\") else ""
    except ValueError:
        return ""


def own_names(more: Iterable[str], *, is_open: bool) -> set[str]:
    """The names that the server goes by: those that are given, and on a network the machine's own."""
    own = {socket.gethostname(), socket.getfqdn()} if is_open else set()
    return {"localhost", *more, *own}
