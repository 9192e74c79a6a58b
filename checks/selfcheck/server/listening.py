"""The web server around the application: no access log, and the client's address is that of the connection."""

from __future__ import annotations

import logging

import uvicorn

from checks.selfcheck.server.app import SelfCheck


def server_of(check: SelfCheck, *, behind_proxy: bool = False) -> uvicorn.Server:
    """A server that is not begun. `behind_proxy`: a proxy on this machine says whose request it is."""
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # what is no form is told to who sent it
    config = uvicorn.Config(
        check.app,
        access_log=False,
        log_level="error",
        server_header=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=5,
        ws="none",
    )
    return uvicorn.Server(config)
