"""Fetches pinned files from their registries, once: they are kept in the user's folder for caches.

Each is held against its SHA-256 whenever it is used.
The registries' usual addresses are taken unless the variables say otherwise that npm, pip and uv go by.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import msgspec
from platformdirs import user_cache_path

from checks.errors import CallError
from checks.site.pinned import Pinned

NPM, PYPI = "https://registry.npmjs.org/", "https://pypi.org/simple/"
PYPI_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
NPM_VARIABLES = ("npm_config_registry", "NPM_CONFIG_REGISTRY")

SECONDS = 60
"""How long a registry may say nothing."""

MAX_INDEX_BYTES = 20 * 2**20
_AS_JSON = "application/vnd.pypi.simple.v1+json"
_LINK = re.compile(r"""href\s*=\s*["']([^"'#]+)""")


class _File(msgspec.Struct):
    url: str


class _Index(msgspec.Struct):
    files: list[_File]


def downloads_folder() -> Path:
    """Where fetched files are kept."""
    return user_cache_path("backcheck") / "page"


def content_of(pinned: Pinned, folder: Path, tell: Callable[[str], None]) -> bytes:
    """The content of the file, from the folder, or else fetched and put there; `tell` is called before that.

    Raises `CallError` where it cannot be had, or is not the one that is pinned.
    """
    path = folder / pinned.file
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if _is(content, pinned):
        return content
    tell(f"fetching {pinned.file} ({pinned.size / 1e6:.1f} MB), once")
    content = _fetched(pinned, folder)
    if not _is(content, pinned):
        raise CallError(
            f"{pinned.file}: what came is not the file that this version was tested with "
            f"({len(content)} bytes for {pinned.size}, SHA-256 {hashlib.sha256(content).hexdigest()}); it was not used"
        )
    _keep(path, content)
    return content


def _is(content: bytes, pinned: Pinned) -> bool:
    return len(content) == pinned.size and hashlib.sha256(content).hexdigest() == pinned.sha256


def _fetched(pinned: Pinned, folder: Path) -> bytes:
    """What the registry gives under the file's name, a byte more than expected at most. Raises `CallError`."""
    address = _base(pinned)
    try:
        if pinned.registry == "npm":
            address = urljoin(address, f"{pinned.project}/-/{pinned.file}")
        else:
            address = _of_index(urljoin(address, f"{pinned.project}/"), pinned.file)
        return _read(address, pinned.size + 1)[0]
    except (OSError, ValueError, HTTPException, msgspec.MsgspecError) as error:  # urllib's, time-outs too, are OSErrors
        reason = str(error)
        if isinstance(error, HTTPError):
            error.close()
        elif isinstance(error, URLError):
            reason = str(error.reason)
        raise CallError(
            f"{pinned.file} could not be fetched from {urlsplit(address).netloc or address}: {reason}. It is needed "
            f"once: run this again with a network, or put that file of {pinned.project} {pinned.version} into {folder}"
        ) from None


def _base(pinned: Pinned) -> str:
    variables, usual = (NPM_VARIABLES, NPM) if pinned.registry == "npm" else (PYPI_VARIABLES, PYPI)
    named = next((os.environ[name] for name in variables if os.environ.get(name)), usual)
    return named.rstrip("/") + "/"


def _of_index(page: str, file: str) -> str:
    """The address of a file on a project's page of PyPI's simple interface, in JSON or HTML."""
    content, kind = _read(page, MAX_INDEX_BYTES, accept=f"{_AS_JSON}, text/html;q=0.5")
    if "json" in kind:
        links = [one.url for one in msgspec.json.decode(content, type=_Index).files]
    else:
        links = _LINK.findall(content.decode("utf-8", "replace"))
    for link in links:
        if urlsplit(link).path.rpartition("/")[2] == file:
            return urljoin(page, link)
    raise ValueError("it has no such file")


def _read(address: str, most: int, accept: str = "*/*") -> tuple[bytes, str]:
    if urlsplit(address).scheme not in ("https", "http"):
        raise ValueError(f"{address} is no web address")
    with urlopen(Request(address, headers={"Accept": accept}), timeout=SECONDS) as reply:  # noqa: S310  # checked above
        return reply.read(most), reply.headers.get_content_type()


def _keep(path: Path, content: bytes) -> None:
    """Puts the file into the folder, whole or not at all; one that cannot be written costs the next run a fetch."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
