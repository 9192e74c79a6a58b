"""Problems as they are put on paper, for the tests of tables, worked solutions and key pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from checks.assignment.assignment import read_assignment
from checks.hand.key import hand_reference
from checks.reports.titled import titled
from exact.networks.mlp import solve
from exact.networks.problem_table import read_problem
from exact.networks.statement import statement
from exact.writing.latex.titled import Titled
from tests.worked_cases import LAYOUTS


def case_on_paper(case: str) -> Titled:
    """A worked case, its usual cells asked for."""
    return problem_on_paper(LAYOUTS[case])


def problem_on_paper(table: Mapping[str, object]) -> Titled:
    """The problem of a table, its usual cells asked for."""
    problem = read_problem(table)
    return Titled("", solve(problem), statement=partial(statement, problem))


def part_on_paper(table: Mapping[str, object]) -> Titled:
    """The same of a table that also says what is asked for and what it is called."""
    assignment = read_assignment({"id": "test", "title": "Test", "backprop": dict(table)})
    return titled(hand_reference(assignment.hand_parts[0]))
