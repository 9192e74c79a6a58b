"""The two HDF5 files: what is read, and what is refused with one message."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import h5py
import numpy as np
import pytest

from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import DataError, Floats

Change = Callable[[h5py.File], None]


def parameters(folder: Path, change: Change | None = None) -> Path:
    path = folder / PARAMETERS_FILE
    random = np.random.default_rng(1)
    with h5py.File(path, "w") as file:
        for layer, (n, m) in enumerate(pairwise((6, 5, 4, 3)), start=1):
            file[f"W{layer}"] = random.normal(size=(m, n)).astype(np.float32)
            file[f"b{layer}"] = random.normal(size=m).astype(np.float32)
        if change:
            change(file)
    return path


def replaced(key: str, data: object) -> Change:
    def change(file: h5py.File) -> None:
        del file[key]
        file[key] = data

    return change


def with_nan(file: h5py.File) -> None:
    file["W2"][1, 3] = np.nan


def external(file: h5py.File) -> None:
    del file["W1"]
    file["W1"] = h5py.ExternalLink("elsewhere.hdf5", "/W1")


def soft(file: h5py.File) -> None:
    del file["W1"]
    file["W1"] = h5py.SoftLink("/W2")


def as_group(file: h5py.File) -> None:
    del file["b2"]
    file.create_group("b2")


def missing(file: h5py.File) -> None:
    del file["b3"]


def huge(file: h5py.File) -> None:
    del file["W1"]
    file.create_dataset("W1", shape=(20_000_000, 6), dtype=np.float32, chunks=(1000, 6))


def virtual(file: h5py.File) -> None:
    del file["W1"]
    layout = h5py.VirtualLayout(shape=(5, 6), dtype=np.float32)
    layout[:] = h5py.VirtualSource("elsewhere.hdf5", "W1", shape=(5, 6))
    file.create_virtual_dataset("W1", layout)


def in_huge_chunks(file: h5py.File) -> None:
    del file["W1"]
    file.create_dataset(
        "W1", shape=(5, 6), dtype=np.float32, chunks=(100_000_000, 6), maxshape=(None, 6), compression="gzip"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (missing, "expected the keys W1 b1 W2 b2 W3 b3, found W1 W2 W3 b1 b2"),
        (with_nan, r"W2\[1, 3\] is nan; expected finite numbers"),
        (replaced("b1", np.full(5, np.inf)), r"b1\[0\] is inf; expected finite numbers"),
        (replaced("W1", np.zeros((5, 7), np.float32)), r"W1 has shape \(5, 7\); expected shape \(5, 6\)"),
        (replaced("W1", np.zeros(30, np.float32)), r"W1 has shape \(30,\); expected shape \(5, 6\)"),
        (replaced("b1", np.zeros(5, np.int64)), "b1 has type int64; expected float32 or float64"),
        (replaced("b1", np.zeros(5, np.float16)), "b1 has type float16; expected float32 or float64"),
        (replaced("b1", "text"), "b1 has type object; expected float32 or float64"),
        (external, "W1 is a link to elsewhere; expected the data itself"),
        (soft, "W1 is a link to elsewhere; expected the data itself"),
        (as_group, "b2 is a group; expected an array"),
        (virtual, "W1 is kept in another file; expected the data itself"),
        (in_huge_chunks, r"W1 is stored in pieces of \(100000000, 6\); at most 268435456 bytes are unpacked"),
    ],
)
def test_parameters_that_are_refused(tmp_path: Path, change: Change, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        read_network(parameters(tmp_path, change), (6, 5, 4, 3))
    assert "\n" not in str(caught.value)


def test_without_given_sizes_the_shapes_must_fit_each_other(tmp_path: Path) -> None:
    assert read_network(parameters(tmp_path)).sizes == (6, 5, 4, 3)
    with pytest.raises(DataError, match=r"W2 has shape \(4, 9\); expected shape \(n, 5\)"):
        read_network(parameters(tmp_path, replaced("W2", np.zeros((4, 9), np.float32))))
    with pytest.raises(DataError, match="W1 holds 120000000 numbers; at most 100000000 are read"):
        read_network(parameters(tmp_path, huge))


def test_files_that_are_no_hdf5(tmp_path: Path, course_data: Path) -> None:
    whole = (course_data / PARAMETERS_FILE).read_bytes()
    cases = {
        "text.hdf5": (b"index,activations\n", "cannot be opened as HDF5"),
        "empty.hdf5": (b"", "cannot be opened as HDF5"),
        "half.hdf5": (whole[: len(whole) // 2], "cut off: expected a whole HDF5 file"),
    }
    for name, (content, message) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=message):
            read_network(tmp_path / name)
    with pytest.raises(DataError, match="no such file"):
        read_network(tmp_path / "nowhere.hdf5")
    with pytest.raises(DataError, match="not a regular file"):
        read_network(tmp_path)


def test_damaged_compressed_data_is_told(tmp_path: Path) -> None:
    path = tmp_path / TEST_FILE
    content = bytearray((sample_folder() / TEST_FILE).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2000] = bytes(2000)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"damaged|cannot be opened|not one-hot|finite"):
        read_test_set(path, 784, 10, 360)


@pytest.mark.parametrize("seed", range(50))
def test_bytes_that_were_changed_anywhere_are_read_or_told_in_one_line(tmp_path: Path, seed: int) -> None:
    """What the library raises is its own affair; the caller knows one kind of fault."""
    path = parameters(tmp_path, lambda file: file.attrs.update(notice=np.bytes_(b"made up")))
    whole, random = path.read_bytes(), Random(seed)
    for _ in range(10):
        content = bytearray(whole)
        for _ in range(random.choice([1, 1, 2, 5])):
            place = random.randrange(len(content))
            content[place] = random.choice([0, 1, 255, random.randrange(256)])
        path.write_bytes(content)
        try:
            read_network(path, (6, 5, 4, 3))
        except DataError as error:
            assert str(error).startswith(f"{path}: ")
            assert "\n" not in str(error)


def test_only_a_notice_of_fixed_length_is_read(tmp_path: Path) -> None:
    """Damage where HDF5 keeps texts of any length makes the library look for ever."""
    assert read_network(sample_folder() / PARAMETERS_FILE).file.notice == "sample data, not the course's files"
    given: list[tuple[object, str]] = [
        (np.bytes_(b"made up"), "made up"),
        ("made up", ""),
        (np.bytes_(b"x" * 2000), ""),
    ]
    for value, notice in given:
        path = parameters(tmp_path, lambda file, value=value: file.attrs.update(notice=value))  # type: ignore[misc]
        assert read_network(path).file.notice == notice


def labels(folder: Path, ydata: Floats, xdata: Floats | None = None) -> Path:
    with h5py.File(folder / TEST_FILE, "w") as file:
        file["xdata"] = np.zeros((len(ydata), 6), np.float32) if xdata is None else xdata
        file["ydata"] = ydata
    return folder / TEST_FILE


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([0.0, 1.0, 1.0], r"ydata\[1\] is not one-hot"),
        ([0.0, 0.0, 0.0], r"ydata\[1\] is not one-hot"),
        ([0.5, 0.5, 0.0], r"ydata\[1\] is not one-hot"),
        ([np.nan, 1.0, 0.0], r"ydata\[1, 0\] is nan"),
    ],
)
def test_labels_must_be_one_hot(tmp_path: Path, row: list[float], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_test_set(labels(tmp_path, np.array([[1.0, 0.0, 0.0], row])), 6, 3)


def test_the_number_of_images_must_fit(tmp_path: Path) -> None:
    path = labels(tmp_path, np.eye(3))
    assert read_test_set(path, 6, 3).labels.tolist() == [0, 1, 2]
    with pytest.raises(DataError, match=r"xdata has shape \(3, 6\); expected shape \(4, 6\)"):
        read_test_set(path, 6, 3, 4)
    with pytest.raises(DataError, match=r"ydata has shape \(3, 3\); expected shape \(2, 3\)"):
        read_test_set(labels(tmp_path, np.eye(3), np.zeros((2, 6))), 6, 3)


def test_reading_leaves_a_read_only_file_as_it_is(tmp_path: Path) -> None:
    path = parameters(tmp_path)
    path.chmod(0o444)
    before = path.read_bytes()
    read_network(path)
    assert path.read_bytes() == before
