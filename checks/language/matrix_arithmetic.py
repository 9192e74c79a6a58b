"""Sums, products and transposes of matrices, worked out to a matrix of scalar trees; scalars alone are evaluated."""

from __future__ import annotations

from checks.bounds import MAX_NESTING, MAX_NODES
from checks.language.tree import (
    AnswerError,
    Chain,
    Item,
    Matrix,
    Node,
    Power,
    Product,
    Sized,
    Sum,
    Transpose,
    contains_matrix,
    walk,
)


def expand(node: Node, text: str) -> Node:
    """The same answer with matrix arithmetic worked out: a `Matrix` of scalar trees, or a scalar tree.

    `text` is what a worked-out element shows as its own. Raises `AnswerError` for shapes that do not fit.
    """
    if not contains_matrix(node):
        return node
    expanded = _Expander(text).expand(node)
    for count, _ in enumerate(walk(expanded)):
        if count > MAX_NODES:
            raise AnswerError("matrix products that are too large", node.position)
    return expanded


class _Expander:
    def __init__(self, text: str) -> None:
        self.text, self.products = text, 0

    def expand(self, node: Node) -> Node:
        if not contains_matrix(node):
            return node
        match node:
            case Matrix():
                return node
            case Transpose(matrix=inner):
                return _transposed(self.matrix(inner))
            case Sized(matrix=inner, rows=rows, columns=columns):
                matrix = self.matrix(inner)
                if matrix.shape != (rows, columns) and not (matrix.flat and matrix.shape == (columns, rows)):
                    raise AnswerError(f"{_shape(matrix)}, and {rows}x{columns} beside it", node.position)
                return matrix
            case Sum(terms=terms):
                parts = [(sign, self.matrix(term)) for sign, term in terms]
                return self.elementwise([part for _, part in parts], [sign for sign, _ in parts], node)
            case Chain(members=members, restated=restated):
                return self.chained([self.matrix(member) for member in members], node, restated=restated)
            case Product(factors=factors):
                return self.product([(multiplied, self.expand(factor)) for multiplied, factor in factors], node)
            case Power():
                raise AnswerError("a matrix has no power here, only its transpose ^T", node.position)
            case _:
                raise AnswerError("a vector or matrix where a number is expected", node.position)

    def matrix(self, node: Node) -> Matrix:
        expanded = self.expand(node)
        if not isinstance(expanded, Matrix):
            raise AnswerError("a number beside a vector or matrix; expected one of the same shape", node.position)
        return expanded

    def made(self, position: int, rows: list[list[Node]], *, flat: bool) -> Matrix:
        return Matrix(position, tuple(tuple(Item(node, self.text) for node in row) for row in rows), flat)

    def elementwise(self, parts: list[Matrix], signs: list[int], node: Node) -> Matrix:
        parts = _same_shape(parts)
        rows: list[list[Node]] = [
            [
                Sum(node.position, tuple((sign, part.rows[i][j].node) for sign, part in zip(signs, parts, strict=True)))
                for j in range(parts[0].shape[1])
            ]
            for i in range(parts[0].shape[0])
        ]
        return self.made(node.position, rows, flat=all(part.flat for part in parts))

    def chained(self, parts: list[Matrix], node: Node, *, restated: bool) -> Matrix:
        parts = _same_shape(parts)
        rows: list[list[Node]] = [
            [
                Chain(node.position, tuple(part.rows[i][j].node for part in parts), restated)
                for j in range(parts[0].shape[1])
            ]
            for i in range(parts[0].shape[0])
        ]
        return self.made(node.position, rows, flat=all(part.flat for part in parts))

    def product(self, factors: list[tuple[bool, Node]], node: Node) -> Node:
        if sum(isinstance(factor, Matrix) for _, factor in factors) > MAX_NESTING:
            raise AnswerError(f"a product of more than {MAX_NESTING} matrices", node.position)
        total = factors[0][1]
        for multiplied, factor in factors[1:]:
            total = self.times(total, factor, multiplied, node.position)
        return total

    def times(self, left: Node, right: Node, multiplied: bool, position: int) -> Node:
        if isinstance(right, Matrix) and not multiplied:
            raise AnswerError("division by a vector or matrix", right.position)
        if isinstance(left, Matrix) and isinstance(right, Matrix):
            return self.matrix_product(left, right, position)
        if isinstance(left, Matrix):
            rows = [[_scalar_product(item.node, right, multiplied) for item in row] for row in left.rows]
            return self.made(position, rows, flat=left.flat)
        if isinstance(right, Matrix):
            rows = [[_scalar_product(left, item.node, multiplied) for item in row] for row in right.rows]
            return self.made(position, rows, flat=right.flat)
        return _scalar_product(left, right, multiplied)

    def matrix_product(self, left: Matrix, right: Matrix, position: int) -> Node:
        if left.shape[1] != right.shape[0] and right.flat and left.shape[1] == right.shape[1]:
            right = _transposed(right)
        if left.shape[1] != right.shape[0] and left.flat and left.shape[0] == right.shape[0]:
            left = _transposed(left)
        (n, k), (inner, m) = left.shape, right.shape
        if k != inner:
            raise AnswerError(f"a product of {_shape(left)} by {_shape(right)}", position)
        self.products += n * m * k
        if self.products > MAX_NODES:
            raise AnswerError("matrix products that are too large", position)
        rows: list[list[Node]] = [
            [
                Sum(
                    position,
                    tuple((1, _scalar_product(left.rows[i][h].node, right.rows[h][j].node, True)) for h in range(k)),
                )
                for j in range(m)
            ]
            for i in range(n)
        ]
        return self.made(position, rows, flat=False) if n * m > 1 else rows[0][0]


def _scalar_product(left: Node, right: Node, multiplied: bool) -> Node:
    return Product(left.position, ((True, left), (multiplied, right)))


def _transposed(matrix: Matrix) -> Matrix:
    return Matrix(matrix.position, tuple(zip(*matrix.rows, strict=True)), matrix.flat)


def _same_shape(parts: list[Matrix]) -> list[Matrix]:
    """The parts with flat ones turned the way of the others."""
    shape = next((part.shape for part in parts if not part.flat), parts[0].shape)
    turned = [
        _transposed(part) if part.flat and part.shape != shape and part.shape[::-1] == shape else part for part in parts
    ]
    for part in turned:
        if part.shape != shape:
            raise AnswerError(f"shapes that differ: {_shape(turned[0])} and {_shape(part)}", part.position)
    return turned


def _shape(matrix: Matrix) -> str:
    return f"{matrix.shape[0]}x{matrix.shape[1]}"
