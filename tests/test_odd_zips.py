"""Zips and folders that are hostile, damaged or odd: each is refused by itself, and the rest is checked."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

from checks.submissions.contents import read_material
from checks.submissions.submission_file import find_submissions
from tests.downloads import CANVAS_TREE, HALF, planted, zip_bytes, zipped
from tests.submissions import Backcheck


def test_links_and_paths_that_lead_out_are_refused_one_by_one(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = planted(
        tmp_path / "in",
        {f"{name}_{number}_assignsubmission_file_/": "" for number, name in enumerate(("ada", "bob", "cyd", "dee"))},
    )
    ada, bob, cyd, dee = sorted(folder.iterdir())
    (ada / "answers.txt").symlink_to("/etc/passwd")
    with zipfile.ZipFile(bob / "hw.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../x", "x")
        archive.writestr("../answers.txt", HALF)
        link = zipfile.ZipInfo("result.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("answers.json", b" " * 10 * 2**20)
    with (cyd / "result.json").open("wb") as sparse:
        sparse.truncate(2 * 2**30)
    (dee / "answers.txt").write_text(HALF)
    outcome = backcheck("check", folder, "--assignment", "sample", "--json")
    found = {one["students"][0]["name"]: one for one in json.loads(outcome.out)["submissions"]}
    told = {name: [(p["file"], p["message"]) for p in one["problems"]] for name, one in found.items()}
    assert told == {
        "ada": [("answers.txt", "a link; links are not followed")],
        "bob": [
            ("hw.zip/../../x", "a path that leads out by .."),
            ("hw.zip/../answers.txt", "a path that leads out by .."),
            ("hw.zip/result.json", "a link; links are not followed"),
            ("answers.json", "10485760 bytes; at most 262144 are read"),
        ],
        "cyd": [("result.json", "2147483648 bytes; at most 33554432 are read")],
        "dee": [],
    }
    assert found["dee"]["score"] == 2
    assert "root:" not in outcome.out


def test_a_zip_bomb_in_a_zip_costs_nothing(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("inner.zip", "w") as inner:
        for _ in range(40):
            inner.write(bytes(2**20))
    many = zip_bytes({f"{number}/x": "" for number in range(10_001)}, tmp_path)
    path = planted(tmp_path / "in", {"ada.zip": bomb.read_bytes(), "bob.zip": many, "cyd/answers.txt": HALF})
    ada, bob, cyd = find_submissions([path]).submissions
    assert ada.unread
    assert ada.unread.message == "41943040 bytes; at most 33554432 are read"
    assert bob.unread
    assert bob.unread.message == "10001 entries; at most 10000 are looked at"
    assert cyd.files


def test_a_zip_packed_in_any_way_and_damaged_costs_only_itself(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "inner.zip", "w", method) as archive:
            archive.writestr("answers.txt", HALF * 200)
        damaged = bytearray((tmp_path / "inner.zip").read_bytes())
        damaged[45:60] = b"\xff" * 15
        path = planted(tmp_path / str(method), {"ada.zip": bytes(damaged), "bob/answers.txt": HALF})
        ada, bob = map(read_material, find_submissions([path]).submissions)
        assert "cannot be read from the zip" in str(dict(ada.files)["answers.txt"])
        assert dict(bob.files) == {"answers.txt": HALF.encode()}


def test_an_encrypted_zip_is_told_as_one(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"answers.txt": HALF}, tmp_path))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (ada,) = find_submissions([planted(tmp_path / "in", {"ada.zip": bytes(data)})]).submissions
    message = "encrypted in the zip; it cannot be read without its password"
    assert read_material(ada).files == (("answers.txt", message),)


def test_folders_in_a_zip_are_as_deep_as_people_make_them(tmp_path: Path) -> None:
    tree = {f"{number}/" + "a/" * 20_000 + "answers.txt": HALF for number in range(100)}
    for path in (zipped(tmp_path / "z.zip", tree), planted(tmp_path / "in", {"ada.zip": zip_bytes(tree, tmp_path)})):
        (one,) = find_submissions([path]).submissions
        assert not one.files
        assert one.unread
        assert one.unread.message == "more than 100 folders inside one another"
        assert sum(len(notice.place) for notice in one.notices) < 1_000


def test_a_damaged_download_is_a_fault_of_the_call(backcheck: Backcheck, tmp_path: Path) -> None:
    path = zipped(tmp_path / "canvas.zip", CANVAS_TREE)
    path.write_bytes(path.read_bytes()[:-40])
    outcome = backcheck("check", path, "--assignment", "sample")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"backcheck: {path}: not a zip that can be read: File is not a zip file\n"


def test_a_zip_of_too_many_names_is_not_even_listed(tmp_path: Path) -> None:
    many = zip_bytes({f"{number:06}{'x' * 400}": "" for number in range(10_000)}, tmp_path)
    (ada,) = find_submissions([planted(tmp_path / "in", {"ada.zip": many})]).submissions
    assert ada.unread
    assert ada.unread.message == "a list of contents of 4520000 bytes; at most 4194304 are looked at"
