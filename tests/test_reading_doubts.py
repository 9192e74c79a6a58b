"""What makes a reading certain, and what leaves it to a person: one case for each rule."""

from __future__ import annotations

import sys

import pytest

from checks.assignment.assignment import read_assignment
from checks.writeups.kinds import open_document
from checks.writeups.reading import ReadAnswer, read_document
from tests.hands.study import asked, assignment_of
from tests.processes import did

HOMEWORK = assignment_of("homework")

S1 = r"""$$ s^{(1)} = W^{(1)} x + b^{(1)} = [[1, -2, 1], [3, 4, -2]] [1; -1; 1] + [1; -2] = [5; -5] $$

"""
A1 = r"""$$ a^{(1)} = h(s^{(1)}) = [5; 0] $$

"""
S2_OF_7 = r"""$$ s^{(2)} = W^{(2)} a^{(1)} + b^{(2)} = [8; 21] $$

"""
UP_TO_A2 = (
    S1
    + A1
    + r"""$$ s^{(2)} = W^{(2)} a^{(1)} + b^{(2)} = [6; 15] $$

$$ a^{(2)} = h(s^{(2)}) = [6; 15] $$

"""
)
A3 = (
    UP_TO_A2
    + r"""$$ s^{(3)} = W^{(3)} a^{(2)} + b^{(3)} = [2, 2; 3, -3; 2, 1] [6; 15] + [0; -4; -2] = [42; -31; 25] $$

"""
)
SOFTMAX = r"""$$ a^{(3)} = \mathrm{softmax}(s^{(3)}) = [1; 1.979e-32; 4.14e-8] $$

"""
A3 += SOFTMAX
DELTA3 = r"a^{(3)} - y = [1; 1.979e-32; 4.14e-8] - [0; 0; 1] = [1; 1.979e-32; -1]"
W3_NEW = "[-1, -5.5; 3, -3; 5, 8.5]"
RESTS = "what it follows from is to be confirmed, too"
UNBORNE = "no other number in the write-up bears it out"


def found(text: str, kind: str = "md") -> dict[str, ReadAnswer]:
    reading = read_document(open_document(text.encode(), f"hw.{kind}"), HOMEWORK)
    return {str(answer.name): answer for answer in reading.answers}


CERTAIN: dict[str, tuple[str, str, str]] = {
    "it follows from what is given": (S1, "s1[2]", "-5"),
    "it follows from the student's own entry": (S1 + A1, "a1[1]", "5"),
    "and from a wrong one": (S1.replace("5; -5]", "7; -5]") + A1.replace("[5;", "[7;") + S2_OF_7, "a1[1]", "7"),
    "its chain gives it, by a step that is not the right one": (
        r"$$ s^{(1)} = W^{(1)} x = [[1, -2, 1], [3, 4, -2]] [1; -1; 1] = [4; -3] $$",
        "s1[2]",
        "-3",
    ),
    "its formula tells S that is a delta": (A3 + f"$$ S^{{(3)}} = {DELTA3} $$", "delta3[3]", "-1"),
    "a gap stands behind the d of a gradient": (A3 + f"$$ d z^{{(3)}} = {DELTA3} $$", "delta3[3]", "-1"),
    "it stands twice": (S1 + S1, "s1[1]", "5"),
    "a rounding of it stands too": (A3 + SOFTMAX.replace("4.14e-8", "4.1399e-8"), "a3[3]", "4.1399e-8"),
    "words stand behind it": (S1.replace("-5] $$", r"-5] \text{ (hidden layer)} $$"), "s1[2]", "-5"),
    "the last of its values is the one that follows": (S1 + A1.replace("h(s^{(1)})", "[5; -5]"), "a1[2]", "0"),
    "a colon was read for the equals sign": (S1.replace("= [5;", ": [5;"), "s1[2]", "-5"),
    "a leading sign goes on with the chain": (S1.replace(" = [5;", " $$\n\n$$ = [5;"), "s1[2]", "-5"),
    "a note stands between": (S1.replace(" = [5;", " $$\n\n$$ (2 \\times 1) $$\n\n$$ = [5;"), "s1[2]", "-5"),
}

