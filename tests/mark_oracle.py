"""What of a sheet of decimals may be credited: the bounds of the marking scheme, in fractions and mpmath.

It knows nothing of the judge and nothing of the solver. It is generous: an entry that it does not credit must not be
credited; what it credits the judge may still know better, since it holds what was meant to be anywhere within one unit
of the last digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import mpmath

from tests.float_students import Table, names, split

DIGITS = 150
ABSOLUTE, RELATIVE = Fraction(1, 10**6), Fraction(1, 1000)
LARGEST_LOGIT = 10_000
CANCELLED = mpmath.mpf(10) ** -120
"""Below this a number of a key is 0: outputs that cancel, for they sum to 1."""

Vector = list[Any]
_NUMERAL = re.compile(r"([-+]?)([0-9]*)\.?([0-9]*)(?:[eE]([-+]?[0-9]+))?")


@dataclass(frozen=True)
class Numeral:
    """A decimal as written: its value, significant digits, one unit of the last, and whether it has a power of ten."""

    value: Fraction
    digits: int
    unit: Fraction
    is_scientific: bool

    @classmethod
    def read(cls, text: str) -> Numeral:
        match = _NUMERAL.fullmatch(text)
        assert match is not None, text
        unit = Fraction(10) ** (int(match[4] or 0) - len(match[3]))
        number = int(match[2] + match[3]) * unit
        digits = len((match[2] + match[3]).lstrip("0"))
        return cls(-number if match[1] == "-" else number, digits, unit, match[4] is not None)

    def off(self, *, is_rational: bool) -> Fraction:
        """Less than this is what the entry may be off: one unit, of the third digit where it has fewer."""
        if self.unit == 1 and (is_rational or not self.digits):
            return Fraction(0)
        if not self.digits:
            return min(self.unit, Fraction(1, 1000))
        return self.unit / 10 ** max(3 - self.digits, 0)


@dataclass(frozen=True)
class Step:
    """A cell by its own step: values, sizes of their terms, and how far each can be off for what it is worked from."""

    values: Vector
    sizes: Vector
    slack: Vector


@dataclass
class Oracle:
    """The key of one problem."""

    table: Table
    steps: dict[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layers: list[dict[str, list]] = self.table["layers"]  # type: ignore[assignment]
        number: Callable[[object], Fraction] = lambda x: Fraction(str(x))  # noqa: E731
        self.W = [[[number(w) for w in row] for row in layer["W"]] for layer in layers]
        self.b = [[number(x) for x in layer["b"]] for layer in layers]
        self.x, self.y = ([number(x) for x in self.table[name]] for name in "xy")  # type: ignore[attr-defined]
        self.eta, self.depth = number(self.table["eta"]), len(layers)
        slope = {"leaky_relu": number(self.table.get("slope", "1/10")), "identity": Fraction(1)}
        self.hidden = str(self.table.get("hidden", "relu"))
        self.below = slope.get(self.hidden, Fraction(0))
        self.output = str(self.table.get("output", "softmax"))
        with mpmath.workdps(DIGITS):
            cells: dict[str, Vector] = {}
            for name in names(self.depth):
                step = self.step(name, cells, {one: [Fraction(0)] * len(cells[one]) for one in cells})
                cells[name] = [Fraction(0) if mpf(abs(x)) < CANCELLED else x for x in step.values]
                self.steps[name] = replace(step, values=cells[name])

    @cached_property
    def rational(self) -> set[str]:
        """The cells whose key is rational."""
        return {name for name, step in self.steps.items() if all(isinstance(x, Fraction) for x in step.values)}

    def credited(self, texts: Mapping[str, list[str]]) -> dict[str, list[bool]]:
        """Of each entry whether it may be credited: as the key, or as following from the entries before it."""
        with mpmath.workdps(DIGITS):
            return self._credited({name: [Numeral.read(text) for text in cell] for name, cell in texts.items()})

    def from_entries(self, name: str, texts: Mapping[str, list[str]]) -> list[float | None]:
        """What a cell's own step gives on the entries of a sheet, as floats; None where that is not known."""
        with mpmath.workdps(DIGITS):
            cells = {one: [Numeral.read(text).value for text in cell] for one, cell in texts.items()}
            nothing = {one: [Fraction(0)] * len(cell) for one, cell in cells.items()}
            return [None if value is None else float(mpf(value)) for value in self.step(name, cells, nothing).values]

    def _credited(self, sheet: Mapping[str, list[Numeral]]) -> dict[str, list[bool]]:
        written = {name: [numeral.value for numeral in cell] for name, cell in sheet.items()}
        off = {name: [n.off(is_rational=name in self.rational) for n in cell] for name, cell in sheet.items()}
        meant, others = ({name: list(cell) for name, cell in cells.items()} for cells in (written, off))
        found: dict[str, list[bool]] = {}
        nothing: set[str] = set()
        for name in self.order:
            if name not in sheet:
                continue
            key = self.steps[name]
            right = [self._is_near(x, name, i, key.values, key.sizes[i]) for i, x in enumerate(sheet[name])]
            follows = [False] * len(right)
            blank = self.sources(name) & nothing if self.is_trivial_on_zeros(name) else set()
            for cells, shifts, gone in ((written, off, blank), (meant, others, set())):
                for own in self.ways(name, cells, shifts):
                    for i, x in enumerate(sheet[name]):
                        is_known = own.values[i] is not None and not (gone and self._needs(name, i, gone, cells))
                        follows[i] = follows[i] or (is_known and self._follows(x, name, i, own))
            found[name] = [one or other for one, other in zip(right, follows, strict=True)]
            corrected = self.step(name, meant, others)
            for i, is_credited in enumerate(found[name]):
                if not is_credited and corrected.values[i] is not None:
                    meant[name][i], others[name][i] = corrected.values[i], corrected.slack[i] or Fraction(0)
            size = max(map(abs, key.values), key=mpf)
            if not all(found[name]) and all(le(abs(x.value), size / 1000) for x in sheet[name]):
                nothing.add(name)
        return found

    def _is_near(
        self, x: Numeral, name: str, place: int, values: Vector, size: Any, *, is_rounded: bool = False
    ) -> bool:
        """Exact, rounded or close, beside the value at the place; `is_rounded`: worked out from rounded entries."""
        value = values[place]
        distance = abs(value - x.value)
        is_rational = all(isinstance(x, Fraction) for x in (value, self.steps[name].values[place])) and not is_rounded
        if distance == 0:
            return True
        if self.is_exact_only(name):
            return False
        near = not is_rational and (
            le(distance, RELATIVE * abs(value))
            or le(distance, ABSOLUTE * size)
            or (x.value == 0 and le(abs(value), ABSOLUTE * max(map(abs, values), key=mpf)))
        )
        rounded = x.digits >= 2 and le(distance, x.unit / 2)
        cut = x.digits >= 3 and x.value * value > 0 and le(abs(x.value), abs(value)) and not le(x.unit, distance)
        floats = is_rational and (x.digits >= 6 or x.unit <= Fraction(1, 10**6) or x.is_scientific)
        floats = floats and le(distance, ABSOLUTE * size)
        if floats and not le(abs(value), size / 10**5):
            floats = le(distance, abs(value) / 100)
        return near or rounded or cut or floats

    def _follows(self, x: Numeral, name: str, place: int, own: Step) -> bool:
        """Near the value of the step on the student's own entries, or as near as their roundings allow."""
        value, size, slack = own.values[place], own.sizes[place], own.slack[place]
        if self._is_near(x, name, place, own.values, size, is_rounded=bool(slack)):
            return True
        if slack is None or self.is_exact_only(name):
            return False
        scale = size if self.is_sum(name) else abs(value)
        bound = slack if le(slack, scale / 10) else scale / 10
        distance = abs(value - x.value)
        towards_zero = x.value != 0 and le(-(value - x.value) * x.value, 0)
        rounding = (x.unit if towards_zero else x.unit / 2) if x.digits >= 3 else 0
        return le(distance, bound + rounding)

    @property
    def order(self) -> list[str]:
        """The cells, in the order in which they are worked out."""
        return names(self.depth)

    def is_exact_only(self, name: str) -> bool:
        """Whether nobody rounds the cell."""
        return name.startswith("da") and self.hidden in ("relu", "identity")

    def is_sum(self, name: str) -> bool:
        """Whether the cell's step is a sum of products."""
        return not (name == "C" or name[0] == "a" or name.startswith("da"))

    def sources(self, name: str) -> set[str]:
        """The cells that a step works on."""
        l = split(name)[1]
        if name == "C":
            return {f"a{self.depth}"}
        before = {f"a{l - 1}"} if l > 1 else set()
        if name[0] in "Wb":
            return {f"delta{l}"} | (before if name[0] == "W" else set())
        if name.startswith("delta"):
            return {f"a{l}"} if l == self.depth else {f"da{l}", f"delta{l + 1}"}
        if name.startswith("da"):
            return {f"a{l}" if self.hidden in ("sigmoid", "tanh") else f"s{l}"}
        return before if name[0] == "s" else {f"s{l}"}

    def ways(self, name: str, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Iterator[Step]:
        """The cell by its own step; the cost, and the slope of a curved unit, from s as well as from a."""
        yield self.step(name, cells, off)
        l = split(name)[1] or self.depth
        if (name == "C" and self.output != "linear") or (name[:2] == "da" and self.hidden in ("sigmoid", "tanh")):
            s = list(zip(cells[f"s{l}"], off[f"s{l}"], strict=True))
            corners = [
                self._through_s(name, l, [x + sign * e for (x, e), sign in zip(s, signs, strict=True)])
                for signs in product((0, 1, -1), repeat=len(s))
            ]
            if all(step is not None for step in corners):
                value, *ends = (step for step in corners if step is not None)
                slack = [
                    max((abs(mpf(end.values[i]) - mpf(x)) for end in ends), key=mpf) for i, x in enumerate(value.values)
                ]
                yield Step(value.values, value.sizes, slack)

    def _through_s(self, name: str, l: int, s: Vector) -> Step | None:
        """The cost or a slope from s; None where it is not known."""
        nothing = [Fraction(0)] * len(s)
        outputs = self._outputs(s) if name == "C" else [self._hidden(x) for x in s]
        if any(x is None for x in outputs):
            return None
        step = self.step(name, {f"a{l}": outputs, f"s{l}": s}, {f"a{l}": nothing, f"s{l}": nothing})
        return None if any(x is None for x in step.values) else step

    def _needs(self, name: str, place: int, blank: set[str], cells: Mapping[str, Vector]) -> bool:
        """Whether an entry's step needs one of the blank cells: not as a factor beside a 0."""
        l = split(name)[1]
        if name[0] == "W" and l > 1:
            row, column = divmod(place, len(cells[f"a{l - 1}"]))
            delta, a = cells[f"delta{l}"][row], cells[f"a{l - 1}"][column]
            return (f"delta{l}" in blank and a != 0) or (f"a{l - 1}" in blank and delta != 0)
        if name.startswith("delta") and l < self.depth:
            return f"da{l}" in blank or cells[f"da{l}"][place] != 0
        return True

    def is_trivial_on_zeros(self, name: str) -> bool:
        """Whether zeros before it leave nothing to work out."""
        if name in ("C", f"a{self.depth}"):
            return self.output == "linear" and name != "C"
        if name.startswith("da"):
            return self.hidden not in ("sigmoid", "tanh")
        return not (name[0] == "a" and self.hidden == "sigmoid")

    def step(self, name: str, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Step:
        """The cell by its own step from these cells, each entry of which may be so much off."""
        l = split(name)[1]
        before = cells.get(f"a{l - 1}", []) if l > 1 else self.x
        moved = off.get(f"a{l - 1}", []) if l > 1 else [0] * len(self.x)
        if name == "C":
            return self._cost(cells[f"a{self.depth}"], off[f"a{self.depth}"])
        if name[0] in "Wb":
            delta, shift = cells[f"delta{l}"], off[f"delta{l}"]
            if name[0] == "b":
                pairs = [(b, self.eta, d, e, 1, 0) for b, d, e in zip(self.b[l - 1], delta, shift, strict=True)]
            else:
                pairs = [
                    (w, self.eta, d, e, a, m)
                    for row, d, e in zip(self.W[l - 1], delta, shift, strict=True)
                    for w, a, m in zip(row, before, moved, strict=True)
                ]
            return Step(
                [-times(eta * d, a) + old for old, eta, d, _, a, _ in pairs],
                [abs(old) + abs(eta * d * a) for old, eta, d, _, a, _ in pairs],
                [abs(eta) * ((abs(d) + e) * (abs(a) + m) - abs(d * a)) for _, eta, d, e, a, m in pairs],
            )
        if name == f"delta{self.depth}":
            a = cells[f"a{l}"]
            sizes = [abs(one) + abs(y) for one, y in zip(a, self.y, strict=True)]
            return Step([one - y for one, y in zip(a, self.y, strict=True)], sizes, list(off[f"a{l}"]))
        if name.startswith("delta"):
            slopes, changes = cells[f"da{l}"], off[f"da{l}"]
            columns = list(zip(*self.W[l], strict=True))
            back = [_dot(column, cells[f"delta{l + 1}"]) for column in columns]
            sizes = [_dot(map(abs, column), map(abs, cells[f"delta{l + 1}"])) for column in columns]
            wider = [_dot(map(abs, column), off[f"delta{l + 1}"]) for column in columns]
            rows = list(zip(slopes, changes, back, sizes, wider, strict=True))
            return Step(
                [times(g, r) for g, _, r, _, _ in rows],
                [abs(g) * size for g, _, _, size, _ in rows],
                [abs(g) * w + e * (size + w) for g, e, _, size, w in rows],
            )
        if name[0] == "s":
            rows = [(w, b) for w, b in zip(self.W[l - 1], self.b[l - 1], strict=True)]
            return Step(
                [_dot(w, before) + b for w, b in rows],
                [_dot(map(abs, w), map(abs, before)) + abs(b) for w, b in rows],
                [_dot(map(abs, w), moved) for w, _ in rows],
            )
        return self._function(name, l, cells, off)

    def _function(self, name: str, l: int, cells: Mapping[str, Vector], off: Mapping[str, Vector]) -> Step:
        """a of s, or a' of s or a."""
        of_a = name.startswith("da") and self.hidden in ("sigmoid", "tanh")
        own, shift = (cells[f"a{l}"], off[f"a{l}"]) if of_a else (cells[f"s{l}"], off[f"s{l}"])
        function: Callable[[Vector], Vector] = (
            self._outputs
            if name == f"a{self.depth}"
            else lambda s: [(self._slope if name.startswith("da") else self._hidden)(x) for x in s]
        )
        values = function(own)
        slack: Vector = []
        for i in range(len(own)):
            ends = []
            for up in (1, -1):
                moved = [x + (up if j == i else -up) * e for j, (x, e) in enumerate(zip(own, shift, strict=True))]
                ends.append(function(moved)[i])
            known = values[i] is not None and all(end is not None for end in ends)
            slack.append(max((abs(mpf(end) - mpf(values[i])) for end in ends), key=mpf) if known else None)
        sizes = [None if x is None else abs(x) for x in values]
        if name.startswith("da") and of_a:
            sizes = [1 + x * x if self.hidden == "tanh" else abs(x) * (1 + abs(x)) for x in own]
        elif name != f"a{self.depth}" and not of_a and self.hidden not in ("sigmoid", "tanh") and name[0] == "a":
            terms = self.steps[f"s{l}"].sizes if f"s{l}" in self.steps else sizes
            sizes = [max(size, self._slope(x) * t, key=mpf) for size, x, t in zip(sizes, own, terms, strict=True)]
        return Step(values, sizes, slack)

    def _hidden(self, s: Any) -> Any:
        match self.hidden:
            case "sigmoid":
                return _sigmoid(s)
            case "tanh":
                return None if abs(s) > LARGEST_LOGIT else Fraction(0) if s == 0 else mpmath.tanh(mpf(s))
        return s if s > 0 else self.below * s

    def _slope(self, x: Any) -> Any:
        match self.hidden:
            case "sigmoid":
                return x * (1 - x)
            case "tanh":
                return 1 - x * x
        at_zero = Fraction(str(self.table.get("relu_at_zero", 0))) if self.hidden != "identity" else Fraction(1)
        return Fraction(1) if x > 0 else at_zero if x == 0 else self.below

    def _outputs(self, s: Vector) -> Vector:
        if self.output == "linear":
            return list(s)
        if any(abs(x) > LARGEST_LOGIT for x in s):
            return [None] * len(s)
        if self.output == "sigmoid":
            return [_sigmoid(x) for x in s]
        if len(set(s)) == 1:
            return [Fraction(1, len(s))] * len(s)
        powers = [mpmath.exp(mpf(x) - max(map(mpf, s))) for x in s]
        return [power / mpmath.fsum(powers) for power in powers]

    def _cost(self, a: Vector, off: Vector) -> Step:
        if self.output == "linear":
            value, size = _half_squares(a, self.y), _half_squares(map(abs, a), [-abs(y) for y in self.y])
            slack = _half_squares([abs(x) + e for x, e in zip(a, off, strict=True)], [-abs(y) for y in self.y]) - size
            return Step([value], [size], [slack])
        terms = [(y, x, e) for y, x, e in zip(self.y, a, off, strict=True) if y]
        if self.output == "sigmoid":
            terms += [(1 - y, 1 - x, e) for y, x, e in zip(self.y, a, off, strict=True) if y != 1]
        if any(x <= 0 for _, x, _ in terms):
            return Step([None], [None], [None])
        logs = [(y, -mpmath.log(mpf(x)), x, e) for y, x, e in terms]
        value = mpmath.fsum(y * log for y, log, _, _ in logs)
        slack = None
        if all(not le(x, e) for _, _, x, e in logs):
            slack = mpmath.fsum(mpf(y) * (mpmath.log(mpf(x)) - mpmath.log(mpf(x) - mpf(e))) for y, _, x, e in logs)
        return Step([value], [mpmath.fsum(mpf(y) * max(mpf(1), abs(log)) for y, log, _, _ in logs)], [slack])


def le(left: Any, right: Any) -> bool:
    """left <= right; of what is not rational both ways where they are one number to all digits."""
    if isinstance(left, Fraction | int) and isinstance(right, Fraction | int):
        return left <= right
    return bool(mpf(left) <= mpf(right) * (1 + mpmath.mpf(10) ** (20 - DIGITS)))


def times(left: Any, right: Any) -> Any:
    """The product, which is rational where a factor is 0."""
    return Fraction(0) if left == 0 or right == 0 else left * right


def mpf(value: Any) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else mpmath.mpf(value)


def _sigmoid(s: Any) -> Any:
    return None if abs(s) > LARGEST_LOGIT else Fraction(1, 2) if s == 0 else 1 / (1 + mpmath.exp(mpf(-s)))


def _half_squares(a: Any, y: Vector) -> Any:
    return sum((x - t) ** 2 for x, t in zip(a, y, strict=True)) / 2


def _dot(one: Any, other: Any) -> Any:
    return sum((times(x, y) for x, y in zip(one, other, strict=True)), Fraction(0))
