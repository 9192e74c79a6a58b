"""Texts with two readings: made from the table of them, none is ever read silently as one."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.judging.comparison import UnreadableKey, compare
from checks.language.ambiguities import TABLE
from tests.hand_sheets import HOMEWORK, found_in

BY_NAME = {ambiguity.name: ambiguity for ambiguity in TABLE}
EXAMPLES = [(ambiguity.name, example) for ambiguity in TABLE for example in ambiguity.examples]

_DIGITS = re.compile(r"(?<![0-9.])[0-9]+(?![0-9])|(?<=\.)[0-9]+")


@pytest.mark.parametrize("text", [example for _, example in EXAMPLES])
def test_every_example_is_refused_with_the_remedy(text: str) -> None:
    found = compare("[987, 654]" if text.startswith("[") else "987", text)
    assert found.verdict == "unreadable"
    assert any(word in found.note for word in ("write", "put"))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_ambiguity_has_two_readings_examples_and_a_pattern_that_finds_them(name: str) -> None:
    ambiguity = BY_NAME[name]
    assert len(set(ambiguity.readings)) == 2
    assert ambiguity.examples
    re.compile(ambiguity.pattern)


def varied(text: str, chance: random.Random) -> str:
    """The example with other digits; tens that make it what it is, and digits of a command, stay."""

    def other(match: re.Match[str]) -> str:
        digits = match.group()
        if digits in ("10", "0") or (digits.startswith("10") and len(digits) > 2):
            return digits
        return "".join(chance.choice("123456789") for _ in digits)

    return _DIGITS.sub(other, text)


def is_mixed(text: str) -> bool:
    """Whether the fraction after the number is a proper one, and the two are a mixed number."""
    match = re.search(r"[0-9]+ ?\\frac\{?([0-9]+?)\}?\{?([0-9]+)\}?", text) or re.search(r" ([0-9])/([0-9])", text)
    return match is not None and int(match[1]) < int(match[2])


def readings(name: str, text: str) -> list[str]:
    """Both readings of a text that begins with the ambiguity, where its pattern finds it plainly."""
    match = re.match(BY_NAME[name].pattern, text)
    if match is None:
        return []
    parts = {key[0]: (value or "").strip("(){} ") for key, value in match.groupdict().items() if value}
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return [reading.format(**parts).translate(superscripts) for reading in BY_NAME[name].readings]


@settings(max_examples=300)
@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_none_is_ever_read_silently_as_one_of_its_readings(case: tuple[str, str], chance: random.Random) -> None:
    """Held against each of its readings as the key: unreadable, unless both are the same number."""
    name, example = case
    text = varied(example, chance)
    assume(name != "a number before a fraction" or text.startswith(("[", "e")) or not is_mixed(text))
    assume(not (name == "a mixed number" and text.startswith("[")) or is_mixed(text))
    keys = readings(name, text) or ["[987, 654]" if text.startswith("[") else "987"]
    for key in keys:
        try:
            verdict = compare(key, text).verdict
            same = len(keys) == 2 and compare(*keys).verdict == "exact"
        except UnreadableKey:
            continue
        assert verdict == "unreadable" or (same and verdict == "exact"), (text, keys)


SAME_EITHER_WAY = {"5.004e^0": "5.004", "5.004 e^0": "5.004", "0.0e^3": "0", "2.5\\mathrm{e}^{0}": "2.5"}


@pytest.mark.parametrize("text", SAME_EITHER_WAY)
def test_what_has_one_value_in_both_readings_is_read(text: str) -> None:
    assert compare(SAME_EITHER_WAY[text], text).verdict == "exact"


ONE_READING = {
    "2(3)": "6",
    "1(1) + -2(-1) + 1(1)": "4",
    "2e^3": "2*e^3",
    "2*e + 1": "1 + e*2",
    "1.979*10 - 32": "-12.21",
    "2.5×100": "250",
    "2*105": "210",
    "1·2 + 2·3": "8",
    "0.5(-3)": "-1.5",
    "1/2p_3": None,
    "e - 1": "e - 1",
    "(e-1)/(e+1)": "tanh(1/2)",
    "5 -3": "2",
    "√2/2": "1/sqrt(2)",
    "ln 2/ln 3": "ln(2)/ln(3)",
    "2 ln 3 + 1": "1 + 2*ln(3)",
    "[5 -1/2]": "[5, -1/2]",
    "[1 15/2]": "[1, 7.5]",
    "[5 - 3, 2]": "[2, 2]",
    "[[1,2],[3,4]] [5, 6]": "[17, 39]",
    r"\begin{bmatrix}1 & 2\end{bmatrix}\begin{bmatrix}3\\4\end{bmatrix}": "11",
}


@pytest.mark.parametrize("text", [text for text, key in ONE_READING.items() if key])
def test_what_has_one_reading_is_read(text: str) -> None:
    assert compare(str(ONE_READING[text]), text).verdict == "exact"


@pytest.mark.parametrize("name", ["lost superscript", "two vectors side by side", "a mixed number"])
def test_check_refuses_what_compare_refuses(name: str) -> None:
    for example in BY_NAME[name].examples:
        found = found_in(f"s1 = {example}\n".replace("\n[", " ["), HOMEWORK)
        assert {found["s1[1]"].verdict, found["s1[2]"].verdict} == {"unreadable"}