DOUBTFUL: dict[str, tuple[str, str, str, str]] = {
    "another value stands elsewhere": (
        S1 + "$$ s^{(1)} = [5; -4] $$",
        "s1[2]",
        "-5",
        "another value, -4, stands at hw.md:3",
    ),
    "nothing bears it out": ("$$ delta^{(3)} = [1; 0; -1] $$", "delta3[3]", "-1", UNBORNE),
    "it follows from what is doubtful": (
        S1.replace("5; -5]", "7; -5]") + A1.replace("[5;", "[7;"),
        "a1[1]",
        "7",
        RESTS,
    ),
    "it contradicts its own step": (S1 + A1.replace("[5; 0]", "[6; 1]"), "a1[1]", "6", UNBORNE),
    "it contradicts its chain": (S1.replace("[5; -5]", "[5; -4]"), "s1[2]", "-4", UNBORNE),
    "a number stands behind it": (S1.replace("-5] $$", r"-5]_{2 \times 1} $$"), "s1[2]", "-5", "stands behind it"),
    "something after it is not read": (S1.replace("-5] $$", "-5] = [5; - $$"), "s1[2]", "-5", "stands behind it"),
    "a product after it gives another value": (
        S1.replace("-5] $$", "-5] = 2 [5; -5] $$"),
        "s1[2]",
        "-5",
        "another value",
    ),
    "a matrix stands loose after it": (S1 + "$$ [5; -4] $$", "s1[2]", "-5", "stands behind it"),
    "a relation stands in the words after it": (S1 + "= [5, -4]\n", "s1[2]", "-5", "stands behind it"),
    "its chain holds another value, and no step": (
        r"$$ delta^{(3)} = a^{(3)} - y = [1; 2; 0] - [0; 0; 1] = [1; 2; 0] = [1; 2; -1] $$",
        "delta3[3]",
        "-1",
        "its chain holds other values",
    ),
    "its name is not read": (
        r"$$ Q = W^{(1)} x + b^{(1)} = [[1, -2, 1], [3, 4, -2]] [1; -1; 1] + [1; -1] = [5; -4] $$",
        "s1[2]",
        "-4",
        "its name was not read",
    ),
    "nothing says that it is the updated one": (f"$$ W^{{(3)}} = {W3_NEW} $$", "W3_new[3,2]", "8.5", "the updated one"),
    "something behind one of two is not read": (S1 + "$$ s^{(1)} = [5; -5] = [5; - $$", "s1[2]", "-5", "was not read"),
    "what follows from it is one number twice": (
        S1.replace("5; -5]", "0.5; -5]") + A1.replace("[5;", "[0.5;") + S2_OF_7.replace("8; 21", "1.5; 1.5"),
        "a1[1]",
        "0.5",
        RESTS,
    ),
    "its name and its formula mean different cells": (
        A3 + r"$$ S^{(3)} = a^{(3)} - y = [9; 8; 7] $$",
        "delta3[3]",
        "7",
        "its name and the formula beside it mean different cells",
    ),
    "the key alone would bear it out": (f"$$ W^{{(3)}}_{{new}} = {W3_NEW} $$", "W3_new[3,2]", "8.5", UNBORNE),
}


@pytest.mark.parametrize("case", CERTAIN)
def test_certain(case: str) -> None:
    text, entry, value = CERTAIN[case]
    answer = found(text)[entry]
    assert (answer.text, answer.doubt) == (value, "")


@pytest.mark.parametrize("case", DOUBTFUL)
def test_to_be_confirmed(case: str) -> None:
    text, entry, value, doubt = DOUBTFUL[case]
    answer = found(text)[entry]
    assert answer.text == value
    assert doubt in answer.doubt


def test_what_is_given_is_no_answer() -> None:
    given = "$$ W^{(3)} = [2, 2; 3, -3; 2, 1] $$\n\n$$ b^{(1)} = [1; -2] $$\n\n$$ x = [1; -1; 1] $$"
    assert found(given) == {}


def test_what_has_another_shape_is_not_found() -> None:
    assert "s1[1]" not in found("$$ s^{(1)} = [5; -5; 1] $$\n\n$$ s^{(2)} = 6 $$")


