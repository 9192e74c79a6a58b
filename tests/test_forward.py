"""The pass, its error bounds and the counts, against exact fractions; the sample."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from numeric import PARAMETERS_FILE, TEST_FILE, rounding, sample_folder
from numeric.evaluation import evaluate_network, margins, proved_by_lead
from numeric.forward import logits, relu, softmax
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import DataError, Floats, TestSet
from tests.networks import SOURCE, logits_in_fractions, network

finite = hnp.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.floats(-1e3, 1e3))


def test_softmax_of_the_handout() -> None:
    assert softmax(np.array([0.0, 1.0, 2.0])).round(2).tolist() == [0.09, 0.24, 0.67]


@given(finite)
def test_softmax_is_a_distribution_in_the_order_of_the_logits(s: Floats) -> None:
    p = softmax(s)
    assert np.abs(p.sum(axis=1) - 1).max() < 1e-14
    assert ((p >= 0) & (p <= 1)).all()
    order = np.argsort(s, axis=1)
    assert (np.diff(np.take_along_axis(p, order, axis=1), axis=1) >= 0).all()


@given(finite, st.integers(-500, 500))
def test_adding_a_constant_to_every_logit_changes_nothing(s: Floats, c: int) -> None:
    s = s.round()  # so that the addition is exact
    assert (softmax(s) == softmax(s + c)).all()


def test_softmax_cannot_overflow() -> None:
    assert softmax(np.array([1e308, -1e308, 1e308])).tolist() == [0.5, 0.0, 0.5]
    assert softmax(np.array([[710.0, 0.0]], dtype=np.float32)).tolist() == [[1.0, 0.0]]


def test_relu() -> None:
    assert relu(np.array([[-1.5, 0.0, 2.0]])).tolist() == [[0.0, 0.0, 2.0]]


@settings(max_examples=40)
@given(
    st.integers(0, 10**6),
    st.sampled_from([(3, 4), (5, 4, 3), (6, 5, 4, 3), (1, 1, 1)]),
    st.sampled_from([1e-150, 1e-3, 1.0, 1e3, 1e30]),
    st.sampled_from([np.float32, np.float64]),
)
def test_every_logit_is_within_its_bound(seed: int, sizes: tuple[int, ...], scale: float, dtype: type) -> None:
    if dtype is np.float32:
        scale = min(max(scale, 1e-20), 1e20)
    net = network(seed, sizes, scale, dtype)
    images = np.random.default_rng(seed + 1).normal(size=(3, sizes[0])).astype(dtype)
    scores, bounds = rounding.logits_with_bounds(net, images)
    assert (scores == logits(net, images)).all()
    for image, row, bound in zip(images, scores, bounds, strict=True):
        for computed, true in zip(row, logits_in_fractions(net, image), strict=True):
            assert abs(Fraction(float(computed)) - true) <= Fraction(float(bound))


def test_the_bound_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound a million times smaller is broken: the test above would notice."""
    monkeypatch.setattr(rounding, "UNIT_ROUNDOFF", 2.0**-53 / 1e6)
    net = network(1, (200, 50, 10))
    images = np.random.default_rng(2).normal(size=(5, 200)).astype(np.float32)
    scores, bounds = rounding.logits_with_bounds(net, images)
    off = [
        abs(Fraction(float(computed)) - true) > Fraction(float(bound))
        for image, row, bound in zip(images, scores, bounds, strict=True)
        for computed, true in zip(row, logits_in_fractions(net, image), strict=True)
    ]
    assert any(off)


def proved(logits: list[float], bound: float) -> bool:
    return bool(proved_by_lead(np.array([logits]), np.array([bound]))[0])


