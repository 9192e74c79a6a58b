"""The parameters and entries that the keys `frozen` and `tied` name."""

from __future__ import annotations

import re
from math import prod

from exact.networks.problem import Problem
from exact.networks.table_reader import TableReader
from exact.numbers.array import Array, array

_PARAMETER = re.compile(r"([Wb])([1-9][0-9]{0,2})(?:\[([0-9]{1,4})(?:,([0-9]{1,4}))?\])?")


def names_of_parameters(problem: Problem) -> tuple[str, ...]:
    """W1, b1, W2, ...: those that the problem has."""
    numbered = enumerate(problem.layers, start=1)
    return tuple(f"{letter}{n}" for n, one in numbered for letter in "Wb" if getattr(one, letter))


class ParameterNames(TableReader):
    """Reads them; every fault is told with its path."""

    def names(self, key: str, value: object) -> list[str]:
        """A list of names."""
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.fault(key, 'expected a list of names, such as ["W1", "b1"]')
            return []
        return value

    def parameter(self, key: str, name: str, problem: Problem) -> tuple[str, tuple[int, ...]] | None:
        """The parameter that a name says, and the places in it: one, or all of them."""
        match = _PARAMETER.fullmatch(name)
        number = int(match[2]) if match else 0
        layer = problem.layers[number - 1] if 0 < number <= problem.depth else None
        values = (layer.W if match and match[1] == "W" else layer.b) if layer else None
        if match is None or values is None:
            self.fault(key, f"no parameter {name!r}; there are {' '.join(names_of_parameters(problem))}")
            return None
        shape = _given(problem, match[1] + match[2]).shape
        index = tuple(int(one) for one in match.groups()[2:] if one)
        if not index:
            return match[1] + match[2], tuple(range(prod(shape)))
        if len(index) != len(shape) or any(not 1 <= i <= n for i, n in zip(index, shape, strict=True)):
            self.fault(key, f"no entry {name!r}")
            return None
        place = index[0] - 1 if len(index) == 1 else (index[0] - 1) * shape[1] + index[1] - 1
        return match[1] + match[2], (place,)

    def frozen(self, problem: Problem) -> frozenset[str]:
        """The parameters that are not updated, each whole."""
        found = set()
        for place, name in enumerate(self.names("frozen", self.table.get("frozen", []))):
            parameter = self.parameter(f"frozen[{place}]", name, problem)
            if parameter and "[" in name:
                self.fault(f"frozen[{place}]", "expected a whole parameter, such as b1")
            elif parameter:
                found.add(parameter[0])
        return frozenset(found)

    def tied(self, problem: Problem) -> tuple[tuple[tuple[str, int], ...], ...]:
        """Groups of entries that are one parameter; they have to have one value."""
        groups = self.table.get("tied", [])
        if not isinstance(groups, list):
            self.fault("tied", 'expected a list of lists of entries, such as [["b1[1]", "b1[2]"]]')
            return ()
        found: list[tuple[tuple[str, int], ...]] = []
        seen: set[tuple[str, int]] = set()
        for number, names in enumerate(groups):
            key = f"tied[{number}]"
            parameters = [self.parameter(key, name, problem) for name in self.names(key, names)]
            group = [(one[0], place) for one in parameters if one for place in one[1]]
            values = {_given(problem, name).entries[place] for name, place in group}
            if len(group) < 2 and all(parameters):
                self.fault(key, "expected two entries or more")
            if len(values) > 1:
                self.fault(key, f"numbers of different value: {', '.join(map(str, sorted(values)))}")
            if seen & set(group):
                self.fault(key, "an entry that is tied already")
            seen |= set(group)
            found.append(tuple(group))
        return tuple(found)


def _given(problem: Problem, name: str) -> Array:
    layer = problem.layers[int(name[1:]) - 1]
    return array([list(row) for row in layer.W or ()] if name[0] == "W" else list(layer.b or ()))
