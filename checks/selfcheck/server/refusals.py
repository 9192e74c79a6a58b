"""Why a request is not answered: a sentence for the student, and when to ask again."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse

from checks.selfcheck.server.workers import Busy, Died, GaveUp

RETRY = 5
"""Seconds after which to try again where too many wait."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said instead of an answer; `retry` are the seconds after which to ask again, 0 where it does not help."""

    said: str
    status: int = 200
    retry: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """What tells a program when to come back."""
        return {"Retry-After": str(self.retry)} if self.retry else {}

    def as_json(self) -> JSONResponse:
        """What the page's script is told."""
        retry = {"retry": self.retry} if self.retry else {}
        return JSONResponse({"error": self.said, **retry}, self.status, self.headers)


def refusal_of(reason: Busy | Died | GaveUp) -> Refusal:
    """What is said where the processes gave no answer."""
    if isinstance(reason, GaveUp):
        return Refusal(str(reason))
    why = "Many are checking just now." if isinstance(reason, Busy) else "The program failed at this."
    return Refusal(f"{why} Try again in {_time(RETRY)}; what you typed is kept.", 503, RETRY)


def too_often(checks_an_hour: int, seconds: int) -> Refusal:
    """What is said to who has checked as often as is allowed; so many seconds are left."""
    return Refusal(f"{checks_an_hour} checks an hour are the most; the next in {_time(seconds)}.", 429, seconds)


def _time(seconds: int) -> str:
    """A time in words.

    >>> _time(1), _time(89), _time(90)
    ('1 second', '89 seconds', '2 minutes')
    """
    return f"{seconds} second{'s' * (seconds != 1)}" if seconds < 90 else f"{-(-seconds // 60)} minutes"
