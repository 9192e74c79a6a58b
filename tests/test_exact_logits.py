"""Exact logits against fractions and FLINT; classes that floats leave open; the course's files."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric import exact_logits as module
from numeric.digits import Digits, carried, common_exponent, scaled
from numeric.evaluation import evaluate_exactly, evaluate_network, margins
from numeric.exact_logits import exact_logits
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import DataError, Floats, Network, TestSet
from tests.networks import SOURCE, logits_in_fractions, network

SIZES = st.sampled_from([(3, 4), (5, 4, 3), (6, 5, 4, 3), (1, 1, 1), (30, 20, 2)])


@settings(max_examples=80)
@given(
    st.integers(0, 10**6),
    SIZES,
    st.sampled_from([1e-30, 1e-3, 1.0, 1e3, 1e30]),
    st.sampled_from([np.float32, np.float64]),
    st.sampled_from([np.float32, np.float64]),
)
def test_every_logit_is_that_of_fractions(
    seed: int, sizes: tuple[int, ...], scale: float, dtype: type, image_type: type
) -> None:
    net = network(seed, sizes, scale, dtype)
    random = np.random.default_rng(seed + 1)
    images = (random.normal(size=(3, sizes[0])) * random.integers(0, 2, size=(3, sizes[0]))).astype(image_type)
    exact = exact_logits(net, images)
    for image, row in enumerate(images):
        expected = logits_in_fractions(net, row)
        assert list(exact.fractions(image)) == expected
        for computed, true in zip(exact.nearest()[image], expected, strict=True):
            assert abs(Fraction(float(computed)) - true) <= abs(true) * Fraction(1, 2**50)


@pytest.mark.parametrize("block", [1, 7, 512])
def test_the_blocks_change_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    net = network(3, (6, 5, 4))
    images = np.random.default_rng(4).normal(size=(20, 6)) * 2.0 ** np.arange(20)[:, None]
    exact = exact_logits(net, images)
    for image in (0, 6, 7, 19):
        assert list(exact.fractions(image)) == logits_in_fractions(net, images[image])


@given(
    st.lists(st.floats(-1e100, 1e100).filter(lambda x: not 0 < abs(x) < 1e-100), min_size=1, max_size=6),
    st.integers(5, 26),
)
def test_digits_are_small_and_stand_for_the_numbers(values: list[float], bits: int) -> None:
    array = np.array(values)
    exponent = common_exponent(array)
    digits = Digits.of(array, bits, exponent)
    assert np.abs(digits.array).max() <= 2.0 ** (bits - 1)
    assert (digits.array == digits.array.round()).all()
    for i, value in enumerate(values):
        unit = Fraction(2) ** exponent
        assert sum(Fraction(d) * unit * 2 ** (bits * k) for k, d in enumerate(digits.array[:, i])) == Fraction(value)
        assert (Fraction(value) / unit).denominator == 1
    assert exponent == 0 or any((Fraction(v) / Fraction(2) ** (exponent + 1)).denominator > 1 for v in values)


@given(
    st.lists(st.lists(st.integers(-(2**52) + 1, 2**52 - 1), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(5, 26),
)
def test_carrying_keeps_the_numbers(sums: list[list[int]], bits: int) -> None:
    found = carried(np.array(sums, dtype=np.float64), bits)
    assert np.abs(found).max() <= 2.0 ** (bits - 1)
    for i in range(3):
        before, after = (sum(int(row[i]) << (bits * k) for k, row in enumerate(rows)) for rows in (sums, found))
        assert before == after


@pytest.mark.parametrize("exponent", [-2000, -1074, -52, 0, 52, 1023, 1100])
def test_scaling_by_powers_of_two(exponent: int) -> None:
    values = np.array([1.0, -0.75, 0.0])
    with np.errstate(over="ignore"):
        assert (scaled(values, exponent) == np.ldexp(values, exponent)).all()


def in_flint(rows: Sequence[Floats]) -> fmpq_mat:
    return fmpq_mat([[fmpq(*float(x).as_integer_ratio()) for x in row] for row in rows])


def test_flint_finds_the_same_on_the_sample() -> None:
    net = read_network(sample_folder() / PARAMETERS_FILE)
    images = read_test_set(sample_folder() / TEST_FILE, 784, 10).images[:20]
    exact = exact_logits(net, images)
    a = in_flint(images).transpose()
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True), start=1):
        s, bias = in_flint(W) * a, in_flint([b])
        rows = [[x + bias[0, i] for x in row] for i, row in enumerate(s.tolist())]
        a = fmpq_mat([[max(x, fmpq(0)) for x in row] for row in rows] if layer < len(net.weights) else rows)
    for image in range(len(images)):
        assert [fmpq(x.numerator, x.denominator) for x in exact.fractions(image)] == [row[image] for row in a.tolist()]


def close_race() -> tuple[Network, TestSet]:
    """Images whose two largest logits differ by 0, or by some last bits, one way or the other; and clear ones.

    Two classes have almost the same weights; sometimes a third leads far.
    """
    random = np.random.default_rng(7)
    hidden = random.normal(size=(40, 30))
    last = np.vstack([random.normal(size=40)] * 2 + [5 * random.normal(size=40)])
    last[1, :10] += random.choice([-1, 1], size=10) * 2.0**-50
    last[:2, 10:] = np.abs(last[:2, 10:]) * 3
    net = Network((hidden, last), (np.zeros(40), np.zeros(3)), SOURCE)
    images = np.abs(random.normal(size=(60, 30)))
    images[:10] = 0  # all outputs are exactly 0
    return net, TestSet(images, np.zeros(60, dtype=np.intp), SOURCE)


def test_what_floats_leave_open_is_settled_exactly() -> None:
    net, test_set = close_race()
    evaluation = evaluate_network(net, test_set)
    assert evaluation.exactly.sum() >= 30
    assert not evaluation.exactly.all()
    for image, row in enumerate(test_set.images):
        true = logits_in_fractions(net, row)
        assert evaluation.classes[image] == true.index(max(true))
        assert evaluation.tied[image] == (true.count(max(true)) > 1)
    assert evaluation.tied[:10].all()
    assert (evaluation.classes[:10] == 0).all()
    exactly = evaluate_exactly(net, test_set)
    assert (exactly.classes == evaluation.classes).all()
    assert (exactly.tied == evaluation.tied).all()
    floats_alone = evaluation.logits.argmax(axis=1)
    assert (floats_alone != evaluation.classes).any(), "the case should be one where floats go wrong"


def test_numbers_of_too_different_sizes_are_refused() -> None:
    net = Network((np.array([[1e300, 1e-300]]), np.array([[1e300], [1e-300]])), (np.zeros(1), np.zeros(2)), SOURCE)
    with pytest.raises(DataError, match="too different sizes"):
        exact_logits(net, np.array([[1e300, 1e-300]]))


def in_mpmath(net: Network, image: Floats) -> list[mpmath.mpf]:
    a = [mpmath.mpf(float(x)) for x in image]
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True), start=1):
        s = [mpmath.fdot(map(float, row), a) + float(bias) for row, bias in zip(W, b, strict=True)]
        a = [max(x, mpmath.mpf(0)) for x in s] if layer < len(net.weights) else s
    return a


def test_the_courses_files_in_exact_arithmetic(course_data: Path) -> None:
    """Nine images in mpmath at 50 digits, those with the five smallest leads among them."""
    net = read_network(course_data / PARAMETERS_FILE)
    test_set = read_test_set(course_data / TEST_FILE, 784, 10)
    by_bound, exactly = evaluate_network(net, test_set), evaluate_exactly(net, test_set)
    assert by_bound.correct == exactly.correct == 9790
    assert (by_bound.classes == exactly.classes).all()
    assert not exactly.tied.any()
    assert (np.abs(by_bound.logits - exactly.logits).max(axis=1) <= by_bound.bounds).all()
    smallest = np.argsort(margins(by_bound.logits))[:5].tolist()
    exact = exact_logits(net, test_set.images)
    with mpmath.workdps(50):
        for image in (*smallest, *range(0, 10_000, 2_667)):
            expected = in_mpmath(net, test_set.images[image])
            for logit, true in zip(exact.fractions(image), expected, strict=True):
                assert abs(mpmath.mpf(logit.numerator) / logit.denominator - true) < mpmath.mpf(10) ** -45
            assert expected.index(max(expected)) == exactly.classes[image]
