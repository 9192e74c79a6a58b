"""What the site ships, made of what was fetched and of our own sources: bytes in, bytes by name out.

The same files make the same site, byte for byte. Compressed files are opened in the browser, and no suffix is one that
a network blocks or a web space treats in a way of its own (`.whl`, `.wasm`, `.gz`, `.mjs`).
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import checks
import exact
import numeric

DATED = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the first that there is."""

SCRIPTS = {"pyodide.mjs": "pyodide.js", "pyodide.asm.mjs": "pyodide.asm.js"}
"""The parts of Pyodide that a page loads as scripts, and their names on the site: not every web space knows `.mjs`."""

RUNTIME, STDLIB = "pyodide.asm.wasm", "python_stdlib.zip"

LEFT_OUT = frozenset(
    {
        *("checks/autograder", "checks/commands", "checks/examples", "checks/moves"),
        *("checks/roster", "checks/running", "checks/reports/gradebook", "checks/reports/pages", "exact/witness"),
        *("checks/site/archives.py", "checks/site/pinned.py", "checks/site/registry_file.py", "checks/site/web"),
        *("checks/site/showing.py", "checks/selfcheck/server", "checks/selfcheck/page.py", "checks/selfcheck/static"),
        *("checks/site/site_files.py", "checks/site/site_folder.py", "checks/command.py", "checks/__main__.py"),
    }
)
"""What of our own packages is of no use to one student; of `numeric`, which needs numpy, only its face is taken."""


def pyodide_files(archive: bytes) -> dict[str, bytes]:
    """Pyodide's files out of the package in npm's form: its two scripts, and runtime and library, compressed."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as package:
        found = {name: _member(package, name) for name in (*SCRIPTS, RUNTIME, STDLIB)}
    files = {shipped: found[name] for name, shipped in SCRIPTS.items()}
    files["runtime.data"] = gzip.compress(found[RUNTIME], 9, mtime=0)
    files["library.data"] = found[STDLIB]
    return files


def _member(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(f"package/{name}")
    if member is None:
        raise KeyError(name)
    return member.read()


def licences(wheel: bytes) -> dict[str, bytes]:
    """The texts of licences that a wheel carries, by their paths there from its name and version on."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" in name and not name.endswith("/")]
        told = [name for name in names if "/licenses/" in name or "LICEN" in name.upper().rpartition("/")[2]]
        return {name.replace(".dist-info/", "/").replace("/licenses/", "/"): archive.read(name) for name in told}


def own_code(more: Mapping[str, bytes]) -> bytes:
    """A zip of our sources as far as a student's check needs them, and of `more`, by their paths in it."""
    files = {**more}
    for package in (checks, exact):
        folder = Path(package.__path__[0])
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder.parent)
            parts = {place.as_posix(), *(parent.as_posix() for parent in place.parents)}
            if path.is_file() and "__pycache__" not in place.parts and not parts & LEFT_OUT:
                files[place.as_posix()] = path.read_bytes()
    files["numeric/__init__.py"] = Path(numeric.__path__[0], "__init__.py").read_bytes()
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(name, DATED)
            member.create_system = 3
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
