"""One problem for each student: made, handed out, and checked by their own numbers.

Right sheets are worked out in floats.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest

from checks.assignment.assignment_file import AssignmentText
from checks.assignment.given_numbers import with_given
from checks.assignment.vary import IdFormula, VaryError
from checks.command import main
from checks.errors import CallError, InvalidAssignment
from checks.inspection.inspecting import inspected
from checks.variants.variants_file import load_variants
from exact.numbers.array import array
from tests.conftest import Outcome
from tests.submissions import submission

ASSIGNMENT = """\
id = "small"
title = "Small"

[backprop]   # drawn once, by hand looked at
x = [1, -1]
y = [0, 1]
eta = "1/2"
layers = [
    { W = [[-3, 1], [3, -3]], b = [2, -3] },
    { W = [[-2, -1], [2, -2]], b = [1, 2] },
]
"""
STUDENTS = [(f"s{number}", f"Name{number} Family{number}") for number in range(101, 107)]

Sheet = dict[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the variants of six students, beside their assignment and roster."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "hw.toml").write_text(ASSIGNMENT, encoding="utf-8")
    write_roster(folder / "class.csv", STUDENTS)
    assert variants_in(folder) == 0
    return folder


def variants_in(folder: Path, out: str = "V", **other: str) -> int:
    call = {"assignment": "hw.toml", "roster": "class.csv", "seed": "4", **other}
    named = {"assignment", "roster"}
    options = [
        part for key, value in call.items() for part in (f"--{key}", str(folder / value) if key in named else value)
    ]
    return main(["variants", *options, "--out", str(folder / out)])


def write_roster(path: Path, students: list[tuple[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "name"), *students])


def table_of(folder: Path, student: str) -> Any:
    return tomllib.loads((folder / "V" / "variants" / f"{student}.toml").read_text(encoding="utf-8"))["backprop"]


def right_sheet(table: Any) -> Sheet:
    """What somebody who errs nowhere writes, to ten digits."""
    x, y = np.array(table["x"], float), np.array(table["y"], float)
    (W1, b1), (W2, b2) = ((np.array(one["W"], float), np.array(one["b"], float)) for one in table["layers"])
    s1 = W1 @ x + b1
    a1, da1 = np.maximum(s1, 0), (s1 > 0).astype(float)
    s2 = W2 @ a1 + b2
    a2 = np.exp(s2) / np.exp(s2).sum()
    delta2 = a2 - y
    delta1 = da1 * (W2.T @ delta2)
    cells = {"s1": s1, "a1": a1, "da1": da1, "s2": s2, "a2": a2, "delta2": delta2, "delta1": delta1}
    cells |= {"W2_new": W2 - np.outer(delta2, a1) / 2, "b2_new": b2 - delta2 / 2}
    cells |= {"W1_new": W1 - np.outer(delta1, x) / 2, "b1_new": b1 - delta1 / 2}
    entries = {}
    for name, values in cells.items():
        for index, value in np.ndenumerate(values):
            shown = f"{value:.10g}" if value != round(value) else str(round(value))
            entries[f"{name}[{','.join(str(i + 1) for i in index)}]"] = shown
    return entries


def hand_in(name: str, sheet: Sheet) -> None:
    submission(Path("subs") / name, "".join(f"{cell} = {value}\n" for cell, value in sheet.items()))


def checked(backcheck: Callable[..., Outcome], made: Path, *more: str) -> tuple[dict[str, Any], str]:
    found = backcheck("check", "subs", "--variants", str(made / "V"), "--json", "--no-store", "-j", "1", *more)
    return {one["id"]: one for one in json.loads(found.out)["submissions"]}, found.err


def verdicts(submission: Any) -> Iterator[tuple[str, str, float]]:
    return ((one["name"], one["verdict"], one["points"]) for one in submission["entries"])


def test_everybody_has_numbers_of_their_own_and_as_much_to_do(made: Path) -> None:
    variants = load_variants(made / "V").variants
    assert [one.student.id for one in variants] == [name for name, _ in STUDENTS]
    assert len({one.assignment.text for one in variants}) == len(STUDENTS)
    (own,) = AssignmentText("own", ASSIGNMENT).parsed().hand_parts
    model = inspected(own).counts
    for one in variants:
        assert one.assignment.text.startswith('id = "small"\ntitle = "Small"\n\n[backprop]   # drawn once')
        (part,) = one.assignment.parsed().hand_parts
        found = inspected(part)
        assert not found.remarks
        assert found.counts == one.counts[""]
        assert abs(found.counts.products - model.products) <= 3
        assert abs(found.counts.sums - model.sums) <= 4
        table = table_of(made, one.folder)
        assert table["y"] == [0, 1]
        s1 = np.array(table["layers"][0]["W"]) @ table["x"] + np.array(table["layers"][0]["b"])
        assert [*np.sign(s1)] == [-1, 1] or [*np.sign(s1)] == [1, -1]


def test_handouts_have_the_numbers_and_tokens_are_random(made: Path) -> None:
    variants = load_variants(made / "V")
    tokens = {one.token for one in variants.variants}
    assert len(tokens) == len(STUDENTS)
    assert all(len(token) >= 24 for token in tokens)
    for one in variants.variants:
        handed = made / "V" / "handouts" / one.folder
        assert sorted(path.name for path in handed.iterdir()) == ["answers.txt", "worksheet.tex"]
        assert one.student.name in (handed / "worksheet.tex").read_text(encoding="utf-8")
        assert (handed / "answers.txt").read_text(encoding="utf-8").startswith(f"# {one.student}\n")
        assert not any(token in path.read_text(encoding="utf-8") for path in handed.iterdir() for token in tokens)
        found = variants.by_token.get(one.token)
        assert found is not None
        assert found.assignment.text == one.assignment.text
    assert variants.by_token.get("nobody's") is None


def test_the_same_seed_gives_the_same_numbers_and_late_students_are_added(made: Path, tmp_path: Path) -> None:
    copytree(made, tmp_path / "again")
    write_roster(tmp_path / "again" / "class.csv", [("s9", "Late Comer"), *STUDENTS[1:]])
    assert variants_in(tmp_path / "again") == 0
    assert variants_in(tmp_path / "again", "W") == 0
    before = {one.folder: one for one in load_variants(made / "V").variants}
    added = {one.folder: one for one in load_variants(tmp_path / "again" / "V").variants}
    fresh = {one.folder: one for one in load_variants(tmp_path / "again" / "W").variants}
    assert {*added} == {*before, "s9"}
    assert all(added[name].token == one.token for name, one in before.items())
    assert all(fresh[name].assignment.text == before[name].assignment.text for name in fresh if name in before)
    assert all(fresh[name].token != before[name].token for name in fresh if name in before)


def test_each_is_judged_by_their_own_numbers(made: Path, backcheck: Callable[..., Outcome]) -> None:
    """Right sheets are all right, wrong ones are judged as by the student's own assignment."""
    for name, _ in STUDENTS:
        hand_in(name, right_sheet(table_of(made, name)))
    wrong = right_sheet(table_of(made, "s102"))
    wrong |= {"s1[1]": "17", "b2_new[1]": "3"}
    hand_in("s102", wrong)
    found, told = checked(backcheck, made)
    assert "answers the numbers" not in told
    for name, whose in STUDENTS:
        assert found[name]["students"][0]["name"] == whose
        if name != "s102":
            assert found[name]["score"] == found[name]["max_score"] == 26
        own = backcheck(
            "check", f"subs/{name}", "--assignment", str(made / "V" / "variants" / f"{name}.toml"), "--json"
        )
        (alone,) = json.loads(own.out)["submissions"]
        assert [*verdicts(found[name])] == [*verdicts(alone)]
        assert [one["expected"] for one in found[name]["entries"]] == [one["expected"] for one in alone["entries"]]
    assert {name for name, verdict, _ in verdicts(found["s102"]) if verdict == "wrong"} >= {"s1[1]", "b2_new[1]"}


