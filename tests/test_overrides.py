"""What a person decided: read from a file, applied to the answer that it was made of, and to no other."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.assignment.partial_credit import PartialCredit
from checks.errors import CallError
from checks.judging.findings import Finding, Section
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.overrides.applying import Overrides
from checks.overrides.override import DECIDABLE, Override
from checks.overrides.overrides_file import ReadOverrides, load_overrides
from checks.overrides.tie import ANY, digest_of_entry, digest_of_files
from checks.reports.open_entries import open_file
from checks.submissions.students import Student
from checks.submissions.submission import Submission
from tests.submissions import Backcheck, submission

HAND = Checked(
    "s001",
    (
        Section(
            "By hand",
            (
                Finding("s1[1]", Fraction(1), given="5", verdict=Verdict.EXACT),
                Finding("s1[2]", Fraction(1), given="6", verdict=Verdict.WRONG, mistakes=("sign-slip",), note="no"),
                Finding("a1[1]", Fraction(2), given="0,5", verdict=Verdict.UNREADABLE),
                Finding("a1[2]", Fraction(2), given="ln2", verdict=Verdict.UNDECIDED),
                Finding("a1[3]", Fraction(2)),
                Finding("result.count", Fraction(1), given="6", verdict=Verdict.WRONG),
            ),
        ),
    ),
    (),
    files=(("answers.txt", "a" * 64), ("result.json", "b" * 64)),
)
ANN = Submission("s001", {}, (Student("007", "Ann Doe", "Ann@example.edu"),))
BOB = Submission("s002", {}, (Student("42", "Bob Roe"), Student("s001x", "Ann Doe")))


def made(entry: str = "s1[2]", student: str = "s001", **fields: object) -> Override:
    values = {"given": "6", "digest": "", "points": Fraction(1), "verdict": None, "reason": "because"} | fields
    return Override("o.toml:1", student, entry, **values)  # type: ignore[arg-type]


def applied(*overrides: Override, checked: Checked = HAND) -> tuple[dict[str, Finding], list[str], Checked]:
    decided = Overrides(ReadOverrides(overrides, 0), [ANN, BOB], [PartialCredit()])
    now = decided.apply(checked)
    return {finding.name: finding for finding in now.findings}, list(decided.notes().unfit), now


def test_points_and_verdicts_are_those_of_the_person() -> None:
    found, unfit, now = applied(
        made(points=Fraction(1, 2)),
        made("a1[1]", given="0,5", points=None, verdict=Verdict.CLOSE),
        made("a1[2]", given=" ln2 ", points=None, verdict=Verdict.WRONG),
    )
    assert not unfit
    half, read, undecided = found["s1[2]"], found["a1[1]"], found["a1[2]"]
    assert (half.verdict, half.points, half.mistakes) == (Verdict.WRONG, Fraction(1, 2), ("sign-slip",))
    assert (read.verdict, read.points, read.needs_person) == (Verdict.CLOSE, 2, False)
    assert (undecided.verdict, undecided.points, undecided.counted) == (Verdict.WRONG, 0, 2)
    assert (HAND.score, HAND.max_score, HAND.is_decided) == (1, 7, False)
    assert (now.score, now.max_score, now.is_decided) == (Fraction(7, 2), 9, True)


def test_a_mistake_goes_with_the_verdict_that_it_explained() -> None:
    found, _, _ = applied(made(points=None, verdict=Verdict.EXACT))
    assert (found["s1[2]"].mistakes, found["s1[2]"].note, found["s1[2]"].points) == ((), "", 1)


def test_the_whole_has_the_last_word() -> None:
    by_digest = made("", given=None, digest=digest_of_files(HAND.files), points=Fraction(6))
    found, unfit, now = applied(by_digest, made())
    assert (now.score, now.max_score, now.entries_score, unfit) == (6, 9, 2, [])
    assert found["s1[2]"].decision
    other = Checked("s001", HAND.sections, (), files=(("answers.txt", "c" * 64),))
    _, unfit, now = applied(by_digest, checked=other)
    assert (now.score, now.decision) == (1, None)
    assert unfit == ["o.toml:1: s001, the whole submission: other files were handed in since; not applied"]
    _, _, now = applied(made("", given=None, digest=ANY, points=Fraction(0)), checked=other)
    assert (now.score, now.max_score, now.all_right) == (0, 9, False)


@pytest.mark.parametrize("student", ["s001", "007", "Ann Doe", "ann@EXAMPLE.edu"])
def test_a_student_goes_by_id_email_or_name(student: str) -> None:
    found, unfit, _ = applied(made(student=student))
    if student == "Ann Doe":  # two of that name
        assert unfit == ["o.toml:1: Ann Doe, s1[2]: may be any of several submissions (s001, s002); not applied"]
        assert found["s1[2]"].points == 0
    else:
        assert (unfit, found["s1[2]"].points) == ([], 1)


@pytest.mark.parametrize(
    ("override", "why"),
    [
        (made(given="7"), "another answer was handed in since"),
        (made("s1[3]"), "no such entry"),
        (made(student="zoe"), "no submission of that id, student, e-mail or name"),
        (made("a1[3]"), "nothing is given for it now"),
        (made(digest="sha256:0123456789abcdef"), "another answer was handed in since"),
        (made(points=Fraction(2)), "2 points of at most 1"),
        (made("result.count"), "its text does not tell it from others; expected the digest sha256:"),
    ],
)
def test_what_fits_nothing_any_more_is_told_and_not_applied(override: Override, why: str) -> None:
    _, (unfit,), now = applied(override)
    assert unfit.startswith(f"o.toml:1: {override.about}: {why}")
    assert unfit.endswith("; not applied")
    assert now == HAND


def test_two_names_of_one_student_decide_once() -> None:
    found, unfit, _ = applied(made(points=Fraction(1, 2)), made(student="007"))
    assert found["s1[2]"].points == Fraction(1, 2)
    assert unfit == [
        "o.toml:1: 007, s1[2]: decided at o.toml:1 too, for s001, which is the same submission; not applied"
    ]


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from([v for v in Verdict if v is not Verdict.MISSING]))
def test_a_tie_holds_for_its_answer_alone(first: str, second: str, files: str, verdict: Verdict) -> None:
    """What a decision is tied to differs wherever the answers do, but for white space around and between words."""
    held = (("answers.txt", files),)
    ties = [
        digest_of_entry(Finding("s1[1]", Fraction(1), given=text, verdict=verdict), held) for text in (first, second)
    ]
    assert (ties[0] == ties[1]) == (first.split() == second.split())
    unread = Finding("s1[1]", Fraction(1), given="", verdict=Verdict.UNREADABLE)
    assert digest_of_entry(unread, held) != digest_of_entry(unread, (("answers.txt", files + "x"),))
    count = Finding("result.count", Fraction(1), given=first, verdict=verdict)
    assert digest_of_entry(count, (("result.json", "1"),)) != digest_of_entry(count, (("result.json", "2"),))


OVERRIDES = st.lists(
    st.tuples(
        st.sampled_from([*(finding.name for finding in HAND.findings), "", "gone"]),
        st.one_of(
            st.tuples(st.fractions(0, 12, max_denominator=5), st.none()),
            st.tuples(st.none(), st.sampled_from([Verdict(name) for name in DECIDABLE])),
        ),
        st.sampled_from([ANY, "", digest_of_files(HAND.files)]),
    ),
    max_size=8,
)
TABLES = st.builds(
    PartialCredit,
    st.dictionaries(st.sampled_from(["sign-slip", "wrong", "rounded", "missing", "close"]), st.fractions(0, 1)),
    st.dictionaries(st.sampled_from(["s1", "a1"]), st.fractions(0, 3, max_denominator=4)),
)


@given(OVERRIDES, TABLES)
def test_no_override_takes_a_score_outside_its_bounds(
    listed: list[tuple[str, tuple[Fraction | None, Verdict | None], str]], table: PartialCredit
) -> None:
    overrides = [
        made(entry, digest=digest, points=points, verdict=verdict, given="6")
        for entry, (points, verdict), digest in listed
    ]
    decided = Overrides(ReadOverrides(tuple(overrides), 0), [ANN, BOB], [table])
    now = decided.apply(HAND)
    assert 0 <= now.score <= now.max_score <= now.worth == HAND.worth
    assert all(0 <= finding.points <= finding.counted <= finding.max_points for finding in now.findings)
    assert decided.applied + len(decided.unfit) == len(overrides)
    assert len(now.decided) + bool(now.decision) == decided.applied
    untouched = [finding for finding in now.findings if not finding.decision]
    assert [f.verdict for f in untouched] == [
        one.verdict for one in HAND.findings if one.name in {f.name for f in untouched}
    ]


def test_without_overrides_every_figure_is_what_it_was() -> None:
    assert applied()[2] == HAND
    assert applied(made(student="s002"))[2] == HAND


TOML = """
[[override]]
student = "s001"
entry = "s1[2]"
given = "6"
points = "1/2"
reason = "half of it"