def test_reading_knows_no_key() -> None:
    program = (
        "import sys, checks.commands.read as read, checks.marking.read_submission, checks.writeups.kinds;"
        "print([name for name in sys.modules if name.startswith(('checks.hand', 'checks.judging.judge', 'sympy'))])"
    )
    done = did(program)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_readers_of_files_are_loaded_only_for_a_file() -> None:
    program = (
        "import sys, checks.marking.checking;"
        "print([name for name in sys.modules if name in ('pypdfium2', 'checks.writeups.pdf_file', 'html.parser')])"
    )
    done = did(program)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("missing", ["pypdfium2", "pypdfium2.raw"])
def test_without_the_reader_of_pdf_files_they_are_told_not_to_be_read(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "checks.writeups.pdf_file", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    assert open_document(b"%PDF", "hw.pdf").fault == "PDF files cannot be read here"


def test_a_module_of_our_own_that_is_not_there_is_no_missing_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "checks.writeups.pdf_file", raising=False)
    monkeypatch.setitem(sys.modules, "checks.writeups.layout", None)
    with pytest.raises(ModuleNotFoundError, match=r"checks\.writeups\.layout"):
        open_document(b"%PDF", "hw.pdf")


SAID = {"html": "<p>s1 = [5, -5]</p>", "md": f"\n\n{S1}"}


@pytest.mark.parametrize("kind", SAID)
def test_what_a_page_quotes_is_not_certain(kind: str) -> None:
    said = SAID[kind]
    for quoted in (
        f"<blockquote>{said}</blockquote>",
        f'<BLOCKQUOTE cite="x">{said}',
        f"<blockquote><blockquote>s2 = 1</blockquote>{said}</blockquote>",
    ):
        assert found(quoted, kind)["s1[2]"].doubt == "it stands in a quotation"
    assert found(f"<blockquote>s2 = 1</blockquote>{said}", kind)["s1[2]"].doubt == ""


HIDING = {
    "a class": (".draft { display: none; }", 'class="x draft"'),
    "of an element": ("h1, P.draft{color:red;visibility:hidden!important}", "class='draft'"),
    "an id": ("/* } */ #one { Display : None }", 'id="one"'),
    "inside another": ("p.x { color: red } body .own > .draft { display: none }", 'class="draft"'),
    "behind another sheet": ("<!-- @import 'x.css'; .draft { display: none } -->", 'class="draft"'),
    "behind another rule": ("@media print { p { margin: 0 } } .draft { display: none }", 'class="draft"'),
}


@pytest.mark.parametrize("case", HIDING)
def test_what_a_rule_of_the_page_hides_is_not_read(case: str) -> None:
    rule, given = HIDING[case]
    for page in ("<head><style>{0}</style></head><body>{1}", "<body>{1}<style type='text/css'>{0}</style>"):
        said = f"<div class=own><p {given}>s1 = [5, -5]</p></div>"
        assert found(page.format(rule, said), "html") == {}
        assert found(page.format(rule, said.replace("draft", "drafts").replace("one", "two")), "html")


