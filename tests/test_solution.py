"""The solution of the worked cases: the homework's key, the forms that are shown, the sizes of steps, the refusals."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy

from exact.calculation.solution import Solution
from exact.networks.mlp import solve
from exact.networks.problem import Problem
from exact.networks.problem_table import read_problem
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number
from exact.writing.notation import TEXT, affine
from tests.textbook import number
from tests.worked_cases import HOMEWORK, P1_DECIMALS, P2_DECIMALS, P3_DECIMALS, TABLES

DIGITS = 60
PROBABILITIES = [case for case, table in TABLES.items() if table.get("output", "softmax") == "softmax"]


def problem_of(case: str) -> Problem:
    return read_problem(TABLES[case])


def value_of(solution: Solution, name: str) -> mpmath.mpf:
    """The entry to 60 digits, through the ball arithmetic."""
    (entry,) = (entry for entry in solution.entries() if entry.name == name)
    with mpmath.workdps(DIGITS + 10):
        return mpmath.mpf(decimal(entry.value, DIGITS + 5))


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
    p = solve(problem_of("homework")).outputs
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


@pytest.mark.parametrize("case", PROBABILITIES)
def test_softmax_sums_to_one_and_so_does_nothing_to_a_sum_of_deltas(case: str) -> None:
    solution = solve(problem_of(case))
    last = solution.cell(f"delta{problem_of(case).depth}")
    for total, sum_ in ((solution.outputs, 1), ([entry.value for entry in last.entries], 0)):
        value = sum(total, start=Number.of(0))
        if all(isinstance(s, Fraction) for s in solution.logits):
            assert value.exact == sum_
        symbolic = (value - sum_).tower(symbolic=True)
        assert symbolic is not None
        assert symbolic.is_zero()


@pytest.mark.parametrize("case", TABLES)
def test_a_size_is_the_sum_of_the_terms_of_its_step(case: str) -> None:
    """Recomputed in mpmath from the definition: |W||a| + |b| and so on, after the mask."""
    solution = solve(problem_of(case))
    problem, depth = problem_of(case), problem_of(case).depth
    with mpmath.workdps(DIGITS):
        values = {e.name: mpmath.mpf(decimal(e.value, DIGITS)) for e in solution.entries()}
        sizes = {e.name: mpmath.mpf(decimal(e.size, DIGITS)) for e in solution.entries()}
        eta = abs(number(problem.eta))
        for i, y in enumerate(problem.y, start=1):
            expected = abs(values[f"a{depth}[{i}]"]) + abs(number(y))
            assert mpmath.almosteq(sizes[f"delta{depth}[{i}]"], expected, rel_eps=1e-40)
        for l in range(1, depth + 1):
            layer = problem.layers[l - 1]
            for i, row in enumerate(layer.W, start=1):
                inputs = problem.x if l == 1 else [values[f"a{l - 1}[{j}]"] for j in range(1, len(row) + 1)]
                terms = [abs(number(w)) * abs(number(a)) for w, a in zip(row, inputs, strict=True)]
                expected = mpmath.fsum(terms) + abs(number(layer.b[i - 1]))
                assert mpmath.almosteq(sizes[f"s{l}[{i}]"], expected, rel_eps=1e-40)
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
    assert [cell.name for cell in solve(problem_of("homework")).cells] == (
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


def test_logits_beyond_the_bound_on_exponents_are_refused() -> None:
    with pytest.raises(TooLarge, match="a power of e beyond 100000"):
        solve(read_problem(TABLES["one layer"] | {"x": [10**6, 2]}))
