"""A calculation: what is given, and the quantities that are worked out from it, one after another.

A quantity has one formula, that of its step, over letters; `of` says what each letter stands for. Names are canonical
(`W3_new`); how a course calls a quantity is another matter (`exact.calculation.naming`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import prod

from exact.calculation.expression import Chosen, Expression
from exact.calculation.typesetting import indexed_latex
from exact.numbers.array import Array, Shape

Given = Callable[[str], Array]
"""The values of a quantity, or of what is given, by name."""


@dataclass(frozen=True, slots=True)
class Step:
    """How quantities of one kind come about: a formula, and the name by which mistakes and words refer to it.

    `is_shortened`: where the outputs p sum to 1 its entries are written with the fewest p's.
    """

    name: str
    formula: Expression
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands on the sheet: under which heading, in which row and column of its table.

    `row` is the number of its layer, a dash for none; `word` says what its column holds. `short` is the heading beside
    others, `when` the step of the work, "" for the first. `is_grid`: what stands under the heading is one table, with a
    row for each layer.
    """

    heading: str
    row: str
    word: str
    short: str = ""
    when: str = ""
    is_grid: bool = False

    @property
    def title(self) -> str:
        """The heading, and the step of the work."""
        return ", ".join(filter(None, (self.heading, self.when)))


