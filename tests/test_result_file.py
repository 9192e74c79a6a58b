"""The file result.json: its faults told with their record, odd shapes read where that is certain, the rest refused."""

from __future__ import annotations

import contextlib
import json
import random
import re
from array import array
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from checks.judging.verdicts import Verdict
from checks.program import result_json
from checks.program.result_json import read_result
from checks.program.result_records import UnreadableResult
from checks.program.result_rows import Result
from tests.mnist_cases import ALL_RIGHT, EVALUATION, RIGHT, changed, check, records, verdicts


@pytest.mark.parametrize(
    ("data", "images", "message"),
    [
        (b"[" + b"1," * 380 + b"1]", 23, "many times the values of 23 records"),
        (b" " * (32 * 2**20 + 1), 1, "33554433 bytes"),
        (b" " * (32 * 2**20), 1, "the file is empty"),
    ],
)
def test_a_file_is_measured_before_it_is_read(data: bytes, images: int, message: str) -> None:
    with pytest.raises(UnreadableResult, match=message):
        read_result(data, images, 1)


def test_a_small_right_file_has_no_fault() -> None:
    result = read_result(b'[{"index":0,"activations":[1],"classification":0}]', 1, 1)
    assert (result.faults, result.records) == ((), 1)
    assert read_result(b"[" + b"1," * 300 + b"1]", 23, 1).records == 301


FORMATS: list[tuple[Callable[[], object], str]] = [
    (lambda: records(RIGHT)[:-1], "1 of 360 images have no record, the first is index 359"),
    (lambda: records(RIGHT)[:100], "260 of 360 images have no record, the first is index 100"),
    (lambda: changed(5, index=4), "record 5: index 4 is there a second time; the first one counts (and 1 more)"),
    (lambda: changed(5, index=5.0), "record 5: index is 5.0; expected a whole number from 0 to 359"),
    (lambda: changed(5, index=True), "record 5: index is true; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index=360), "record 5: index is 360; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index=-1), "record 5: index is -1; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index="5"), 'record 5: index is "5"; expected a whole number from 0 to 359'),
    (lambda: changed(5, classification="7"), 'record 5: classification is "7"; expected a whole number from 0 to 9'),
    (lambda: changed(5, classification=10), "record 5: classification is 10; expected a whole number from 0 to 9"),
    (lambda: changed(5, activations=[0.1] * 9), "record 5: activations are 9 entries; expected 10 numbers"),
    (lambda: changed(5, activations=0.5), "record 5: activations are 0.5; expected 10 numbers"),
    (lambda: changed(5, activations=["a"] * 10), 'record 5: an activation is "a"; expected a finite number'),
    (
        lambda: changed(5, activations=[10**400] * 10),
        "record 5: an activation is a huge number; expected a finite number",
    ),
    (
        lambda: changed(5, activations=..., Activations=[0.1] * 10),
        ("record 5: the names are index, classification, Activations; expected index, activations, classification"),
    ),
    (lambda: [*records(RIGHT), 7], "record 360: a number; expected an object with index, activations, classification"),
    (
        lambda: json.dumps(records(RIGHT)).replace('"index": 5,', '"index": 5, "index": 5,').encode(),
        "record 5: 'index' is given twice",
    ),
    (
        lambda: json.dumps(changed(5, activations=[float("nan")] * 10)).encode(),
        "record 5: an activation is NaN; expected a finite number",
    ),
]


@pytest.mark.parametrize(("made", "note"), FORMATS, ids=range(len(FORMATS)))
def test_faults_of_the_format_are_told_with_their_record(made: Callable[[], object], note: str) -> None:
    found = check(result=made())["result.format"]
    assert (found.verdict, found.note) == (Verdict.WRONG, note)


