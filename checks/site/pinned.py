"""What the site is built of that is not our own: each file by name, version, size and SHA-256; no other is taken.

Pyodide is CPython 3.14 for WebAssembly; wheels for it are of the platform `pyemscripten_2026_0_wasm32`. There are none
of numpy and the like in a registry, which is why a check does without them.
"""

from __future__ import annotations

from dataclasses import dataclass

PYODIDE_VERSION, ABI, PYTHON = "314.0.7", "2026_0", "3.14.2"
"""The version of Pyodide, of its binary interface and of the Python in it."""

_WHEEL = "cp314-cp314-pyemscripten_2026_0_wasm32.whl"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file of a registry, "npm" or "pypi"; `shipped` is what it is called on the site."""

    registry: str
    project: str
    version: str
    file: str
    size: int
    sha256: str
    shipped: str
    licence: str


PYODIDE = Pinned(
    "npm",
    "pyodide",
    PYODIDE_VERSION,
    f"pyodide-{PYODIDE_VERSION}.tgz",
    6_488_647,
    "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    "pyodide",
    "MPL-2.0; the Python in it PSF-2.0",
)

WHEELS = (
    Pinned(
        "pypi",
        "python-flint",
        "0.9.0",
        f"python_flint-0.9.0-{_WHEEL}",
        7_121_329,
        "b31f5c00e0e36040ab58d00b3025156e20869b990d776e4bf90f870b1ee11ad3",
        "python-flint",
        "MIT; FLINT, GMP and MPFR in it LGPL-3.0-or-later",
    ),
    Pinned(
        "pypi",
        "msgspec",
        "0.22.0",
        f"msgspec-0.22.0-{_WHEEL}",
        136_814,
        "a66b1766311e42371e509c996c3933b161c7ae0eabdf361af5316dec197e1022",
        "msgspec",
        "BSD-3-Clause",
    ),
    Pinned(
        "pypi",
        "mpmath",
        "1.3.0",
        "mpmath-1.3.0-py3-none-any.whl",
        536_198,
        "a0b2b9fe80bbcd81a6647ff13108738cfb482d481d826cc0e02f5b35e5c88d2c",
        "mpmath",
        "BSD-3-Clause",
    ),
)

ALL = (PYODIDE, *WHEELS)
