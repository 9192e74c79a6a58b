"""Networks of every unit, worked and random: sympy's derivatives, mpmath's step, numpy's central differences."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, ctx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.calculation.expression import letter
from exact.calculation.inputs import Inputs
from exact.calculation.solution import Solution
from exact.networks.losses import LOSSES, usual_loss
from exact.networks.mlp import solve
from exact.networks.problem import InvalidProblem, Problem
from exact.networks.problem_table import read_problem
from exact.networks.units import HIDDEN, UNITS, Kinks
from exact.numbers.array import array
from exact.numbers.field import Element
from exact.numbers.number import Number, larger, sign
from exact.numbers.tower import Tower
from tests import textbook
from tests.textbook import Table, cost_in_numpy, cost_in_sympy, rational, step_in_mpmath
from tests.worked_cases import TABLES

DIGITS = 60
BITS = 400

small = st.fractions(min_value=-1, max_value=1, max_denominator=4)
OUTPUT_UNITS = ("softmax", "sigmoid", "linear")
ANY_HIDDEN, ANY_OUTPUT = st.sampled_from(sorted(HIDDEN)), st.sampled_from(sorted(OUTPUT_UNITS))


def value_of(number: Number) -> mpmath.mpf:
    """The number to mpmath's working precision, through the balls; the precision rises until they show it."""
    for bits in (BITS, 10 * BITS, 100 * BITS):
        ball = number.enclosure(bits)
        if ball.rel_accuracy_bits() > 250 or ball == 0:
            break
    return mpmath.mpf(ball.mid().str(DIGITS + 20, radius=False))


@st.composite
def networks(draw: st.DrawFn) -> Table:
    """Depth 1 to 5, widths 1 to 6, every unit; weights that are fractions, and often 0."""
    widths = draw(st.lists(st.integers(1, 6), min_size=2, max_size=6))
    number = st.one_of(small, st.just(Fraction(0)), st.integers(-2, 2).map(Fraction))
    vector = lambda n: draw(st.lists(number, min_size=n, max_size=n))  # noqa: E731  it draws, so it needs this scope
    hidden, output, outputs = draw(ANY_HIDDEN), draw(ANY_OUTPUT), widths[-1]
    if output == "softmax":
        shares = draw(st.lists(st.integers(0, 3), min_size=outputs, max_size=outputs).filter(any))
        y = [Fraction(share, sum(shares)) for share in shares]
    else:
        y = [abs(one) / 2 for one in vector(outputs)]
    return {
        "hidden": hidden,
        "output": output,
        "x": vector(widths[0]),
        "y": y,
        "eta": draw(st.sampled_from(["1/2", "1/10", 1])),
        "layers": [
            {"W": [vector(inputs) for _ in range(outputs)], "b": vector(outputs)}
            for inputs, outputs in pairwise(widths)
        ],
        **({"relu_at_zero": draw(st.sampled_from([0, 1, "1/2"]))} if hidden in ("relu", "leaky_relu") else {}),
    }


@settings(max_examples=80)
@given(networks())
def test_random_networks_agree_with_the_textbook(table: Table) -> None:
    """Every entry of every cell and the cost, the unit's derivatives being sympy's."""
    problem = read_problem(table)
    assert_agrees(solve(problem), table, problem)


@pytest.mark.parametrize("case", TABLES)
def test_worked_cases_agree_with_the_textbook(case: str) -> None:
    problem = read_problem(TABLES[case])
    assert_agrees(solve(problem), TABLES[case], problem)


def assert_agrees(solution: Solution, table: Table, problem: Problem) -> None:
    with mpmath.workdps(DIGITS + 40):
        expected = step_in_mpmath(table, problem)
        entries = [*solution.entries(), *solution.cell("C").entries]
        assert {entry.name for entry in entries} == set(expected)
        for entry in entries:
            ours, theirs = value_of(entry.value), expected[entry.name]
            assert abs(ours - theirs) <= abs(theirs) * mpmath.mpf(10) ** -40 + mpmath.mpf(10) ** -55, (entry.name, ours)
            if entry.value.exact is not None:
                ball = entry.value.exact.enclosure(BITS)
                assert ball.overlaps(entry.value.enclosure(BITS)), entry.name


