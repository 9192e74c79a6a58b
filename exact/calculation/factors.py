"""Factors of the chain rule: d(q)/d(r) of two entries, as a quantity of its own."""

from __future__ import annotations

from exact.calculation.expression import constant, letter
from exact.calculation.gradients import gradients
from exact.calculation.needed import leading_to
from exact.calculation.quantity import Calculation, Place, Quantity, Step
from exact.calculation.selection import beside_zeros, entry_of

Entry = tuple[str, int]
"""The name of a quantity, or of what is given, and a place in it."""

HEADING = "Factors of the chain rule"


def factor(calculation: Calculation, of: Entry, by: Entry) -> Quantity | None:
    """The derivative of an entry with respect to another one, on all paths between them; None where there is none."""
    (name, place), (source, at) = of, by
    if name not in calculation.by_name:
        return None
    seed = beside_zeros(constant(1), place, calculation.shape_of(name))
    before = leading_to(calculation.quantities, [name])
    found = gradients(before, {name: seed}, {}, calculation.shape_of).get(source)
    if found is None or source == name:
        return None
    formula = entry_of(found, at, calculation.shape_of(source))
    return Quantity(
        f"d({_entry(calculation, of)})/d({_entry(calculation, by)})",
        Step("factor", formula),
        {one: one for one in formula.letters()},
        (),
        "",
        Place(HEADING, "–", "factor", short="Factors"),
        layer=calculation.by_name[name].layer,
        factor=(of, by),
    )


def _entry(calculation: Calculation, entry: Entry) -> str:
    name, place = entry
    quantity = calculation.by_name.get(name)
    if quantity is not None:
        return quantity.entry(place)
    shape = calculation.shape_of(name)
    given = Quantity(name, Step("given", letter(name)), {}, shape, "", Place("", "", ""))
    return given.entry(place)
