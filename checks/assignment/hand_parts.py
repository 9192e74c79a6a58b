"""Reads the hand problems of an assignment: the calculation each table describes, and how it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from checks.assignment.asked import Asked, asked_cells, usual_cells
from checks.assignment.described import Described
from checks.assignment.graph_table import read_graph
from checks.assignment.letter_parts import AssumptionError, assumed, faults_of, named_by_letters, typeset_letters
from checks.assignment.letter_scope import Letters
from checks.assignment.letters import Lettered, LetterError, lettered
from checks.assignment.partial_credit import CREDIT_KEYS, read_partial_credit
from checks.assignment.parts import HandPart
from checks.assignment.table_reader import TableReader
from checks.assignment.values import first_without_value
from checks.assignment.vary import Vary, read_vary, where_written
from exact.calculation.naming import Naming
from exact.calculation.needed import leading_to
from exact.calculation.solution import Solution
from exact.networks.faults import Fault
from exact.networks.mlp import mlp
from exact.networks.names import read_naming
from exact.networks.problem import InvalidProblem, Problem
from exact.networks.problem_table import read_problem

MARKING_KEYS = (
    *("id", "tolerance", "follow_through", "charge_repeats", "points", "cells", "names", "numbering", "latex"),
    *("assume", "vary", *CREDIT_KEYS),
)
"""The keys of a hand problem's table that are about names and marking, not about the calculation."""

KINDS = ("backprop", "graph")
"""The tables that are hand problems."""


def read_hand_parts(assignment: Mapping[str, object]) -> tuple[tuple[HandPart, ...], list[Fault]]:
    """The hand problems of the assignment, and what is wrong with them."""
    reader = _HandReader()
    return reader.parts({kind: assignment[kind] for kind in KINDS if kind in assignment}), reader.faults


