"""The roster: what is read from it, and whose submission is whose, never guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import CallError
from checks.roster.directory import squashed
from checks.roster.matching import match
from checks.roster.roster import Roster, read_roster
from checks.roster.roster_file import load_roster
from checks.submissions.students import Student

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 3 (991),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,73,(read only)
"Doe, Jane",41,007,jane@example.edu,A,,
"Roe, Richard",42,7,rroe,A,12.00,
"Student, Test",43,,abcdef,A,,
"""
MOODLE = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade
Participant 501,Jane Doe,007,jane@example.edu,Submitted,,73.00
Participant 502,Richard Roe,,rroe@example.edu,Submitted,,73.00
"""


def students(text: str) -> list[Student]:
    return [known.student for known in read_roster(text, "roster.csv").known]


def whose(roster: str, *named: Student) -> tuple[Student, ...]:
    """The students as the roster has them, each of a submission of his or her own."""
    found = match(read_roster(roster, "roster.csv"), {f"s{i}": (one,) for i, one in enumerate(named)})
    return tuple(one for group in found.students.values() for one in group)


@pytest.mark.parametrize(
    "text",
    [
        "Student_ID,Name,E-Mail\n007,Jane Doe,jane@example.edu\n",
        "name;email;sid\r\nJane Doe;jane@example.edu;007\r\n",
        "\ufeffEMAIL ADDRESS\tFull Name\tStudent Number\njane@example.edu\tJane Doe\t007",
        '\n\nFirst Name,Last Name,SID,Email\n Jane , Doe ,"=""007""",jane@example.edu\n\n',
        'Notes,"SIS User ID",Email,"Name"\n"said ""hi,\nthere""",007,jane@example.edu,"Jane Doe"\n',
    ],
)
def test_columns_are_found_by_their_titles(text: str) -> None:
    assert students(text) == [Student("007", "Jane Doe", "jane@example.edu")]


def test_the_grade_books_of_canvas_and_moodle_are_rosters() -> None:
    assert students(CANVAS) == [Student("007", "Doe, Jane", "jane@example.edu"), Student("7", "Roe, Richard")]
    assert students(MOODLE) == [
        Student("007", "Jane Doe", "jane@example.edu"),
        Student("502", "Richard Roe", "rroe@example.edu"),
    ]


JANE = Student("007", "Doe, Jane", "jane@example.edu")


@pytest.mark.parametrize(
    "named",
    [
        Student("007"),
        Student("41"),
        Student("41", "doejane"),
        Student("x", "", "JANE@example.edu"),
        Student("JANE@example.edu"),
        Student("x", "Doe, Jane"),
        Student("  Doe,   Jane "),
        Student("x", "doejane"),
        Student("doejane"),
    ],
)
def test_a_student_is_found_by_id_then_email_then_name(named: Student) -> None:
    assert whose(CANVAS, named) == (JANE,)


@pytest.mark.parametrize(
    "named",
    [Student("07"), Student("0070"), Student("jane"), Student("doe, jane"), Student("x", "Jane Doe"), Student("x")],
)
def test_nothing_that_is_merely_alike_is_found(named: Student) -> None:
    found = match(read_roster(CANVAS, "r.csv"), {"x": (named,)})
    assert found.students == {"x": (named,)}
    assert found.notices[0].startswith("r.csv: not in the roster: ")


def test_who_may_be_either_is_neither() -> None:
    roster = 'id,name,email\n1,Jane Doe,j@x.edu\n2,Jane Doe,J@X.edu\n3,"Doe, Jane",\n4,"Doe-, Jane",\n'
    named = [Student("a", "Jane Doe"), Student("b", "", "j@x.edu"), Student("doejane"), Student("2", "Jane Doe")]
    assert whose(roster, *named) == (*named[:3], Student("2", "Jane Doe", "J@X.edu"))
    notices = match(read_roster(roster, "r.csv"), {one.id: (one,) for one in named}).notices
    alike = "may be any of several in the roster, so none of them: Jane Doe (a), b, doejane"
    assert notices[0] == f"r.csv: {alike}"


def test_one_id_of_two_students_in_different_columns_is_neithers() -> None:
    roster = "Student,ID,SIS User ID,Section\nA,1,2,\nB,2,3,\n"
    assert whose(roster, Student("2")) == (Student("2"),)
    assert whose(roster, Student("3"), Student("1")) == (Student("3", "B"), Student("2", "A"))


