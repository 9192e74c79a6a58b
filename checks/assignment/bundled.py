"""The assignments that come with the program, by name."""

from __future__ import annotations

from pathlib import Path

BUNDLED = Path(__file__).parents[1] / "assignments"
DEFAULT, SAMPLE_ID = "ee541-hw3", "sample"


def bundled_assignments() -> tuple[str, ...]:
    """The names of the assignments that come with the program."""
    return tuple(sorted(path.stem for path in BUNDLED.glob("*.toml")))


def assignment_path(name: str) -> Path:
    """The file of the bundled assignment of that name, or else the path itself."""
    return BUNDLED / f"{name}.toml" if name in bundled_assignments() else Path(name)
