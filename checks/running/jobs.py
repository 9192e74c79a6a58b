"""What is to be checked, and how a try at it may end that is no fault of the submission."""

from __future__ import annotations

from dataclasses import dataclass

from checks.assignment.assignment_file import AssignmentText
from checks.running.outcome import Failure
from checks.submissions.contents import Material

ATTEMPTS = 3
"""A process may have been killed for no fault of the submission: it gets another one."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one submission holds, by its digest; `variant` is its student's own assignment, where there is one."""

    digest: str
    material: Material
    attempt: int = 1
    variant: AssignmentText | None = None


@dataclass(frozen=True, slots=True)
class Lost(Failure):
    """A failure that another attempt may mend: the process died, was stopped, or had no memory left."""


def too_slow(seconds: float) -> Lost:
    """It took more than it may."""
    return Lost(f"it took more than {seconds:g} seconds")


def too_large(megabytes: int) -> Lost:
    """It took more memory than it may."""
    return Lost(f"it took more than {megabytes} MB of memory")


def died(status: int | None) -> Lost:
    """The process ended before its time, with that exit status where it is known."""
    return Lost("the process that checked it died" + ("" if status is None else f", with exit status {status}"))


def bug(error: Exception) -> Failure:
    """A bug of ours in the process: it is told, and the others go on."""
    return Failure(f"{type(error).__name__}: {error}"[:200])
