"""All files of the site, by their paths in it: the page, Python for browsers, our own code, and what is to be said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from checks.assignment.assignment_file import AssignmentText
from checks.selfcheck.page import State, assets, page_html
from checks.selfcheck.sheet import Settings, open_sheet
from checks.site.archives import SCRIPTS, licences, own_code, pyodide_files
from checks.site.in_browser import NO_DATA, beside_sources
from checks.site.pinned import ABI, ALL, PYODIDE, PYTHON, WHEELS, Pinned

WEB = Path(__file__).with_name("web")

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""What the page may load: its own files, and WebAssembly; nothing written into it is ever run."""

NOT_STARTED = (
    "Not started. If this stays here, the page was opened as a file, or its scripts did not come: it has to be opened "
    "from a web server, such as python -m http.server."
)
"""What the page says until its script runs."""

LOCKFILE = {
    "info": {"abi_version": ABI, "arch": "wasm32", "platform": "emscripten_5_0_3", "python": PYTHON},
    "packages": {},
}
"""What Pyodide is told of packages that it could fetch: there are none."""

FOLDER_OF_LICENCES = "licences"


def site_files(text: AssignmentText, settings: Settings, content: Callable[[Pinned], bytes]) -> dict[str, bytes]:
    """The whole site for one assignment; `content` gives the content of a pinned file.

    Raises `InvalidAssignment`, and `CallError` where the settings do not fit it.
    """
    sheet = open_sheet(text, settings, None, NO_DATA)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page = page_html(sheet, carrier="page", head=policy, state=State(said=NOT_STARTED))
    return {**runtime_files(content, beside_sources(text, settings)), **assets(), "index.html": page.encode()}


def runtime_files(content: Callable[[Pinned], bytes], own: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that make Python run in the page; `own` are files beside our sources in the browser, by their paths.

    `content` gives the content of a pinned file.
    """
    pyodide = pyodide_files(content(PYODIDE))
    wheels = [(wheel, content(wheel)) for wheel in WHEELS]
    files = {f"pyodide/{name}": pyodide[name] for name in SCRIPTS.values()}
    named = {
        "runtime": _named("pyodide/runtime", pyodide["runtime.data"]),
        "library": _named("pyodide/library", pyodide["library.data"]),
        "code": _named("packages/backcheck", own_code(own)),
    }
    shipped = [_named(f"packages/{wheel.shipped}", held) for wheel, held in wheels]
    wanted = {key: _entry(file) for key, file in named.items()} | {"wheels": [_entry(file) for file in shipped]}
    files |= dict((*named.values(), *shipped))
    files["site.js"] = (
        f"export const files = {json.dumps(wanted, indent=2)};\nexport const lockfile = {json.dumps(LOCKFILE)};\n"
    ).encode()
    files |= {name: (WEB / name).read_bytes() for name in ("carrier.js", "worker.js")}
    for _, held in wheels:
        files |= {f"{FOLDER_OF_LICENCES}/{name}": text for name, text in licences(held).items()}
    files[f"{FOLDER_OF_LICENCES}/README.txt"] = _about().encode()
    return files


def _named(name: str, content: bytes) -> tuple[str, bytes]:
    """The file with a part of its digest in its name: a browser never takes that of another version for it."""
    return f"{name}-{hashlib.sha256(content).hexdigest()[:10]}.data", content


def _entry(file: tuple[str, bytes]) -> dict[str, object]:
    return {"name": file[0], "size": len(file[1])}


def _about() -> str:
    """What the site is made of, under which licences, and where the sources are."""
    lines = [f"{one.project} {one.version}: {one.licence}; sources: {_source(one)}" for one in ALL]
    return (
        "This page is backcheck (MIT licence), with Python and these libraries in it, unchanged, as WebAssembly where\n"
        "they are not Python. The files whose names end in .data are the libraries' wheels (zip archives), Pyodide's\n"
        "standard library (zip) and its WebAssembly (gzip). Anybody may put other builds of them in their place.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _source(pinned: Pinned) -> str:
    return f"the project {pinned.project} on {'npm' if pinned.registry == 'npm' else 'PyPI'}"
