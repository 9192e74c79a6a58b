"""What makes a reading certain, and what leaves it to a person: one case for each rule."""

from __future__ import annotations

import pytest

from checks.writeups.kinds import open_document
from checks.writeups.reading import ReadAnswer, read_document
from tests.hands.study import assignment_of
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


def found(text: str) -> dict[str, ReadAnswer]:
    reading = read_document(open_document(text.encode(), "hw.md"), HOMEWORK)
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
