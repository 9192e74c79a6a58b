"""Pinned files: fetched once from a registry (here one of our own on this machine), and no other content is taken."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from checks.errors import CallError
from checks.site import registry_file
from checks.site.pinned import ALL, PYODIDE, WHEELS, Pinned
from checks.site.registry_file import content_of

CONTENT = b"a wheel, or so"


class Registry:
    """A server that knows some paths, and which were asked for."""

    def __init__(self) -> None:
        self.replies: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []
        replies, asked = self.replies, self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                kind, content = replies.get(self.path, ("", b""))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    made = Registry()
    for name in (*registry_file.PYPI_VARIABLES, *registry_file.NPM_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", f"{made.address}/simple")
    monkeypatch.setenv("npm_config_registry", f"{made.address}/npm/")
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def holding(pinned: Pinned, content: bytes = CONTENT) -> Pinned:
    return replace(pinned, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def page_in(form: str, file: str) -> tuple[str, bytes]:
    """A project's page, with other files too, in one form or the other; links are relative."""
    links = [f"../../files/{name}" for name in (f"other-{file}", file, f"{file}.metadata")]
    if form == "json":
        files = [{"filename": link.rpartition("/")[2], "url": link} for link in links]
        return "application/vnd.pypi.simple.v1+json", json.dumps({"files": files}).encode()
    return "text/html", "".join(f'<a href="{link}#sha256=00">x</a>' for link in links).encode()


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_wheel_is_fetched_once(registry: Registry, tmp_path: Path, form: str) -> None:
    wheel = holding(WHEELS[0])
    registry.replies["/simple/python-flint/"] = page_in(form, wheel.file)
    registry.replies[f"/files/{wheel.file}"] = ("application/zip", CONTENT)
    told: list[str] = []
    folder = tmp_path / "new" / "cache"
    assert content_of(wheel, folder, told.append) == CONTENT
    assert content_of(wheel, folder, told.append) == CONTENT
    assert registry.asked == ["/simple/python-flint/", f"/files/{wheel.file}"]
    assert told == [f"fetching {wheel.file} (0.0 MB), once"]
    assert [path.name for path in folder.iterdir()] == [wheel.file]


def test_a_package_of_npm_is_fetched(registry: Registry, tmp_path: Path) -> None:
    package = holding(PYODIDE)
    registry.replies[f"/npm/pyodide/-/{package.file}"] = ("application/octet-stream", CONTENT)
    assert content_of(package, tmp_path, print) == CONTENT


@pytest.mark.parametrize("content", [b"a wheel, or sO", CONTENT + b"!", b""], ids=["other", "longer", "empty"])
def test_another_content_is_never_used_nor_kept(registry: Registry, tmp_path: Path, content: bytes) -> None:
    package = holding(PYODIDE)
    registry.replies[f"/npm/pyodide/-/{package.file}"] = ("application/octet-stream", content)
    with pytest.raises(CallError, match=r"not the file that this version was tested with"):
        content_of(package, tmp_path, print)
    assert not list(tmp_path.iterdir())


def test_a_file_that_was_damaged_where_it_is_kept_is_fetched_again(registry: Registry, tmp_path: Path) -> None:
    package = holding(PYODIDE)
    (tmp_path / package.file).write_bytes(CONTENT[::-1])
    registry.replies[f"/npm/pyodide/-/{package.file}"] = ("application/octet-stream", CONTENT)
    assert content_of(package, tmp_path, print) == CONTENT
    assert (tmp_path / package.file).read_bytes() == CONTENT


def test_without_a_network_one_sentence_says_what_to_do(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CallError) as missing:
        content_of(WHEELS[0], tmp_path, print)
    assert "HTTP Error 404" in str(missing.value)
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")  # nobody listens there
    with pytest.raises(CallError) as closed:
        content_of(PYODIDE, tmp_path, print)
    assert str(closed.value).startswith(f"{PYODIDE.file} could not be fetched from 127.0.0.1:9: ")
    assert str(closed.value).endswith(
        "It is needed once: run this again with a network, or put that file of pyodide "
        f"{PYODIDE.version} into {tmp_path}"
    )
    registry.replies["/simple/python-flint/"] = page_in("json", "another.whl")
    with pytest.raises(CallError, match=r"it has no such file"):
        content_of(WHEELS[0], tmp_path, print)
    registry.replies["/simple/python-flint/"] = ("application/vnd.pypi.simple.v1+json", b"[]")
    with pytest.raises(CallError, match=r"python_flint"):
        content_of(WHEELS[0], tmp_path, print)


@pytest.mark.parametrize("address", ["file:///etc/", "ftp://127.0.0.1/"])
def test_only_the_web_is_asked(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", address)
    with pytest.raises(CallError, match=r"is no web address"):
        content_of(PYODIDE, tmp_path, print)


def test_a_folder_that_cannot_be_written_costs_nothing_else(registry: Registry, tmp_path: Path) -> None:
    package = holding(PYODIDE)
    registry.replies[f"/npm/pyodide/-/{package.file}"] = ("application/octet-stream", CONTENT)
    (tmp_path / "file").touch()
    assert content_of(package, tmp_path / "file" / "cache", print) == CONTENT


def test_every_file_is_pinned_by_name_size_and_digest() -> None:
    assert len({one.file for one in ALL}) == len(ALL)
    for one in ALL:
        assert one.version in one.file
        assert len(bytes.fromhex(one.sha256)) == 32
        assert one.size > 10_000
