"""Names that a text is read with: how they may be spelt, what they stand for, and that without them nothing changes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Applied, Named, walk
from checks.language.vocabulary import Vocabulary
from exact.numbers.number import Number

VALUES = {
    "w5": Fraction(3),
    "w51": Fraction(11),
    "yhat": Fraction(5),
    "beta_1": Fraction(9, 10),
    "beta": Fraction(7),
    "dL/dw5": Fraction(-2),
    "eta": Fraction(1, 2),
    "x": Fraction(4),
    "m_t": Fraction(13),
    "W1": Fraction(17),
}
NAMES = Vocabulary(frozenset(VALUES), frozenset({"f", "relu"}))
SCOPE = Scope(values={name: Number.of(value) for name, value in VALUES.items()})

SPELLINGS = {
    "w5": 3,
    "w_5": 3,
    "w_{5}": 3,
    "w₅": 3,
    "2w5": 6,
    "w5^2": 9,
    "w51": 11,
    "yhat": 5,
    r"\hat{y}": 5,
    r"\hat y": 5,
    "ŷ": 5,
    "y_hat": 5,
    r"\beta_1": Fraction(9, 10),
    "β_1": Fraction(9, 10),
    r"1 - \beta_{1}": Fraction(1, 10),
    "β₁": Fraction(9, 10),
    r"\beta": 7,
    "dL/dw5": -2,
    r"\frac{dL}{dw_5}": -2,
    r"\frac{\partial L}{\partial w_{5}}": -2,
    "∂L/∂w_5": -2,
    "w5 - eta*dL/dw5": 4,
    r"w_5 - \eta \frac{dL}{dw_5}": 4,
    "w_5 - η ∂L/∂w_5": 4,
    "2x": 8,
    "2 x": 8,
    "x x": 16,
    "m_t": 13,
    "m_{t}": 13,
    "W1 + w5": 20,
    "exp(x - 4)": 1,
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings(text: str) -> None:
    exact = evaluate(parse(text, NAMES), SCOPE).exact
    assert exact is not None
    assert exact.as_fraction() == SPELLINGS[text]


def test_functions_are_applied_to_their_arguments() -> None:
    tree = parse(r"2 f\left(w_5, 1 - x\right) + relu(x)", NAMES)
    applied = [node for node in walk(tree) if isinstance(node, Applied)]
    assert {(node.function, len(node.arguments)) for node in applied} == {("f", 2), ("relu", 1)}
    assert {node.name for node in walk(tree) if isinstance(node, Named)} == {"w5", "x"}


@pytest.mark.parametrize("text", ["w52", "w5a", "betas", "f", "relu 3", "ww5"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        parse(text, NAMES)


@pytest.mark.parametrize("text", ["w5", "yhat", r"\beta", "f(1)"])
def test_no_name_is_known_by_itself(text: str) -> None:
    with pytest.raises(AnswerError, match="is not known"):
        parse(text)


def test_a_name_without_a_value_and_a_function_have_none() -> None:
    for text, words in (("w5", "w5 has no value here"), ("f(1)", "f has no value here")):
        with pytest.raises(AnswerError, match=words):
            evaluate(parse(text, NAMES), Scope())
