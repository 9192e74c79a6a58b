"""The cells beside those of the usual tables: the cost, gradients, the class, and the cost after the step.

Gradients are derived from the list by the operations' own backward rules, not written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from exact.calculation.expression import Expression, constant, letter
from exact.calculation.functions import LARGEST
from exact.calculation.gradients import gradients
from exact.calculation.operations import negative, scaled
from exact.calculation.quantity import Origin, Quantity, Step
from exact.calculation.selection import tied
from exact.networks import steps
from exact.networks.kinds import AFTER
from exact.networks.sheet import Sheet


def outcome(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """The class, and the cost: of all outputs, and of each."""
    p, a, y = sheet.problem, sheet.a(sheet.problem.depth, t), sheet.y(t)
    if not p.is_batch:
        yield sheet.cell("class", 0, t, Step("class", Expression(LARGEST, (steps.a,))), a=a)
    if not p.loss.has_cost or p.upstream is not None:
        return
    yield _cost(sheet, t)
    if p.loss.share_of is not None and p.units[-1] > 1 and not p.is_batch:
        shares = Step("cost-of-each", scaled(steps.share(p), p.loss.share_of(steps.a, steps.y)))
        yield sheet.cell("C_each", 0, t, shares, a=a, y=y)


def _cost(sheet: Sheet, t: int) -> Quantity:
    p = sheet.problem
    weights = sheet.weights(t)
    return sheet.cell("C", 0, t, steps.cost(p, [*map(letter, weights)]), a=sheet.a(p.depth, t), y=sheet.y(t), **weights)


def gradient_cells(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """dC/da, dC/dx, dC/dW and dC/db; where numbers are tied, the sum of the gradients of all of them."""
    L = sheet.problem.depth
    found = _derived(sheet, t)
    raw: dict[str, Quantity] = {}
    for l in range(L, -1, -1):  # noqa: E741  the field's letter
        name = sheet.a(l, t)
        if name in found:
            roles = {sheet.W(l + 1, t): "W_next", sheet.name("delta", l + 1, t): "delta_next"} if l < L else {}
            roles |= {sheet.a(L, t): "a", sheet.y(t): "y"}
            kind, word = ("grad_a", "activation-gradient") if l else ("grad_x", "input-gradient")
            yield _cell(sheet, kind, l, t, Step(word, found[name], is_shortened=True), roles)
        for parameter in sheet.parameters(l) if l else ():
            now = sheet.W(l, t) if parameter[0] == "W" else sheet.b(l, t)
            if now not in found:
                continue
            roles = {sheet.name("delta", l, t): "delta", sheet.a(l - 1, t): "a_before", now: parameter[0]}
            word = "weights-gradient" if parameter[0] == "W" else "biases-gradient"
            quantity = _cell(sheet, f"grad_{parameter[0]}", l, t, Step(word, found[now]), roles)
            if parameter in sheet.tied:
                raw[parameter] = quantity
            else:
                yield quantity
    yield from _tied(sheet, raw)


def _derived(sheet: Sheet, t: int) -> Mapping[str, Expression]:
    """The gradient of everything at step t, formulas whose letters are names; deltas stand for themselves."""
    p, L = sheet.problem, sheet.problem.depth
    at = [sheet.name(kind, n, t) for n in range(1, L + 1) for kind in ("s", "a")] + [sheet.name("C", 0, t)]
    path = [sheet.path[name] for name in at if name in sheet.path]
    deltas = {}
    for l in range(1, L + 1):  # noqa: E741
        delta = letter(sheet.name("delta", l, t))
        deltas[sheet.name("s", l, t)] = negative(delta) if p.has_error_deltas else delta
    C = sheet.name("C", 0, t)
    seeds = {C: constant(1)} if C in sheet.quantities else {}
    known = {name: delta for name, delta in deltas.items() if sheet.is_there(next(delta.letters()))}
    return gradients(path, seeds, known, sheet.shape_of)


def _cell(sheet: Sheet, kind: str, l: int, t: int, step: Step, roles: Mapping[str, str]) -> Quantity:  # noqa: E741
    """A cell with a derived formula, its letters called after the parts that they have in the step."""
    of = {roles.get(name, name): name for name in step.formula.letters()}
    formula = step.formula.put(lambda name: letter(roles.get(name, name)))
    return sheet.cell(kind, l, t, replace(step, formula=formula), **of)


def _tied(sheet: Sheet, raw: Mapping[str, Quantity]) -> Iterator[Quantity]:
    """The gradients of parameters with tied entries: first each by itself, which is no cell, then with the sums."""
    names = list(raw)
    alone = {name: replace(one, name=f"{one.name}_alone", latex="", is_needed_only=True) for name, one in raw.items()}
    yield from alone.values()
    groups = tuple(tuple((names.index(name), place) for name, place in group) for group in sheet.problem.tied)
    for own, quantity in enumerate(raw.values()):
        shapes = [(letter(f"g_{name}"), alone[name].shape) for name in names]
        step = Step(quantity.step.name, tied(shapes, groups, own))
        of = {f"g_{name}": alone[name].name for name in names}
        yield replace(quantity, step=step, of=of)


def cost_after(sheet: Sheet, t: int) -> Iterator[Quantity]:
    """The cost after the step, of the same sample: the forward pass once more, none of it a cell but the cost."""
    L = sheet.problem.depth
    if not sheet.is_there(sheet.name("C", 0, t)):
        return
    after = {sheet.W(n, t): sheet.W(n, t + 1) for n in range(1, L + 1)}
    after |= {sheet.b(n, t): sheet.b(n, t + 1) for n in range(1, L + 1) if sheet.b(n, t)}
    for name in [sheet.name(kind, n, t) for n in range(1, L + 1) for kind in ("s", "a")]:
        if name in sheet.quantities:
            again = _again(sheet.quantities[name], f"{name}_after", after)
            after[name] = again.name
            yield replace(again, is_needed_only=True)
    cost = _again(sheet.quantities[sheet.name("C", 0, t)], sheet.name("C_new", 0, t), after)
    shown = sheet.cell("C_new", 0, t, cost.step, **cost.of)
    yield replace(shown, of=cost.of, beside={}, shape=(), key_step=None)


def _again(quantity: Quantity, name: str, after: Mapping[str, str]) -> Quantity:
    """A quantity of the forward pass once more, from what its letters are after the step."""
    return replace(
        quantity,
        name=name,
        of={letter: after.get(source, source) for letter, source in quantity.of.items()},
        latex=rf"{quantity.latex}_{{\mathrm{{new}}}}",
        place=replace(quantity.place, heading=AFTER, short=AFTER),
        origin=Origin("{}_new", quantity.name),
        are_outputs=False,
        is_usual=False,
        is_rational=False,
        key_step=None,
    )
