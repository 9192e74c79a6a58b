"""One gradient step, formula by formula, in the notation of the hand calculation.

In columns s = W a + b, in rows s = a W + b; of a batch the samples stand side by side, in columns or in rows.

Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, algorithms 6.3 and 6.4.
"""

from __future__ import annotations

from exact.calculation.expression import Expression, constant, letter
from exact.calculation.groups import SOFTMAX_OF_COLUMNS, SOFTMAX_OF_ROWS
from exact.calculation.operations import (
    minus,
    negative,
    outer_product,
    plus,
    product,
    scaled,
    square,
    summed,
    times,
    transposed,
)
from exact.calculation.quantity import Step
from exact.calculation.samples import over_samples, spread_over_samples
from exact.networks.problem import Problem

W, b, W_next = letter("W"), letter("b"), letter("W_next")
s, a, a_before, y = letter("s"), letter("a"), letter("a_before"), letter("y")
da, delta, delta_next, eta = letter("da"), letter("delta"), letter("delta_next"), letter("eta")
grad = letter("grad")


def pre_activation(p: Problem, *, has_bias: bool) -> Step:
    """s(l) = W(l) a(l-1) + b(l)."""
    Wa = product(a_before, W) if p.in_rows else product(W, a_before)
    if not has_bias:
        return Step("pre-activation", Wa)
    shift = spread_over_samples(b, a_before, in_rows=p.in_rows) if p.is_batch else b
    return Step("pre-activation", minus(Wa, shift) if p.has_thresholds else plus(Wa, shift))


def activation(p: Problem, l: int) -> Step:  # noqa: E741  the field's letter
    """a(l) = h(s(l)); of the last layer a(L) = g(s(L))."""
    unit = p.unit(l)
    if l == p.depth:
        of_each = SOFTMAX_OF_ROWS if p.in_rows else SOFTMAX_OF_COLUMNS
        return Step("output", Expression(of_each, (s,)) if unit.sums_to_one and p.is_batch else unit.of(s))
    return Step("activation", unit.of(s, "h" if unit is p.hidden else ""))


def derivative(p: Problem, l: int, *, of_s: bool) -> Step:  # noqa: E741
    """a'(l) = h'(s(l)), of a curved unit from a(l), and of any where s(l) is not known: a has the sign of s."""
    unit = p.unit(l)
    if not unit.is_piecewise_linear or not of_s:
        return Step("derivative", unit.slope_of(a))
    return Step("derivative", unit.slope_of(s, "h'" if l < p.depth else ""))


def share(p: Problem) -> Expression:
    """The factor before the cost of one sample: of the mean over a batch, divided by the number of samples."""
    return constant(p.loss_factor / (len(p.x) if p.is_batch and p.mean else 1))


def cost(p: Problem, weights: list[Expression]) -> Step:
    """C(a(L), y), with the penalty for large weights where there is one."""
    C = scaled(share(p), p.loss.of(a, y))
    if p.l2:
        squares = [summed(square(weight)) for weight in weights]
        total = squares[0]
        for one in squares[1:]:
            total = plus(total, one)
        C = plus(C, scaled(constant(p.l2 * p.l2_factor), total))
    return Step("cost", C)


def output_delta(p: Problem) -> Step:
    """delta(L) = dC/ds(L), or its negative: a(L) - y, or a'(L) . dC/da(L) where unit and cost are no natural pair."""
    error = minus(y, a) if p.has_error_deltas else minus(a, y)
    if p.loss.is_natural:
        return Step("output-delta", scaled(share(p), error), is_shortened=True)
    slope = scaled(constant(2 * share(p).constant), error)
    if p.output.name == "linear":
        return Step("output-delta", slope, is_shortened=True)
    if p.output.works_by_entry:
        return Step("squared-output-delta", times(da, slope))
    weighted = times(a, slope)
    if p.is_batch:
        of_each = over_samples(weighted, in_rows=not p.in_rows)
        return Step(
            "squared-output-delta", times(a, minus(slope, spread_over_samples(of_each, a, in_rows=not p.in_rows)))
        )
    return Step("squared-output-delta", times(a, minus(slope, summed(weighted))))


def hidden_delta(p: Problem) -> Step:
    """delta(l) = a'(l) . W(l+1)^T delta(l+1), the dot entry by entry."""
    back = product(delta_next, transposed(W_next)) if p.in_rows else product(transposed(W_next), delta_next)
    return Step("hidden-delta", times(da, back), is_shortened=True)


def weight_gradient(p: Problem) -> Expression:
    """delta(l) a(l-1)^T, with what the penalty adds; where delta is an error, of the other sign."""
    if p.is_batch:
        raw = product(transposed(a_before), delta) if p.in_rows else product(delta, transposed(a_before))
    else:
        raw = outer_product(a_before, delta) if p.in_rows else outer_product(delta, a_before)
    decay = scaled(constant(2 * p.l2 * p.l2_factor), W) if p.l2 else constant(0)
    return minus(decay, raw) if p.has_error_deltas else plus(raw, decay)


def bias_gradient(p: Problem) -> Expression:
    """delta(l), of a batch its sum over the samples; of a threshold, or where delta is an error, of the other sign."""
    raw = over_samples(delta, in_rows=p.in_rows) if p.is_batch else delta
    return negative(raw) if p.has_thresholds != p.has_error_deltas else raw


def updated(parameter: Expression, gradient: Expression, name: str) -> Step:
    """W(l) - eta delta(l) a(l-1)^T, b(l) - eta delta(l)."""
    if gradient.operation is not None and gradient.operation.name == "negative":
        return Step(name, plus(parameter, scaled(eta, negative(gradient))))
    return Step(name, minus(parameter, scaled(eta, gradient)))


def step_taken(gradient: Expression, name: str) -> Step:
    """-eta times the gradient: what is added."""
    if gradient.operation is not None and gradient.operation.name == "negative":
        return Step(name, scaled(eta, negative(gradient)))
    return Step(name, negative(scaled(eta, gradient)))
