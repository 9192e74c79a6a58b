"""The self-check's server: who is answered, how much is taken in, how often, and what a dead or slow process costs."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.datastructures import Headers

from checks.command import main
from checks.selfcheck.server import app as app_module
from checks.selfcheck.server.app import Serving
from checks.selfcheck.server.guards import Guard, host_name, is_from_here
from checks.selfcheck.server.rate import HOUR, RateLimit
from checks.selfcheck.server.uploads import TooMany, Uploads
from checks.selfcheck.server.work import Work, begin_reading, follow
from checks.selfcheck.sheet import Settings
from numeric import PARAMETERS_FILE
from tests.self_check import HURT, QUIZ, SLEEPS, hurt, served, text_of

QUICK = Work(HURT.begin, hurt, 2)
"""What is stopped after two seconds."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server with one process, at which a box may say that it sleeps or dies."""
    serving = Serving(workers=1, checking=QUICK, reading=Work(begin_reading, follow, 5))
    with served(text_of(QUIZ), serving=serving) as found:
        yield found


def asked(
    address: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("GET" if body is None else "POST", f"/{path}", body, headers or {})
        reply = connection.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    finally:
        connection.close()


def form_of(boxes: dict[str, str], files: dict[str, bytes] | None = None) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of a form, as a browser sends it."""
    parts = [
        f'Content-Disposition: form-data; name="box:{name}"\r\n\r\n{text}'.encode() for name, text in boxes.items()
    ]
    for name, content in (files or {}).items():
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=edge", "Accept": "application/json"}


def check(address: str, boxes: dict[str, str], **headers: str) -> tuple[int, dict[str, Any]]:
    body, own = form_of(boxes)
    status, _, reply = asked(address, "check", body, own | headers)
    return status, json.loads(reply)


def verdict(reply: dict[str, Any], name: str) -> str:
    return next(entry["verdict"] for entry in reply["report"]["entries"] if entry["name"] == name)


def test_a_check_is_answered_and_nothing_is_kept(address: str) -> None:
    status, reply = check(address, {"f": "-12"})
    assert (status, verdict(reply, "f")) == (200, "exact")
    _, headers, page = asked(address, "")
    assert b"f" in page
    assert "set-cookie" not in headers
    assert headers["cache-control"] == "no-store"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a b", "10.0.0.7"]
)
def test_another_s_name_for_this_machine_is_refused(address: str, host: str) -> None:
    assert asked(address, "", headers={"Host": host})[0] == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_another_s_page_may_not_ask(address: str, headers: dict[str, str], status: int) -> None:
    body, own = form_of({"f": "-12"})
    assert asked(address, "check", body, own | headers)[0] == status


def test_origin_is_this_server_s_own() -> None:
    assert is_from_here(Headers({"origin": "https://check.example.edu", "host": "check.example.edu"}))
    assert not is_from_here(Headers({"origin": "https://check.example.edu.evil", "host": "check.example.edu"}))
    assert not is_from_here(Headers({"origin": "http://[", "host": "["}))
    guard = Guard(app_module.JSONResponse({}), ["check.example.edu"], is_open=True)
    assert guard._is_ours("check.example.edu:8000")
    assert guard._is_ours("192.0.2.7:8000")
    assert not guard._is_ours("evil.example")
    assert host_name("user@localhost") == ""


@pytest.mark.parametrize(("path", "size"), [("read", 600_000), ("check", 40 * 2**20), ("save", 40 * 2**20)])
def test_what_is_too_big_is_refused_before_it_is_read(address: str, path: str, size: int) -> None:
    """By the length that it promises, and by the bytes that come."""
    host, _, port = urlsplit(address).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as sending:
        head = f"POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=e\r\n"
        sending.sendall(f"{head}Content-Length: {size}\r\n\r\n".encode())
        assert b" 413 " in sending.recv(100)
    if path == "read":
        with socket.create_connection((host, int(port)), timeout=30) as sending:
            sending.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
            sending.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            for _ in range(size // 0x10000):
                sending.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            assert b" 413 " in sending.recv(100)


def test_a_file_that_is_too_big_is_told(address: str) -> None:
    body, headers = form_of({}, {"answers.txt": b"x" * 300_000})
    status, _, reply = asked(address, "check", body, headers)
    assert status == 200
    assert "at most" in json.loads(reply)["report"]["problems"][0]["message"]


def test_a_check_that_hangs_is_stopped_and_costs_nobody_else_his_typing(address: str) -> None:
    replies: list[dict[str, Any]] = []
    hanging = threading.Thread(target=lambda: replies.append(check(address, {"f": SLEEPS})[1]))
    hanging.start()
    seen = asked(address, "read", json.dumps({"kind": "preview", "cell": "f", "boxes": {"f": "1/3"}}))
    assert json.loads(seen[2])["boxes"]["f"]["state"] == "read"
    hanging.join(60)
    assert "more than 2 seconds" in replies[0]["error"]
    assert verdict(check(address, {"f": "-12"})[1], "f") == "exact"


def test_who_goes_away_leaves_the_process_to_others(address: str) -> None:
    host, _, port = urlsplit(address).netloc.partition(":")
    body, headers = form_of({"f": SLEEPS})
    with socket.create_connection((host, int(port)), timeout=30) as leaving:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        leaving.sendall(
            f"POST /check HTTP/1.1\r\nHost: localhost\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode()
        )
        leaving.sendall(body)
    assert verdict(check(address, {"f": "-12"})[1], "f") == "exact"


def test_large_requests_leave_room_for_others() -> None:
    uploads = Uploads()
    with ExitStack() as under_way:
        for _ in range(4):
            under_way.enter_context(uploads.room("192.0.2.1", None))
        with pytest.raises(TooMany), uploads.room("192.0.2.1", str(2**21)):
            pass
        with uploads.room("192.0.2.1", "1000"), uploads.room("192.0.2.2", str(2**21)):
            pass
    with uploads.room("192.0.2.1", None):
        pass


def test_checks_are_counted() -> None:
    with served(text_of(QUIZ), Settings(checks_an_hour=1), serving=Serving(workers=1)) as strict:
        assert check(strict, {"f": "-12"})[0] == 200
        status, reply = check(strict, {"f": "-12"}, **{"X-Forwarded-For": "192.0.2.1"})
        assert status == 429
        assert "1 checks an hour" in reply["error"]
        assert 0 < reply["retry"] <= HOUR + 1
        seen = asked(strict, "read", json.dumps({"kind": "preview", "cell": "f", "boxes": {}}))
        assert seen[0] == 200


def test_the_limit_forgets_after_an_hour() -> None:
    now = [0.0]
    limit = RateLimit(2, lambda: now[0])
    assert [limit.seconds_to_wait("a"), limit.seconds_to_wait("a"), limit.seconds_to_wait("b")] == [0, 0, 0]
    assert limit.seconds_to_wait("a") > 0
    assert limit.seconds_to_wait("2001:db8::1") + limit.seconds_to_wait("2001:db8::2") == 0
    assert limit.seconds_to_wait("2001:db8::3") > 0
    now[0] = HOUR + 1
    assert limit.seconds_to_wait("a") == 0
    assert all(RateLimit(0).seconds_to_wait("a") == 0 for _ in range(100))


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 100_000, '{"kind": "preview"}'])
def test_a_request_that_is_none_is_told_so(address: str, body: str) -> None:
    status, _, reply = asked(address, "read", body)
    assert status in (200, 400)
    assert "error" in json.loads(reply)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--assignment", "nothing.toml"], "no such assignment"),
        (["--assignment", "sample", "--cells", "zz"], "asks for no such cell"),
        (["--assignment", "sample", "--host", "192.0.2.1"], "cannot listen there"),
    ],
)
def test_a_call_that_is_at_fault_is_told_so(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_data_that_cannot_be_read_are_told_before_anybody_comes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / PARAMETERS_FILE).write_bytes(b"no HDF5 file")
    assert main(["serve", "--assignment", "ee541-hw3", "--data", str(tmp_path), "--host", "192.0.2.1"]) == 2
    said = capsys.readouterr().err
    assert PARAMETERS_FILE in said
    assert "cannot be opened as HDF5" in said
