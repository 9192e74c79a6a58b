"""Every operation of formulas: value, gradient, terms, sources and enclosures, each by a second witness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import numpy as np
import pytest
from mpmath import mp

from checks.assignment.graph_table import read_graph
from exact.calculation.expression import Expression, letter
from exact.calculation.gradients import gradients
from exact.calculation.inputs import Inputs, worked_out
from exact.calculation.quantity import Calculation, Place, Quantity, Step
from exact.calculation.readings import reach, sizes, sources
from exact.calculation.solution import Solution
from exact.graphs.functions import FUNCTIONS
from exact.numbers.array import Array, Shape, described
from exact.numbers.number import Number
from exact.numbers.span import Span
from tests.formula_rows import DIGITS, ROWS, Arrays, Row, as_toml, in_mp, numbers, slopes

IDS = [f"{row.text}: {', '.join(map(described, row.shapes))}" for row in ROWS]
NOWHERE = Place("", "", "", "")
BIT = Fraction(1, 4000)


@pytest.fixture(autouse=True)
def _many_digits() -> Iterator[None]:
    with mp.workdps(DIGITS):
        yield


def given_of(row: Row) -> dict[str, Any]:
    random = Random(row.text)
    return {name: numbers(shape, random, positive=row.positive) for name, shape in zip("xyz", row.shapes, strict=False)}


def flat(value: Arrays) -> list[Any]:
    return list(np.asarray(value, dtype=object).ravel())


def in_many_digits(value: Any) -> Any:
    return mp.mpf(Number.of(value).enclosure(256).mid().str(60, radius=False))


def assert_near(one: Any, other: Any, within: float) -> None:
    assert abs(one - other) <= within * max(1, abs(other))


def applied(row: Row, values: dict[str, np.ndarray[Any, Any]]) -> list[Any]:
    """The entries of the row's function of the arrays."""
    return flat(row.function(*(one if one.shape else one.item() for one in values.values())))


def arrays(given: dict[str, Any]) -> dict[str, np.ndarray[Any, Any]]:
    return {name: np.array(in_mp(one)) for name, one in given.items()}


def solved(row: Row, given: dict[str, Any]) -> tuple[Calculation, list[Any]]:
    """The formula as f, and the gradient of f: a weight for each of its entries, 1 where that is the only one."""
    value = np.asarray(row.function(*map(in_mp, given.values())), dtype=object)
    weights = [mp.mpf(1)] if value.size == 1 else [mp.mpf(n + 2) / 8 for n in range(value.size)]
    table: dict[str, object] = {
        "given": {name: as_toml(one) for name, one in given.items()},
        "formulas": [f"f = {row.text}"],
    }
    if value.size > 1:
        table["upstream"] = np.array([str(weight) for weight in weights]).reshape(value.shape).tolist()
    found, faults = read_graph(table, "graph")
    assert found is not None, faults
    return found.calculation, weights


def quantity(name: str, formula: Expression, shape: Shape) -> Quantity:
    return Quantity(name, Step(name, formula), {one: one for one in formula.letters()}, shape, "", NOWHERE)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_value_is_that_of_plain_arithmetic(row: Row) -> None:
    given = given_of(row)
    calculation, _ = solved(row, given)
    found = Solution(calculation).values("f")
    value = np.asarray(row.function(*map(in_mp, given.values())), dtype=object)
    assert [n for n in found.shape if n != 1] == [n for n in value.shape if n != 1]
    for one, other in zip(found, flat(value), strict=True):
        assert_near(in_many_digits(one), other, 1e-30)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_gradient_is_the_slope(row: Row) -> None:
    """Differences to both sides of the sum of all entries, each with its weight."""
    given = given_of(row)
    calculation, weights = solved(row, given)
    solution, values = Solution(calculation), arrays(given)
    for name, place in values.items():
        gradient = solution.values(f"grad_{name}")
        for number, index in enumerate(np.ndindex(place.shape)):
            above, below = slopes(
                lambda: sum(w * x for w, x in zip(weights, applied(row, values), strict=True)), place, index
            )
            assert_near(in_many_digits(gradient[number]), (above + below) / 2, 1e-15)
            assert_near(above, below, 1e-8)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_backward_rules_are_formulas_that_have_gradients_in_turn(row: Row) -> None:
    """The gradient of each gradient, against differences of exact gradients."""
    given = given_of(row)
    calculation, _ = solved(row, given)
    f = calculation.by_name["f"].step.formula
    letters = dict(calculation.given)
    for name in given:
        own = calculation.by_name[f"grad_{name}"]
        gradient = quantity("h", own.step.formula.put(lambda one: f if one == "f" else letter(one)), own.shape)
        _assert_gradient_of(gradient, letters, list(given))