@settings(max_examples=40)
@given(networks())
def test_random_networks_agree_with_numpys_central_differences(table: Table) -> None:
    """(W - W_new) / eta is dC/dW, in extended precision; kinks and networks too steep for it are left out."""
    problem = read_problem(table)
    solution = solve(problem)
    values = {entry.name: float(value_of(entry.value)) for entry in solution.entries()}
    hidden = [value for name, value in values.items() if name.startswith("s")]
    assume(max(map(abs, hidden)) < 30)
    if table["hidden"] in ("relu", "leaky_relu"):
        assume(
            all(abs(value) > 1e-3 for name, value in values.items() if name[0] == "s" and not _is_last(name, problem))
        )
    real = lambda rows: np.array([[np.longdouble(w.numerator) / w.denominator for w in row] for row in rows])  # noqa: E731
    W = [real(layer.W) for layer in problem.layers]
    b = [real([layer.b])[0] for layer in problem.layers]
    x, y, eta = real([problem.x])[0], real([problem.y])[0], problem.eta
    step = np.longdouble(1e-6)
    for l in range(problem.depth):
        for values_of, kind in ((W, "W"), (b, "b")):
            for place, kept in np.ndenumerate(values_of[l]):
                costs = []
                for direction in (1, -1):
                    values_of[l][place] = kept + direction * step
                    costs.append(cost_in_numpy(table, W, b, x, y))
                values_of[l][place] = kept
                numeric = float((costs[0] - costs[1]) / (2 * step))
                name = f"{kind}{l + 1}_new[{','.join(str(n + 1) for n in place)}]"
                ours = (float(kept) - values[name]) / float(eta)
                assert abs(numeric - ours) < 1e-5 * max(1, abs(ours)), (name, numeric, ours)


def _is_last(name: str, problem: Problem) -> bool:
    return name.startswith(f"s{problem.depth}[")


@pytest.mark.parametrize("case", TABLES)
def test_updates_are_those_of_sympys_derivative_of_the_whole_cost(case: str) -> None:
    table, problem = TABLES[case], read_problem(TABLES[case])
    values = {entry.name: entry.value for entry in solve(problem).entries()}
    cost, symbols, point = cost_in_sympy(table, problem)
    with mpmath.workdps(DIGITS + 20):
        for name, symbol in symbols.items():
            derivative = sympy.diff(cost, symbol).xreplace(point)  # all at once: `subs` takes one after another
            expected = mpmath.mpf(str((point[symbol] - rational(problem.eta) * derivative).evalf(DIGITS, maxn=5000)))
            ours = value_of(values[name])
            assert abs(ours - expected) <= abs(expected) * mpmath.mpf(10) ** -40 + mpmath.mpf(10) ** -300, name


POINTS = ("-37/5", "-2", "-1/3", "0", "1/7", "1", "50")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_each_hidden_unit_and_its_derivative(hidden: str) -> None:
    """Each row against its formula in sympy, sympy's derivative of it, and a central difference of the row itself."""
    unit = UNITS[hidden](Kinks(Fraction(1, 10), Fraction(1, 4)))
    assert unit.slope is not None

    def value(s: Fraction) -> Number | Fraction:
        return unit.function.forward(array(s)).item()

    positive, negative = textbook.hidden_pieces({"hidden": hidden})
    step = Fraction(1, 10**30)
    with mpmath.workdps(DIGITS + 40):
        for s in map(Fraction, POINTS):
            piece = positive if s > 0 else negative
            at = {textbook.S: rational(s)}
            a = value(s)
            assert_near(a, piece.subs(at))
            derivative = unit.slope.forward(array(s if unit.is_piecewise_linear else a)).item()
            if s == 0 and positive != negative:
                assert derivative == Fraction(1, 4)
                continue
            assert_near(derivative, sympy.diff(piece, textbook.S).subs(at))
            ahead, behind = value(s + step), value(s - step)
            difference = (value_of(Number.of(ahead)) - value_of(Number.of(behind))) / (2 * textbook.number(step))
            assert abs(difference - value_of(Number.of(derivative))) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize("output", OUTPUT_UNITS)
