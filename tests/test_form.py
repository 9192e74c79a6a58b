"""p_i where a verdict would tell what it is: refused by form, whatever its value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from checks.language.tree import AnswerError
from tests.reading import softmax

REFUSED = [
    "sqrt(p_1 - 0.3)",
    "sqrt(p_1)",
    r"\sqrt[3]{p_1}",
    "(p_1 - 0.3)^0.5",
    "p_1^(1/2)",
    "p_1^p_2",
    "2^p_1",
    "e^p_1",
    "exp(p_1 - 1)",
    "1/p_1",
    "1/(p_1 - 0.3)",
    "p_1^-1",
    "(p_1-0.3)^(-2)",
    "ln(p_1 - 0.3)",
    "ln(2p_1)",
    "ln(p_1 + p_2)",
    "ln(1 + p_1)",
    "ln(1 - 2p_1)",
    "ln(p_1^2)",
    "tanh(p_1)",
    "sigmoid(p_1)",
    "ln(ln(p_1) + 9)",
    "0*sqrt(p_1 - 2)",
    "5 + 0/(p_1 - p_1)",
]
READ = [
    "p_1",
    "5 - 3p_3",
    "p_1^2",
    "p_1^0",
    "(1 - p_1)^3",
    "p_1/2",
    "p_1 p_2",
    "-ln(p_1)",
    "ln(1 - p_2)",
    "-ln p_3",
    "sqrt(2)*p_1",
    "e^2*p_1",
    "p_1*ln(p_1)",
    "2^3 p_1",
    r"\frac{p_1}{2}",
    "p_1/sqrt(2)",
]
outputs = [softmax(tuple(map(Fraction, logits))) for logits in ((0, 0, 0), (42, -31, 25), (3, 1, -2), (-1, 5, 5))]


@pytest.mark.parametrize("text", REFUSED)
def test_refused_by_form_with_the_same_words_whatever_the_outputs_are(text: str) -> None:
    told = set()
    for probabilities in outputs:
        with pytest.raises(AnswerError) as caught:
            evaluate(parse(text), Scope(probabilities))
        told.add((caught.value.message, caught.value.position))
    assert len(told) == 1
    assert "is not read" in next(iter(told))[0]


@pytest.mark.parametrize("text", READ)
def test_read_whatever_the_outputs_are(text: str) -> None:
    for probabilities in outputs:
        assert evaluate(parse(text), Scope(probabilities)).enclosure(128).is_finite()


pieces = st.sampled_from(["p_1", "p_2", "0.3", "2", "e", "p_3"])


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    """Anything that the language has, around outputs."""
    if depth == 0 or draw(st.booleans()):
        return draw(pieces)
    one, other = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    form = draw(
        st.sampled_from(
            [
                "({0}) + ({1})",
                "({0}) - ({1})",
                "({0})*({1})",
                "({0})/({1})",
                "({0})^({1})",
                "({0})^2",
                "({0})^(-1)",
                "sqrt({0})",
                "ln({0})",
                "exp({0})",
                "e^({0})",
                "tanh({0})",
            ]
        )
    )
    return form.format(one, other)


@given(expressions())
def test_whether_an_answer_in_outputs_can_be_read_does_not_depend_on_them(text: str) -> None:
    """Non-interference: for an answer with p's in it, every set of outputs gives the same refusal or none."""
    told = set()
    for probabilities in outputs:
        try:
            evaluate(parse(text), Scope(probabilities))
            told.add("")
        except AnswerError as error:
            told.add(error.message)
    assert len(told) == 1, (text, told)