def test_a_class_is_proved_where_its_lead_exceeds_twice_the_bound() -> None:
    leads = {0.4: True, 0.6: False, 0.5: False, 0.5 * (1 - 2**-32): False, 0.5 * (1 - 2**-27): True}
    assert {bound: proved([1.0, 0.0], bound) for bound in leads} == leads
    assert not proved([1.0, 1.0], 0.0)
    assert margins(np.array([[5.0, 1.0, 3.0]])).tolist() == [2.0]
    assert margins(np.array([[3.0]])).tolist() == [np.inf]
    assert proved([3.0], 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_is_that_of_its_formula(seed: int) -> None:
    """e(l) = ||W|| e(l-1) + gamma_(n+1) (||W|| ||a|| + ||b||) + n 2^-1022, worked out in fractions."""
    net = network(seed, (6, 5, 4, 3), 1.0, np.float64)
    images = np.random.default_rng(seed).normal(size=(3, 6))
    _, bounds = rounding.logits_with_bounds(net, images)
    u = Fraction(1, 2**53)
    for image, bound in zip(images, bounds, strict=True):
        a, error = image[None, :], Fraction(0)
        for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
            n = W.shape[1]
            norm = max(sum(abs(Fraction(x)) for x in row) for row in W.tolist())
            largest = max(abs(Fraction(x)) for x in a[0].tolist())
            gamma = (n + 1) * u / (1 - (n + 1) * u)
            error = norm * error + gamma * (norm * largest + max(abs(Fraction(x)) for x in b.tolist()))
            error += n * Fraction(1, 2**1022)
            a = a @ W.T + b
            a = np.maximum(a, 0) if layer < 2 else a
        assert error <= Fraction(float(bound)) <= error * (1 + Fraction(1, 2**20))


def test_logits_beyond_float64_are_refused() -> None:
    net = network(1, (3, 4, 2), 1e200, np.float64)
    with pytest.raises(DataError, match="the logits of image 0 are beyond the range of float64"):
        evaluate_network(net, TestSet(np.ones((1, 3)), np.array([0]), SOURCE))


def test_the_sample_counts_as_its_assignment_says() -> None:
    net = read_network(sample_folder() / PARAMETERS_FILE, (784, 200, 100, 10))
    test_set = read_test_set(sample_folder() / TEST_FILE, 784, 10, 360)
    evaluation = evaluate_network(net, test_set)
    assert evaluation.correct == 338
    assert not evaluation.exactly.any()
    assert net.file.notice == test_set.file.notice == "sample data, not the course's files"
    assert sum((sample_folder() / name).stat().st_size for name in (PARAMETERS_FILE, TEST_FILE)) < 500_000


def test_the_sample_is_made_of_scikit_learns_digits() -> None:
    """Recomputed with scipy's own interpolation, from the 8x8 originals."""
    from scipy.ndimage import map_coordinates
    from sklearn.datasets import load_digits

    test_set = read_test_set(sample_folder() / TEST_FILE, 784, 10, 360)
    small, labels = load_digits(return_X_y=True)
    assert (test_set.labels == labels[-360:]).all()
    grid = np.clip((np.arange(28) + 0.5) * 8 / 28 - 0.5, 0, 7)
    rows, columns = np.meshgrid(grid, grid, indexing="ij")
    for image, original in zip(test_set.images[:20], small[-360:], strict=False):
        large = map_coordinates(original.reshape(8, 8), [rows, columns], order=1, mode="nearest") / 16
        inside = (np.arange(28) >= 2) & (np.arange(28) < 26)  # at the rim the two differ in what lies outside
        assert np.abs(image.reshape(28, 28) - large)[np.ix_(inside, inside)].max() <= 1 / 8
    assert (test_set.images * 256 == (test_set.images * 256).round()).all()
    assert test_set.images.max() < 1


def test_the_courses_files_give_9790(course_data: Path) -> None:
    net = read_network(course_data / PARAMETERS_FILE, (784, 200, 100, 10))
    test_set = read_test_set(course_data / TEST_FILE, 784, 10, 10000)
    evaluation = evaluate_network(net, test_set)
    assert evaluation.correct == 9790
    assert not evaluation.exactly.any()
    assert evaluation.smallest_margin()[0] == 9792
    assert 0.0047 < evaluation.smallest_margin()[1] < 0.00472
    in_float32 = test_set.images
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        in_float32 = in_float32 @ W.T + b
        in_float32 = np.maximum(in_float32, 0) if layer < 2 else in_float32
    assert in_float32.dtype == np.float32
    assert (in_float32.argmax(axis=1) == test_set.labels).sum() == 9790


def test_five_smallest_margins_in_exact_arithmetic(course_data: Path) -> None:
    net = read_network(course_data / PARAMETERS_FILE)
    test_set = read_test_set(course_data / TEST_FILE, 784, 10)
    evaluation = evaluate_network(net, test_set)
    image = int(margins(evaluation.logits).argmin())
    true = logits_in_fractions(net, test_set.images[image])
    assert true.index(max(true)) == evaluation.classes[image]
    for computed, number in zip(evaluation.logits[image], true, strict=True):
        assert abs(Fraction(float(computed)) - number) <= Fraction(float(evaluation.bounds[image]))