def _assert_gradient_of(gradient: Quantity, letters: dict[str, Array], names: list[str]) -> None:
    formula = gradient.step.formula
    weight = Array([Fraction(n + 2, 8) for n in range(gradient.size)], gradient.shape)
    known = letters | {"w": weight, "h": formula.value(letters.__getitem__)}
    found = gradients([gradient], {"h": letter("w")}, {}, lambda one: known[one].shape)
    for name in names:
        if name not in found:
            continue
        value = found[name].value(known.__getitem__)
        for place in range(letters[name].size):
            assert_near(in_many_digits(value[place]), _slope(formula, letters, weight, name, place), 1e-10)


def _slope(formula: Expression, letters: dict[str, Array], weight: Array, name: str, place: int) -> Any:
    """The central difference of the sum of a formula's entries, each with its weight, in exact numbers."""
    step = Fraction(1, 10**12)
    ends = []
    for side in (step, -step):
        moved = letters | {name: letters[name].replaced(place, letters[name][place] + side)}
        value = formula.value(moved.__getitem__)
        ends.append(sum(in_many_digits(w) * in_many_digits(x) for w, x in zip(weight, value, strict=True)))
    return (ends[0] - ends[1]) / in_many_digits(2 * step)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_sources_are_the_entries_that_change_it(row: Row) -> None:
    given = given_of(row)
    calculation, _ = solved(row, given)
    values = arrays(given)
    before = applied(row, values)
    changing: list[set[tuple[str, int]]] = [set() for _ in before]
    for name, place in values.items():
        for number, index in enumerate(np.ndindex(place.shape)):
            kept = place[index]
            for moved in (kept + mp.mpf("0.01"), kept + 100, kept / 10000 if row.positive else kept - 100):
                place[index] = moved
                for entry, after in enumerate(applied(row, values)):
                    changing[entry] |= {(name, number)} if after != before[entry] else set()
            place[index] = kept
    assert list(sources(calculation, calculation.by_name["f"])) == changing


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_terms_are_no_smaller_than_the_value(row: Row) -> None:
    calculation, _ = solved(row, given_of(row))
    solution = Solution(calculation)
    for name in ("f", "grad_x"):
        found = sizes(Inputs(calculation, calculation.by_name[name], solution.values))
        for size, one in zip(found, solution.values(name), strict=True):
            assert in_many_digits(size) >= abs(in_many_digits(one)) * (1 - mp.mpf(10) ** -30)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_enclosures_hold_what_can_be_meant(row: Row) -> None:
    """Where each entry can be off by a bit, the values at the ends of that lie within reach."""
    given = given_of(row)
    plain, _ = solved(row, given)
    copies = [quantity(f"{name}_", letter(name), plain.given[name].shape) for name in given]
    f = plain.by_name["f"]
    moved = Quantity("f", f.step, {one: f"{one}_" for one in f.of}, f.shape, "", NOWHERE)
    calculation = Calculation(plain.given, (*copies, moved), {})

    def off(name: str) -> Array:
        shape = calculation.shape_of(name)
        return Array([Span.around(BIT)] * prod(shape), shape)

    inputs = Inputs(calculation, moved, Solution(calculation).values)
    reached = reach(inputs, off, worked_out(inputs))
    before = applied(row, arrays(given))
    random, slack = Random(row.text), mp.mpf(10) ** -25
    for _ in range(6):
        values = arrays(given)
        for one in values.values():
            for index in np.ndindex(one.shape):
                one[index] += random.choice([-1, 0, 1]) * in_many_digits(BIT)
        for span, old, new in zip(reached, before, applied(row, values), strict=True):
            assert span is not None
            assert in_many_digits(span.low) - slack <= new - old <= in_many_digits(span.high) + slack


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_latex_has_its_braces_and_no_index_on_an_index(row: Row) -> None:
    calculation, _ = solved(row, given_of(row))
    for one in calculation.quantities:
        text = one.step.formula.latex(lambda name: f"{name}_{{1}}" if name in "xyz" else "f")
        depth = 0
        for brace in re.findall(r"(?<!\\)[{}]", text):
            depth += 1 if brace == "{" else -1
            assert depth >= 0
        assert depth == 0
        assert len(re.findall(r"\\left(?![a-z])", text)) == len(re.findall(r"\\right(?![a-z])", text))
        assert not re.search(r"_\{1\}_", text), text


def test_every_function_has_a_row() -> None:
    texts = " ".join(row.text for row in ROWS)
    assert not [name for name in FUNCTIONS if not re.search(rf"\b{name}\(", texts)]