def test_a_sheet_with_anothers_numbers_is_told_and_not_judged(made: Path, backcheck: Callable[..., Outcome]) -> None:
    sheets = {name: right_sheet(table_of(made, name)) for name, _ in STUDENTS}
    sheets["s101"], sheets["s103"] = sheets["s103"], sheets["s101"]
    sheets["s104"] = dict.fromkeys(sheets["s104"], "7")
    for name, sheet in sheets.items():
        hand_in(name, sheet)
    found, told = checked(backcheck, made, "--html", "pages")
    assert "s101 answers the numbers of Name103 Family103 (s103): 26 of 26 entries are right by these" in told
    assert "s103 answers the numbers of Name101 Family101 (s101)" in told
    assert "s104 answers" not in told
    for name in ("s101", "s103"):
        assert {verdict for _, verdict, _ in verdicts(found[name])} == {"undecided"}
        assert found[name]["max_score"] == 0
        assert all(
            one["given"] and one["expected"] is None and one["decimal"] is None for one in found[name]["entries"]
        )
    assert found["s104"]["max_score"] == 26
    page = Path("pages/students/s101.html").read_text(encoding="utf-8")
    assert "the numbers of another student" in page
    assert "Name103" not in page
    assert "Name103" in Path("pages/index.html").read_text(encoding="utf-8")


