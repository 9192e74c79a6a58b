"""Reads the `[[graph]]` table, as a TOML parser gives it, and reports all that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.assignment.formulas import NAME, NO_NAMES, FormulaError, Formulas, words_of
from checks.assignment.table_reader import TableReader
from checks.assignment.values import first_without_value
from checks.bounds import MAX_ENTRY_CHARACTERS
from checks.language.tree import Applied, Named, Node, walk
from exact.calculation.quantity import Calculation
from exact.calculation.solution import Solution
from exact.graphs.graph import Graph, calculation, derived_names, entries_of
from exact.graphs.terms import Term, usual_shape
from exact.networks.faults import Fault
from exact.networks.units import Kinks
from exact.numbers.array import Array, Shape, array, described

KEYS = ("given", "formulas", "output", "upstream", "update", "slope", "relu_at_zero", "step_at_zero")
"""The keys of the table that describe the calculation; all but `given` and `formulas` have defaults."""

MAX_FORMULAS = 1_000
"""Formulas of one graph."""

MAX_ENTRIES = 20_000
"""Numbers in all, given and made by formulas."""

SHOWN = 40
"""Characters of a formula that are shown on each side of a fault."""

MAX_NAME = 40
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """What a table describes: the formulas also as trees of their texts, and what is agreed on at kinks."""

    graph: Graph
    calculation: Calculation
    trees: Mapping[str, Node]
    kinks: Kinks

    @property
    def class_targets(self) -> list[str]:
        """What is given and stands as the target of a cross-entropy over classes."""
        costs = [part for tree in self.trees.values() for part in walk(tree) if isinstance(part, Applied)]
        targets = [one.arguments[1] for one in costs if one.function == "cross_entropy"]
        return [one.name for one in targets if isinstance(one, Named) and one.name in self.graph.given]


def read_graph(
    table: Mapping[str, object], path: str, *, has_letters: bool = False
) -> tuple[ReadGraph | None, list[Fault]]:
    """What the table describes, None where it is no calculation; and what is wrong with it.

    With letters the numbers only stand for them, so that what values they give says nothing.
    """
    reader = _GraphReader(table, path)
    graph = reader.graph()
    if graph is None or reader.faults:
        return None, reader.faults
    made = calculation(graph)
    if not has_letters:
        reader.check_values(made, list(graph.formulas))
    return (None if reader.faults else ReadGraph(graph, made, reader.trees, reader.kinks)), reader.faults


class _GraphReader(TableReader):
    """Reads one table."""

    def __init__(self, table: Mapping[str, object], path: str) -> None:
        super().__init__()
        self.source, self.path = table, path
        self.places: dict[str, str] = {}
        self.uses: list[tuple[str, bool]] = []
        self.trees: dict[str, Node] = {}
        self.kinks = Kinks()

    def graph(self) -> Graph | None:
        """The graph; None where its formulas cannot be read."""
        self.known_keys(self.source, self.path, KEYS)
        given = self.given()
        lines = self.lines()
        for name, (where, _) in lines.items():
            self.places[name] = where
        unfit = self.unfit_names([*given, *lines])
        formulas = self.formulas({name: values.shape for name, values in given.items()}, lines, unfit)
        if self.faults or not formulas:
            return None
        output = self.output(formulas)
        upstream = self.upstream(output, formulas[output])
        eta, updated = self.update(given)
        targets = frozenset(name for name, is_target in self.uses if is_target and name in given)
        targets -= {name for name, is_target in self.uses if not is_target}
        graph = Graph(given, formulas, output, upstream, eta, updated, targets)
        if entries_of(graph) > MAX_ENTRIES:
            self.fault(f"{self.path}.formulas", f"more than {MAX_ENTRIES} numbers in all")
        return graph

    def given(self) -> dict[str, Array]:
        """What is given: numbers, vectors and matrices."""
        table = self.table(self.source.get("given"), f"{self.path}.given", "expected a table, such as { x = 2, w = 3 }")
        found = {}
        for name, value in table.items():
            self.places[name] = f"{self.path}.given.{name}"
            found[name] = self.numbers(value, f"{self.path}.given.{name}")
        return found

    def numbers(self, value: object, path: str) -> Array:
        """A number, a list of numbers, or a list of rows; a column is a vector."""
        if not isinstance(value, list):
            return array(self.rational(value, path, low=None))
        rows = [row if isinstance(row, list) else [row] for row in value]
        lengths = {len(row) for row in rows}
        if not rows or len(lengths) > 1 or 0 in lengths or len({isinstance(row, list) for row in value}) > 1:
            self.fault(path, "expected a number, a list of numbers, or rows of equal length")
            return array(Fraction(0))
        entries = [
            self.rational(entry, f"{path}[{i}][{j}]" if isinstance(value[i], list) else f"{path}[{i}]", low=None)
            for i, row in enumerate(rows)
            for j, entry in enumerate(row)
        ]
        return Array(entries, usual_shape((len(rows), len(rows[0]))))

    def lines(self) -> dict[str, tuple[str, str]]:
        """The formulas by the names of what they make: each with its path and its text, the name included."""
        value = self.source.get("formulas")
        path = f"{self.path}.formulas"
        texts = [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else value
        if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
            self.fault(path, 'expected a list of formulas, such as ["q = x + y", "f = q z"]')
            return {}
        if len(texts) > MAX_FORMULAS:
            self.fault(path, f"more than {MAX_FORMULAS} formulas")
            return {}
        found: dict[str, tuple[str, str]] = {}
        for number, text in enumerate(texts):
            where = f"{path}[{number}]"
            name, sign, _ = (part.strip() for part in text.partition("="))
            if not sign or not NAME.fullmatch(name):
                self.fault(where, f"expected name = formula, not {text.strip()[:MAX_NAME]!r}")
            elif len(text) > MAX_ENTRY_CHARACTERS:
                self.fault(where, f"a formula of more than {MAX_ENTRY_CHARACTERS} characters")
            elif name in self.places or name in found:
                self.fault(where, f"{name} is taken, see {self.places.get(name) or found[name][0]}")
            else:
                found[name] = (where, text)
        return found

    def unfit_names(self, names: list[str]) -> set[str]:
        """Names that are none, or that something else has."""
        derived = derived_names(names)
        before = len(self.faults)
        unfit = set()
        for name in names:
            where = self.places[name]
            if not NAME.fullmatch(name) or len(name) > MAX_NAME:
                self.fault(where, f"expected a name (a letter, then letters, digits, _), not {name[:MAX_NAME]!r}")
            elif name in NO_NAMES:
                self.fault(where, f"{name} is a function or a sign of formulas; expected another name")
            elif name in derived:
                self.fault(where, f"{name} is what derives from {derived[name]}; expected another name")
            if len(self.faults) > before:
                unfit.add(name)
                before = len(self.faults)
        return unfit

    def formulas(
        self, shapes: dict[str, Shape], lines: Mapping[str, tuple[str, str]], unfit: set[str]
    ) -> dict[str, Term]:
        """The terms of the formulas, each of what stands before it; no faults of those that work on faulty ones."""
        self.kinks = Kinks(
            **{
                key: self.rational(self.source[key], f"{self.path}.{key}", low=None)
                for key in ("slope", "relu_at_zero", "step_at_zero")
                if key in self.source
            }
        )
        known = {name for name in (*shapes, *lines) if name not in unfit}
        vocabulary = words_of(known, (text for _, text in lines.values()))
        later = {name: where for name, (where, _) in lines.items()}
        found = {}
        faulty = set(unfit)
        for name, (where, text) in lines.items():
            del later[name]
            before, _, formula = text.partition("=")
            try:
                reading = Formulas(vocabulary, self.kinks, shapes, later, self.uses)
                self.trees[name] = reading.tree(formula)
                found[name] = reading.term(self.trees[name])
            except FormulaError as error:
                place = len(before) + 1 + error.place
                is_known = not faulty & set(NAME.findall(formula))
                faulty.add(name)
                if is_known:
                    self.fault(where, f"{_marked(text, place)}: {error.message}")
            shapes[name] = found[name].shape if name in found else ()
        return found

    def output(self, formulas: Mapping[str, Term]) -> str:
        """What gradients are of."""
        last = list(formulas)[-1]
        name = self.source.get("output", last)
        if name not in formulas:
            self.fault(f"{self.path}.output", f"expected what a formula makes, one of {' '.join(formulas)}")
            return last
        return str(name)

    def upstream(self, output: str, term: Term) -> Array | None:
        """The gradient of the output."""
        path = f"{self.path}.upstream"
        if "upstream" not in self.source:
            if term.shape and "update" in self.source:
                self.fault(path, f"missing; {output} is {described(term.shape)}, so its own gradient has to be given")
            return None
        values = self.numbers(self.source["upstream"], path)
        if values.shape != term.shape:
            self.fault(path, f"{described(values.shape)}; {output} is {described(term.shape)}")
        return values

    def update(self, given: Mapping[str, Array]) -> tuple[Fraction, tuple[str, ...]]:
        """The learning rate, and what gets a new value."""
        if "update" not in self.source:
            return Fraction(0), ()
        path = f"{self.path}.update"
        table = self.table(self.source["update"], path, 'expected a table, such as { eta = "1/10", of = ["x"] }')
        self.known_keys(table, path, ("eta", "of"))
        names = table.get("of")
        if not isinstance(names, list) or not names or not all(name in given for name in names):
            self.fault(f"{path}.of", f"expected a list of what is given, of {' '.join(given)}")
            names = []
        return self.rational(table.get("eta"), f"{path}.eta", low=None), tuple(dict.fromkeys(map(str, names)))

    def check_values(self, made: Calculation, names: list[str]) -> None:
        """Whether every formula has a value."""
        if found := first_without_value(Solution(made), names):
            name, why = found
            self.fault(self.places[name], f"{name} {why}")


def _marked(text: str, place: int) -> str:
    """The formula, or what of it stands around the place, with the character that something is wrong with."""
    start, end = max(0, place - SHOWN), place + SHOWN
    before, after = (".." if start else ""), (".." if end < len(text) else "")
    return f"{before}{text[start:end].strip()}{after}, character {place + 1}"
