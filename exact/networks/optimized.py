"""The cells of an optimizer: what it keeps of each parameter, the step, and the new value."""

from __future__ import annotations

from collections.abc import Iterator

from exact.calculation.expression import Expression, letter
from exact.calculation.operations import minus, negative, plus
from exact.calculation.quantity import Quantity, Step
from exact.networks.optimizers import Optimizer
from exact.networks.sheet import Sheet


def optimized(sheet: Sheet, optimizer: Optimizer, parameter: str, t: int) -> Iterator[Quantity]:
    """The state of the parameter after step t, what is added to it, and what it is then."""
    rule, l = optimizer.rule, int(parameter[1:])  # noqa: E741  the field's letter
    kind, word = (parameter[0], "weights") if parameter[0] == "W" else (parameter[0], "biases")
    now = sheet.W(l, t) if kind == "W" else sheet.b(l, t)
    known = {"grad": sheet.gradient(parameter, t), "eta": "eta", kind: now}
    known |= {name: name for name in optimizer.numbers}
    known |= {f"{one}_old": sheet.state_before(one, parameter, t) for one in rule.kept}
    for name, formula in rule.state(t).items():
        yield sheet.cell(f"{name}_{kind}", l, t, Step(f"{word}-{name}", formula), **_of(formula, known))
        known[name] = sheet.name(f"{name}_{kind}", l, t)
    change = rule.change if rule.is_added else negative(rule.change)
    yield sheet.cell(f"step_{kind}", l, t, Step(f"{word}-step", change), **_of(change, known))
    new = (plus if rule.is_added else minus)(letter(kind), rule.change)
    yield sheet.cell(f"{kind}_new", l, t, Step(f"{word}-update", new), **_of(new, known))


def _of(formula: Expression, known: dict[str, str]) -> dict[str, str]:
    """What the letters of the formula stand for, and what people take for those."""
    letters = set(formula.letters())
    return {one: source for one, source in known.items() if one in letters or one in ("grad", "m", "v", "W", "b")}
