"""The key with letters for all that is given: numbers put in give the key, and what is written can be read again."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import pytest

from checks.assignment.assignment import read_assignment
from checks.errors import InvalidAssignment
from checks.language.grammar import parse
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.vocabulary import Vocabulary
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Solution
from exact.letters.decide import Equal, decide
from exact.letters.lettered import NoFormula, entry_letter, entry_of_letter, in_letters
from exact.letters.symbolic import (
    Function,
    Letter,
    Power,
    Product,
    Rational,
    Sum,
    Symbolic,
    bottom_up,
    exp,
    letters,
    symbolic,
)
from exact.letters.writing import latex_style, text_style, written
from exact.networks.mlp import mlp
from exact.networks.problem_table import read_problem
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number, sign
from exact.writing.latex.tex_file import compile_tex, find_engine, write_tex
from tests.letter_pairs import in_symbols, random_tree
from tests.random_graphs import random_graph
from tests.random_tables import random_table
from tests.submissions import Backcheck
from tests.worked_cases import TABLES
from tests.worked_graphs import WORKED, WorkedGraph

x, y, z = map(Letter, "xyz")


class AtKinkError(Exception):
    """The derivative at 0 is a matter of agreement: no formula tells it."""


def put_in(formula: Symbolic, solution: Solution) -> Any:
    """The formula's value with the key's numbers for its letters."""
    found: dict[int, Any] = {}
    for node in bottom_up(formula):
        match node:
            case Rational(value=number):
                value = number
            case Letter(name=name):
                value = solution.values(entry_of_letter(name)[0]).entries[entry_of_letter(name)[1]]
            case Sum(terms=terms):
                value = sum((found[id(term)] for term in terms[1:]), start=found[id(terms[0])])
            case Product(factors=factors):
                value = Fraction(1)
                for factor in factors:
                    value = value * found[id(factor)]
            case Power(base=base, exponent=exponent) if exponent.denominator > 1:
                value = found[id(base)]
                if value != 0:
                    value = Number.of(Number.of(Number.of(value).log()) * exponent).exp()
            case Power(base=base, exponent=exponent):
                value = Fraction(1)
                for _ in range(abs(exponent.numerator)):
                    value = value * found[id(base)]
                value = 1 / value if exponent < 0 else value
            case Function(name=name, argument=argument):
                value = apply(name, found[id(argument)])
            case _:
                raise AssertionError(node)
        found[id(node)] = value
    return found[id(formula)]


def apply(name: str, s: Any) -> Any:
    match name:
        case "relu":
            return s if sign(s) > 0 else Fraction(0)
        case "step":
            if sign(s) == 0:
                raise AtKinkError
            return Fraction(sign(s) > 0)
        case "abs":
            return s if sign(s) >= 0 else -s
        case "sign":
            if sign(s) == 0:
                raise AtKinkError
            return Fraction(sign(s))
        case "exp":
            return Number.of(s).exp()
        case "ln":
            return Fraction(0) if s == 1 else Number.of(s).log()
        case "sigmoid":
            return Fraction(1, 2) if s == 0 else 1 / (1 + Number.of(-s).exp())
        case "tanh":
            return Fraction(0) if s == 0 else 1 - 2 / (Number.of(2 * s).exp() + 1)
    raise AssertionError(name)


def agrees(value: Any, key: Number) -> bool:
    number = Number.of(value)
    if number.exact is not None and key.exact is not None:
        return number.exact == key.exact
    return number.enclosure(2_000).overlaps(key.enclosure(2_000))


def letters_of(calculation: Calculation, quantity: Quantity) -> Callable[[str], Array]:
    """A letter for each entry of what the letters of the quantity's step stand for."""

    def of(letter: str) -> Array:
        name = quantity.of[letter]
        shape = calculation.shape_of(name)
        return Array((Letter(entry_letter(name, place)) for place in range(prod(shape))), shape)

    return of


def checked(calculation: Calculation) -> int:
    """The number of entries whose formula gives the key; all that have one must."""
    solution, count = Solution(calculation), 0
    for quantity in solution.calculation.cells:
        try:
            formulas = [symbolic(one) for one in in_letters(quantity.step.formula, letters_of(calculation, quantity))]
        except NoFormula:
            assert quantity.name.startswith("class")
            continue
        assert len(formulas) == quantity.size
        for formula, key in zip(formulas, solution.cell(quantity.name).entries, strict=True):
            try:
                value = put_in(formula, solution)
            except AtKinkError:
                continue
            assert agrees(value, key.value), (key.name, written(formula, text_style()))
            count += 1
    return count


@pytest.mark.parametrize("case", TABLES)
def test_numbers_put_in_give_the_key(case: str) -> None:
    assert checked(mlp(read_problem(TABLES[case]))) > 10


def test_numbers_put_in_give_the_key_of_random_networks() -> None:
    chance, done = random.Random(17), 0
    while done < 15:
        table = random_table(chance)
        try:
            assert checked(mlp(read_problem(table)))
        except (ZeroDivisionError, TooLarge, Undecided):
            continue  # the key itself has no value
        done += 1


def graph_of(table: Mapping[str, Any]) -> Calculation:
    (part,) = read_assignment({"id": "t", "title": "T", "graph": [dict(table)]}).hand_parts
    return part.naming.calculation


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.name)
def test_numbers_put_in_give_the_key_of_graphs(worked: WorkedGraph) -> None:
    assert checked(graph_of(worked.table)) > 3


def test_numbers_put_in_give_the_key_of_random_graphs() -> None:
    for seed in range(10):
        try:
            calculation = graph_of(random_graph(seed, 10).table)
        except InvalidAssignment:
            continue  # the key itself has no value
        assert checked(calculation) > 3


