"""Inner products, lengths and means of vectors as operations: one row each."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from exact.calculation.expression import Operation, constant
from exact.calculation.operations import divided, scaled, spread, times
from exact.calculation.powers import root_ball, sqrt_value
from exact.numbers.array import array, total

NORM = Operation(
    "norm2",
    lambda x: array(sqrt_value(total(x * x))),
    lambda way: (times(way.g, divided(way.operands[0], way.out)),),
    lambda x: rf"\left\lVert {x} \right\rVert",
    works_by="all",
    ball=lambda x: array(root_ball(total(x.each(lambda ball: ball**2)))),
)
"""The length of a vector, or of all entries of a matrix."""

MEAN = Operation(
    "mean",
    lambda x: array(total(x) / x.size),
    lambda way: (spread(scaled(constant(Fraction(1, prod(way.shapes[0]))), way.g), way.operands[0]),),
    lambda x: rf"\mathrm{{mean}}\bigl({x}\bigr)",
    size=lambda _, sizes: array(total(sizes[0]) / sizes[0].size),
)