def test_a_number_of_the_platform_that_is_another_students_id_is_not_that_students() -> None:
    roster = "id,name\n12,Bob Bee\n14,Ann Doe\n"
    assert whose(roster, Student("12", "Ann Doe")) == (Student("14", "Ann Doe"),)
    named = Student("12", "Ann Doe", "ada@example.edu")
    found = match(read_roster(roster, "r.csv"), {"s": (named,)})
    assert found.students["s"] == (named,)
    assert found.notices[0] == "r.csv: may be any of several in the roster, so none of them: Ann Doe (12) in s"


def test_a_name_alone_is_nobody_whose_email_is_another() -> None:
    roster = "id,name,email\n100,Wei Lin,wl1@example.edu\n"
    other = Student("200", "Wei Lin", "wl2@example.edu")
    assert whose(roster, other) == (other,)
    assert whose("id,name\n100,Wei Lin\n", other) == (Student("100", "Wei Lin", "wl2@example.edu"),)


def test_id_and_email_outweigh_a_name_and_must_agree() -> None:
    roster = "id,name,email\n1,Wei Lin,a@example.edu\n2,Ann Doe,b@example.edu\n"
    assert whose(roster, Student("1", "Ann Doe", "a@example.edu")) == (Student("1", "Wei Lin", "a@example.edu"),)
    torn = Student("1", "Wei Lin", "b@example.edu")
    assert whose(roster, torn) == (torn,)


def test_another_name_in_the_roster_is_told() -> None:
    named = Student("12", "Robert Bee", "bob@example.edu")
    found = match(read_roster("id,name\n12,Bob Bee\n", "r.csv"), {"s": (named,)})
    assert found.notices == (
        "r.csv: found by id or e-mail, but with another name in the roster: Robert Bee (12) is Bob Bee (12)",
    )


@pytest.mark.parametrize("name", ["Group A", "Participant", "Zoe Abt"])
def test_a_number_of_moodles_is_nobody_of_quite_another_name(name: str) -> None:
    other = Student("501", name)
    assert whose(MOODLE, other) == (other,)
    assert whose("Identifier,Grade\nParticipant 501,\n", other) == (Student("501", name),)


@pytest.mark.parametrize("name", ["Jane Doe", "Group A-Jane Doe", "doejane", "Jane Marie Doe"])
def test_a_number_of_a_platform_counts_where_the_name_is_alike(name: str) -> None:
    assert whose(MOODLE, Student("501", name)) == (Student("007", "Jane Doe", "jane@example.edu"),)


def test_first_and_last_names_are_squashed_as_canvas_does() -> None:
    roster = "First name,Surname,id\nMary Ann,O'Neill-Doe,9\n"
    assert whose(roster, Student("oneilldoemaryann"), Student("q", "Mary Ann O'Neill-Doe")) == (
        (Student("9", "Mary Ann O'Neill-Doe"),) * 2
    )
    assert squashed("Ołówek, Zoë_2 ١ शर्मा") == "ołówekzoë_2١शर्मा"


def test_a_name_in_the_other_order_is_another_name() -> None:
    assert whose("name,id\nJane Doe,1\n", Student("janedoe"), Student("Doe, Jane")) == (
        Student("janedoe"),
        Student("Doe, Jane"),
    )


def test_what_is_not_known_of_a_student_fits_nobody() -> None:
    roster = 'name,id,email\n"!,",1,\n,,a@b.c\n'
    named = [Student("x", "?"), Student("y", "", "?"), Student("", "", "")]
    assert whose(roster, *named) == tuple(named)


def test_one_student_named_twice_in_a_group_is_one() -> None:
    found = match(read_roster(CANVAS, "r.csv"), {"g": (Student("41", "doejane"), Student("x", "", JANE.email))})
    assert found.students == {"g": (JANE,)}
    assert found.notices == ("r.csv: no submission from 1 of 2: Roe, Richard (7)",)


def test_composed_and_decomposed_accents_are_the_same() -> None:
    name = "Zoë Ångström"
    roster = f"name,id\n{unicodedata.normalize('NFD', name)},1\n"
    for form in ("NFC", "NFD"):
        (found,) = whose(roster, Student(unicodedata.normalize(form, name)))
        assert found.id == "1"