def test_each_output_unit_and_its_cost(output: str) -> None:
    """C against its formula, and a - y, which the solver takes for dC/ds, against sympy's derivative of it."""
    unit, loss = UNITS[output](Kinks()), LOSSES[usual_loss(output)]
    s, y = (Fraction(3, 2), Fraction(0), Fraction(-20)), (Fraction(1, 4), Fraction(3, 4), Fraction(0))
    symbols = sympy.symbols("s1 s2 s3", real=True)
    formula = textbook.cost_expression({"output": output}, list(symbols), [rational(one) for one in y])
    at = dict(zip(symbols, map(rational, s), strict=True))
    with mpmath.workdps(DIGITS + 40):
        outputs = unit.function.forward(array(list(s)))
        letters = {"a": outputs, "y": array(list(y))}
        cost = loss.of(letter("a"), letter("y")).value(letters.__getitem__).item() * loss.own_factor
        assert_near(cost, formula.subs(at))
        for symbol, a, target in zip(symbols, outputs, y, strict=True):
            assert_near(a - target, sympy.diff(formula, symbol).subs(at))


def assert_near(value: Number | Fraction, expected: sympy.Expr) -> None:
    ours, theirs = value_of(Number.of(value)), mpmath.mpf(str(sympy.N(expected, DIGITS + 20, maxn=2000)))
    assert abs(ours - theirs) <= abs(theirs) * mpmath.mpf(10) ** -DIGITS, (ours, theirs)


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid"])
def test_smooth_units_stay_exact_where_that_can_be_proved(hidden: str) -> None:
    """In one hidden layer they lie in Q(e^r), at 0 they are rational, and what cancels is seen to cancel."""
    table: Table = {
        "hidden": hidden,
        "output": "linear",
        "x": [1],
        "y": [0],
        "eta": 1,
        "layers": [{"W": [[1], [1], [0]], "b": ["1/2", "1/2", 0]}, {"W": [[2, -2, 1]], "b": [0]}],
    }
    solution = solve(read_problem(table))
    exact = {entry.name: entry.value.exact for entry in (*solution.entries(), *solution.cell("C").entries)}
    assert all(value is not None for value in exact.values())
    middle = {"tanh": Fraction(0), "sigmoid": Fraction(1, 2)}[hidden]
    assert exact["a1[3]"] == middle
    assert exact["s2[1]"] == middle
    assert exact["C"] == middle**2 / 2
    assert exact["W1_new[3,1]"] == -middle * {"tanh": 1, "sigmoid": Fraction(1, 4)}[hidden]


def test_the_sign_of_a_number_beyond_the_field() -> None:
    number = Number.of(Element.exponential(1)).exp()  # e^e = 15.15...
    assert number.exact is None
    assert [sign(number - 15), sign(number - 16), sign(15 - number)] == [1, -1, -1]
    assert larger(number, Number.of(16)).as_fraction() == 16


def test_a_weight_of_0_keeps_a_deep_network_rational() -> None:
    table = {
        "hidden": "tanh",
        "output": "linear",
        "x": [1],
        "y": [0],
        "eta": 1,
        "layers": [
            {"W": [[1]], "b": [0]},
            {"W": [[1]], "b": [0]},
            {"W": [[0]], "b": ["1/2"]},
        ],
    }
    values = {entry.name: entry.value for entry in solve(read_problem(table)).entries()}
    assert values["a2[1]"].exact is None
    assert values["s3[1]"].as_fraction() == Fraction(1, 2)


def test_what_is_divided_by_0_has_no_value() -> None:
    x = Number.of(Tower.symbol())
    assert (1 / (x - x)).tower() is None
    with pytest.raises(ZeroDivisionError):
        Tower.of(1) / Tower.of(0)


def test_targets_of_sigmoid_outputs_are_from_0_to_1() -> None:
    with pytest.raises(InvalidProblem, match="expected targets from 0 to 1"):
        read_problem(TABLES["relu, sigmoid output"] | {"y": [2, "1/2"]})


@pytest.mark.parametrize("case", TABLES)
def test_the_cost_of_the_outputs_is_that_of_the_logits(case: str) -> None:
    """Two formulas for one number: by one logarithm of powers of e, and by the logarithm of each output."""
    problem = read_problem(TABLES[case])
    solution = solve(problem)
    cost = solution.calculation.by_name["C"]
    of_outputs = cost.step.formula.value(Inputs(solution.calculation, cost, solution.values).letter).item()
    difference = Number.of(of_outputs) - solution.cell("C").entries[0].value
    with ctx.workprec(4000):
        assert abs(difference.enclosure(4000)) < arb("1e-300")
