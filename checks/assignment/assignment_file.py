"""Finds an assignment, by the name of a bundled one or by path, and reads its TOML."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass

from checks.assignment.assignment import Assignment, InvalidAssignment, read_assignment
from checks.assignment.bundled import assignment_path, bundled_assignments

MAX_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class AssignmentText:
    """An assignment as it is written, and where."""

    path: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text, which tells two assignments apart."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogateescape")).hexdigest()

    def parsed(self) -> Assignment:
        """The assignment. Raises `InvalidAssignment` with the file and every fault in it."""
        try:
            table = tomllib.loads(self.text, parse_float=str)
            return read_assignment(table)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise InvalidAssignment(f"{self.path}: not TOML: {error}") from None
        except InvalidAssignment as error:
            raise InvalidAssignment("\n".join(f"{self.path}: {line}" for line in str(error).splitlines())) from None


def assignment_text(name: str) -> AssignmentText:
    """The bundled assignment of that name, or the one in the file at that path. Raises `InvalidAssignment`."""
    path = assignment_path(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidAssignment(f"{path}: an assignment has at most {MAX_BYTES} bytes")
        return AssignmentText(str(path), path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        names = ", ".join(bundled_assignments())
        raise InvalidAssignment(f"{path}: no such assignment; expected a TOML file, or one of {names}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidAssignment(f"{path}: cannot be read ({error})") from None


def load_assignment(name: str) -> Assignment:
    """The assignment of that name or at that path. Raises `InvalidAssignment` with the file and every fault in it."""
    return assignment_text(name).parsed()