[[override]]
student = "s002"
digest = "any"
points = 3
reason = "oral exam"

[[override]]
student = "s003"
entry = "s1[1]"
digest = "sha256:0123456789abcdef"
reason = ""
"""


def test_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "o.toml").write_text(f'assignment = "hw"\n{TOML}', encoding="utf-8")
    (tmp_path / "o.csv").write_text(
        'Reason,Student,Entry,Given,Points,Verdict,Digest,Found\nas read;"007",,,,\n'.replace(";", ","),
        encoding="utf-8",
    )
    read = load_overrides([tmp_path / "o.toml"], "hw")
    assert [(one.place, one.entry, one.points) for one in read.overrides] == [
        (f"{tmp_path}/o.toml:3", "s1[2]", Fraction(1, 2)),
        (f"{tmp_path}/o.toml:10", "", 3),
    ]
    assert read.undecided == 1
    (tmp_path / "o.csv").write_text(
        'Student;Entry;Given;Points;Verdict;Digest;Reason;Found\n="007";s1[1];"[1; 2]";;close;;as "read";x\n;;;;;;;\n'
        "'=s9;;;0;;any;never came;\n7;a1[1];;;;sha256:0123456789abcdef;;\n",
        encoding="utf-8",
    )
    read = load_overrides([tmp_path / "o.csv"], "hw")
    assert [(one.student, one.given, one.verdict, one.points, one.place) for one in read.overrides] == [
        ("007", "[1; 2]", Verdict.CLOSE, None, f"{tmp_path}/o.csv:2"),
        ("=s9", None, None, 0, f"{tmp_path}/o.csv:4"),
    ]
    assert read.undecided == 1


ONE = '[[override]]\nstudent = "s001"\nentry = "s1[1]"\ngiven = "5"\npoints = 1\nreason = "x"\n'


def but(old: str, new: str = "") -> str:
    """The one override, changed."""
    assert old in ONE
    return ONE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (but("points = 1\n"), [":1: no decision; expected points or a verdict"]),
        (but('"x"', '""'), [":1: no reason; expected a sentence"]),
        (but('given = "5"\n'), [":1: nothing ties it to an answer; expected given, the"]),
        (but('entry = "s1[1]"\n'), [":1: nothing ties it to an answer; expected the digest"]),
        (f'{ONE}verdict = "close"\n', [":1: points and a verdict; expected one of the two"]),
        (but("points = 1", 'verdict = "missing"'), [":1: verdict is 'missing'; expected one of"]),
        (but("points = 1", "points = -1"), [":1: points: expected a number of at least 0"]),
        (but("points = 1", "points = true"), [":1: points: expected a number such as"]),
        (but('given = "5"', "given = 5"), [":1: given is no text", ":1: nothing ties"]),
        (f'{ONE}score = 1\ndigest = "x"\n', [":1: 'score' is none of its", ":1: digest is 'x'; expected"]),
        (f"\n{ONE}{ONE}", [":8: s001, s1[1] stands at "]),
        ('assignment = "other"\nnote = 1\n', [": 'note' is none of its keys", ": for the assignment 'other'; expect"]),
        ("override = 1\n", [": expected a table [[override]] for each decision"]),
        ("[[override]\n", [": not TOML: "]),
    ],
)
def test_each_fault_of_a_file_is_one_line_with_its_place(text: str, faults: list[str], tmp_path: Path) -> None:
    path = tmp_path / "o.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CallError) as caught:
        load_overrides([path], "hw")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        assert line.startswith(f"{path}{fault}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "Student;Points;Mark\n",
            ":1: expected the columns student, entry, given, digest, points, verdict, reason, each once",
        ),
        ("Entry,Points\n", ":1: expected the columns"),
        ('student,reason\n"s001', ":2: a quotation mark opens here and is never closed"),
        ("student,points\ns001,1,2\n", ":2: more fields than the header has columns"),
        (
            "student,entry,digest,verdict,reason\ns001,,any,exact,x\n",
            ":2: a verdict on a whole submission; expected points",
        ),
    ],
)
def test_so_are_those_of_a_table(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CallError) as caught:
        load_overrides([path], "hw")
    assert str(caught.value).startswith(f"{path}{fault}")


def test_nothing_of_a_bad_file_is_applied(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submission(tmp_path / "s001", "s1 = [5, 6]")
    good = '[[override]]\nstudent = "s001"\nentry = "s1[2]"\ngiven = "6"\npoints = 1\nreason = "x"\n'
    for bad in (
        good.replace("[2]", "[1]").replace("points = 1", "points = 3"),
        good.replace("points = 1", "points = x"),
    ):
        (tmp_path / "o.toml").write_text(good + bad, encoding="utf-8")
        outcome = backcheck("check", folder, "--overrides", tmp_path / "o.toml", "--json")
        assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    outcome = backcheck("check", folder, "--overrides", tmp_path / "nowhere.toml")
    assert (outcome.status, outcome.err) == (
        2,
        f"backcheck: {tmp_path}/nowhere.toml: cannot be read: No such file or directory\n",
    )


HOSTILE = ["=cmd()", "007", "1e5", "a\u202eb", 'it\'s "so"', "\\", "plain", "'", "ü 李"]


@pytest.mark.parametrize("suffix", [".toml", ".csv"])
@given(data=st.data())
def test_what_is_open_can_be_filled_in_and_is_applied(
    suffix: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever ids and answers hold: a person adds points and a reason to each, and each is applied."""
    id_ = data.draw(st.one_of(st.sampled_from(HOSTILE), TEXTS.map(str.strip).filter(bool)))
    text = data.draw(st.one_of(st.sampled_from(HOSTILE), TEXTS))
    findings = (
        Finding("s1[1]", Fraction(1), given=text, verdict=Verdict.UNREADABLE, note="no"),
        Finding("s1[2]", Fraction(2), given="", verdict=Verdict.UNREADABLE),
        Finding("s1[3]", Fraction(1), given="x", verdict=Verdict.EXACT),
        Finding("s1[4]", Fraction(3), given=text, verdict=Verdict.UNDECIDED),
    )
    checked = Checked(id_, (Section("", findings),), (), files=(("answers.txt", "a"),))
    path = tmp_path_factory.mktemp("open") / f"open{suffix}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = open_file(file, suffix, "hw")
        writer.add(checked)
        writer.finish()
    assert load_overrides([path], "hw") == ReadOverrides((), 3)
    filled = path.read_text(encoding="utf-8")
    if suffix == ".csv":
        rows = list(csv.DictReader(io.StringIO(filled, newline="")))
        out = io.StringIO(newline="")
        again = csv.DictWriter(out, rows[0].keys())
        again.writeheader()
        again.writerows([row | {"points": "1", "reason": "read"} for row in rows])
        filled = out.getvalue()
    else:
        filled = filled.replace("# points = ", "points = 1").replace('reason = ""', 'reason = "read"')
    path.write_text(filled, encoding="utf-8", newline="")
    read = load_overrides([path], "hw")
    decided = Overrides(read, [Submission(id_, {})], [PartialCredit()])
    now = decided.apply(checked)
    assert (decided.notes().unfit, decided.applied) == ((), 3)
    assert [finding.points for finding in now.findings] == [1, 1, 1, 1]


