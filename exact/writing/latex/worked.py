"""The worked solution: each quantity as one writes it on paper, in its course's letters.

    s(1) = W(1) x + b(1) = [numbers] [numbers] + [numbers] = [product] + [numbers] = [result]

A line breaks before an equals sign, and within a long product before a factor. What is wider than a line even so, an
intermediate product of long sums, is left out; results never are. Needs amsmath and array.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact.calculation.quantity import Quantity
from exact.calculation.solution import Entry, Solution
from exact.numbers.number import sign
from exact.writing.columns import headings
from exact.writing.entries import decimal_or_none
from exact.writing.latex.formula import (
    BEFORE,
    FRAME,
    Formula,
    Grid,
    Paper,
    broken,
    is_by_entry,
    laid_out,
    related,
    total,
)
from exact.writing.latex.grids import Grids, is_exact, is_irrational
from exact.writing.latex.items import name_of
from exact.writing.latex.sides import Factors, Sides
from exact.writing.latex.tables import outputs
from exact.writing.latex.tabular import display
from exact.writing.latex.titled import Titled
from exact.writing.latex.written_formula import is_shown
from exact.writing.notation import LATEX, decimal_number

CANCELLED = Fraction(1, 10**6)
"""The size of an entry beside that of its terms from which the note on their cancelling is worth reading."""

INDENT = Formula(r"\quad", 1.0)


def worked_solution(problem: Titled, digits: int, *, paper: Paper = FRAME) -> str:
    """What is asked for and all that it is worked out from, in order, under the headings of the sheet."""
    solution = problem.solution
    work = _Work(problem, Grids(solution, digits, problem.in_decimals), paper)
    told: set[str] = set()
    parts = []
    for _, members in headings(work.shown(), lambda one: one.place):
        parts.append(work.heading(members, told))
        parts += [part for quantity in members for part in work.quantity(quantity)]
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Work:
    """One solution, written quantity by quantity on paper of some width."""

    problem: Titled
    grids: Grids
    paper: Paper

    @property
    def solution(self) -> Solution:
        return self.problem.solution

    def shown(self) -> list[Quantity]:
        """The quantities that are asked for, and those that they are worked out from."""
        calculation, needed = self.solution.calculation, self.problem.needed
        return [one for one in calculation.quantities if one.name in needed and is_shown(calculation, one, self.asked)]

    @property
    def asked(self) -> frozenset[str]:
        return frozenset(one.quantity.name for one in self.problem.asked)

    def heading(self, members: list[Quantity], told: set[str]) -> str:
        """The heading, with the single given numbers that are first put in under it."""
        calculation, place = self.solution.calculation, members[0].place
        given = dict.fromkeys(
            name
            for quantity in members
            for name in quantity.of.values()
            if name in calculation.given and not calculation.shape_of(name) and name not in told
        )
        told |= set(given)
        title = ", ".join(filter(None, (place.short or place.heading, place.when)))
        values = (rf"${calculation.latex[name]} = {self.plain(name)}$" for name in given)
        return rf"\medskip\noindent\textbf{{{title}}}" + (f", with {', '.join(values)}" if given else "")

    def plain(self, name: str) -> str:
        """A given number."""
        return total(self.grids.number(self.solution.calculation.given[name].item())).latex

    def quantity(self, quantity: Quantity) -> Iterator[str]:
        """How the quantity is worked out, and what there is to say of it."""
        sides = Sides(self.grids, quantity, self.asked)
        if sides.are_by_entry(self._places(quantity)):
            yield display(line for place in self._places(quantity) for line in self._entry(sides, place))
        elif quantity.are_outputs and not self.grids.in_decimals:
            yield self._outputs(sides)
        else:
            yield self._equations(quantity, sides)
            yield from self._shortened(quantity)

    def _places(self, quantity: Quantity) -> tuple[int, ...]:
        """The entries that are asked for; of what is only needed, all."""
        asked = {one.quantity.name: one.places for one in self.problem.asked}
        return asked.get(quantity.name, tuple(range(quantity.size)))

    def _entry(self, sides: Sides, place: int) -> Iterator[Formula]:
        """One entry: its own formula, the numbers put in, and what comes out."""
        name = Formula.name(self.solution.calculation.latex_of_entry(sides.quantity.name, place))
        entry = self.solution.cell(sides.quantity.name).entries[place]
        *members, last = [*sides.of_entry(place, self.paper.line), self._exact_entry(sides.quantity, place)]
        members = [member for member in members if total(member).latex != total(last).latex] + [last]
        if entry.value.as_fraction() is None and is_exact(((members[-1],),)):
            members.append(self.grids.decimal(entry.value))
        yield from self._filled(name, members)

    def _exact_entry(self, quantity: Quantity, place: int) -> Factors:
        cell = self.solution.cell(quantity.name)
        row, column = divmod(place, cell.shape[1])
        return self.grids.exact(cell)[row][column]

    def _outputs(self, sides: Sides) -> str:
        """The outputs, which are called p, in powers of e and in decimals."""
        (formula,) = sides.in_letters
        head = name_of(sides.quantity) + formula.sign + Formula(f"{formula.latex} = p,", formula.width + 3.0)
        definition = sides.definition
        lines = [head + Formula(rf"\quad p_i = {definition}", 6.0, 2.5)] if definition else [head]
        return display([*lines, *outputs(self.grids, self.paper)])

    def _equations(self, quantity: Quantity, sides: Sides) -> str:
        """`name = side = side = result`, and the decimals of what is not rational."""
        cell, head, line = self.solution.cell(quantity.name), name_of(quantity), self.paper.line
        exact, is_number = self.grids.exact(cell), self.solution.calculation.is_single(quantity.name)
        results: list[Grid] = [exact]
        if is_irrational(cell.entries) and is_exact(exact):
            results.append(self.grids.decimals(cell))
        members, first = sides.all(), self.solution.calculation.first
        below: list[Formula] = []
        for grid in results:
            lines = laid_out(head, grid, line - BEFORE, is_number=is_number, first=first)
            if is_number:
                lines = (total(grid[0][0]),)
            if len(lines) == 1 and not below and not is_by_entry(lines):
                members = [member for member in members if total(member).latex != lines[0].latex] + [lines]
            else:
                goes_on = not below or not is_by_entry(tuple(below))
                below += related(INDENT if goes_on else head, grid, line, is_number=is_number, first=first)
        return display([*self._filled(head, members), *below])

    def _filled(self, head: Formula, members: list[Factors]) -> Iterator[Formula]:
        """The members in as few lines as their widths allow; one that has too wide a factor is left out."""
        line, is_first = head, True
        for factors in members:
            if any(factor.width > self.paper.line - BEFORE for factor in factors):
                continue
            relation = total(factors).sign
            if line.width + total((relation, *factors)).width <= self.paper.line:
                line += total((relation, *factors))
                is_first = False
                continue
            if not is_first:
                yield line
            head = line if is_first else INDENT
            is_first = False
            *full, line = broken(head + relation, factors, self.paper.line)
            yield from full
        yield line

    def _shortened(self, quantity: Quantity) -> Iterator[str]:
        """Why entries are shorter than their sums: the first of them, and those whose terms cancel."""
        solution = self.solution
        if not (quantity.step.is_shortened and solution.calculation.sums_to_one) or self.grids.in_decimals:
            return
        ones = " + ".join(LATEX.probability(i) for i in range(1, len(solution.outputs) + 1))
        is_first = True
        raw = Sides(self.grids, quantity, self.asked).value()
        for entry, form in zip(solution.cell(quantity.name).entries, raw, strict=True):
            before, after = (total(self.grids.number(number)).latex for number in (form, entry.form))
            cancels = entry.value.as_fraction() is None and sign(entry.size * CANCELLED - abs(entry.value)) > 0
            if before == after or not (cancels or is_first):
                continue
            is_first = False
            told = rf"\noindent Since ${ones} = 1$: ${before} = {after}$."
            if cancels:
                told += " The terms cancel: worked out with rounded numbers little or nothing is left of it."
                told += self._about(after, entry)
            yield told

    def _about(self, exact: str, entry: Entry) -> str:
        shown = decimal_or_none(entry.value, self.grids.digits)
        about = "" if shown is None else rf" \approx {decimal_number(shown, LATEX)}"
        return rf" It is ${exact}{about}$, and not 0."