class _HandReader(TableReader):
    """Reads the tables of hand problems."""

    def parts(self, kinds: Mapping[str, object]) -> tuple[HandPart, ...]:
        """Names of entries begin with an id only where there are several parts."""
        found = [one for kind, tables in kinds.items() for one in self.tables(kind, tables)]
        parts = []
        seen: set[object] = set()
        for kind, path, table in found:
            prefix = table.get("id")
            if len(found) == 1:
                prefix = ""
            elif not isinstance(prefix, str) or not prefix.isidentifier() or prefix in seen:
                self.fault(f"{path}.id", 'expected a name of its own, such as "p2", where there are several')
                prefix = path
            seen.add(prefix)
            if part := self.part(kind, path, table, str(prefix)):
                parts.append(part)
        return tuple(parts)

    def tables(self, kind: str, tables: object) -> list[tuple[str, str, Mapping[str, object]]]:
        """Each table of the kind with its path."""
        if isinstance(tables, Mapping):
            return [(kind, kind, tables)]
        if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
            self.fault(kind, f"expected a table, or several as [[{kind}]]")
            return []
        if len(tables) == 1:
            return [(kind, kind, tables[0])]
        return [(kind, f"{kind}[{number}]", table) for number, table in enumerate(tables)]

    def part(self, kind: str, path: str, table: Mapping[str, object], prefix: str) -> HandPart | None:
        """One hand problem; None where its calculation cannot be read."""
        own = {key: value for key, value in table.items() if key not in MARKING_KEYS}
        before = len(self.faults)
        found = self.letters(own, path)
        if len(self.faults) > before:
            return None  # what is left of the table would be told to be no numbers
        own = own if found is None else dict(found.table)
        described = self.network(own, path, table) if kind == "backprop" else self.graph(own, path, table, found)
        repeats = table.get("charge_repeats", False)
        if not isinstance(repeats, bool):
            self.fault(f"{path}.charge_repeats", "expected true or false")
        tolerance = self.tolerance(table.get("tolerance", {}), f"{path}.tolerance")
        follow_through = self.rational(table.get("follow_through", 1), f"{path}.follow_through", high=1)
        if described is None:
            return None
        naming = described.naming if found is None else named_by_letters(described.naming, found)
        naming, cells = self.cells(table.get("cells"), f"{path}.cells", naming, described.steps)
        if found is None and (described.problem is None or described.problem.optimizer is not None):
            self.check_values(naming, cells, f"{path}.cells")
        points = self.cell_points(table.get("points", 1), f"{path}.points", naming, cells)
        naming = replace(naming, calculation=naming.typeset_calculation())
        cells = tuple(Asked(naming.calculation.by_name[one.quantity.name], one.places) for one in cells)
        if found is not None:
            naming = replace(naming, calculation=replace(naming.calculation, letters=typeset_letters(naming, found)))
        letters = self.assumed(table.get("assume"), path, described, naming, found, cells)
        vary = self.vary(table, path, described.problem, naming, found)
        part = HandPart(
            *(prefix, described.problem, naming, cells, points, tolerance, follow_through, repeats is True, letters),
            vary=vary,
            graph=described.graph,
        )
        asked = {one.quantity.name for one in cells}
        spoken = {
            key: part.cell_name(name) for key, (name, place) in naming.spoken.items() if place is None and name in asked
        }
        return replace(part, credit=read_partial_credit(self, table, path, spoken))

    def letters(self, own: Mapping[str, object], path: str) -> Lettered | None:
        """The letters in the table; None where it has none."""
        try:
            return lettered(own)
        except LetterError as error:
            self.fault(f"{path}.{error.path}", error.message)
            return None

    def assumed(
        self,
        value: object,
        path: str,
        described: Described,
        naming: Naming,
        found: Lettered | None,
        cells: tuple[Asked, ...],
    ) -> Letters | None:
        """The letters with what is assumed of them; None where there are none."""
        if found is None:
            if value is not None:
                self.fault(f"{path}.assume", "nothing is given as a letter, so nothing has to be assumed")
            return None
        try:
            letters = assumed([] if value is None else value, naming, found, described.distributions)
        except AssumptionError as error:
            self.fault(f"{path}.{error.path}", error.message)
            return None
        for key, message in faults_of(naming, letters, cells):
            self.fault(f"{path}.{key}", message)
        return letters

    def vary(
        self,
        table: Mapping[str, object],
        path: str,
        problem: Problem | None,
        naming: Naming,
        letters: Lettered | None,
    ) -> Vary:
        """What differs from student to student."""
        if "vary" not in table:
            return Vary()
        if letters is not None:
            self.fault(f"{path}.vary", "some of its numbers are letters; expected numbers alone")
            return Vary()
        written = [name for name in naming.calculation.given if where_written(table, problem, name)]
        vary, faults = read_vary(table["vary"], naming, written)
        for end, message in faults:
            self.fault(f"{path}.vary{end}", message)
        return vary

    def network(self, own: Mapping[str, object], path: str, table: Mapping[str, object]) -> Described | None:
        """A [backprop] table."""
        if "eta" not in table and "cells" not in table:
            self.fault(f"{path}.eta", "missing; expected a number, or the cells to ask for, where nothing is updated")
        try:
            problem = read_problem(own, path)
        except InvalidProblem as error:
            self.faults.extend(error.faults)
            if error.problem is None:
                return None
            problem = error.problem
        naming, faults = read_naming(mlp(problem), table, path)
        self.faults.extend(faults)
        return Described(naming, problem, len(problem.samples))

    def graph(
        self, own: Mapping[str, object], path: str, table: Mapping[str, object], letters: Lettered | None
    ) -> Described | None:
        """A [[graph]] table."""
        read, wrong = read_graph(own, path, has_letters=letters is not None)
        self.faults.extend(wrong)
        if read is None:
            return None
        calculation = read.calculation
        given = (name for name in calculation.given if not name.startswith("grad_"))
        names = [*given, *(one.name for one in calculation.quantities if one.origin is None)]
        naming, faults = read_naming(calculation, table, path, own=names)
        self.faults.extend(faults)
        return Described(naming, graph=read)

    def cells(self, names: object, path: str, naming: Naming, last: int) -> tuple[Naming, tuple[Asked, ...]]:
        """What is asked for."""
        if names is None:
            return naming, usual_cells(naming)
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self.fault(path, 'expected a list of cells, such as ["s1", "a1"]')
            return naming, ()
        naming, cells, messages = asked_cells(naming, names, last)
        for message in messages:
            self.fault(path, message)
        return naming, cells

    def check_values(self, naming: Naming, cells: tuple[Asked, ...], path: str) -> None:
        """Whether all that is asked for has a value, and what it is worked out from."""
        way = leading_to(naming.calculation.quantities, [one.quantity.name for one in cells])
        if found := first_without_value(Solution(naming.calculation), [one.name for one in way]):
            name, why = found
            self.fault(path, f"{naming.cell(name)} {why}")

    def cell_points(
        self, points: object, path: str, naming: Naming, cells: tuple[Asked, ...]
    ) -> Mapping[tuple[str, int], Fraction]:
        """The points of each entry that is asked for: the same for all, or by cell or entry."""
        entries = [(cell.quantity.name, place) for cell in cells for place in cell.places]
        if not isinstance(points, Mapping):
            return dict.fromkeys(entries, self.rational(points, path))
        found = dict.fromkeys(entries, Fraction(1))
        for key, value in points.items():
            name, place = naming.spoken.get(key, ("", None))
            chosen = [entry for entry in entries if entry[0] == name and place in (None, entry[1])]
            if not chosen:
                there = ", ".join(naming.cell(cell.quantity.name) for cell in cells)
                self.fault(f"{path}.{key}", f"unknown key; expected one of {there}")
            share = self.rational(value, f"{path}.{key}")
            found |= dict.fromkeys(chosen, share)
        return found
