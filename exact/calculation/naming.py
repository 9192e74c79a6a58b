"""What a course calls the quantities of a calculation, and their entries.

Names are canonical inside (`W2_new[1,1]`); here they become the course's own (`w5_new`). What a course does not name
keeps its canonical name; what derives from something named (an update, a gradient) derives its name, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod

from exact.calculation.quantity import Calculation, Quantity, index_text
from exact.calculation.typesetting import derived_latex, indexed_latex, name_latex, raised_latex
from exact.numbers.array import Shape


@dataclass(frozen=True)
class Naming:
    """Own names: of cells and of single entries, by canonical name, of quantities and of what is given.

    `bare`: cells of one entry that are themselves named, and written without an index. `first` is the number of the
    first index. `latex` is how an own name is typeset, where no rule does. `cell_latex`: likewise of cells. `rows` are
    the numbers of the layers of cells, where they are not counted from 1. `is_own_throughout`: the canonical names are
    the course's, too, and their case counts.
    """

    calculation: Calculation
    cells: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[tuple[str, int], str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    first: int = 1
    latex: Mapping[str, str] = field(default_factory=dict)
    cell_latex: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    is_own_throughout: bool = False

    def cell(self, name: str) -> str:
        """What the quantity is called."""
        if name in self.cells:
            return self.cells[name]
        quantity = self.calculation.by_name.get(name)
        if quantity is not None and quantity.factor is not None:
            return "/".join(f"d({self.entry(one, place)})" for one, place in quantity.factor)
        if quantity is None or quantity.origin is None:
            return name
        return quantity.origin.pattern.format(self.cell(quantity.origin.base))

    def entry(self, name: str, place: int) -> str:
        """What one of its entries is called, from its place row by row."""
        if own := self.own_entry(name, place):
            return own
        shape = self.calculation.shape_of(name)
        called = self.cell(name).removesuffix("_each")
        return called if not shape or self.is_bare(name) else f"{called}[{self.index(shape, place)}]"

    def own_entry(self, name: str, place: int) -> str:
        """The entry's name of its own, or what derives from one; "" where it has none."""
        if (name, place) in self.entries:
            return self.entries[name, place]
        quantity = self.calculation.by_name.get(name)
        if quantity is None or quantity.origin is None or name in self.cells:
            return ""
        base = self.own_entry(quantity.origin.base, place)
        return quantity.origin.pattern.format(base) if base else ""

    def is_bare(self, name: str) -> bool:
        """Whether the quantity is one entry, called by the cell's name."""
        quantity = self.calculation.by_name.get(name)
        if name in self.bare or quantity is None or quantity.origin is None or name in self.cells:
            return name in self.bare
        return self.is_bare(quantity.origin.base)

    def index(self, shape: Shape, place: int) -> str:
        """The index of an entry, as the course counts."""
        return index_text(shape, place, self.first)

    @property
    def is_own(self) -> bool:
        """Whether anything has a name of its own, or is counted in another way."""
        return bool(self.cells or self.entries or self.first != 1)

    def latex_of(self, name: str) -> str:
        """How the cell is typeset; one whose entries alone have names is the array of those.

        What the course does not name bears a star where the course calls something else so.
        """
        latex = self._latex_of(name)
        is_named = name in self.cells or self.own_entry(name, 0)
        return raised_latex(latex, r"\ast") if not is_named and self._is_taken(name, latex) else latex

    def _is_taken(self, name: str, latex: str) -> bool:
        if not self._is_there(name):
            return False
        shape = self.calculation.shape_of(name)
        entries = (indexed_latex(latex, self.index(shape, place)) for place in range(prod(shape)) if shape)
        return not self._own_latex.isdisjoint((latex, *entries))

    def _is_there(self, name: str) -> bool:
        return name in self.calculation.given or name in self.calculation.by_name

    @cached_property
    def _own_latex(self) -> frozenset[str]:
        cells = (self.cell_latex.get(name) or self.typeset(own) for name, own in self.cells.items())
        return frozenset((*cells, *map(self.typeset, self.entries.values())))

    def _latex_of(self, name: str) -> str:
        quantity = self.calculation.by_name.get(name)
        canonical = quantity.latex if quantity else self.calculation.latex.get(name, name)
        if name in self.cell_latex:
            return self.cell_latex[name]
        if name in self.cells:
            return self.typeset(self.cells[name])
        if quantity is not None and quantity.factor is not None:
            top, bottom = (self.entry_latex(one, place) for one, place in quantity.factor)
            return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"
        if listed := self._listed(name):
            return listed
        if quantity is not None and quantity.origin is not None and self._is_renamed(quantity.origin.base):
            return derived_latex(quantity.origin.pattern, self.latex_of(quantity.origin.base), self._cost_latex)
        return canonical

    def _listed(self, name: str) -> str:
        shape = self.calculation.shape_of(name) if self._is_there(name) else ()
        if not shape or not all(self.own_entry(name, place) for place in range(prod(shape))):
            return ""
        is_row = len(shape) == 1 and self.calculation.vectors_are_rows
        rows, columns = (1, *shape) if is_row else (*shape, 1)[:2]
        written = [self.entry_latex(name, place) for place in range(rows * columns)]
        if len(written) == 1:
            return written[0]
        body = r" \\ ".join(" & ".join(written[i * columns : (i + 1) * columns]) for i in range(rows))
        return rf"\left[\begin{{array}}{{{'c' * columns}}} {body} \end{{array}}\right]"

    def _is_renamed(self, name: str) -> bool:
        return name in self.cells or name in self.cell_latex or self.calculation.cost in self.cells

    @property
    def _cost_latex(self) -> str:
        cost, calculation = self.calculation.cost, self.calculation
        return self.latex_of(cost) if cost in calculation.by_name or cost in calculation.given else cost

    def entry_latex(self, name: str, place: int) -> str:
        """How an entry is typeset."""
        quantity = self.calculation.by_name.get(name)
        if (name, place) in self.entries:
            return self.typeset(self.entries[name, place])
        if quantity is not None and quantity.origin is not None and self.own_entry(name, place):
            base = self.entry_latex(quantity.origin.base, place)
            return derived_latex(quantity.origin.pattern, base, self._cost_latex)
        shape = self.calculation.shape_of(name)
        latex = self.latex_of(name)
        return latex if prod(shape) == 1 else indexed_latex(latex, self.index(shape, place))

    @cached_property
    def spoken(self) -> Mapping[str, tuple[str, int | None]]:
        """All names, own ones first: of cells, and with a place of entries, of quantities and of what is given."""
        known: dict[str, tuple[str, int | None]] = {}
        names = [*(one.name for one in self.calculation.cells), *self.calculation.given]
        for name in names:
            known.setdefault(self.cell(name), (name, None))
            for place in range(prod(self.calculation.shape_of(name))):
                known.setdefault(self.entry(name, place), (name, place))
        for name in names:
            known.setdefault(name, (name, None))
            for place in range(prod(shape := self.calculation.shape_of(name))):
                index = index_text(shape, place)
                known.setdefault(f"{name.removesuffix('_each')}[{index}]" if index else name, (name, place))
        return known

    def typeset(self, own: str) -> str:
        """How an own name is typeset."""
        return self.latex.get(own) or name_latex(own)

    def typeset_calculation(self) -> Calculation:
        """The calculation with the course's own letters in its formulas."""
        if not self.is_own and not self.cell_latex:
            return replace(self.calculation, quantities=tuple(map(self._typeset_factor, self.calculation.quantities)))
        shown = [one.name for one in self.calculation.quantities if one.latex or one.factor]
        names = [*self.calculation.given, *shown]
        sizes = {name: prod(self.calculation.shape_of(name)) for name in names}
        return replace(
            self.calculation,
            quantities=tuple(map(self._typeset_quantity, self.calculation.quantities)),
            latex={name: self.latex_of(name) for name in self.calculation.latex},
            first=self.first,
            entry_latex={name: tuple(self.entry_latex(name, i) for i in range(sizes[name])) for name in names},
            singly=frozenset(name for name in names if all(self.own_entry(name, i) for i in range(sizes[name]))),
            named=frozenset(name for name in names if self.cell(name) != name or self.own_entry(name, 0)),
        )

    def _typeset_factor(self, quantity: Quantity) -> Quantity:
        return replace(quantity, latex=self.latex_of(quantity.name)) if quantity.factor else quantity

    def _typeset_quantity(self, quantity: Quantity) -> Quantity:
        latex = self.latex_of(quantity.name) if quantity.latex or quantity.factor else ""
        return replace(quantity, latex=latex, place=replace(quantity.place, row=self._row(quantity)))

    def _row(self, quantity: Quantity) -> str:
        """The number of its layer, as the course counts."""
        if quantity.name in self.rows or quantity.origin is None:
            return self.rows.get(quantity.name, quantity.place.row)
        return self.rows.get(quantity.origin.base, quantity.place.row)

    def named_entries(self) -> Iterator[tuple[str, int, str]]:
        """Every entry of the cells that has a name of its own: cell, place, name."""
        for quantity in self.calculation.cells:
            for place in range(quantity.size):
                if own := self.own_entry(quantity.name, place):
                    yield quantity.name, place, own
