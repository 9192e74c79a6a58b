"""Finds an assignment, by the name of a bundled one or by path, and reads its TOML."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from checks.assignment.bundled import assignment_path, bundled_assignments
from checks.assignment.mnist_part import MnistPart, read_mnist_problem
from checks.errors import InvalidAssignment

if TYPE_CHECKING:
    from checks.assignment.assignment import Assignment

MAX_BYTES = 4 * 2**20

Read = TypeVar("Read")


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
        from checks.assignment.assignment import read_assignment

        return self._read(read_assignment)

    def mnist(self) -> tuple[str, MnistPart | None]:
        """The assignment's id and its MNIST problem; the problems by hand are not looked at. Raises as `parsed` does.

        What reads those need not even be loaded.
        """
        return self._read(read_mnist_problem)

    def _read(self, read: Callable[[Mapping[str, object]], Read]) -> Read:
        try:
            return read(tomllib.loads(self.text, parse_float=str))
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