def test_strangers_and_doubled_and_missing_students_are_told(made: Path, backcheck: Callable[..., Outcome]) -> None:
    hand_in("s101", right_sheet(table_of(made, "s101")))
    hand_in("Name101 Family101", right_sheet(table_of(made, "s101")))
    hand_in("nobody", right_sheet(table_of(made, "s102")))
    found, told = checked(backcheck, made)
    assert "not in the roster: nobody" in told
    assert "more than one submission of the same student: Name101 Family101 (s101) (Name101 Family101, s101)" in told
    assert "no submission from 5 of 6" in told
    assert "nobody: none of the students of the variants" in told
    assert found["Name101 Family101"]["score"] == found["s101"]["score"] == 26
    assert {verdict for _, verdict, _ in verdicts(found["nobody"])} == {"undecided"}
    assert all(one["expected"] is None for one in found["nobody"]["entries"])


def test_the_class_page_compares_mistakes_across_the_variants(made: Path, backcheck: Callable[..., Outcome]) -> None:
    """Three of six forget the bias of the first layer, each with numbers of their own."""
    for place, (name, _) in enumerate(STUDENTS):
        table = table_of(made, name)
        sheet = right_sheet(table)
        if place < 3:
            s1 = np.array(table["layers"][0]["W"]) @ table["x"]
            sheet |= {"s1[1]": str(s1[0]), "s1[2]": str(s1[1])}
        hand_in(name, sheet)
    checked(backcheck, made, "--html", "pages")
    page = Path("pages/index.html").read_text(encoding="utf-8")
    assert "6 students have numbers of their own" in page
    assert '<code>bias-forgotten</code></th><td class="number">3 of 6</td>' in page


@pytest.mark.parametrize("name", ["assignment.toml", "variants/s101.toml"])
def test_what_was_changed_since_is_refused(
    name: str, made: Path, tmp_path: Path, backcheck: Callable[..., Outcome]
) -> None:
    copytree(made / "V", tmp_path / "V")
    path = tmp_path / "V" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    hand_in("s101", {"s1[1]": "1"})
    found = backcheck("check", "subs", "--variants", str(tmp_path / "V"))
    assert (found.status, found.out) == (2, "")
    assert f"{name}: not what the manifest has" in found.err


def test_another_assignment_or_roster_is_refused(made: Path, backcheck: Callable[..., Outcome]) -> None:
    hand_in("s101", {"s1[1]": "1"})
    Path("other.toml").write_text(ASSIGNMENT.replace("x = [1", "x = [2"), encoding="utf-8")
    Path("none").mkdir()
    cases = {
        ("--variants", str(made / "V"), "--assignment", "other.toml"): "was made from another assignment",
        ("--variants", str(made / "V"), "--roster", str(made / "class.csv")): "leave out --roster",
        ("--variants", "none"): "expected what `variants` wrote",
    }
    for options, message in cases.items():
        found = backcheck("check", "subs", *options)
        assert found.status == 2
        assert message in found.err
    assert backcheck("check", "subs", "--variants", str(made / "V"), "--assignment", str(made / "hw.toml")).status == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: one["students"].append(one["students"][0]), "more than one student with the id s101"),
        (lambda one: one["students"][0].update(folder="../x"), "is no name of a folder"),
        (
            lambda one: one["students"][0].update(token=one["students"][1]["token"]),
            "more than one student with the token",
        ),
        (lambda one: one.update(schema="x"), "expected the schema backcheck/variants/1"),
        (lambda one: one.pop("seed"), "not a manifest of variants"),
    ],
)
def test_a_manifest_with_a_fault(change: Callable[[Any], object], message: str, made: Path, tmp_path: Path) -> None:
    copytree(made / "V", tmp_path / "V")
    path = tmp_path / "V" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CallError, match=message):
        load_variants(tmp_path / "V")