UNREADABLE = {
    b"": "the file is empty; expected a JSON array of records",
    b" \n": "the file is empty; expected a JSON array of records",
    b'[{"index": 0,': "cut off in record 0, at byte 13",
    b"{}": "holds an object; expected an array of records",
    b'"text"': "holds a text; expected an array of records",
    b'["\xff"]': "not UTF-8 text, at byte 2",
    b"[" * 100_000: "many times the values of 360 records; it was not read",
    b"[" * 1_400: "not read: nested too deep, or a number of thousands of digits",
    b"[" + b"1" * 5000 + b"]": "not read: nested too deep, or a number of thousands of digits",
}


@pytest.mark.parametrize("data", UNREADABLE, ids=range(len(UNREADABLE)))
def test_files_that_cannot_be_read_are_for_a_person(data: bytes) -> None:
    assert verdicts(data) == (Verdict.UNREADABLE,) * 4
    found = check(result=data)["result.format"]
    assert found.note == UNREADABLE[data]
    assert found.trouble is not None


def lines(separator: str) -> bytes:
    return separator.join(json.dumps(record) for record in records(RIGHT)).encode()


def text_of(value: object) -> bytes:
    return json.dumps(value).encode()


COLUMNS = {"index": [r["index"] for r in records(RIGHT)]} | {
    key: [r[key] for r in records(RIGHT)] for key in ("activations", "classification")
}

SHAPES: dict[str, tuple[Callable[[], bytes], str]] = {
    "wrapped": (lambda: text_of({"results": records(RIGHT)}), "the array stands in an object, as 'results'"),
    "keyed": (lambda: text_of({str(r["index"]): r for r in records(RIGHT)}), "an object keyed by index"),
    "keyed, no index": (
        lambda: text_of({str(r.pop("index")): r for r in records(RIGHT)}),
        "an object keyed by index; expected a JSON array of records",
    ),
    "columns": (lambda: text_of(COLUMNS), "an object of columns"),
    "lines": (lambda: lines("\n"), "one after another without an array"),
    "commas": (lambda: lines(",\n"), "one after another without an array"),
    "prefix": (lambda: b"AUTOGRADE: " + text_of(records(RIGHT)), "AUTOGRADE: stands before the array"),
    "in a text": (lambda: text_of(json.dumps(records(RIGHT))), "the array stands within a JSON text"),
    "capitals": (
        lambda: text_of([{key.capitalize(): value for key, value in r.items()} for r in records(RIGHT)]),
        (
            "record 0: the names are Index, Activations, Classification; "
            "expected index, activations, classification (and 359 more)"
        ),
    ),
    "other names": (
        lambda: text_of(
            [
                {"idx": r["index"], "probabilities": r["activations"], "class": r["classification"]}
                for r in records(RIGHT)
            ]
        ),
        "record 0: the names are idx, probabilities, class",
    ),
    "strings": (
        lambda: text_of([{"index": str(r["index"]), **{k: r[k] for k in r if k != "index"}} for r in records(RIGHT)]),
        'record 0: index is "0"',
    ),
    "numbers as strings": (
        lambda: text_of([{**r, "activations": [str(a) for a in r["activations"]]} for r in records(RIGHT)]),
        "record 0: an activation is",
    ),
    "float classes": (
        lambda: text_of([{**r, "classification": float(r["classification"])} for r in records(RIGHT)]),
        "record 0: classification is",
    ),
    "listed classes": (
        lambda: text_of([{**r, "classification": [r["classification"]]} for r in records(RIGHT)]),
        "record 0: classification is an array",
    ),
    "nested": (
        lambda: text_of([{**r, "activations": [r["activations"]]} for r in records(RIGHT)]),
        "record 0: activations are an array within an array",
    ),
    "UTF-16": (lambda: json.dumps(records(RIGHT)).encode("utf-16"), ""),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + text_of(records(RIGHT)), ""),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_that_can_be_read_for_certain_costs_the_format_alone(shape: str) -> None:
    made, note = SHAPES[shape]
    data = made()
    found = check(result=data)["result.format"]
    assert verdicts(data)[1:] == ALL_RIGHT[1:]
    assert found.verdict is (Verdict.WRONG if note else Verdict.EXACT)
    assert note in found.note