def test_a_submission_of_which_nothing_could_be_read_is_one_thing_to_decide(
    backcheck: Backcheck, tmp_path: Path
) -> None:
    (tmp_path / "in" / "ann").mkdir(parents=True)
    (tmp_path / "in" / "ann" / "hw.pdf").write_bytes(b"%PDF first")
    call = ("check", tmp_path / "in", "--exit-zero", "--json")
    backcheck(*call, "--open", tmp_path / "open.toml")
    text = (tmp_path / "open.toml").read_text(encoding="utf-8")
    assert text.count("[[override]]") == 1
    filled = text.replace("# points = ", "points = 61").replace('reason = ""', 'reason = "read by hand"')
    (tmp_path / "o.toml").write_text(filled, encoding="utf-8")
    now = json.loads(backcheck(*call, "--overrides", tmp_path / "o.toml").out)
    assert (now["submissions"][0]["score"], now["submissions"][0]["max_score"]) == (61, 73)
    assert now["overrides"] == {"applied": 1, "undecided": 0, "not_applied": []}
    (tmp_path / "in" / "ann" / "hw.pdf").write_bytes(b"%PDF another")
    outcome = backcheck(*call, "--overrides", tmp_path / "o.toml", "--open", tmp_path / "again.toml")
    assert json.loads(outcome.out)["submissions"][0]["score"] == 0
    assert "ann, the whole submission: other files were handed in since; not applied\n" in outcome.err
    assert outcome.err.endswith("backcheck: overrides: 0 applied, 1 that fits nothing\n")
    assert (tmp_path / "again.toml").read_text(encoding="utf-8").count("[[override]]") == 1
