"""The calculation of a multilayer perceptron, as on paper: one quantity a line, in the order of the hand work."""

from __future__ import annotations

from collections.abc import Iterator

from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Solution
from exact.networks import steps
from exact.networks.gradient_cells import cost_after, gradient_cells, outcome
from exact.networks.optimized import optimized
from exact.networks.problem import Problem
from exact.networks.sheet import Sheet


def mlp(p: Problem) -> Calculation:
    """Every quantity of the problem's steps: forward, the cost, backward, gradients and updates."""
    sheet = Sheet(p)
    for t in range(1, len(p.samples) + 1):
        for part in (forward, outcome, backward, gradient_cells, updates, cost_after):
            for quantity in part(sheet, t):
                sheet.add(quantity)
    return sheet.calculation()


def solve(p: Problem) -> Solution:
    """The key of the problem, the usual cells worked out.

    Exact throughout, or enclosed to any precision where exactness fades. Raises
    `exact.numbers.exponential_sums.TooLarge` where the numbers grow beyond what can be written down.
    """
    solution = Solution(mlp(p))
    solution.work_out_usual()
    return solution


def forward(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """s, a and a' of each layer."""
    p, L = sheet.problem, sheet.problem.depth
    for l in range(1, L + 1):  # noqa: E741  the field's letter
        W, b, a_before = sheet.W(l, t), sheet.b(l, t), sheet.a(l - 1, t)
        s, a = sheet.name("s", l, t), sheet.name("a", l, t)
        if b:
            yield sheet.cell("s", l, t, steps.pre_activation(p, has_bias=True), W=W, a_before=a_before, b=b)
        else:
            yield sheet.cell("s", l, t, steps.pre_activation(p, has_bias=False), W=W, a_before=a_before)
        yield sheet.cell("a", l, t, steps.activation(p, l), s=s)
        if p.unit(l).works_by_entry:
            yield sheet.cell("da", l, t, steps.derivative(p, l, of_s=sheet.is_there(s)), s=s, a=a)


def backward(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """delta of each layer, from the last to the first."""
    p, L = sheet.problem, sheet.problem.depth
    if p.upstream is None:
        da = {"da": sheet.name("da", L, t)} if p.output.works_by_entry else {}
        yield sheet.cell("delta", L, t, steps.output_delta(p), a=sheet.a(L, t), y=sheet.y(t), **da)
    for l in range(L - 1, 0, -1):  # noqa: E741
        da_l, W_next, delta_next = sheet.name("da", l, t), sheet.W(l + 1, t), sheet.name("delta", l + 1, t)
        yield sheet.cell("delta", l, t, steps.hidden_delta(p), da=da_l, W_next=W_next, delta_next=delta_next)


def updates(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """What is added to W and b of each layer, and what they are then, from the last layer to the first."""
    p = sheet.problem
    for l in range(p.depth, 0, -1):  # noqa: E741
        for parameter in sheet.parameters(l):
            if parameter in p.frozen:
                continue
            letter, value, word = ("W", steps.W, "weights") if parameter.startswith("W") else ("b", steps.b, "biases")
            now = {"W": sheet.W(l, t)} if letter == "W" else {"b": sheet.b(l, t)}
            of = {"delta": sheet.name("delta", l, t), "a_before": sheet.a(l - 1, t)}
            gradient = steps.weight_gradient(p) if letter == "W" else steps.bias_gradient(p)
            if p.optimizer is not None:
                yield from optimized(sheet, p.optimizer, parameter, t)
                continue
            if parameter in sheet.tied:
                gradient, of = steps.grad, {"grad": sheet.gradient(parameter, t)}
            yield sheet.cell(f"step_{letter}", l, t, steps.step_taken(gradient, f"{word}-step"), eta="eta", **of, **now)
            yield sheet.cell(
                f"{letter}_new", l, t, steps.updated(value, gradient, f"{word}-update"), eta="eta", **of, **now
            )
