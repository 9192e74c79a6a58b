"""Rules that keep a value from being certain, each beside the same write-up without what makes it doubtful."""

from __future__ import annotations

import pytest

from checks.assignment.assignment_file import load_assignment
from checks.writeups.glyphs import Glyph
from checks.writeups.kinds import open_document
from checks.writeups.line_marks import without_number
from checks.writeups.reading import merged, read_document
from tests.test_reading_doubts import A3, DELTA3, HOMEWORK, S1, UNBORNE, found

ANOTHER = "its numbers may be those of another problem"
UP_TO_DELTA3 = A3 + rf"$$ \delta^{{(3)}} = {DELTA3} $$ "
W3 = r"$$ W^{(3)}_{new} = W^{(3)} - \eta \delta^{(3)} a^{(2)T} = "

DOUBTFUL: dict[str, tuple[str, str, str, str]] = {
    "a chain with other values, and a wrong entry": (
        UP_TO_DELTA3 + W3 + "[-1, -5.5; 3, -3; 5, 9] $$",
        UP_TO_DELTA3 + W3 + "[-1, -5.5; 3, -3; 5, 8] = [-1, -5.5; 3, -3; 5, 9] $$",
        "W3_new[1,1]",
        "its chain holds other values",
    ),
    "an odd script": (
        S1 + "$$ a^{(1)} = [5; 0] $$",
        S1 + "$$ a^{(q1)} = [5; 0] $$",
        "a1[1]",
        "its name was not read",
    ),
    "a sum of another problem": (
        r"$$ s_1^{(1)} = W^{(1)} x + b^{(1)} = (1)(1) + (-2)(-1) + (1)(1) + 1 = 5 $$",
        r"$$ s_1^{(1)} = W^{(1)} x + b^{(1)} = (2)(2) + (1)(1) + (3)(1) + 1 = 9 $$",
        "s1[1]",
        ANOTHER,
    ),
    "a name alone between": (
        "$$ s^{(1)} = [5; -5] = W^{(1)} x + b^{(1)} $$\n\n$$ = [5; -5] $$",
        "$$ s^{(1)} = [5; -5] = W^{(1)} x + b^{(1)} $$\n\n$$ a^{(1)} $$\n\n$$ = [4; -5] $$",
        "s1[1]",
        "what stands behind it was not read",
    ),
    "a whole number that is another": (
        A3 + r"$$ s^{(3)} = [42; -31; 25] $$",
        A3 + r"$$ s^{(3)} = [43; -31; 25] $$",
        "s3[1]",
        "another value, 43, stands at",
    ),
    "a last value of another shape": (
        S1.replace("-5] $$", "-5] = [5; -5] $$"),
        S1.replace("-5] $$", "-5] = [5; -5; 0] $$"),
        "s1[2]",
        "what stands behind it was not read",
    ),
    "a wrong value, and a product of it": (
        S1.replace("-5] $$", "-5] = 1 [5; -5] $$"),
        S1.replace("-5] $$", "-4] = 1 [5; -4] $$"),
        "s1[2]",
        UNBORNE,
    ),
    "too long": (S1 + "$q_1 = 1$ " * 20, S1 + "$q_1 = 1$ " * 2_100, "s1[1]", "the document is too long"),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_makes_a_value_doubtful(case: str) -> None:
    plain, doubtful, entry, doubt = DOUBTFUL[case]
    assert found(plain)[entry].doubt == ""
    assert doubt in found(doubtful)[entry].doubt


def test_what_layers_are_counted_from_may_not_be_clear() -> None:
    first, last = r"$$ \delta^{(0)} = [3; 0] $$", r" $$ \delta^{(4)} = [1; 0; -1] $$"
    assert found(first + last)["delta1[1]"].doubt == "what its layers are counted from is not clear"
    assert found(first)["delta1[1]"].doubt == UNBORNE


def test_a_relation_in_words_goes_on_with_the_last_formula_of_its_line() -> None:
    said = "It is $s^{(1)} = [5; -5]$ and so $a^{(1)} = h(s^{(1)})$ = $[5; 0]$."
    assert (found(said)["a1[1]"].text, found(said)["a1[1]"].doubt) == ("5", "")


def test_single_weights_of_a_document_in_rows_are_not_read() -> None:
    """Where vectors lie, `w_{12}` may count either way."""
    weight = "$$ w_{12}^{(1),new} = -0.5 $$"
    assert "W1_new[1,2]" in found(S1 + weight)
    assert "W1_new[1,2]" not in found("z1 = [[5, -5]]\n\na1 = [[5, 0]]\n\n" + weight)


def test_two_documents_that_say_different_things() -> None:
    def read(text: str, name: str) -> list[tuple[str, str]]:
        documents = [open_document(S1.encode(), "hw.md"), open_document(text.encode(), name)]
        answers = merged([read_document(one, HOMEWORK) for one in documents])
        return [(one.text, one.doubt) for one in answers if str(one.name) == "s1[2]"]

    assert read(S1, "again.md") == [("-5", "")]
    assert read("$$ s^{(1)} = [5; -4] $$", "again.md") == [("-4", "another value, -5, stands at hw.md:1")]


SHORT = load_assignment("sample")


IMAGES = SHORT.mnist.images if SHORT.mnist else 0


@pytest.mark.parametrize(
    ("text", "entry", "doubt"),
    [
        ("The shapes: W1.shape = (200, 784), b1.shape = (200,)", "W1.shape", ""),
        ("The shapes: W1.shape = (200, 783), b1.shape = (200,)", "W1.shape", UNBORNE),
        ("The shapes: W1.shape = (784, 200), b1.shape = (200,)", "W1.shape", UNBORNE),
        (f"correct = {IMAGES // 2}, which is 50.00 %", "correct", ""),
        (f"correct = {IMAGES // 2}, which is 50.05 %", "correct", UNBORNE),
        (f"{IMAGES // 2} of {IMAGES}, hence 50 %", "correct", ""),
        (f"{IMAGES // 2} of {IMAGES + 2}, hence 50 %", "correct", None),
    ],
)
def test_short_answers(text: str, entry: str, doubt: str | None) -> None:
    read = read_document(open_document(text.encode(), "hw.md"), SHORT)
    assert {str(one.name): one.doubt for one in read.answers}.get(entry) == doubt


def line(text: str, far: float) -> list[Glyph]:
    """A line of a page; at each `~` a gap that is so many times as wide as a letter is high."""
    glyphs, left = [], 0.0
    for letter in text:
        if letter == "~":
            left += 10 * far
        else:
            glyphs.append(Glyph(letter, left, 0.0, left, 0.0, left + 5, 8.0, 10.0))
            left += 6
    return glyphs


@pytest.mark.parametrize(
    ("text", "far", "left"),
    [("a=5~(3)", 4.0, "a=5"), ("a=5~(3)", 1.0, "a=5(3)"), ("a=~(3)", 4.0, "a=(3)"), ("a=5~(x)", 4.0, "a=5(x)")],
)
def test_the_number_of_an_equation_is_no_part_of_it(text: str, far: float, left: str) -> None:
    assert "".join(one.text for one in without_number(line(text, far))) == left
