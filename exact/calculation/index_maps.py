"""Operations whose sums are told by tables of indices: means, joined arrays, slices, convolutions. One row each.

Such an operation is linear, or a sum of products; backwards it is the same table, read from its other end.

Source: V. Dumoulin, F. Visin, A guide to convolution arithmetic for deep learning, 2016, sections 2 and 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any

from exact.calculation.expression import Chosen, Expression, Operation
from exact.calculation.quantity import indices_text
from exact.calculation.typesetting import indexed_latex, raised
from exact.numbers.array import Array, Shape, total

Triple = tuple[int, int, int]
"""Places in two operands, and in the result that their product is a part of."""


def _summed(terms: Iterable[Any]) -> Any:
    terms = list(terms)
    return total(terms) if terms else Fraction(0)


def linear(
    name: str,
    pairs: tuple[tuple[int, int], ...],
    shapes: tuple[Shape, Shape],
    latex: Callable[[str], str],
    divisor: int = 1,
    chosen: Chosen | None = None,
) -> Operation:
    """The operation that adds up entries, divided by a number: pairs of places, in the operand and in the result.

    `chosen`: the entries that it chooses, where it does nothing else.
    """
    before, after = shapes
    parts = defaultdict(list)
    for source, place in pairs:
        parts[place].append(source)

    def forward(x: Array) -> Array:
        sums = (_summed(x.entries[source] for source in parts[place]) for place in range(prod(after)))
        return Array(sums if divisor == 1 else (one / divisor for one in sums), after)

    def back() -> Operation:
        turned = tuple((place, source) for source, place in pairs)
        latex = lambda g: rf"\mathrm{{spread}}\bigl({g}\bigr)"  # noqa: E731  one row
        return linear(f"{name} backwards", turned, (after, before), latex, divisor)

    return Operation(
        name,
        forward,
        lambda way: (Expression(back(), (way.g,)),),
        latex,
        size=lambda _, sizes: forward(sizes[0]),
        chosen=chosen,
    )


@cache
def reshaped(before: Shape, after: Shape) -> Operation:
    """The same numbers row by row, in another shape; nothing of it is written."""
    return Operation(
        "reshaped",
        lambda x: Array(x.entries, after),
        lambda way: (Expression(reshaped(after, before), (way.g,)),),
        lambda x: x,
        size=lambda _, sizes: Array(sizes[0].entries, after),
        needs=(2,),
    )


@cache
def row_of(size: int) -> Operation:
    """A vector as a matrix of one row: what its transpose is."""
    return Operation(
        "row",
        lambda x: Array(x.entries, (1, size)),
        lambda way: (Expression(reshaped((1, size), (size,)), (way.g,)),),
        lambda x: raised(x, r"{\mathsf{T}}"),
        size=lambda _, sizes: Array(sizes[0].entries, (1, size)),
        binding=5,
        needs=(6,),
    )


@cache
def part_of(shape: Shape, start: int, after: Shape) -> Operation:
    """Entries of a vector one after another, from a place on."""
    size = prod(after)
    pairs = tuple((start + place, place) for place in range(size))
    chosen = Chosen(shape, tuple(start + place for place in range(size)))
    return linear("part", pairs, (shape, after), lambda x: indexed_latex(x, indices_text(chosen)), chosen=chosen)


def _one_below_another(*parts: str) -> str:
    rows = r" \\ ".join(parts)
    return rf"\left[\begin{{array}}{{c}} {rows} \end{{array}}\right]"


@cache
def joined(shapes: tuple[Shape, ...]) -> Operation:
    """Numbers and vectors one below another, as one vector."""
    sizes = [prod(shape) for shape in shapes]
    whole = (sum(sizes),)
    starts = [sum(sizes[:number]) for number in range(len(shapes))]

    def forward(*arrays: Array) -> Array:
        return Array((x for one in arrays for x in one), whole)

    return Operation(
        "concat",
        forward,
        lambda way: tuple(
            Expression(part_of(whole, start, shape), (way.g,)) for start, shape in zip(starts, shapes, strict=True)
        ),
        _one_below_another,
        size=lambda _, sizes: forward(*sizes),
    )


def windows(shape: Shape, size: Shape, stride: int, padding: int = 0) -> tuple[list[list[tuple[int, int]]], Shape]:
    """What each place of the result looks at: (place in the window, place in the operand); and the result's shape.

    What lies in the padding is left out.
    """
    rows, columns = ((shape[axis] + 2 * padding - size[axis]) // stride + 1 for axis in (0, 1))
    corners = [(stride * i - padding, stride * j - padding) for i in range(rows) for j in range(columns)]
    return [list(_window(shape, size, top, left)) for top, left in corners], (rows, columns)


def _window(shape: Shape, size: Shape, top: int, left: int) -> Iterator[tuple[int, int]]:
    for i in range(size[0]):
        for j in range(size[1]):
            row, column = top + i, left + j
            if 0 <= row < shape[0] and 0 <= column < shape[1]:
                yield i * size[1] + j, row * shape[1] + column


def _beside(x: str, y: str) -> str:
    return rf"{x}\, {y}"


def _function_of(name: str, options: str) -> Callable[[str, str], str]:
    """A function of two operands, with options in words."""
    word, _, mark = name.partition("^")
    above = rf"^{{\mathsf{{{mark}}}}}" if mark else ""
    told = rf"\text{{{options}}}" if options else ""
    return lambda x, y: rf"\mathrm{{{word}}}{above}\bigl({x}, {y}{told}\bigr)"


def contraction(
    name: str,
    triples: tuple[Triple, ...],
    shapes: tuple[Shape, Shape, Shape],
    latex: Callable[[str, str], str],
    backwards: tuple[Callable[[str, str], str], Callable[[str, str], str]] = (_beside, _beside),
) -> Operation:
    """The operation that adds up products of an entry of each operand; backwards one operand stands for the result.

    `backwards` writes its gradients, of the gradient and the right operand, and of the left one and the gradient.
    """
    left, right, after = shapes
    parts = defaultdict(list)
    for i, j, k in triples:
        parts[k].append((i, j))

    def forward(x: Array, y: Array) -> Array:
        return Array((_summed(x.entries[i] * y.entries[j] for i, j in parts[k]) for k in range(prod(after))), after)

    def by_left() -> Operation:
        turned = tuple((k, j, i) for i, j, k in triples)
        return contraction(f"{name} by its left", turned, (after, right, left), backwards[0])

    def by_right() -> Operation:
        turned = tuple((i, k, j) for i, j, k in triples)
        return contraction(f"{name} by its right", turned, (left, after, right), backwards[1])

    return Operation(
        name,
        forward,
        lambda way: (
            Expression(by_left(), (way.g, way.operands[1])),
            Expression(by_right(), (way.operands[0], way.g)),
        ),
        latex,
        size=lambda _, sizes: forward(*sizes),
        binding=3,
        needs=(4, 4),
    )


@cache
def convolution(shape: Shape, kernel: Shape, stride: int, padding: int) -> Operation:
    """The cross-correlation of a matrix with a kernel, as neural networks call a convolution.

    By its left operand it is transposed, by its right one the left is convolved with the gradient, as far apart as the
    stride tells.
    """
    looked_at, after = windows(shape, kernel, stride, padding)
    triples = tuple((source, place, k) for k, window in enumerate(looked_at) for place, source in window)
    padded = f", padding {padding}" if padding else ""
    forward, apart = (f", {word} {stride}" if stride != 1 else "" for word in ("stride", "dilation"))
    return contraction(
        "conv",
        triples,
        (shape, kernel, after),
        _function_of("conv", forward + padded),
        (_function_of("conv^T", forward + padded), _function_of("conv", apart + padded)),
    )


@cache
def average_pool(shape: Shape, size: int, stride: int) -> Operation:
    """The mean of each window."""
    looked_at, after = windows(shape, (size, size), stride)
    pairs = tuple((source, k) for k, window in enumerate(looked_at) for _, source in window)
    return linear(
        "avgpool",
        pairs,
        (shape, after),
        lambda x: rf"\mathrm{{avgpool}}_{{{size}}}\bigl({x}\bigr)",
        divisor=size * size,
    )
