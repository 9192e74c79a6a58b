"""Any calculation as formulas: the list of its quantities, with the gradients of its output behind them.

Gradients are derived from the formulas by the operations' own backward rules, from the output back to what is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from exact.calculation.expression import Expression, constant, letter
from exact.calculation.gradients import gradients
from exact.calculation.needed import leading_to
from exact.calculation.operations import minus, scaled, spread
from exact.calculation.quantity import Calculation, Origin, Place, Quantity, Step
from exact.calculation.typesetting import name_latex
from exact.graphs.terms import Term
from exact.numbers.array import Array, Shape, array

FORWARD, GRADIENTS, UPDATES = "Forward", "Gradients", "Updated values"
FORMULA, GRADIENT, UPDATE = "formula", "gradient", "update"
"""The steps, as mistakes and words refer to them."""

JUMPS = frozenset({"step", "sign"})
"""Functions whose values are whole numbers, which nobody rounds."""

LEARNING_RATE = "eta"

COSTS = ("L", "C", "J", "E", "Cost", "Loss")
"""What the cost is called where only its gradient is given: the first that nothing else is called."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What is given, by name, and formulas by the names of what they make, each of what stands before it.

    `upstream` is the gradient of the `output` where that is not 1. `updated`: what is given and gets a new value, by
    the learning rate `eta`. `targets`: what is given and nobody asks a gradient of.
    """

    given: Mapping[str, Array]
    formulas: Mapping[str, Term]
    output: str
    upstream: Array | None = None
    eta: Fraction = Fraction(0)
    updated: tuple[str, ...] = ()
    targets: frozenset[str] = field(default_factory=frozenset)

    @property
    def has_gradients(self) -> bool:
        """Whether the gradient of the output is known: that of a number is 1."""
        return self.upstream is not None or not self.formulas[self.output].shape

    def shape_of(self, name: str) -> Shape:
        """The shape of what is given, or of what a formula makes."""
        return self.given[name].shape if name in self.given else self.formulas[name].shape


def derived_names(names: list[str]) -> dict[str, str]:
    """The names that gradients and new values of these have: each with what it derives from."""
    return {f"grad_{name}": name for name in names} | {f"{name}_new": name for name in names}


def calculation(graph: Graph) -> Calculation:
    """The formulas in order, then the gradients backwards, those of what is given last, then the new values."""
    formulas = [_formula(name, term) for name, term in graph.formulas.items()]
    given = dict(graph.given)
    if graph.upstream is not None:
        given[f"grad_{graph.output}"] = graph.upstream
    names = [*graph.given, *graph.formulas]
    eta = _free(LEARNING_RATE, names)
    cost = graph.output if graph.upstream is None else next(name for name in COSTS if name not in names)
    latex = {name: name_latex(name) for name in given}
    if graph.upstream is not None:
        latex[f"grad_{graph.output}"] = rf"\frac{{\partial {cost}}}{{\partial {name_latex(graph.output)}}}"
    if graph.updated:
        given[eta], latex[eta] = array(graph.eta), r"\eta"
    quantities = [*formulas, *(_update(graph, name, eta) for name in graph.updated)]
    if graph.has_gradients:
        quantities[len(formulas) : len(formulas)] = _gradients(graph, formulas)
    return Calculation(
        given,
        tuple(quantities),
        latex,
        varied=tuple(given),
        cost=cost,
    )


def _free(name: str, taken: list[str]) -> str:
    """The name, lengthened where something else is called so."""
    while name in taken:
        name += "_"
    return name


def _formula(name: str, term: Term) -> Quantity:
    formula = term.expression
    outermost = formula.operation.name if formula.operation else ""
    return Quantity(
        name,
        Step(FORMULA, formula),
        {one: one for one in formula.letters()},
        term.shape,
        name_latex(name),
        Place(FORWARD, "–", name),
        unit=outermost,
        is_exact_only=outermost in JUMPS,
        is_usual=True,
    )


def _gradients(graph: Graph, formulas: list[Quantity]) -> Iterator[Quantity]:
    """The gradients of the output by all that stands before it, from the last to the first."""
    output = graph.output
    leading = leading_to(formulas, [output])
    known = {one.name: letter(f"grad_{one.name}") for one in leading[:-1]}
    if graph.upstream is None:
        seed = constant(1)
        yield _gradient(graph, output, seed, is_usual=False)
    else:
        seed = known[output] = letter(f"grad_{output}")
    found = gradients(leading, {output: seed}, known, graph.shape_of)
    for name in [*reversed(list(graph.formulas)), *graph.given]:
        if name != output:
            is_usual = name in found and name not in graph.targets
            yield _gradient(graph, name, found.get(name, _zero(graph.shape_of(name), name)), is_usual=is_usual)


def _zero(shape: Shape, name: str) -> Expression:
    """The gradient by what the output does not depend on."""
    return spread(constant(0), letter(name)) if shape else constant(0)


def _gradient(graph: Graph, name: str, formula: Expression, *, is_usual: bool) -> Quantity:
    latex = rf"\nabla_{{{name_latex(name)}}}"
    return Quantity(
        f"grad_{name}",
        Step(GRADIENT, formula),
        {one: one for one in formula.letters()},
        graph.shape_of(name),
        latex,
        Place(GRADIENTS, "–", f"gradient of {name}"),
        origin=Origin("grad_{}", name),
        is_usual=is_usual,
    )


def _update(graph: Graph, name: str, eta: str) -> Quantity:
    formula = minus(letter("x"), scaled(letter("eta"), letter("grad")))
    latex = rf"{name_latex(name)}^{{\mathrm{{new}}}}"
    return Quantity(
        f"{name}_new",
        Step(UPDATE, formula),
        {"x": name, "eta": eta, "grad": f"grad_{name}"},
        graph.shape_of(name),
        latex,
        Place(UPDATES, "–", f"new value of {name}"),
        origin=Origin("{}_new", name),
        is_usual=True,
    )


def entries_of(graph: Graph) -> int:
    """How many numbers there are in all."""
    return sum(one.size for one in graph.given.values()) + sum(prod(one.shape) for one in graph.formulas.values())