def test_numbers_by_formula_from_an_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ASSIGNMENT.replace("y = [0", 'vary = { "x[1]" = "1 + id[-1]", "b1[2]" = "-(id[1] + 1)/2" }\ny = [0')
    (tmp_path / "hw.toml").write_text(text, encoding="utf-8")
    write_roster(tmp_path / "class.csv", [*STUDENTS[:3], ("t-204", "Other One")])
    assert variants_in(tmp_path) == 0
    assert table_of(tmp_path, "s103")["x"] == [4, -1]
    assert table_of(tmp_path, "t-204")["x"] == [5, -1]
    assert table_of(tmp_path, "t-204")["layers"][0]["b"] == [2, "-3/2"]
    assert "4 different problems, by the formulas of `vary`" in capsys.readouterr().out
    write_roster(tmp_path / "class.csv", [("abc", "Ann Bee")])
    assert variants_in(tmp_path, "W") == 2
    assert "Ann Bee (abc): the id 'abc' has no digit, and 1 + id[-1] needs one" in capsys.readouterr().err
    assert not (tmp_path / "W").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 + 2", "no digit of the id in it"),
        ("id[0]", "digits are counted from 1"),
        ("__import__('os').system('id[1]')", "expected"),
        ("exp(id[1])", "expected numbers, digits"),
        ("id[1]; id[2]", "expected an operator or the end"),
        ("[id[1], 2]", "expected numbers, digits"),
    ],
)
def test_a_formula_is_read_and_never_executed(text: str, message: str) -> None:
    with pytest.raises(VaryError, match=message):
        IdFormula.read(text)


def test_a_formula_has_a_value_or_a_word_why_not() -> None:
    assert IdFormula.read("id[1] id[2]/4 - 0.5").value("s36") == 4
    assert IdFormula.read("(1 + id[-2])^2").value("20417") == 4
    for text, student in (("1/id[1]", "0"), ("id[5]", "123"), ("((((9^9)^9)^9)^9)^9 id[1]", "1"), ("2^(id[1]/2)", "3")):
        with pytest.raises(VaryError):
            IdFormula.read(text).value(student)


@pytest.mark.parametrize(
    ("vary", "message"),
    [
        ('{ "q" = "id[1]" }', "backprop.vary.q: nothing given is called 'q'"),
        ('{ "x[3]" = "id[1]" }', "backprop.vary.x[3]: no entry x[3]"),
        ('{ "W1" = "id[1]" }', "expected a single number"),
        ('{ "x[1]" = 3 }', "expected a formula in quotes"),
        ("true", "backprop.vary: expected names such as"),
        ('["x", "z"]', "nothing given is called 'z'"),
        *(
            (f'["{name}"]', f"backprop.vary.{name}: nothing given is called {name!r}; there are eta W1 b1 W2 b2 x y")
            for name in ("beta", "a1", "grad_z")
        ),
    ],
)
def test_a_fault_in_vary_is_told_with_its_path(vary: str, message: str) -> None:
    with pytest.raises(Exception, match="x") as raised:
        AssignmentText("hw", ASSIGNMENT.replace("y = [0", f"vary = {vary}\ny = [0")).parsed()
    assert message in str(raised.value)


GRAPH = """\
id = "g"
title = "G"
[graph]
given = { u = -2, v = [1, 2] }
formulas = ["z = u v"]
upstream = [1, 1]
update = { eta = "1/10", of = ["u"] }
"""


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        (ASSIGNMENT.replace("y = [0", 'optimizer = { name = "momentum", beta = "1/2" }\ny = [0'), "beta", "W2 b2 x y"),
        (ASSIGNMENT.replace("y = [0", "stated = { a1 = [1, 2] }\ny = [0"), "a1", "W2 b2 x y"),
        (ASSIGNMENT.replace('eta = "1/2"', 'cells = ["s1"]'), "eta", "W1 b1 W2 b2 x y"),
        (ASSIGNMENT.replace("y = [0, 1]", 'upstream = [1, 2]\noutput = "linear"'), "delta2", "W2 b2 x"),
        (GRAPH, "grad_z", "u v"),
        (GRAPH, "eta", "u v"),
    ],
)
@pytest.mark.parametrize("form", ['["{}"]', '{{ "{}" = "id[1]" }}'])
def test_what_has_no_place_in_the_table_cannot_vary(text: str, name: str, there: str, form: str) -> None:
    table = "graph" if text == GRAPH else "backprop"
    before = "given =" if text == GRAPH else "x = [1"
    with pytest.raises(InvalidAssignment) as raised:
        AssignmentText("hw", text.replace(before, f"vary = {form.format(name)}\n{before}")).parsed()
    assert f"{table}.vary.{name}: {name} cannot vary; expected one of " in str(raised.value)
    assert str(raised.value).splitlines()[0].endswith(there)


