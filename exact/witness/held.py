"""Long expressions held by symbols that stand for them, and derivatives through these.

What is worked out from what is worked out, again and again, would be one expression of more and more copies.
"""

from __future__ import annotations

import sympy

from exact.witness.evaluation import Point
from exact.witness.forms import Expr

LONGEST = 150
"""Operations and symbols of an expression that is not held by a symbol."""


class Held:
    """The symbols that hold expressions, in order; `point` says what each stands for."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self.reached: dict[Expr, frozenset[Expr]] = {}
        self.known: dict[tuple[Expr, Expr], Expr] = {}

    def short(self, expression: Expr) -> Expr:
        """The expression, or where it is long a symbol that stands for it."""
        if _is_short(expression):
            return expression
        symbol = sympy.Symbol(f"held {len(self.reached)}", real=True)
        self.point[symbol] = expression
        self.reached[symbol] = self._reached(expression)
        return symbol

    def derivative(self, expression: Expr, by: Expr) -> Expr:
        """The derivative by a symbol, on all paths: dE/dx + the sum of dE/dh dh/dx over the symbols h in E."""
        reached = self._reached(expression)
        if by not in reached:
            return sympy.Integer(0)
        between = [h for h in tuple(self.reached) if h in reached and by in self.reached[h]]
        for h in between:
            if (h, by) not in self.known:
                self.known[h, by] = self.short(self._total(self.point[h], by, between))
        return self._total(expression, by, between)

    def _total(self, expression: Expr, by: Expr, between: list[Expr]) -> Expr:
        """The derivative, where those of what is in between are known."""
        free = expression.free_symbols
        parts = [sympy.diff(expression, h) * self.known[h, by] for h in between if h in free]
        return sympy.Add(sympy.diff(expression, by), *parts)

    def _reached(self, expression: Expr) -> frozenset[Expr]:
        """The symbols in the expression, and those in what they stand for."""
        free = expression.free_symbols
        return frozenset(free).union(*(self.reached.get(one, frozenset()) for one in free))


def _is_short(expression: Expr) -> bool:
    """Whether it has few parts as it is written, shared ones each time."""
    waiting, count = [expression], 0
    while waiting and count <= LONGEST:
        count += 1
        waiting.extend(waiting.pop().args)
    return count <= LONGEST
