"""Vectors and matrices in answers: every notation, and their arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checks.language.assembly import nested_list
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Matrix, Unreadable
from tests.reading import OUTPUTS

MATRICES = {
    "[5, -5]": [[5], [-5]],
    "[5; -5]": [[5], [-5]],
    "(5, -5)": [[5], [-5]],
    "[5 -5]": [[5], [-5]],
    "[5 -5]^T": [[5, -5]],
    "[5 - 5]": [[0]],
    "[5 - 5 1]": [[0], [1]],
    "[1 2; 3 4]": [[1, 2], [3, 4]],
    "[[1, 2], [3, 4]]": [[1, 2], [3, 4]],
    "[1, 2; 3, 4]": [[1, 2], [3, 4]],
    "[[5], [-5]]": [[5], [-5]],
    "[[1, 2, 3]]": [[1, 2, 3]],
    "[[1. 2.]\n [3. 4.]]": [[1, 2], [3, 4]],
    "array([5., -5.])": [[5], [-5]],
    "np.array([[1, 2], [3, 4]], dtype=float32)": [[1, 2], [3, 4]],
    r"\begin{bmatrix} 5 \\ -5 \end{bmatrix}": [[5], [-5]],
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}": [[1, 2], [3, 4]],
    r"\left[\begin{array}{rr} 1 & 2 \\ 3 & 4 \end{array}\right]": [[1, 2], [3, 4]],
    "[1, 2] + [3, 4]": [[4], [6]],
    "[1, 2] - [3; 4]": [[-2], [-2]],
    "-[1, 2]": [[-1], [-2]],
    "[[1, 2]] + [3, 4]": [[4, 6]],
    "[3, 4] + [[1, 2]]": [[4, 6]],
    "[1, 2]*[[1, 2], [3, 4]]": [[7, 10]],
    "[1,2]*[[3,4]]": [[3, 4], [6, 8]],
    "[[1],[2]]*[3]": [[3], [6]],
    "[1, 2, 3]*[[1, 2], [3, 4], [5, 6]]": [[22, 28]],
    "(5 - 5; 1)": [[0], [1]],
    "[1 2\n 3 4]": [[1, 2], [3, 4]],
    "[1, 2\n 3, 4]": [[1, 2], [3, 4]],
    "[1 2 3\n 4]": [[1], [2], [3], [4]],
    "[5\n-5]": [[5], [-5]],
    "5, -5": [[5], [-5]],
    "(5; -5)": [[5], [-5]],
    "[5~ -5]": [[5], [-5]],
    r"[5\quad -5]": [[5], [-5]],
    r"[(6\,-1), 2]": [[5], [2]],
    "torch.Size([200, 784])": [[200], [784]],
    "5*[1, 2]": [[5], [10]],
    "[1, 2]/2": [[Fraction(1, 2)], [1]],
    "[[1, 1], [3, 2]]*[1, 2]": [[3], [7]],
    "[[1, 2], [1, 1]]*[[2, 3], [4, 5]]": [[10, 13], [6, 8]],
    "[1; 2]*[3, 4]": [[3, 4], [6, 8]],
    "[1, 2]*[3, 4]^T": [[3, 4], [6, 8]],
    "[[1, 2], [3, 4]]^T": [[1, 3], [2, 4]],
    "[1, -2, 1; 3, 4, -2] - 1/2*[3; 0]*[1, -1, 1]": [[Fraction(-1, 2), Fraction(-1, 2), Fraction(-1, 2)], [3, 4, -2]],
}


@pytest.mark.parametrize("text", MATRICES)
def test_matrices(text: str) -> None:
    tree = expand(parse(text), text)
    assert isinstance(tree, Matrix)
    found = [[evaluate(item.node, Scope(OUTPUTS)).exact.as_fraction() for item in row] for row in tree.rows]  # type: ignore[union-attr]
    assert found == MATRICES[text]


def test_a_product_of_vectors_that_is_a_number() -> None:
    text = "[1, 2]^T * [3, 4]"
    assert evaluate(expand(parse(text), text), Scope()).exact == 11


def test_one_bad_entry_of_a_vector_is_its_trouble_alone() -> None:
    tree = parse("[1, 2 +, exp(3), 1.5.2, 7]")
    assert isinstance(tree, Matrix)
    kinds = [type(row[0].node) is Unreadable for row in tree.rows]
    assert kinds == [False, True, False, True, False]
    assert [row[0].text for row in tree.rows] == ["1", "2 +", "exp(3)", "1.5.2", "7"]


def test_an_empty_place_is_blank() -> None:
    tree = parse("[1, , 3]")
    assert isinstance(tree, Matrix)
    assert isinstance(tree.rows[1][0].node, Blank)
    assert isinstance(parse("  "), Blank)


def test_nested_lists_are_matrices_of_texts() -> None:
    column = nested_list(["1", "2"], parse)
    assert isinstance(column, Matrix)
    assert (column.shape, column.flat) == ((2, 1), True)
    square = nested_list([["1", "2"], ["3", "x"]], parse)
    assert isinstance(square, Matrix)
    assert (square.shape, square.flat) == ((2, 2), False)
    assert isinstance(square.rows[1][1].node, Unreadable)
    for value, message in (
        ([], "a list without entries"),
        ([["1"], []], "a matrix without entries"),
        ([["1", "2"], ["3"]], "rows of different lengths: 2, 1"),
        (["1", ["2"]], "expected rows of numbers"),
        ([[["1"]]], "lists nested more than two deep"),
    ):
        with pytest.raises(AnswerError, match=message):
            nested_list(value, parse)