WRITTEN = [
    (x * y - 2 * z, "x*y - 2*z", r"x\, y - 2\, z"),
    (-(x + y) * z, "(-x - y)*z", r"(-x - y)\, z"),
    (x / (y * z), "x/(y*z)", r"\frac{x}{y\, z}"),
    (x / (y + z), "x/(y + z)", r"\frac{x}{y + z}"),
    (1 / (1 + exp(-x)), "1/(1 + e^(-x))", r"\frac{1}{1 + e^{-x}}"),
    ((x - y) ** 2 * Fraction(1, 2), "(1/2)*(x - y)^2", r"\frac{1}{2}\, (x - y)^{2}"),
    (1 / (x / y), "1/(x/y)", r"\frac{1}{\frac{x}{y}}"),
    (Power(x, Fraction(1, 2)), "sqrt(x)", r"\sqrt{x}"),
    (x - (y - z), "x - y + z", "x - y + z"),
    (exp(x) ** 2, "(e^x)^2", r"(e^{x})^{2}"),
    (exp(1) * x, "e*x", r"e\, x"),
    (Function("ln", x / y), "ln(x/y)", r"\ln\left(\frac{x}{y}\right)"),
]


@pytest.mark.parametrize(("formula", "text", "latex"), WRITTEN)
def test_how_formulas_are_written(formula: Symbolic, text: str, latex: str) -> None:
    assert (written(formula, text_style()), written(formula, latex_style())) == (text, latex)


def read(text: str, names: tuple[str, ...]) -> Symbolic:
    tree = parse(text, Vocabulary(frozenset(names), frozenset(FUNCTIONS)))
    return symbolic_value(tree, {name: Letter(name) for name in names})


@pytest.mark.parametrize("style", [text_style, latex_style])
def test_what_is_written_is_read_as_the_same(style: Any) -> None:
    chance = random.Random(17)
    for _ in range(60):
        formula = in_symbols(random_tree(chance, 3))
        text = written(formula, style())
        assert decide(formula, read(text, letters(formula) or ("x",))) in (Equal(), decide(formula, formula)), text


@pytest.mark.parametrize("style", [text_style(), latex_style()])
def test_a_sum_in_a_product_is_written_in_time_however_deep(style: Any) -> None:
    """Twice the work at each depth would take longer than anybody waits."""
    lone: Symbolic = Letter("v")
    paired: Symbolic = Letter("v")
    for _ in range(40):
        lone = (lone + 1) * Letter("w")
        paired = (paired + 1) * (Letter("u") + Letter("w"))
    assert written(lone, style).count("w") == 40
    assert written(paired, style).count("u") == 40


def test_a_letter_with_a_superscript_stands_in_brackets_before_a_power() -> None:
    style = latex_style(lambda _: "a^{(1)}_{2}")
    assert written(1 - x**2, style) == "1 - (a^{(1)}_{2})^{2}"


def test_solve_in_letters(backcheck: Backcheck) -> None:
    found = backcheck("solve", "--letters")
    assert found.status == 0
    assert "delta1[1] = da1[1]*(W2[1,1]*delta2[1] + W2[2,1]*delta2[2])" in found.out
    assert "a3[1] = p_1 = e^(s3[1])/(e^(s3[1]) + e^(s3[2]) + e^(s3[3]))" in found.out
    assert max(map(len, found.out.splitlines())) <= 100
    entries = json.loads(backcheck("solve", "--letters", "--json").out)
    assert len(entries) == 48
    assert entries["b3_new[1]"]["formula"] == "b3[1] - eta*delta3[1]"
    assert r"\delta^{(3)}_{1}" in entries["b3_new[1]"]["latex"]
    assert "longtable" in backcheck("solve", "--letters", "--format", "latex").out
    assert backcheck("solve", "--letters", "--format", "html").status == 2


def test_solve_with_the_witness(backcheck: Backcheck) -> None:
    found = backcheck("solve", "--witness")
    assert (found.status, found.out) == (0, "48 of 48 entries confirmed by a second derivation\n")
    assert json.loads(backcheck("solve", "--witness", "--json").out) == {
        "entries": 48,
        "confirmed": 48,
        "exact": 48,
        "failed": [],
    }


def test_tables_in_letters(backcheck: Backcheck, tmp_path: Path) -> None:
    assert backcheck("tables", "--letters", "--out", tmp_path / "out").status == 0
    source = (tmp_path / "out" / "letters.tex").read_text(encoding="utf-8")
    assert len(re.findall(r"\$ \\\\(?:\[6pt\])?$", source, re.MULTILINE)) == 48
    assert (tmp_path / "out" / "letters.pdf").exists() == (find_engine() is not None)
    assert {path.name for path in (tmp_path / "out" / "fragments").iterdir()} == {
        "letters-forward.tex",
        "letters-backward.tex",
    }


@pytest.mark.skipif(find_engine() is None, reason="no TeX engine")
def test_tables_in_letters_of_a_batch_with_squares_compile(tmp_path: Path) -> None:
    from exact.calculation.naming import Naming
    from exact.writing.latex.letter_tables import letter_document
    from exact.writing.letters import formulas

    table = {
        "hidden": "tanh",
        "output": "tanh",
        "loss": "squared-error",
        "x": [[1, 2], [0, 1]],
        "y": [[1], [0]],
        "eta": 1,
        "steps": 2,
        "layers": [{"W": [[1, 2], [3, 4]], "b": [0, 1]}, {"W": [[1, 1]]}],
    }
    naming = Naming(mlp(read_problem(table)))
    found = tuple(formulas(naming, [(one, range(one.size)) for one in naming.calculation.cells]))
    source = letter_document("a & b_c", [("", found)])
    assert compile_tex(write_tex(tmp_path / "letters.tex", source)) is not None
