"""What a process does that checks submissions: it makes the reference once, then holds each submission to it."""

from __future__ import annotations

import gc
import signal
import time
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from checks.assignment.assignment import Assignment
from checks.assignment.assignment_file import AssignmentText
from checks.marking.checking import check_material, make_reference, own_reference
from checks.marking.reference import Reference
from checks.running.outcome import encoded
from checks.running.setup import Setup
from checks.submissions.contents import Material


class WrongData(Exception):
    """The data are others than those of the process that asks for the outcomes."""


def start(setup: Setup) -> None:
    """Readies a fresh process: an interruption is its parent's matter, and one core is enough.

    The reference is made before the first submission comes, whose time it is not to take. Where it cannot be made
    `check` raises why.
    """
    from threadpoolctl import threadpool_limits

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threadpool_limits(1)
    with suppress(Exception):
        prepared(setup)


def check(material: Material, setup: Setup, variant: AssignmentText | None) -> bytes:
    """The encoded outcome, by the student's own assignment where there is one. Raises as `checked_against`."""
    reference = prepared(setup) if variant is None else prepared_for(setup, variant)
    return checked_against(reference, material, explain=setup.explain)


def checked_against(reference: Reference, material: Material, *, explain: bool) -> bytes:
    """The encoded outcome. Whatever is raised is a failure of ours or of the machine, not the student's.

    Raises MemoryError beyond the limit.
    """
    begin = time.perf_counter()
    checked = check_material(material, reference, explain=explain)
    return encoded(replace(checked, seconds=round(time.perf_counter() - begin, 4)))


def begin_reading(setup: Setup) -> None:
    """Readies a fresh process that only reads write-ups: it needs no key and no data."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _assignment(setup)


def read(material: Material, setup: Setup, variant: AssignmentText | None) -> bytes:  # noqa: ARG001  as `check`
    """What was read in the material's write-ups, encoded. Raises MemoryError beyond the limit."""
    from checks.marking.read_submission import encoded_reading, read_submission

    return encoded_reading(read_submission(material, _assignment(setup)))


@lru_cache(maxsize=1)
def _assignment(setup: Setup) -> Assignment:
    """The assignment, read once in each process."""
    assignment = setup.assignment.parsed()
    gc.freeze()
    limit_memory(setup.limits.megabytes)
    return assignment


@lru_cache(maxsize=1)
def prepared_for(setup: Setup, variant: AssignmentText) -> Reference:
    """The reference of a student's own assignment, made once for all that have the same in a row."""
    return own_reference(prepared(setup), variant.parsed())


@lru_cache(maxsize=1)
def prepared(setup: Setup) -> Reference:
    """The reference of the assignment, made once in each process, which from then on may grow by the limit alone."""
    folder = setup.folder
    reference = make_reference(setup.assignment.parsed(), folder.path, folder.sought)
    if data_digests(reference) != setup.data:
        raise WrongData("the data files are not those that the run began with")
    gc.freeze()
    limit_memory(setup.limits.megabytes)
    return reference


def data_digests(reference: Reference) -> tuple[tuple[str, str], ...]:
    """SHA-256 of the data files that the reference was made from, by name."""
    files = reference.mnist.files if reference.mnist else ()
    return tuple((Path(file.path).name, file.sha256) for file in files)


def limit_memory(megabytes: int) -> None:
    """Bounds what the process may take beyond what it holds now, where the system tells (Linux)."""
    try:
        import resource

        held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmData"))
    except (ImportError, OSError, StopIteration):
        return
    most = int(held.split()[1]) * 1024 + megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