SHOWN = {
    "another medium": "@media print { p { display: none } }",
    "a style for another medium": "</style><style media=print>p { display: none }",
    "a state": "p:empty { display: none }",
    "another element": "div.own, .other p, p.own { display: none }",
    "a comment": "/* p { display: none } */",
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_other_rules_are_about_is_read(case: str) -> None:
    page = f"<style>{SHOWN[case]}</style><div><p>s1 = [5, -5]</p></div>"
    assert found(page, "html")["s1[2]"].doubt == ""


FROM_ANOTHER_X = (
    r"$$ s^{(1)} = W^{(1)} x + b^{(1)} = [[1, -2, 1], [3, 4, -2]] [2; 1; 1] + [1; -2] = [2; 6] $$"
    "\n\n"
    r"$$ a^{(1)} = h(s^{(1)}) = [2; 6] $$"
    "\n\n"
    r"$$ s^{(2)} = W^{(2)} a^{(1)} + b^{(2)} = [[1, -2], [3, 4]] [2; 6] + [1; 0] = [-9; 30] $$"
)


def test_what_follows_from_another_problems_cells_is_not_certain() -> None:
    """Its steps are right and its weights are the given ones; its x is not."""
    read = found(FROM_ANOTHER_X)
    assert read["s1[1]"].doubt == "its numbers may be those of another problem"
    for entry in ("a1[1]", "a1[2]", "s2[1]", "s2[2]"):
        assert read[entry].doubt == RESTS
    own = FROM_ANOTHER_X.replace("[2; 1; 1]", "[1; -1; 1]").replace("= [2; 6]", "= [5; -5]", 1)
    own = own.replace("[2; 6]", "[5; 0]").replace("[-9; 30]", "[6; 15]")
    assert {answer.doubt for answer in found(own).values()} == {""}


def test_what_stands_in_a_quotation_is_not_certain() -> None:
    quoted = "".join(f"> {line}\n" for line in S1.strip().splitlines())
    for text in (quoted, f"My answers:\n\n{quoted}\n", f"   {quoted}", f"> They wrote:\n>\n{quoted}"):
        assert found(text)["s1[2]"].doubt == "it stands in a quotation"
    assert found(f"> They wrote 4.\n\n{S1}")["s1[2]"].doubt == ""


def test_a_line_that_begins_with_a_sign_is_no_quotation_in_latex() -> None:
    text = f"Because $5\n> 0$ it is ${S1.strip().strip('$')}$."
    assert found(text, "tex")["s1[2]"].doubt == ""


def test_whole_numbers_are_followed_exactly() -> None:
    """Terms of 67 cancel to -31; that is no room for a digit that is read badly, where nothing before was rounded."""
    for last, doubt in (("-31", ""), ("-31.2", UNBORNE)):
        read = found(UP_TO_A2 + rf"$$ s^{{(3)}} = W^{{(3)}} a^{{(2)}} + b^{{(3)}} = [42; {last}; 25] $$")
        assert (read["s3[2]"].text, read["s3[2]"].doubt) == (last, doubt)


def test_roundings_before_an_entry_are_allowed_for() -> None:
    """0.73 and 0.88 are 0.7311 and 0.8808, and 10 and 8 of them differ by 0.2642, not by 0.26."""
    layers = [{"W": [[1, 0], [0, 1]], "b": [0, 0]}, {"W": [[10, -8], [1, 1]], "b": [0, 0]}]
    table = {"hidden": "sigmoid", "x": [1, 2], "y": [0, 1], "eta": "1/10", "layers": layers}
    assignment = read_assignment({"id": "t", "title": "T", "backprop": table})
    text = r"$$ s^{(1)} = W^{(1)} x + b^{(1)} = [1; 2] $$ $$ a^{(1)} = h(s^{(1)}) = [0.73; 0.88] $$"
    for last, doubts in (("0.2642", {""}), ("0.3642", {UNBORNE})):
        said = rf"{text} $$ s^{{(2)}} = W^{{(2)}} a^{{(1)}} + b^{{(2)}} = [{last}; 1.6119] $$"
        read = read_document(open_document(said.encode(), "hw.md"), assignment)
        assert {one.doubt for one in read.answers if str(one.name) == "s2[1]"} == doubts


UP_TO_DELTA2 = (
    A3
    + rf"$$ \delta^{{(3)}} = {DELTA3} $$ "
    + r"$$ \delta^{(2)} = h'(s^{(2)}) \odot (W^{(3)})^T \delta^{(3)} = [0; 1] $$ "
)


def test_an_entry_that_follows_across_the_diagonal_is_not_asked_of_a_square_matrix() -> None:
    said = UP_TO_DELTA2 + r"$$ W^{(2)}_{new} = W^{(2)} - \eta \delta^{(2)} a^{(1)T} = "
    read = found(said + "[1, -2; 0.5, 4] $$")
    assert (read["W2_new[2,1]"].text, read["W2_new[2,1]"].doubt) == ("0.5", "")
    turned = found(said + "[1, 0.5; -2, 4] $$")
    assert {"W2_new[1,2]", "W2_new[2,1]"}.isdisjoint(turned)
    assert turned["W2_new[1,1]"].text == "1"


def test_in_a_course_of_rows_a_square_matrix_that_nothing_bears_out_may_lie_either_way() -> None:
    assignment = asked("in rows")[1]
    read = read_document(open_document(b"W1_new = [[1, 2], [3, 4]]", "hw.md"), assignment)
    assert {str(one.name) for one in read.answers} == {"W1_new[1,1]", "W1_new[2,2]"}
