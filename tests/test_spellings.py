"""Every notation of the table, in compare and in check: read as what it stands for, or refused with its remedy."""

from __future__ import annotations

import pytest

from checks.hand.key import BackpropReference
from checks.judging.comparison import compare
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import found_in, reference_of
from tests.notations import EXPONENTIALS, FIRST, OUTPUTS, SECOND, WHOLE, Row

READ = {Verdict.EXACT}


def cell_for(means: str) -> tuple[str, BackpropReference]:
    """A statement's name and a hand problem whose cell of that name has this value.

    With weights 0 s is the bias; with inputs 0 the weights stay as they are.
    """
    outside = means.strip("[]")
    if ";" in means:
        rows = [row.split(",") for row in outside.split(";")]
        return "W1_new", network([[entry.strip() for entry in row] for row in rows], ["0"] * len(rows), "0")
    entries = [entry.strip() for entry in outside.split(",")]
    name = "s1" if means.startswith("[") else "s1[1]"
    return name, network([["0"] for _ in entries], entries, "1")


def network(W: list[list[str]], b: list[str], x: str) -> BackpropReference:
    layer = {"W": [*W, *([["0"] * len(W[0])] if len(W) == 1 else [])], "b": [*b, *(["0"] if len(b) == 1 else [])]}
    y = [1] + [0] * (len(layer["b"]) - 1)
    return reference_of({"x": [x] * len(W[0]), "y": y, "eta": "1/2", "layers": [layer]})


def checked(name: str, text: str, reference: BackpropReference) -> list[Finding]:
    """The findings on what the statement names."""
    found = found_in(f"{name} = {text}", reference)
    return [finding for entry, finding in found.items() if entry == name or entry.startswith(f"{name}[")]


@pytest.mark.parametrize("row", [*FIRST, *SECOND], ids=lambda row: row.text)
def test_compare_and_check_read_alike(row: Row) -> None:
    means = row.means or ("[987, 654]" if "[" in row.text else "987")
    found = compare(means, row.text)
    assert found.verdict == ("exact" if row.means else "unreadable"), found
    assert row.message in found.note
    name, reference = cell_for(means)
    findings = checked(name, row.text, reference)
    assert findings
    if row.means:
        assert {finding.verdict for finding in findings} == READ, findings
    else:
        assert Verdict.UNREADABLE in {finding.verdict for finding in findings}
        if "[" not in row.text:
            assert {finding.verdict for finding in findings} == {Verdict.UNREADABLE}
        assert any(row.message in finding.note for finding in findings)


@pytest.mark.parametrize("row", WHOLE, ids=lambda row: row.text)
def test_digits_in_groups_where_a_whole_number_is_asked_for(row: Row) -> None:
    found = compare("9790", row.text)
    assert found.verdict == ("exact" if row.means else "unreadable")
    assert row.message in found.note
    assert compare("9.79", row.text).verdict in ("unreadable", "exact")


@pytest.mark.parametrize("row", [*EXPONENTIALS, *OUTPUTS], ids=lambda row: row.text)
def test_exponentials_and_outputs(row: Row) -> None:
    if row in EXPONENTIALS:
        assert compare(str(row.means), row.text).verdict == "exact"
        return
    table = {"x": [1], "y": [0, 0, 1], "eta": 1, "layers": [{"W": [[5], [1], [2]], "b": [0, 0, 0]}]}
    found = found_in(f"W1_new[3,1] = {row.text}\nW1_new[2,1] = 5 - 3p_3", reference_of(table))
    assert found["W1_new[3,1]"].verdict == found["W1_new[2,1]"].verdict == Verdict.WRONG  # read, and not the key
    other = found_in(f"W1_new[3,1] = ({row.text}) - 2 + 2p_3", reference_of(table))
    assert other["W1_new[3,1]"].verdict == Verdict.EXACT
