"""What of a sheet may be credited, where the calculation is one of `tests.works`: the bounds of `tests.mark_oracle`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from tests.audited import UNKNOWN, Audited
from tests.mark_oracle import CANCELLED, DIGITS, Oracle, Step, Vector, mpf
from tests.works import Rule, Work


class WorkOracle(Oracle):
    """The key of one calculation."""

    def __init__(self, work: Work) -> None:
        self.work, self.steps, self.shapes = work, {}, {}
        self.given = {name: _array(value, Audited.of) for name, value in work.given.items()}
        self.read: dict[str, set[str]] = {}
        with mpmath.workdps(DIGITS):
            cells: dict[str, Vector] = {}
            for name in self.order:
                step = self.step(name, cells, {one: [Fraction(0)] * len(cells[one]) for one in cells})
                cells[name] = [Fraction(0) if mpf(abs(x)) < CANCELLED else x for x in step.values]
                self.steps[name] = replace(step, values=cells[name])

    @property
    def order(self) -> list[str]:
        return list(self.work.cells)

    def is_exact_only(self, name: str) -> bool:
        return self.work.cells[name].is_exact

    def is_sum(self, name: str) -> bool:
        return self.work.cells[name].is_sum

    def is_trivial_on_zeros(self, name: str) -> bool:
        return self.work.cells[name].is_trivial

    def sources(self, name: str) -> set[str]:
        return self.read[name] - self.work.cells[name].divisors

    def step(self, name: str, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Step:
        return self._by(name, self.work.cells[name].rule, cells, off)

    def ways(self, name: str, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Iterator[Step]:
        yield self.step(name, cells, off)
        for way in self.work.cells[name].ways:
            yield self._by(name, way, cells, off)

    def _by(self, name: str, rule: Rule, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Step:
        seen = _Read(self, cells, off)
        found = np.asarray(rule(seen), dtype=object)
        self.shapes[name] = found.shape
        self.read.setdefault(name, set()).update(seen.names)
        entries = [one if isinstance(one, Audited) else Audited.of(Fraction(one)) for one in found.ravel()]
        return Step([one.value for one in entries], [one.size for one in entries], list(map(_slack, entries)))

    def _needs(self, name: str, place: int, blank: set[str], cells: Mapping[str, Vector]) -> bool:
        """Whether the entry is not known without the blank cells."""
        seen = _Read(self, {one: [None] * len(cell) if one in blank else cell for one, cell in cells.items()}, {})
        found = np.asarray(self.work.cells[name].rule(seen), dtype=object).ravel()[place]
        return found.value is None


class _Read(dict[str, Any]):
    """The cells as arrays; it remembers which were asked for."""

    def __init__(self, oracle: WorkOracle, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> None:
        super().__init__()
        self.oracle, self.cells, self.off = oracle, cells, off
        self.names: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name in self.oracle.given and name not in self.oracle.work.cells:
            return self.oracle.given[name]
        self.names.add(name)
        steps = self.oracle.steps.get(name)
        shifts = self.off.get(name, [Fraction(0)] * len(self.cells[name]))
        terms = steps.sizes if steps else [None] * len(shifts)
        made = [
            UNKNOWN if value is None else Audited.of(value, shift, size)
            for value, shift, size in zip(self.cells[name], shifts, terms, strict=True)
        ]
        array = np.empty(len(made), dtype=object)
        array[:] = made
        shape = self.oracle.shapes[name]
        return array.reshape(shape) if shape else made[0]


def _slack(one: Audited) -> Any:
    if one.value is None or one.low is None or one.high is None:
        return None
    return max(abs(mpf(one.high) - mpf(one.value)), abs(mpf(one.value) - mpf(one.low)))


def _array(value: Any, of: Any) -> Any:
    array = np.array(value, dtype=object)
    return np.frompyfunc(lambda x: of(Fraction(str(x))), 1, 1)(array)


def floats(value: Any, dtype: type) -> Any:
    """What is given, in floats."""
    return np.array(np.frompyfunc(lambda x: float(Fraction(str(x))), 1, 1)(np.array(value, dtype=object)), dtype=dtype)