@pytest.mark.parametrize(
    ("keys", "names", "places"),
    [
        ("numbering = { entries = 0 }", ["x[1]", "W1[0, 1]"], {("x", 1), ("W1", 1)}),
        ("numbering = { entries = 0 }", ["x [ 2 ]"], {("x", 1)}),
        ('names = { W1 = [["u", "v"], ["w", "r"]], b1 = "c" }', ["v", "c[2]"], {("W1", 1), ("b1", 1)}),
        ('names = { W1 = [["u", "v"], ["w", "r"]], b1 = "c" }', ["W1[2,1]", "c"], {("W1", 2), ("b1", 0), ("b1", 1)}),
    ],
)
def test_entries_that_vary_are_called_as_cells_are(keys: str, names: list[str], places: set[tuple[str, int]]) -> None:
    text = ASSIGNMENT.replace("y = [0", f"{keys}\nvary = {names}\ny = [0")
    (part,) = AssignmentText("hw", text).parsed().hand_parts
    assert part.vary.drawn == places


def test_only_what_is_named_varies(tmp_path: Path) -> None:
    text = ASSIGNMENT.replace("y = [0", 'vary = ["W2", "b2[1]"]\ny = [0')
    (tmp_path / "hw.toml").write_text(text, encoding="utf-8")
    write_roster(tmp_path / "class.csv", STUDENTS[:2])
    assert variants_in(tmp_path) == 0
    for name in ("s101", "s102"):
        table = table_of(tmp_path, name)
        assert table["layers"][0] == {"W": [[-3, 1], [3, -3]], "b": [2, -3]}
        assert (table["x"], table["layers"][1]["b"][1]) == ([1, -1], 2)


def test_a_learning_rate_that_the_table_has_may_vary(tmp_path: Path) -> None:
    (tmp_path / "hw.toml").write_text(ASSIGNMENT.replace("y = [0", 'vary = ["eta"]\ny = [0'), encoding="utf-8")
    write_roster(tmp_path / "class.csv", STUDENTS[:2])
    assert variants_in(tmp_path) == 0
    before = tomllib.loads(ASSIGNMENT)["backprop"] | {"vary": ["eta"]}
    found = [table_of(tmp_path, name) for name in ("s101", "s102")]
    assert len({str(one["eta"]) for one in found}) == 2
    assert all(one | {"eta": "1/2"} == before for one in found)


def test_numbers_are_put_in_the_place_of_others_and_the_rest_stays() -> None:
    text = (
        'id = "a"\ntitle = "A"\n[[backprop]]\nid = "p"\noutput = "linear"\n'
        "x = [[1, 2], [3, 4], [5, 6]]  # samples\ny = [[1], [2], [3]]\neta = 0.1\n"
        'layers = [{ W = [[0.5, "1/3"]], b = [0.25] }]\n'
        '[[graph]]\nid = "g"\ngiven = { u = -2, v = [1, 2] }\nformulas = ["f = u v"]\n'
        "upstream = [1, 1]\n"
    )
    assignment = AssignmentText("a", text).parsed()
    changed = {
        "p": {"x": array([[9, 8, 7], [6, 5, 4]]), "W1": array([[3, 4]]), "eta": array(2)},
        "g": {"u": array(7), "v": array([5, 6])},
    }
    found = with_given(text, assignment, changed)
    assert "x = [[9, 6], [8, 5], [7, 4]]  # samples\n" in found
    assert "W = [[3.0, 4]], b = [0.25]" in found
    assert "eta = 2.0\n" in found
    assert "given = { u = 7, v = [5, 6] }" in found
