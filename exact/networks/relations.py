"""What a cell of a network has to do with others: those it is taken for, other ways to it, what its name is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from exact.calculation.expression import Expression, letter
from exact.calculation.operations import plus, scaled, times
from exact.calculation.quantity import Origin, Step, Way
from exact.networks.problem import Problem
from exact.networks.steps import activation, cost, da, grad, s, share, step_taken, updated

DERIVED = ("grad_", "step_", "mhat_", "vhat_", "m_", "v_")
"""What names of cells begin with that are made of another's."""

old, added = letter("old"), letter("added")


class Names(Protocol):
    """The names of the cells of a problem's sheet."""

    problem: Problem

    def name(self, kind: str, l: int, t: int) -> str:  # noqa: E741  the field's letter
        """The name of a cell."""

    def W(self, l: int, t: int) -> str:  # noqa: E741, N802
        """The weights before step t."""

    def b(self, l: int, t: int) -> str:  # noqa: E741
        """The biases before step t."""

    def y(self, t: int) -> str:
        """The target of the step."""

    def weights(self, t: int) -> Mapping[str, str]:
        """The letters of all weights in a cost that has a penalty for them."""


def beside(sheet: Names, kind: str, l: int, t: int) -> dict[str, str]:  # noqa: E741
    """Related cells that people take for those of the step."""
    p, last = sheet.problem, sheet.problem.depth
    match kind:
        case "s" if l > 1:
            return {"s_before": sheet.name("s", l - 1, t)}
        case "a" | "da":
            return {"s": sheet.name("s", l, t), "a": sheet.name("a", l, t)}
        case "C":
            return {"s": sheet.name("s", last, t)}
        case "delta" if l == last:
            return {"s": sheet.name("s", l, t)}
        case "delta":
            masks = [n for n in range(1, last) if n != l and p.units[n] == p.units[l]]
            other = {"other_da": sheet.name("da", masks[0], t)} if masks else {}
            return other | {"a": sheet.name("a", l, t), "W_next_new": sheet.name("W_new", l + 1, t)}
        case "W_new" | "grad_W" | "step_W":
            before = {"da_before": sheet.name("da", l - 1, t)} if l > 1 else {}
            return before | {"a": sheet.name("a", l, t), "W": sheet.W(l, t)}
        case "b_new":
            return {"W_new": sheet.name("W_new", l, t)}
        case _:
            return {}


def key_step(p: Problem, kind: str) -> Step | None:
    """The cost from the logits, where that keeps it exact."""
    if kind != "C" or p.loss.of_logits is None or p.l2 or p.is_batch:
        return None
    return Step("cost", scaled(share(p), Expression(p.loss.of_logits, (letter("s"), letter("y")))))


def ways(sheet: Names, kind: str, l: int, t: int) -> Iterator[Way]:  # noqa: E741
    """Other ways to it: an update by the gradient or the step, a delta by dC/da, a slope or the cost from s."""
    letter_of = kind[:1] if kind.endswith("_new") else kind[-1:]
    gradient = sheet.name(f"grad_{letter_of}", l, t)
    if kind in ("W_new", "b_new") and sheet.problem.optimizer is not None:
        now = sheet.W(l, t) if letter_of == "W" else sheet.b(l, t)
        yield Way(Step("", plus(old, added)), {"old": now, "added": sheet.name(f"step_{letter_of}", l, t)})
        return
    if kind in ("step_W", "step_b") and sheet.problem.optimizer is not None:
        return
    if kind in ("W_new", "b_new"):
        now = sheet.W(l, t) if letter_of == "W" else sheet.b(l, t)
        yield Way(updated(old, grad, ""), {"old": now, "eta": "eta", "grad": gradient})
        yield Way(Step("", plus(old, added)), {"old": now, "added": sheet.name(f"step_{letter_of}", l, t)})
    if kind in ("step_W", "step_b"):
        yield Way(step_taken(grad, ""), {"eta": "eta", "grad": gradient})
    unit = sheet.problem.unit(l) if l else sheet.problem.output
    through_s = {"s": sheet.name("s", l or sheet.problem.depth, t)}
    if kind == "da" and not unit.is_piecewise_linear:
        yield Way(Step("", unit.slope_of(unit.of(s))), through_s)
    if kind == "C" and unit.has_probabilities:
        outputs = activation(sheet.problem, sheet.problem.depth).formula
        cost_of_s = cost(sheet.problem, [*map(letter, sheet.weights(t))]).formula.put(
            lambda name: outputs if name == "a" else letter(name)
        )
        yield Way(Step("", cost_of_s), {**through_s, "y": sheet.y(t), **sheet.weights(t)})
    if kind == "delta" and sheet.problem.unit(l).works_by_entry and not sheet.problem.has_error_deltas:
        yield Way(Step("", times(da, grad)), {"da": sheet.name("da", l, t), "grad": sheet.name("grad_a", l, t)})


def origin(kind: str, l: int, t: int) -> Origin | None:  # noqa: E741
    """What the cell's name is made of: grad_W2 of W2, C_new of C, s1@2 of s1."""
    before = next((one for one in DERIVED if kind.startswith(one)), "")
    after = "_new" if kind.endswith("_new") else ""
    base = kind.removeprefix(before).removesuffix(after)
    at = f"@{t}" if t > 1 else ""
    return Origin(f"{before}{{}}{after}{at}", f"{base}{l or ''}") if before or after or at else None
