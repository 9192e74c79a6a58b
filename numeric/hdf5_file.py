"""Reads the two HDF5 files of the assignment, and refuses whatever is not what it should be.

Nothing is read before its kind, shape and type are checked, and nothing outside the file is followed.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from numeric.network import DataError, DataFile, Floats, Network, TestSet

MAX_VALUES = 100_000_000
"""Numbers in one dataset: 127,000 images of 28 x 28."""

MAX_CHUNK_BYTES = 2**28
"""One chunk of a compressed dataset: it is unpacked whole, whatever the dataset's own size."""

MAX_LAYERS = 64

DAMAGE = (OSError, RuntimeError, KeyError, ValueError, TypeError, AttributeError, OverflowError, MemoryError)
"""What the library raises for a file that opens, but whose contents are damaged."""

MAX_NOTICE_BYTES = 1_000


def read_network(path: Path, sizes: Sequence[int] | None = None) -> Network:
    """The network with keys W1, b1, W2, b2, ...; of the given widths, where `sizes` says them.

    Raises `DataError` for a file that is missing, not HDF5, cut off, or holds other keys, shapes or types, or a value
    that is not finite.
    """
    with _opened(path) as file:
        depth = len(sizes) - 1 if sizes else _depth(file)
        expected = [f"{letter}{layer}" for layer in range(1, depth + 1) for letter in "Wb"]
        stray = [key for key in file if key[:1] in ("W", "b") and key[1:].isdigit() and key not in expected]
        missing = [key for key in expected if key not in file]
        if missing or stray or not depth:
            raise DataError(
                path,
                f"expected the keys {' '.join(expected or ['W1', 'b1', '...'])}, found {_shown_keys(file)}",
            )
        weights: list[Floats] = []
        biases: list[Floats] = []
        for layer in range(1, depth + 1):
            inputs = sizes[layer - 1] if sizes else (len(biases[-1]) if biases else None)
            outputs = sizes[layer] if sizes else None
            weights.append(_floats(path, file, f"W{layer}", (outputs, inputs)))
            biases.append(_floats(path, file, f"b{layer}", (len(weights[-1]),)))
        return Network(tuple(weights), tuple(biases), _source(path, file))


def read_test_set(path: Path, inputs: int, classes: int, images: int | None = None) -> TestSet:
    """The images (`xdata`, shape (n, inputs)) and their labels (`ydata`, shape (n, classes), one-hot).

    `images` is the number that the assignment promises. Raises `DataError` as `read_network` does, and for a row of
    ydata that is not one-hot.
    """
    with _opened(path) as file:
        if not {"xdata", "ydata"} <= set(file):
            raise DataError(path, f"expected the keys xdata ydata, found {_shown_keys(file)}")
        xdata = _floats(path, file, "xdata", (images, inputs))
        ydata = _floats(path, file, "ydata", (len(xdata), classes))
        one_hot = ((ydata == 0) | (ydata == 1)).all(axis=1) & (ydata.sum(axis=1) == 1)
        if not one_hot.all():
            row = int(np.argmin(one_hot))
            raise DataError(path, f"ydata[{row}] is not one-hot: expected one 1 and else 0, found {ydata[row]}")
        return TestSet(xdata, ydata.argmax(axis=1), _source(path, file))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The file, open; whatever the library cannot read of it is told."""
    if not path.is_file():
        raise DataError(path, "no such file" if not path.exists() else "not a regular file")
    try:
        file = h5py.File(path, "r")
    except DAMAGE as error:
        reason = "cut off" if "truncated" in str(error) else "cannot be opened as HDF5"
        raise DataError(path, f"{reason}: expected a whole HDF5 file ({_first_line(error)})") from None
    with file:
        try:
            yield file
        except DAMAGE as error:
            raise DataError(path, f"cannot be read, the file is damaged ({_first_line(error)})") from None


def _depth(file: Any) -> int:
    depth = 0
    while f"W{depth + 1}" in file and depth < MAX_LAYERS:
        depth += 1
    return depth


def _floats(path: Path, file: Any, key: str, shape: tuple[int | None, ...]) -> Floats:
    """The dataset, of the shape given (None: any positive length), floating point and finite."""
    wanted = f"expected shape ({', '.join('n' if n is None else str(n) for n in shape)})"
    if not isinstance(file.get(key, getlink=True), h5py.HardLink):
        raise DataError(path, f"{key} is a link to elsewhere; expected the data itself")
    data = file[key]
    if not isinstance(data, h5py.Dataset):
        raise DataError(path, f"{key} is a group; expected an array")
    if data.is_virtual or data.external:
        raise DataError(path, f"{key} is kept in another file; expected the data itself")
    if data.dtype.kind != "f" or data.dtype.itemsize not in (4, 8):
        raise DataError(path, f"{key} has type {data.dtype}; expected float32 or float64")
    if data.shape is None or len(data.shape) != len(shape):
        raise DataError(path, f"{key} has shape {data.shape}; {wanted}")
    if any(n < 1 or n != (n if want is None else want) for n, want in zip(data.shape, shape, strict=True)):
        raise DataError(path, f"{key} has shape {data.shape}; {wanted}")
    if data.size > MAX_VALUES:
        raise DataError(path, f"{key} holds {data.size} numbers; at most {MAX_VALUES} are read")
    if data.chunks and math.prod(data.chunks) * data.dtype.itemsize > MAX_CHUNK_BYTES:
        raise DataError(
            path, f"{key} is stored in pieces of {data.chunks}; at most {MAX_CHUNK_BYTES} bytes are unpacked"
        )
    try:
        values: Floats = data[()].astype(data.dtype.newbyteorder("="), copy=False)
    except DAMAGE as error:
        raise DataError(path, f"{key} cannot be read, the file is damaged ({_first_line(error)})") from None
    if not np.isfinite(values).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(values))[0])
        raise DataError(path, f"{key}{list(place)} is {values[place]}; expected finite numbers")
    return values


def _source(path: Path, file: Any) -> DataFile:
    with path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return DataFile(path, digest, _notice(file))


def _notice(file: Any) -> str:
    """The notice of a file of ours, which has a fixed length: the library may look for ever for one that has none."""
    if "notice" not in file.attrs:
        return ""
    kind = file.attrs.get_id("notice").dtype
    if kind.kind != "S" or kind.itemsize > MAX_NOTICE_BYTES:
        return ""
    return bytes(file.attrs["notice"]).decode("utf-8", "replace")


def _shown_keys(file: Any) -> str:
    keys = list(file)
    return " ".join(keys[:12]) + (" ..." if len(keys) > 12 else "") if keys else "none"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