@dataclass(frozen=True, slots=True)
class Origin:
    """What a quantity's name is made of: the name of another one, and a pattern such as `grad_{}`."""

    pattern: str
    base: str


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to a quantity, by cells that not every assignment asks for: W + Delta W, a' . dC/da."""

    step: Step
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One cell of the sheet.

    `of` has the name of what each letter of the formula stands for; `beside` likewise letters of related quantities,
    which people mistake for those. `key_step`, over the same letters, makes the same value and keeps it exact where the
    step itself does not. `ways` are other steps to the same value. `unit` names the function in the step, where
    mistakes depend on it. `layer`: of a network, 0 for none. `group`: quantities of one group are one step of the work.
    `are_outputs`: the values are called p_1, p_2, ... further on. `factor`: the two entries whose d()/d() it is.
    `is_exact_only`: no tolerance applies. `is_rational`: it comes before anything that a person would round.
    `is_error`: a gradient of the other sign. `also` are other canonical spellings; `gradient_of` names the quantity
    that it is the gradient of, where its own name does not say so. `is_row`: on the sheet a vector is a row.
    `is_inline`: a course without a name for it writes its formula in its place. `is_usual`: asked for where an
    assignment does not say what. `is_needed_only`: no cell, but needed for one.
    """

    name: str
    step: Step
    of: Mapping[str, str]
    shape: Shape
    latex: str
    place: Place
    beside: Mapping[str, str] = field(default_factory=dict)
    key_step: Step | None = None
    ways: tuple[Way, ...] = ()
    unit: str = ""
    layer: int = 0
    group: str = ""
    origin: Origin | None = None
    are_outputs: bool = False
    factor: tuple[tuple[str, int], tuple[str, int]] | None = None
    is_exact_only: bool = False
    is_rational: bool = False
    is_error: bool = False
    also: tuple[str, ...] = ()
    gradient_of: str = ""
    is_row: bool = False
    is_inline: bool = False
    is_usual: bool = False
    is_needed_only: bool = False

    @property
    def is_matrix(self) -> bool:
        """Whether entries have a row and a column."""
        return len(self.shape) == 2

    @property
    def is_number(self) -> bool:
        """Whether it is one number, which has no entries beside itself."""
        return not self.shape

    @property
    def sheet_shape(self) -> tuple[int, int]:
        """Rows and columns on the sheet: a vector is a column, or a row, a number is one entry."""
        rows, columns = (*self.shape, 1, 1)[:2]
        return (columns, rows) if self.is_row and not self.is_matrix else (rows, columns)

    @property
    def size(self) -> int:
        """The number of entries."""
        rows, columns = self.sheet_shape
        return rows * columns

    def entry(self, place: int) -> str:
        """The canonical name of an entry, from its place row by row.

        `W3_new[3,1]`, `a1[2]`, `C`.
        """
        name = self.name if self.is_number else self.name.removesuffix("_each")
        return f"{name}[{index}]" if (index := index_text(self.shape, place)) else name


@dataclass(frozen=True)
class Calculation:
    """What is given, by name, and the quantities in the order in which they are worked out.

    `latex` are the LaTeX names of what is given, `entry_latex` those of entries, where they are not the name with an
    index: of quantities and of what is given. `singly`: what has a name of its own for each entry; `named`: what has
    any name of its own. `varied` names the given numbers that one may change a little to tell mistakes apart.
    `vectors_are_rows`: on the sheet. `sums_to_one`: the outputs p_1, p_2, ... do. `doubled` are entries that are the
    same as another one, of numbers that are tied: cell and place. `cost` names the quantity that gradients are of.
    `letters`: how those given numbers are typeset that stand for letters, or expressions in letters. `first` is the
    number of the first index, as it is typeset.
    """

    given: Mapping[str, Array]
    quantities: tuple[Quantity, ...]
    latex: Mapping[str, str]
    varied: tuple[str, ...] = ()
    vectors_are_rows: bool = False
    sums_to_one: bool = False
    doubled: frozenset[tuple[str, int]] = frozenset()
    entry_latex: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    singly: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    cost: str = "C"
    letters: Mapping[Fraction, str] = field(default_factory=dict)
    first: int = 1

    @cached_property
    def by_name(self) -> Mapping[str, Quantity]:
        """The quantities by name."""
        return {quantity.name: quantity for quantity in self.quantities}

    @cached_property
    def cells(self) -> tuple[Quantity, ...]:
        """The quantities that may be asked for, in order."""
        return tuple(quantity for quantity in self.quantities if not quantity.is_needed_only)

    @cached_property
    def known_sources(self) -> dict[tuple[str, int], tuple[frozenset[tuple[str, int]], ...]]:
        """Where entries come from, as far as somebody asked (`exact.calculation.readings.sources`)."""
        return {}

    @cached_property
    def known_trivial(self) -> dict[tuple[str, int], tuple[Step, frozenset[str]]]:
        """What zeros make trivial, as far as somebody asked (`exact.calculation.readings.made_trivial_by`)."""
        return {}

    def shape_of(self, name: str) -> Shape:
        """The shape of a quantity, or of what is given."""
        return self.given[name].shape if name in self.given else self.by_name[name].shape

    def latex_of(self, name: str) -> str:
        """How a quantity, or what is given, is typeset."""
        return self.latex[name] if name in self.given else self.by_name[name].latex

    def latex_of_entry(self, name: str, place: int) -> str:
        """How one of its entries is typeset, from its place row by row."""
        if name in self.entry_latex:
            return self.entry_latex[name][place]
        return indexed_latex(self.latex_of(name), index_text(self.shape_of(name), place, self.first))

    def is_single(self, name: str) -> bool:
        """Whether it is written as a number, though it may be an array of one entry: the entry bears its name."""
        return not self.shape_of(name) or self.entry_latex.get(name) == (self.latex_of(name),)

    @property
    def outputs(self) -> Quantity | None:
        """The quantity whose values are called p_1, p_2, ..., if there is one."""
        return next((quantity for quantity in self.quantities if quantity.are_outputs), None)

    def with_given(self, name: str, place: int, value: Fraction) -> Calculation:
        """The same with another given number."""
        return replace(self, given={**self.given, name: self.given[name].replaced(place, value)})

    def small_changes(self) -> Iterator[tuple[str, int, Fraction]]:
        """Given numbers, each with another value near it: name, place, value."""
        for name in self.varied:
            values = self.given[name]
            for place, value in enumerate(values.entries):
                yield name, place, value + 1 if values.shape else value * Fraction(2, 3)


def place_of(shape: Shape, index: tuple[int, ...]) -> int | None:
    """The place of an index, row by row from 0; None where it is none of an array of the shape."""
    if len(index) != len(shape) or any(not 1 <= i <= n for i, n in zip(index, shape, strict=True)):
        return None
    return sum((i - 1) * prod(shape[axis + 1 :]) for axis, i in enumerate(index))


def index_text(shape: Shape, place: int, first: int = 1) -> str:
    """The index as it is written, counted from `first`; "" where there is none."""
    return ",".join(str(number - 1 + first) for number in index_of(shape, place))


def indices_text(chosen: Chosen, first: int = 1) -> str:
    r"""The indices of entries one after another, as they are written: `2`, `2 \dots 4`."""
    begin, end = (index_text(chosen.shape, place, first) for place in (chosen.places[0], chosen.places[-1]))
    return begin if begin == end else rf"{begin} \dots {end}"


def index_of(shape: Shape, place: int) -> tuple[int, ...]:
    """The index of an entry, counted from 1."""
    if len(shape) == 2:
        row, column = divmod(place, shape[1])
        return row + 1, column + 1
    return (place + 1,) if shape else ()
