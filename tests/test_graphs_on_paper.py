"""Documents of calculations that are given as formulas: indices and names as the course has them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from checks.reports.titled import titled
from exact.writing.latex.document import fragments
from exact.writing.latex.formula import Formula, laid_out
from tests.test_graphs import reference_of
from tests.worked_graphs import WORKED

TABLES: dict[str, Any] = {worked.name: worked.table for worked in WORKED}


def on_paper(table: Any, **more: object) -> dict[str, str]:
    """The fragments of the calculation's documents."""
    return fragments(titled(reference_of(table, **more)), 8)


def indices(latex: str, name: str) -> set[str]:
    """The indices of a name."""
    return set(re.findall(rf"(?<![A-Za-z]){name}_\{{([0-9,]+)\}}", latex))


@pytest.mark.parametrize(("entries", "places"), [(1, {"1", "2", "3"}), (0, {"0", "1", "2"})])
def test_formulas_count_entries_as_the_course_does(entries: int, places: set[str]) -> None:
    """x[1], V^T h3 and the unit vectors of dL/dx; the h are called so, and go on from 1."""
    told = on_paper(TABLES["recurrent"], numbering={"entries": entries})
    for fragment in ("statement", "worked"):
        assert indices(told[fragment], "x") == places
        assert indices(told[fragment], "h") == {"0", "1", "2", "3"}
    assert indices(told["worked"], r"mathbf\{e\}") == places
    convolution = on_paper(TABLES["convolution"], numbering={"entries": entries})
    assert indices(convolution["statement"], "P") == {f"{i + entries},{j + entries}" for i in (0, 1) for j in (0, 1)}


def test_a_matrix_that_is_too_wide_is_counted_as_the_course_does() -> None:
    """It stands there entry by entry, each with its name."""
    wide = (Formula("x", 30.0),)
    lines = laid_out(Formula.name("A"), ((wide,), (wide,)), 20.0, first=0)
    assert [line.latex.partition(" ")[0] for line in lines if "A" in line.latex] == [
        r"\bigl(A\bigr)_{0}",
        r"\bigl(A\bigr)_{1}",
    ]


def test_entries_bear_their_own_names_in_formulas() -> None:
    told = on_paper(TABLES["recurrent"], names={"x": ["i1", "i2", "i3"]}, cells=["h1", "grad_W"])
    assert r"\tanh\bigl(i_{1}\, W + U h_{0}" in told["worked"]
    assert not indices(told["worked"], "x")


def test_numbers_stand_for_entries_and_for_what_is_put_together_of_them() -> None:
    """v is P's entries one below the other, and backwards each goes to its place; negative ones in brackets."""
    worked = on_paper(TABLES["convolution"])["worked"]
    assert worked.count("P_{1,1}") == 1
    assert r"0.40499922 \, \mathbf{e}_{1,1} + \left( -0.24299953 \right) \, \mathbf{e}_{1,2}" in worked
    assert "e^{-1}" in on_paper(TABLES["gates"])["worked"]
    assert r"e^{\left(" not in on_paper(TABLES["gates"])["worked"]
    assert on_paper(TABLES["attention"])["worked"].count("0.23334524") == 1  # S, which is not worked out twice
