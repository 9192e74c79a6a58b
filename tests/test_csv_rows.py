"""The rows of a CSV file: the same fields as Python's own reader finds, and where each stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import NotReadError
from checks.roster.csv_rows import DELIMITERS, csv_rows, header_row

ANY_CSV = st.text(st.sampled_from('ab1",;\t\r\n =é\u2028\x85'), max_size=60)


@given(ANY_CSV, st.sampled_from(DELIMITERS))
def test_fields_are_those_of_the_csv_module(text: str, delimiter: str) -> None:
    try:
        rows = list(csv_rows(text, delimiter))
    except NotReadError:
        return  # the csv module takes all that follows for one field
    assert [list(row.fields) for row in rows] == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(ANY_CSV, st.sampled_from(DELIMITERS))
def test_what_lies_between_the_fields_are_delimiters_and_line_ends(text: str, delimiter: str) -> None:
    try:
        rows = list(csv_rows(text, delimiter))
    except NotReadError:
        return
    place = 0
    between = ""
    for start, end in (span for row in rows for span in row.spans):
        between += text[place:start]
        place = end
    assert not set(between + text[place:]) - {delimiter, "\r", "\n"}
    for row in rows:
        if row.spans:
            before = text[: row.spans[0][0]].replace("\r\n", "\n").replace("\r", "\n")
            assert row.line == 1 + before.count("\n")


@pytest.mark.parametrize(("text", "line"), [('a,b\n"c,d\ne,f\n', 2), ('"', 1), ('a\n\n"b"\n"""', 4)])
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(NotReadError, match="never closed") as caught:
        list(csv_rows(text, ","))
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("id,name;b", ","), ("id;name,b", ";"), ("\n\t\nid\tname", "\t"), ('";,";id\n', ";"), ("id", ",")],
)
def test_the_delimiter_is_that_with_which_most_columns_are_known(text: str, delimiter: str) -> None:
    assert header_row(text, lambda titles: len({"id", "name"} & set(titles)))[0] == delimiter
