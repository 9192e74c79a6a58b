"""The operations that a batch needs: what is one for all samples goes beside each, and what each gives is added up."""

from __future__ import annotations

from exact.calculation.expression import Expression, Operation
from exact.numbers.array import Array, total


def spread_over_samples(b: Expression, batch: Expression, *, in_rows: bool) -> Expression:
    """The biases beside every sample of a batch: a matrix of the shape of another one's samples and of the units."""
    return Expression(SPREAD_ROWS if in_rows else SPREAD_COLUMNS, (b, batch))


def over_samples(x: Expression, *, in_rows: bool) -> Expression:
    """The sum over the samples of a batch, a vector of the units."""
    return Expression(COLUMN_SUMS if in_rows else ROW_SUMS, (x,))


def _repeated(b: Array, batch: Array, *, in_rows: bool) -> Array:
    if in_rows:
        return Array(b.entries * batch.shape[0], (batch.shape[0], b.size))
    return Array((x for x in b for _ in range(batch.shape[1])), (b.size, batch.shape[1]))


def _sums(x: Array) -> Array:
    return Array(map(total, x.rows()), x.shape[:1])


def _repetition(*, in_rows: bool) -> Operation:
    return Operation(
        "spread over samples",
        lambda b, batch: _repeated(b, batch, in_rows=in_rows),
        lambda way: (over_samples(way.g, in_rows=in_rows), None),
        (lambda b, _: rf"\mathbf{{1}}\, {b}") if in_rows else (lambda b, _: rf"{b}\, \mathbf{{1}}^{{\mathsf{{T}}}}"),
        size=lambda values, sizes: _repeated(sizes[0], values[1], in_rows=in_rows),
        binding=3,
        needs=(3, 0),
    )


def _summation(*, in_rows: bool) -> Operation:
    def sums(x: Array) -> Array:
        return _sums(x.T if in_rows else x)

    return Operation(
        "sum over samples",
        sums,
        lambda way: (spread_over_samples(way.g, way.operands[0], in_rows=in_rows),),
        (lambda x: rf"\mathbf{{1}}^{{\mathsf{{T}}}} {x}") if in_rows else (lambda x: rf"{x}\, \mathbf{{1}}"),
        size=lambda _, sizes: sums(sizes[0]),
        binding=3,
        needs=(3,),
    )


SPREAD_COLUMNS, SPREAD_ROWS = _repetition(in_rows=False), _repetition(in_rows=True)
ROW_SUMS, COLUMN_SUMS = _summation(in_rows=False), _summation(in_rows=True)
