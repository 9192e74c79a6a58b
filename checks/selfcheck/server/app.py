"""The server's routes: the page with its files, what is asked while typing, the check, and the saved file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from checks.bounds import MAX_ANSWERS_BYTES, MAX_FILE_BYTES
from checks.selfcheck.page import CARRIER, STATIC, State, assets, page_html
from checks.selfcheck.server.guards import Guard
from checks.selfcheck.server.leaving import until_gone
from checks.selfcheck.server.rate import RateLimit
from checks.selfcheck.server.refusals import refusal_of, too_often
from checks.selfcheck.server.sheets import Opening, Sheets
from checks.selfcheck.server.uploads import TooMany, Uploads
from checks.selfcheck.server.work import (
    Files,
    Work,
    begin_checking,
    begin_reading,
    follow,
    judge,
)
from checks.selfcheck.server.workers import Busy, Died, GaveUp, Workers
from checks.selfcheck.written import answers_text

MAX_READ_BYTES = 2 * MAX_ANSWERS_BYTES
MAX_CHECK_BYTES = MAX_FILE_BYTES + 4 * MAX_ANSWERS_BYTES
"""What a request may hold, by what it is for."""

MOST_FIELDS, MOST_FILES = 5_000, 10

BODY_SECONDS = 60
"""Seconds in which a request has to have come; who sends more slowly hangs."""

MOST_CHECKS_WAITING, MOST_READS_WAITING = 64, 256

CHECK_SECONDS, READ_SECONDS = 20, 5

READERS = 2
"""Processes that read what is being typed: a text that takes long leaves one to others."""

TYPES = {"css": "text/css", "js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Serving:
    """How the server is to run: how many processes judge, and how it is reached."""

    workers: int = 2
    names: frozenset[str] = frozenset({"localhost"})
    is_open: bool = False
    checking: Work = field(default_factory=lambda: Work(begin_checking, judge, CHECK_SECONDS))
    reading: Work = field(default_factory=lambda: Work(begin_reading, follow, READ_SECONDS))


class SelfCheck:
    """The application; `app` is what a server runs.

    What is wrong with assignment or data is told before anybody comes: raises as `Sheet.reference` and `open_sheet`.
    """

    def __init__(self, opening: Opening, serving: Serving) -> None:
        self._sheets = Sheets(opening)
        self._opening, self._serving = opening, serving
        self._uploads = Uploads()
        self._limit = RateLimit(opening.settings.checks_an_hour)
        self._assets = assets() | {CARRIER: (STATIC / CARRIER).read_bytes()}
        self.title = self._sheets.common.assignment.title
        _ = self._sheets.common.reference
        self._checking: Workers
        self._reading: Workers
        link = "/{token}" if opening.own else ""
        self.app = Starlette(
            routes=[
                Route(f"{link}/", self._index),
                Route(f"{link}/read", self._read, methods=["POST"], max_body_size=MAX_READ_BYTES),
                Route(f"{link}/check", self._check, methods=["POST"], max_body_size=MAX_CHECK_BYTES),
                Route(f"{link}/save", self._save, methods=["POST"], max_body_size=MAX_CHECK_BYTES),
                Route(f"{link}/check", self._again),
                Route(f"{link}/{{name}}", self._asset),
            ],
            exception_handlers={ClientDisconnect: _nobody, TooMany: _too_many},
            middleware=[Middleware(Guard, names=serving.names, is_open=serving.is_open)],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._checking = Workers(self._serving.checking, self._opening, self._serving.workers, MOST_CHECKS_WAITING)
        self._reading = Workers(self._serving.reading, self._opening, READERS, MOST_READS_WAITING)
        await asyncio.gather(self._checking.warm(), self._reading.warm())
        yield
        await asyncio.gather(asyncio.to_thread(self._checking.stop), asyncio.to_thread(self._reading.stop))

    def _token(self, request: Request) -> str:
        """The token of a student's own link, "" where all have the same page. Raises `HTTPException` for nobody's."""
        token: str = request.path_params.get("token", "")
        if token and token not in self._opening.own:
            raise HTTPException(404, "This link is nobody's. Yours came with your numbers; copy it whole.")
        return token

    async def _index(self, request: Request) -> Response:
        return HTMLResponse(page_html(self._sheets.of(self._token(request))))

    async def _again(self, _: Request) -> Response:
        """Who loads the address of a check again begins anew."""
        return RedirectResponse("./")

    async def _asset(self, request: Request) -> Response:
        self._token(request)
        content = self._assets.get(request.path_params["name"])
        if content is None:
            raise HTTPException(404)
        kind = TYPES[request.path_params["name"].rpartition(".")[2]]
        return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})

    async def _read(self, request: Request) -> Response:
        token = self._token(request)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                content = json.loads(await request.body())
        except TimeoutError:
            raise HTTPException(408) from None
        except (ValueError, RecursionError):
            return JSONResponse({"error": "expected JSON"}, 400)
        if not isinstance(content, dict):
            return JSONResponse({"error": "expected a JSON object"}, 400)
        try:
            found = await until_gone(request, self._reading.answer({**content, "token": token}))
        except (Busy, Died, GaveUp) as error:
            return refusal_of(error).as_json()
        return Response(found, media_type="application/json")

    async def _check(self, request: Request) -> Response:
        token = self._token(request)
        is_script = _is_script(request)
        async with self._form_of(request) as form:
            asked = {"boxes": _boxes(form), "before": _before(form), "as_page": not is_script, "token": token}
            if seconds := self._limit.seconds_to_wait(_client(request)):
                refusal = too_often(self._opening.settings.checks_an_hour, seconds)
            else:
                try:
                    found = await until_gone(request, self._checking.answer(asked, partial(_files, form)))
                    return Response(found, media_type="application/json" if is_script else "text/html")
                except (Busy, Died, GaveUp) as error:
                    refusal = refusal_of(error)
        if is_script:
            return refusal.as_json()
        # The page with what was typed, for a browser without script; nothing typed is read for it.
        page = page_html(self._sheets.of(token), state=State(_boxes(form), said=refusal.said))
        return HTMLResponse(page, refusal.status, refusal.headers)

    @asynccontextmanager
    async def _form_of(self, request: Request) -> AsyncIterator[FormData]:
        """The form that a request holds; large files lie in temporary ones until it is answered."""
        with self._uploads.room(_client(request), request.headers.get("content-length")):
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    form = await request.form(
                        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MAX_ANSWERS_BYTES
                    )
            except TimeoutError:
                raise HTTPException(408) from None
            try:
                yield form
            finally:
                await form.close()

    async def _save(self, request: Request) -> Response:
        sheet = self._sheets.of(self._token(request))
        async with self._form_of(request) as form:
            text = answers_text(sheet, _boxes(form), _before(form))
        headers = {"Content-Disposition": 'attachment; filename="answers.txt"'}
        return Response(text.encode("utf-8", "replace"), media_type="text/plain; charset=utf-8", headers=headers)


async def _files(form: FormData) -> Files:
    uploads = [one for _, one in form.multi_items() if isinstance(one, UploadFile) and one.filename]
    return {one.filename or "": await one.read() for one in uploads}


def _before(form: FormData) -> str:
    before = form.get("before")
    return before if isinstance(before, str) else ""


def _boxes(form: FormData) -> dict[str, str]:
    texts = ((name.removeprefix("box:"), text) for name, text in form.multi_items() if name.startswith("box:"))
    return {name: text for name, text in texts if isinstance(text, str)}


async def _too_many(request: Request, _: Exception) -> Response:
    """What is told where no large request can be taken in just now."""
    refusal = refusal_of(Busy())
    if _is_script(request):
        return refusal.as_json()
    return Response(refusal.said, refusal.status, refusal.headers, "text/plain")


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


async def _nobody(_: Request, __: Exception) -> Response:
    """What is answered to somebody who has gone; it reaches nobody, and is no fault."""
    return Response(status_code=400)


def _is_script(request: Request) -> bool:
    """Whether the page's script asks, and no browser for a page."""
    return "application/json" in request.headers.get("accept", "")
