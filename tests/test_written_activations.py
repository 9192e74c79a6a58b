"""However a right program writes its activations, with three digits or more, they pass; wrong ones never do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.judging.verdicts import Verdict
from tests.mnist_cases import ALL_RIGHT, EVALUATION, NETWORK, RIGHT, TEST_SET, check, records, verdicts
from tests.test_activations import WRONG_PROGRAMS, forward, softmax

Array = np.ndarray

SINGLE = softmax(forward(NETWORK, TEST_SET.images, dtype=np.float32)).astype(np.float32)


def with_decimals(number: Decimal, places: int, rounding: str) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding, Context(prec=400))


def with_digits(number: Decimal, digits: int, rounding: str) -> Decimal:
    return Context(prec=digits, rounding=rounding).plus(number)


Way = Callable[[Decimal, int, str], Decimal]


def written(activations: Array, way: Way, digits: int, rounding: str, kept: type) -> Array:
    """Each number as its decimal says, not as numpy rounds, and then in a float of the precision that is kept."""
    numbers = [[float(way(Decimal(x), digits, rounding)) for x in row] for row in activations.astype(float).tolist()]
    return np.array(numbers).astype(kept).astype(float)


@settings(max_examples=25)
@given(
    st.sampled_from([RIGHT, SINGLE]),
    st.sampled_from([with_decimals, with_digits]),
    st.one_of(st.integers(3, 8), st.integers(3, 20)),
    st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN]),
    st.sampled_from([np.float64, np.float32]),
)
def test_right_programs_pass_however_they_write(
    activations: Array, way: Way, digits: int, rounding: str, kept: type
) -> None:
    made = written(activations, way, digits, rounding, kept)
    assert verdicts(records(made, EVALUATION.classes)) == ALL_RIGHT


@pytest.mark.parametrize(
    "made",
    [
        lambda: SINGLE.round(6),
        lambda: SINGLE.round(7),
        lambda: SINGLE.round(8),
        lambda: np.trunc(SINGLE * np.float32(1e5)) / np.float32(1e5),
        lambda: np.array([[float(f"{x:.3e}") for x in row] for row in SINGLE]),
        lambda: np.array([[float(str(x)) for x in row] for row in SINGLE]),
        lambda: np.trunc(RIGHT * 1e3) / 1e3,
    ],
)
def test_what_programs_were_seen_to_write(made: Callable[[], Array]) -> None:
    assert verdicts(records(np.asarray(made(), dtype=float), EVALUATION.classes)) == ALL_RIGHT


@pytest.mark.parametrize("program", WRONG_PROGRAMS)
def test_no_way_of_writing_makes_a_wrong_program_right(program: str) -> None:
    with np.errstate(over="ignore"):
        made = WRONG_PROGRAMS[program](NETWORK, TEST_SET.images)
    for way, digits in product((with_decimals, with_digits), (3, 4)):
        if program == "rounded to 2" or np.abs(made).max() > 1:
            continue
        found = check(result=records(written(made, way, digits, ROUND_DOWN, float), EVALUATION.classes))
        assert found["result.activations"].verdict is Verdict.WRONG, (way, digits)


@given(st.integers(0, 2**32 - 1), st.sampled_from([2e-4, 5e-4, 9e-4, 3e-3, 1e-2]))
@settings(max_examples=10)
def test_rows_near_their_own_are_never_called_those_of_other_images(seed: int, size: float) -> None:
    """Whatever is wrong with them, they lie in their places."""
    noise = np.random.default_rng(seed).uniform(-size, size, RIGHT.shape)
    found = check(result=records(RIGHT * (1 + noise), EVALUATION.classes))["result.activations"]
    assert found.verdict is Verdict.WRONG
    assert "rows-shuffled" not in (*found.mistakes, *found.alternatives)


@pytest.mark.parametrize(("way", "digits"), [*product((with_decimals, with_digits), (3, 4, 6))])
def test_rows_of_other_images_are_told_however_they_are_written(way: Way, digits: int) -> None:
    made = written(RIGHT[::-1], way, digits, ROUND_DOWN, float)
    assert check(result=records(made))["result.activations"].mistakes == ("rows-shuffled",)


@pytest.mark.parametrize("digits", [1, 2])
def test_too_few_digits_are_named_whether_rounded_or_cut_off(digits: int) -> None:
    for way, rounding in product((with_decimals, with_digits), (ROUND_HALF_EVEN, ROUND_DOWN)):
        found = check(result=records(written(RIGHT, way, digits, rounding, float)))["result.activations"]
        assert found.mistakes == ("activations-rounded",)
        what = "decimal" if way is with_decimals else "significant digit"
        assert found.note == f"rounded to {digits} {what}{'s' if digits > 1 else ''}; expected 3 or more"


def test_two_numbers_that_differ_are_never_shown_alike() -> None:
    made = RIGHT.copy()
    made[5] *= 1 + 3e-4
    made[9] *= 1 - 4e-4
    found = check(result=records(made, EVALUATION.classes))["result.activations"]
    assert found.given != found.expected
    shown, key = found.note.rsplit(": ", 1)[1].split(" at ")[0].split(" for ")
    assert shown != key
