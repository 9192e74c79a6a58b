"""What holds the rooms apart, and what the project promises of its own text."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.processes import did

ROOT = Path(__file__).parents[1]
MODULES = [path for room in ("exact", "numeric", "checks") for path in sorted((ROOT / room).rglob("*.py"))]


class Module(NamedTuple):
    """What a file imports whole, what it imports from, with each name, what it calls, and its texts."""

    imports: frozenset[str]
    imports_from: dict[str, frozenset[str]]
    calls: frozenset[str]
    texts: frozenset[str]

    @classmethod
    @cache
    def read(cls, path: Path) -> Module:
        """Wherever in the file it stands: inside functions and under TYPE_CHECKING, too."""
        nodes = tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        sources = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
        called = [node.func for node in nodes if isinstance(node, ast.Call)]
        texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
        return cls(
            frozenset(alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names),
            {
                str(one.module): frozenset(
                    alias.name for other in sources if other.module == one.module for alias in other.names
                )
                for one in sources
            },
            frozenset(one.id for one in called if isinstance(one, ast.Name))
            | frozenset(one.attr for one in called if isinstance(one, ast.Attribute)),
            frozenset(text for text in texts if isinstance(text, str)),
        )


def imported(path: Path) -> set[str]:
    """The first part of every module that the file imports."""
    module = Module.read(path)
    return {name.partition(".")[0] for name in (*module.imports, *module.imports_from)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_two_witnesses_know_nothing_of_each_other(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    forbidden = {"exact": {"numeric", "checks", "tests"}, "numeric": {"exact", "checks", "tests"}, "checks": {"tests"}}
    assert not imported(path) & forbidden[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_executes_text_or_decides_by_simplifying(path: Path) -> None:
    banned = {"eval", "exec", "sympify", "parse_expr", "parse_latex", "nsimplify", "simplify", "isclose", "allclose"}
    assert not Module.read(path).calls & banned


def test_modules_are_short() -> None:
    long = {str(path): count for path in MODULES if (count := len(path.read_text(encoding="utf-8").splitlines())) > 250}
    assert not long


def test_imports_within_a_room_go_one_way() -> None:
    """No cycle among the modules."""
    graph: dict[str, set[str]] = {}
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    for name, path in names.items():
        sources = Module.read(path).imports_from
        found = {*sources, *(f"{source}.{one}" for source, held in sources.items() for one in held)}
        graph[name] = found & set(names)
    done: set[str] = set()
    while ready := {name for name, needs in graph.items() if name not in done and needs <= done}:
        done |= ready
    assert done == set(graph), f"in a cycle: {set(graph) - done}"


FLOORS = {
    "exact": (
        *("numbers", "calculation", "letters", "mistakes", "inspection"),
        *("writing", "networks", "graphs", "witness"),
    ),
    "checks": (
        *("language", "judging", "mistakes", "assignment", "answers", "writeups", "submissions", "roster", "hand"),
        *("program", "inspection", "problems", "marking", "variants", "overrides", "moves", "autograder", "reports"),
        *("running", "selfcheck", "site", "commands"),
    ),
}
"""The folders of each room, from the ground up: each imports those below it alone."""

APART = (("checks", "hand", "program"),)
"""Folders of which neither knows the other."""

LOOSE = {"__init__", "__main__", "command", "errors", "bounds", "display"}
"""What may stand beside the folders of checks: the command, and what every folder needs."""


@pytest.mark.parametrize("room", FLOORS)
def test_the_folders_of_a_room_are_floors(room: str) -> None:
    """A folder imports those below it alone: what is read, what it is worth, what it means, how it is told."""
    floors = FLOORS[room]
    for path in (path for path in MODULES if path.relative_to(ROOT).parts[0] == room):
        own, *inside = path.relative_to(ROOT / room).parts
        if not inside:
            assert (room == "checks" and path.stem in LOOSE) or path.stem == "__init__", f"{path} stands loose"
            continue
        for name in Module.read(path).imports_from:
            other = name.split(".")[1] if name.startswith(f"{room}.") else ""
            if other in floors:
                assert floors.index(other) <= floors.index(own), f"{path} imports {name}"
                assert (room, *sorted((own, other))) not in APART, f"{path} imports {name}"


KNOWS_NETWORKS = {
    *("exact/networks", "exact/graphs", "exact/witness", "numeric"),  # builders of calculations, and the second witness
    *("checks/assignment", "checks/reports/titled.py", "checks/overrides/override.py"),  # what reads their tables
}
"""Where a network, or a table that describes one, may be known."""

CELLS_OF_NETWORKS = re.compile(r"(?:s|a|da|delta|W|b)(?:[0-9]+(?:_new)?|_new)|grad_[Wbax].*|step_[Wb].*|C_each")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_outside_their_room_knows_of_networks(path: Path) -> None:
    """Neither by an import nor by the name of a cell in a text; mistakes name the letters of steps."""
    place = str(path.relative_to(ROOT))
    if any(place.startswith(one) for one in KNOWS_NETWORKS):
        return
    module = Module.read(path)
    assert not [name for name in module.imports_from if name.startswith("exact.networks")]
    if place.startswith(("checks/writeups", "exact/mistakes", "checks/language", "exact/calculation", "exact/letters")):
        return
    assert not [text for text in module.texts if len(text) > 1 and CELLS_OF_NETWORKS.fullmatch(text)]


def test_the_exact_room_runs_without_numpy() -> None:
    """The browser has none; neither has it h5py, nor what the other rooms are made of."""
    imports = {
        str(path.relative_to(ROOT)): imported(path) for path in MODULES if path.relative_to(ROOT).parts[0] == "exact"
    }
    assert not {place for place, names in imports.items() if names & {"numpy", "h5py", "matplotlib"}}
    program = "import sys; sys.modules['numpy'] = None; from exact.networks.mlp import solve; print('ok')"
    done = did(program)
    assert done.stdout == "ok\n", done.stderr


def test_the_project_is_built_from_what_git_tracks() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if tracked.returncode:
        pytest.skip("not a git checkout")
    files = tracked.stdout.split()
    assert not [name for name in files if name.startswith("data/")]
    assert sum((ROOT / name).stat().st_size for name in files if name.endswith(".hdf5")) < 1_000_000
