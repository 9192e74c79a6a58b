"""The solver against sympy's derivative of the cost, against central differences, and against the homework's key."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.cells import CellName, Kind, cell_names
from exact.decimals import decimal
from exact.exponential_sums import TooLarge
from exact.notation import TEXT, affine
from exact.problem import Problem, read_problem
from exact.solution import Solution, solve
from tests.worked_cases import HOMEWORK, P1_DECIMALS, P2_DECIMALS, P3_DECIMALS, TABLES

DIGITS = 60


def rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def problem_of(case: str) -> Problem:
    return read_problem(TABLES[case])


def number(value: Fraction) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator


def value_of(solution: Solution, name: str) -> mpmath.mpf:
    """The entry to 60 digits, through the ball arithmetic."""
    (entry,) = (entry for entry in solution.entries() if entry.name == name)
    with mpmath.workdps(DIGITS + 10):
        return mpmath.mpf(decimal(entry.value, DIGITS + 5))


def unit_of(problem: Problem, s: sympy.Expr, point: dict[sympy.Symbol, sympy.Rational]) -> sympy.Expr:
    """The piece of the hidden unit that s is on at the point."""
    return s if s.subs(point) > 0 else rational(problem.hidden.slope) * s


def cost_of(problem: Problem) -> tuple[sympy.Expr, dict[str, sympy.Symbol], dict[sympy.Symbol, sympy.Rational]]:
    """The cross-entropy as an expression in symbols for all weights and biases, and where they stand."""
    symbols: dict[str, sympy.Symbol] = {}
    point: dict[sympy.Symbol, sympy.Rational] = {}
    activations = [rational(x) for x in problem.x]
    for l, layer in enumerate(problem.layers, start=1):
        for i, row in enumerate(layer.W, start=1):
            for j, weight in enumerate(row, start=1):
                symbol = symbols[f"W{l}_new[{i},{j}]"] = sympy.Symbol(f"W{l}_{i}_{j}", real=True)
                point[symbol] = rational(weight)
            bias = symbols[f"b{l}_new[{i}]"] = sympy.Symbol(f"b{l}_{i}", real=True)
            point[bias] = rational(layer.b[i - 1])
        s = [
            sum(
                (symbols[f"W{l}_new[{i},{j}]"] * a for j, a in enumerate(activations, start=1)),
                symbols[f"b{l}_new[{i}]"],
            )
            for i in range(1, len(layer.b) + 1)
        ]
        activations = [unit_of(problem, one, point) for one in s] if l < problem.depth else s
    total = sympy.log(sum(sympy.exp(s) for s in activations))
    cost = sum(rational(y) * (total - s) for y, s in zip(problem.y, activations, strict=True))
    return cost, symbols, point


@pytest.mark.parametrize("case", TABLES)
def test_updates_are_those_of_sympys_derivative_of_the_cost(case: str) -> None:
    problem = problem_of(case)
    solution = solve(problem)
    cost, symbols, point = cost_of(problem)
    for name, symbol in symbols.items():
        derivative = sympy.diff(cost, symbol).subs(point)
        expected = (point[symbol] - rational(problem.eta) * derivative).evalf(DIGITS + 5, maxn=5000)
        assert_agrees(solution, name, expected)


@pytest.mark.parametrize("case", TABLES)
def test_deltas_are_those_of_central_differences(case: str) -> None:
    """delta(l) = dC/ds(l), and s(l) moves as b(l) does: perturb each bias in high precision."""
    problem = problem_of(case)
    solution = solve(problem)
    with mpmath.workdps(1500):
        step = mpmath.mpf(10) ** -400
        for l, layer in enumerate(problem.layers, start=1):
            for i in range(len(layer.b)):
                ahead, behind = (cost_at(problem, l, i, sign * step) for sign in (1, -1))
                expected = (ahead - behind) / (2 * step)
                assert_agrees(solution, CellName(Kind.DELTA, l).entry(i, 0), expected)


def cost_at(problem: Problem, layer: int, unit: int, step: mpmath.mpf) -> mpmath.mpf:
    """The cost with one bias moved by `step`, in mpmath alone."""
    activations = [number(x) for x in problem.x]
    for l, one in enumerate(problem.layers, start=1):
        s = []
        for i, (row, bias) in enumerate(zip(one.W, one.b, strict=True)):
            terms = [number(w) * a for w, a in zip(row, activations, strict=True)]
            moved = step if (l, i) == (layer, unit) else 0
            s.append(mpmath.fsum(terms) + number(bias) + moved)
        slope = number(problem.hidden.slope)
        activations = [x if x > 0 else slope * x for x in s] if l < problem.depth else s
    total = mpmath.log(mpmath.fsum(mpmath.exp(s) for s in activations))
    return mpmath.fsum(number(y) * (total - s) for y, s in zip(problem.y, activations, strict=True))


def assert_agrees(solution: Solution, name: str, expected: object) -> None:
    with mpmath.workdps(DIGITS):
        ours, theirs = value_of(solution, name), mpmath.mpf(str(expected))
        assert abs(ours - theirs) <= abs(theirs) * mpmath.mpf(10) ** -40 + mpmath.mpf(10) ** -300, (name, ours, theirs)


def test_every_cell_of_the_homeworks_key() -> None:
    solution = solve(problem_of("homework"))
    assert [str(cell.name) for cell in solution.cells] == list(HOMEWORK)
    for cell in solution.cells:
        for entry, expected in zip(cell.entries, HOMEWORK[str(cell.name)], strict=True):
            difference = sympy.N(sympy.sympify(expected), DIGITS + 5, maxn=500)
            assert_agrees(solution, entry.name, difference)


def test_the_outputs_have_the_decimals_that_are_known() -> None:
    p = solve(problem_of("homework")).softmax.outputs
    for value, (digits, exponent) in zip(p, (P1_DECIMALS, P2_DECIMALS, P3_DECIMALS), strict=True):
        text = decimal(value, 40)
        assert text.startswith(digits)
        assert text.endswith(exponent)


def test_delta2_is_p_2_and_its_forms_have_the_fewest_ps() -> None:
    forms = {entry.name: affine(entry.form, TEXT) for entry in solve(problem_of("homework")).entries()}
    assert forms["delta2[1]"] == "p_2"
    assert forms["delta2[2]"] == "p_1 - 4*p_2"
    assert forms["delta3[3]"] == "p_3 - 1"
    assert forms["delta1[1]"] == "3*p_1 - 11*p_2"
    assert forms["W3_new[3,1]"] == "5 - 3*p_3"
    assert forms["b3_new[3]"] == "-3/2 - p_3/2"
    assert forms["b2_new[2]"] == "2*p_2 - p_1/2"


@pytest.mark.parametrize("case", TABLES)
def test_softmax_sums_to_one_and_so_does_nothing_to_a_sum_of_deltas(case: str) -> None:
    solution = solve(problem_of(case))
    assert sum(solution.softmax.outputs[1:], start=solution.softmax.outputs[0]) == 1
    (last,) = (cell for cell in solution.cells if cell.name == CellName(Kind.DELTA, solution.problem.depth))
    assert sum((entry.value for entry in last.entries[1:]), start=last.entries[0].value).is_zero()


@pytest.mark.parametrize("case", TABLES)
def test_a_size_is_the_sum_of_the_terms_of_its_step(case: str) -> None:
    """Recomputed in mpmath from the definition: |W||a| + |b| and so on, after the mask."""
    solution = solve(problem_of(case))
    problem, depth = solution.problem, solution.problem.depth
    with mpmath.workdps(DIGITS):
        values = {e.name: mpmath.mpf(decimal(e.value, DIGITS)) for e in solution.entries()}
        sizes = {e.name: mpmath.mpf(decimal(e.size, DIGITS)) for e in solution.entries()}
        eta = abs(number(problem.eta))
        for i, y in enumerate(problem.y, start=1):
            expected = values[f"a{depth}[{i}]"] + number(y)
            assert mpmath.almosteq(sizes[f"delta{depth}[{i}]"], expected, rel_eps=1e-40)
        for l in range(1, depth + 1):
            layer = problem.layers[l - 1]
            for i, row in enumerate(layer.W, start=1):
                delta = abs(values[f"delta{l}[{i}]"])
                assert mpmath.almosteq(
                    sizes[f"b{l}_new[{i}]"], abs(number(layer.b[i - 1])) + eta * delta, rel_eps=1e-40
                )
                for j, weight in enumerate(row, start=1):
                    a = abs(number(problem.x[j - 1]) if l == 1 else values[f"a{l - 1}[{j}]"])
                    assert mpmath.almosteq(
                        sizes[f"W{l}_new[{i},{j}]"], abs(number(weight)) + eta * delta * a, rel_eps=1e-40
                    )
            if l > 1:
                for j in range(1, len(layer.W[0]) + 1):
                    back = mpmath.fsum(
                        abs(number(row[j - 1])) * abs(values[f"delta{l}[{i}]"])
                        for i, row in enumerate(layer.W, start=1)
                    )
                    expected = abs(values[f"da{l - 1}[{j}]"]) * back
                    assert mpmath.almosteq(sizes[f"delta{l - 1}[{j}]"], expected, rel_eps=1e-40, abs_eps=1e-300)


small = st.fractions(min_value=-4, max_value=4, max_denominator=4)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, object]:
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    vector = lambda n: draw(st.lists(small, min_size=n, max_size=n))  # noqa: E731  it draws, so it needs this scope
    target = draw(st.integers(0, widths[-1] - 1))
    return {
        "x": vector(widths[0]),
        "y": [int(i == target) for i in range(widths[-1])],
        "eta": draw(st.sampled_from(["1/2", "1/10", 1])),
        "layers": [
            {"W": [vector(inputs) for _ in range(outputs)], "b": vector(outputs)}
            for inputs, outputs in pairwise(widths)
        ],
    }


@settings(max_examples=60)
@given(tables())
def test_random_networks_agree_with_an_independent_pass(table: dict[str, object]) -> None:
    """The textbook pass again, on plain lists of mpmath numbers."""
    problem = read_problem(table)
    solution = solve(problem)
    with mpmath.workdps(DIGITS):
        expected = textbook_pass(problem)
        for entry in solution.entries():
            ours = mpmath.mpf(decimal(entry.value, DIGITS))
            assert mpmath.almosteq(
                ours, expected[entry.name], rel_eps=mpmath.mpf(10) ** -40, abs_eps=mpmath.mpf(10) ** -45
            )


def textbook_pass(problem: Problem) -> dict[str, mpmath.mpf]:
    """The hidden layers in plain fractions (a sign must not hang on a rounding), the rest in mpmath."""
    a, s, da = [list(problem.x)], [], []
    for layer in problem.layers:
        s.append(
            [sum((w * x for w, x in zip(row, a[-1], strict=True)), b) for row, b in zip(layer.W, layer.b, strict=True)]
        )
        a.append([max(x, Fraction(0)) for x in s[-1]])
        da.append([Fraction(x > 0) for x in s[-1]])
    inputs = [[number(x) for x in vector] for vector in a[:-1]]
    powers = [mpmath.exp(number(x)) for x in s[-1]]
    p = [power / mpmath.fsum(powers) for power in powers]
    deltas = [[x - number(y) for x, y in zip(p, problem.y, strict=True)]]
    for l in range(problem.depth - 2, -1, -1):
        columns = zip(*([number(w) for w in row] for row in problem.layers[l + 1].W), strict=True)
        deltas.insert(0, [number(d) * mpmath.fdot(column, deltas[0]) for d, column in zip(da[l], columns, strict=True)])
    eta, found = number(problem.eta), {}
    for l, layer in enumerate(problem.layers):
        outputs = p if l == problem.depth - 1 else inputs[l + 1]
        cells = {Kind.S: map(number, s[l]), Kind.A: outputs, Kind.DA: map(number, da[l]), Kind.DELTA: deltas[l]}
        cells[Kind.B_NEW] = [number(x) - eta * d for x, d in zip(layer.b, deltas[l], strict=True)]
        for kind, vector in cells.items():
            found |= {CellName(kind, l + 1).entry(i, 0): x for i, x in enumerate(vector)}
        for i, row in enumerate(layer.W):
            for j, w in enumerate(row):
                found[CellName(Kind.W_NEW, l + 1).entry(i, j)] = number(w) - eta * deltas[l][i] * inputs[l][j]
    return found


def test_the_derivative_at_zero_is_the_problems_convention() -> None:
    table = {"x": [1], "y": [1, 0], "eta": 1, "layers": [{"W": [[1]], "b": [-1]}, {"W": [[1], [2]], "b": [0, 0]}]}
    at_zero = {
        choice: {
            entry.name: entry.value.as_fraction() for entry in solve(read_problem(table | choice_of(choice))).entries()
        }
        for choice in ("0", "1", "1/2")
    }
    assert [at_zero[choice]["da1[1]"] for choice in ("0", "1", "1/2")] == [0, 1, Fraction(1, 2)]
    assert at_zero["1"]["delta1[1]"] == 2 * at_zero["1/2"]["delta1[1]"] != 0
    assert at_zero["0"]["delta1[1]"] == 0


def choice_of(at_zero: str) -> dict[str, object]:
    return {"relu_at_zero": at_zero}


def test_cells_come_in_the_order_of_the_hand_calculation() -> None:
    assert [str(name) for name in cell_names(3)] == (
        [
            "s1",
            "a1",
            "da1",
            "s2",
            "a2",
            "da2",
            "s3",
            "a3",
            "delta3",
            "delta2",
            "delta1",
            "W3_new",
            "b3_new",
            "W2_new",
            "b2_new",
            "W1_new",
            "b1_new",
        ]
    )


def test_numbers_beyond_hand_work_are_refused() -> None:
    layers = [{"W": [["1e300"]], "b": [0]}] * 7 + [{"W": [["1e-300"], [0]], "b": [0, 0]}]
    with pytest.raises(TooLarge, match="beyond 5000 bits"):
        solve(read_problem({"x": ["1e300"], "y": [1, 0], "eta": 1, "layers": layers}))
