"""Random graphs: keys and gradients equal plain arithmetic; a gradient has a term for each path."""

from __future__ import annotations

import pytest

from tests.graph_study import Studied, paths, reference_of, study, terms
from tests.random_graphs import random_graph

SEEDS = range(30)


def test_random_graphs_equal_plain_arithmetic() -> None:
    found = Studied()
    for seed in SEEDS:
        study(seed, found)
    assert found.differing == 0
    assert found.values > 1000
    assert found.kinks < found.gradients / 10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gradient_has_a_term_for_each_path(seed: int) -> None:
    """One for each place where the name stands in what leads to the output."""
    calculation = reference_of(random_graph(seed)).solution.calculation
    for quantity in calculation.quantities:
        if quantity.name.startswith("grad_") and quantity.name != "grad_f":
            name = quantity.name.removeprefix("grad_")
            expected = paths(calculation, name)
            if expected:
                assert terms(quantity.step.formula) == expected, name