REFUSED: dict[bytes, str] = {
    text_of(records(RIGHT))[:-2000]: "cut off in record 3",
    text_of(records(RIGHT)) * 2: "something stands after the array",
    b"[] []": "something stands after the array; expected one JSON array alone",
    b'[{"index": 0}] nonsense': "something stands after the array",
    str(records(RIGHT)[:5]).encode(): "single quotes: Python's own notation, not JSON",
    b'{"a": 1}': "holds an object; expected an array of records",
    b'[{"index": 0, "activations": [0.1,, 0.2]}]': "not JSON in record 0, at byte 34: expecting value",
}


@pytest.mark.parametrize("data", REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_refused_says_why(data: bytes) -> None:
    found = check(result=data)["result.format"]
    assert found.verdict is Verdict.UNREADABLE
    assert found.note.startswith(REFUSED[data]), found.note


DOZEN = records(RIGHT)[:12]

RIGHT_FILES = {
    "as json.dump writes it": text_of(DOZEN),
    "indented": json.dumps(DOZEN, indent=4).encode(),
    "without spaces": json.dumps(DOZEN, separators=(",", ":")).encode(),
    "from the last to the first": text_of(DOZEN[::-1]),
    "names in another order": json.dumps(DOZEN, sort_keys=True).encode(),
    "whole numbers": text_of([{**r, "activations": [10**30, -0.0, 5e-324, *[1] * 7]} for r in DOZEN]),
    "an escaped name": text_of(DOZEN).replace(b'"index"', b'"inde\\u0078"'),
}

DAMAGES = (
    *((b'"index": 3', b'"index": ' + index) for index in (b"2", b"12", b"-1", b"3.0", b'"3"', b"true", b"9" * 400)),
    *((b'"index": 3', what) for what in (b'"index": 3, "index": 3', b'"index": 3, "new": 3', b'"Index": 3', b'"":3')),
    *((b'"classification": 7', b'"classification": ' + c) for c in (b"10", b"-1", b"7.0", b"null", b'"7"', b"[7]")),
    *((b'"activations": [', b'"activations": ' + what) for what in (b"[0.5, ", b"[[", b'["a", ', b"[NaN, ", b"[[], ")),
    *((b"[{", what) for what in (b"[", b"{", b"[[{", b"[{}, {", b"[1, {", b"\xef\xbb\xbf[{", b"\xff[{", b"x = [{")),
    *((b"}]", what) for what in (b"}", b"]", b"}] ", b"}]]", b"},]", b"}, {}]", b"}][", b"}]\x00", b"")),
    *((b"e-0", what) for what in (b"e+0", b"e-9", b"e999", b"e400", b"E", b"", b"e", b".", b'"', b", ", b":", b"-")),
)
"""What is done to a right file: most of it breaks it, some of it does not."""


def read_in_full(data: bytes) -> Result | None:
    """The dozen records as they are read by way of their faults; None where nothing can be read."""
    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(UnreadableResult):
        patch.setattr(result_json, "_right_in_every_detail", lambda *_: None)
        return read_result(data, 12, 10)
    return None


def same(quick: Result | None, full: Result | None) -> bool:
    if quick is None or full is None:
        return quick is full
    numbers = [array("d", one.activations).tobytes() for one in (quick, full)]  # -0.0 is not 0.0, NaN is NaN
    return numbers[0] == numbers[1] and replace(quick, activations=array("d")) == replace(full, activations=array("d"))


@pytest.mark.parametrize("name", RIGHT_FILES)
def test_a_right_file_is_read_quickly_and_as_in_full(name: str) -> None:
    data = RIGHT_FILES[name]
    quick = result_json._right_in_every_detail(data, 12, 10)
    assert quick is not None
    assert (quick.records, quick.faults) == (12, ())
    assert same(quick, read_in_full(data))


def test_a_broken_file_is_never_read_quickly() -> None:
    """What is read quickly is what is read in full without a fault, whatever was done to a right file."""
    chance, found = random.Random(360), [0, 0]
    for _ in range(1_500):
        data = chance.choice([*RIGHT_FILES.values()])
        for old, new in chance.sample(DAMAGES, chance.choice((1, 1, 2))):
            places = [match.start() for match in re.finditer(re.escape(old), data)]
            if places:
                place = chance.choice(places)
                data = data[:place] + new + data[place + len(old) :]
        quick, full = result_json._right_in_every_detail(data, 12, 10), read_in_full(data)
        is_right = full is not None and not full.faults
        assert (quick is not None) == is_right or b"\xef" in data[:1], data
        assert quick is None or same(quick, full), data
        found[is_right] += 1
    assert min(found) > 300, found


def test_a_file_with_room_for_more_is_counted_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is padded, it is read the same."""
    for room in (0, result_json.BYTES_A_VALUE * 13 * 12):
        data = text_of(DOZEN) + b" " * room
        with monkeypatch.context() as patch:
            if room:
                patch.setattr(result_json, "_decoder", lambda _: pytest.fail("decoded at once"))
            assert same(read_result(data, 12, 10), read_in_full(data))


def test_a_name_given_twice_is_seen_though_the_decoder_drops_it() -> None:
    data = json.dumps(records(RIGHT)).replace('"index": 5,', '"index": 4, "index": 5,').encode()
    found = check(result=data)["result.format"]
    assert (found.verdict, found.note) == (Verdict.WRONG, "record 5: 'index' is given twice")


def test_a_class_that_contradicts_its_own_activations_is_told() -> None:
    classes = EVALUATION.classes.copy()
    classes[:3] = (classes[:3] + 1) % 10
    found = check(result=records(RIGHT, classes))["result.classification"]
    assert found.note.endswith("3 have another class than their own activations say")
    activations = RIGHT[:, np.argsort(-np.arange(10))]
    found = check(result=records(activations, activations.argmax(axis=1)))["result.classification"]
    assert "another class" not in found.note


FRAGMENTS = (
    *(b"{", b"}", b"[", b"]", b'"', b",", b":", b"NaN", b"1e999", b"-0", b"null", b"true", b"\xff", b"\\u0000", b"'"),
    *(b'"index"', b'"activations"', b"9" * 400, b'{"index":', b"[[[[", b"\n", b'"5"', b"\xef\xbb\xbf"),
)


def test_mutated_files_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(541)
    dozen = records(RIGHT)[:12]
    keyed = {str(r["index"]): {key: r[key] for key in r if key != "index"} for r in dozen}
    columns = {key: [r[key] for r in dozen] for key in dozen[0]}
    seeds = [*map(text_of, (dozen, {"a": dozen}, keyed, columns, json.dumps(dozen))), b"AUTOGRADE: [{}]"]
    read = 0
    for _ in range(4_000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            place = chance.randint(0, len(data))
            match chance.randint(0, 3):
                case 0:
                    data[place:place] = chance.choice(FRAGMENTS)
                case 1:
                    del data[place : place + chance.randint(1, 30)]
                case 2:
                    data[place:place] = data[place : place + chance.randint(1, 60)]
                case _:
                    del data[place if chance.random() < 0.2 else len(data) :]
        with contextlib.suppress(UnreadableResult):
            assert len(read_result(bytes(data), 12, 10).activations) == 120
            read += 1
    assert read > 400


@pytest.mark.parametrize("data", [b",", b"\xef\xbb\xbf", b'{"index": [], "activations": [], "classification": []}'])
def test_files_with_nothing_in_them(data: bytes) -> None:
    try:
        assert read_result(data, 12, 10).records == 0
    except UnreadableResult as error:
        assert "nothing but spaces and commas" in error.message