def test_groups_and_what_the_staff_is_told() -> None:
    roster = "id,name\n" + "".join(f"{i},N{i}\n" for i in range(20))
    found = match(
        read_roster(roster, "r.csv"),
        {"g1": (Student("1"), Student("2")), "g2": (Student("2"), Student("=cmd\n|x")), "3": (Student("3"),)},
    )
    assert found.students == {
        "g1": (Student("1", "N1"), Student("2", "N2")),
        "g2": (Student("2", "N2"), Student("=cmd\n|x")),
        "3": (Student("3", "N3"),),
    }
    assert list(found.notices) == [
        "r.csv: not in the roster: =cmd□|x in g2",
        "r.csv: more than one submission of the same student: N2 (2) (g1, g2)",
        f"r.csv: no submission from 17 of 20: {', '.join(f'N{i} ({i})' for i in (0, *range(4, 13)))} and 7 more",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "r.csv: empty; expected a header row"),
        ("\n , \n", "r.csv: empty; expected a header row"),
        ("Jane Doe,41\n", "r.csv:1: expected a header row .* found 'Jane Doe', '41'"),
        ("First name,Section\nA,1\n", "r.csv:1: expected a header row"),
        ("id,name\n", "r.csv:1: no student below the header"),
        ("id,name\n7,A\n\n07,B\n 7 ,C\n", "r.csv:5: the id 7 stands in line 2 too; expected one row a student"),
        ('id,name\n7,"A\n8,B\n', "r.csv:2: a quotation mark opens here and is never closed"),
    ],
)
def test_what_is_no_roster_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(CallError, match=message):
        read_roster(text, "r.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_files_of_any_editor_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes("id,name\r\n007,Zoë Öz\r\n".encode(encoding))
    assert [known.student for known in load_roster(tmp_path / "r.csv").known] == [Student("007", "Zoë Öz")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04rest", "save the sheet as CSV"),
        (b"\x7fELF\0\0", "not a text file"),
        (b"\xff\xfe\x00\xd8", "not a text file"),
        (b"", "empty"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(data)
    with pytest.raises(CallError, match=message):
        load_roster(tmp_path / "r.csv")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"cannot be read: No such file"):
        load_roster(tmp_path / "r.csv")
    with pytest.raises(CallError, match=r"cannot be read: Is a directory"):
        load_roster(tmp_path)


TEXTS = st.text(st.sampled_from("ab017 é\u0301\u05d0\u202e@'"), max_size=4)
STUDENTS = st.builds(Student, TEXTS, TEXTS.map(lambda text: text and f"Q {text}"), TEXTS)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def alike(listed: str, name: str) -> bool:
    words = [word for word in map(squashed, listed.split()) if len(word) > 1 or not word.isascii()]
    return not words or any(word in squashed(name) for word in words)


@given(st.lists(STUDENTS, max_size=6), st.dictionaries(TEXTS, st.lists(STUDENTS, max_size=3).map(tuple), max_size=5))
def test_found_is_whom_a_search_of_all_rows_finds_alone(
    listed: list[Student], submissions: Mapping[str, tuple[Student, ...]]
) -> None:
    rows = {one.id.strip(): one for one in listed if one.id.strip()}
    if not rows:
        return
    quoted = "".join(f'"{one.id}","{one.name}","{one.email}"\n' for one in rows.values())
    found = match(read_roster("id,name,email\n" + quoted, "r.csv"), submissions)
    for name, named in submissions.items():
        expected = []
        for student in named:
            other = "" if student.name or student.email else student.id
            by_id = [one for one in rows.values() if plain(one.id) == plain(student.id)]
            by_email = [
                one
                for one in rows.values()
                if plain(one.email) and plain(one.email).casefold() == plain(student.email or other).casefold()
            ]
            by_name = [one for one in rows.values() if plain(one.name) and plain(one.name) == plain(student.name)]
            first, second = (by_id, by_email) if by_id and by_email else (by_id or by_email, by_name)
            if first:
                fits = [one for one in first if one in second] or [*first, *second]
                if student.name and not plain(student.email):
                    fits = [one for one in fits if alike(one.name, student.name)]
            else:
                fits = [one for one in by_name if not plain(student.email) or not plain(one.email)]
            expected.append(
                Student(
                    fits[0].id.strip(), fits[0].name.strip() or student.name, fits[0].email.strip() or student.email
                )
                if len(fits) == 1
                else student
            )
        assert found.students[name] == tuple(dict.fromkeys(expected))


def test_a_large_roster_takes_seconds() -> None:
    roster = "id,name,email\n" + "".join(f'{i:06d},"Doe, Jane {i}",j{i}@x.edu\n' for i in range(50_000))
    read: Roster = read_roster(roster, "r.csv")
    found = match(read, {f"{i:06d}": (Student(f"J{i}@x.edu"),) for i in range(50_000)})
    assert found.students["049999"] == (Student("049999", "Doe, Jane 49999", "j49999@x.edu"),)
    assert found.notices == ()
