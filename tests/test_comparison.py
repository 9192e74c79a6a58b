"""`backcheck compare`: exact if and only if proved equal, on numbers, matrices and keys outside the exact field."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from checks.judging.comparison import UnreadableKey, compare
from checks.judging.verdicts import Verdict
from tests.conftest import Outcome

Backcheck = Callable[..., Outcome]

CASES = {
    ("e^42/(e^42+e^(-31)+e^25)", "1/(1+e^(-17)+e^(-73))"): "exact",
    ("e^(-31)/(e^42+e^(-31)+e^25)", "e^(-30)/(e^42+e^(-31)+e^25)"): "wrong",
    ("e^(-31)/(e^42+e^(-31)+e^25)", "0"): "wrong",
    ("e^(-31)/(e^42+e^(-31)+e^25)", "1.979e-32"): "rounded",
    ("e^(-31)/(e^42+e^(-31)+e^25)", "e^(-73)"): "close",
    ("0.3", "0.1+0.2"): "exact",
    ("1/3", "0.333"): "rounded",
    ("10^40", "10^40+1"): "wrong",
    ("3+sqrt(2)", "sqrt(11+6*sqrt(2))"): "exact",
    ("3+sqrt(2)", "4.414"): "rounded",
    ("3+sqrt(2)", "4.4143"): "close",
    ("3+sqrt(2)", "4.5"): "wrong",
    ("6.73", "sqrt(3)+5"): "wrong",
    ("sqrt(3)+5", "6.73"): "rounded",
    ("5.004", "5.004 e^0"): "exact",
    ("5", "5.004"): "wrong",
    ("5", "5.004 e^0"): "wrong",
    ("pi", "pi"): "exact",
    ("pi/4", r"\frac{\pi}{4}"): "exact",
    ("pi", "22/7"): "close",
    ("pi", "3.14"): "rounded",
    ("ln(2)", "0.7"): "wrong",
    ("e^e", "e^(e+0)"): "exact",
    ("1", "e^(pi-pi)"): "exact",
    ("1", "e^(ln(2)*ln(3)-ln(3)*ln(2))"): "exact",
    ("1", "2*ln(1+sqrt(2))/ln(3+2*sqrt(2))"): "undecided",
    ("1", "1/(ln(3+2*sqrt(2)) - 2*ln(1+sqrt(2)))"): "unreadable",
    ("1", "1/(ln(2)*ln(3)-ln(3)*ln(2))"): "unreadable",
    ("pi*(e+1)", "e*pi+pi"): "exact",
    ("sqrt(pi)", "pi^(1/2)*1"): "exact",
    ("tanh(2)", "(1-e^-4)/(1+e^-4)"): "exact",
    ("tanh(2*tanh(1/2)+1)", "1-2/(1+e^(2-4/(1/e+1)*(1/e-1)))"): "exact",
    (r"\sigma(1/2)", "sigmoid 0.5"): "exact",
    ("ln(e^17+1+e^-56)", "17+ln(1+e^-17+e^-73)"): "exact",
    ("ln(e^17+1+e^-56)", "17+ln(1+e^-17+e^-74)"): "close",
    ("ln(e^17+1+e^-56)", "17.00000004"): "rounded",
    ("ln(2)/2", "ln(sqrt(2))"): "exact",
    ("0", "2*ln(3)-ln(9)"): "exact",
    ("ln(375)/4", "1/4*ln(3)+3*ln(5)/4"): "exact",
    ("ln(375)/4", "1/4*ln(3)+3*ln(5)/4+10^-9*ln(2)"): "close",
    ("e+ln(2)", "ln(2*e^e)"): "exact",
    ("[1, 2]", "[1; 2]"): "exact",
    ("[[1, 2]]", "[1, 2]"): "wrong",
    ("[1, 2]", "5"): "wrong",
    ("[1/3, 2]", "[0.33, 2]"): "rounded",
    ("[1/3, 2]", "[0.33, 2.1]"): "wrong",
    ("[1, 2]", "[1, ]"): "missing",
    ("[1, 2]", "[1, x]"): "unreadable",
    ("[[1,2],[3,4]]", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"): "exact",
    ("5", "9^9^9^9"): "unreadable",
    ("5", "p_1"): "unreadable",
    ("2 = 2.0", "2"): "exact",
}


@pytest.mark.parametrize(("key", "answer"), CASES)
def test_verdicts(key: str, answer: str) -> None:
    assert compare(key, answer).verdict.value == CASES[key, answer]


def test_a_key_that_cannot_be_read_is_not_the_answers_fault() -> None:
    with pytest.raises(UnreadableKey, match="the key, at character 3: expected a number before the end"):
        compare("1+", "2")


def test_the_command(backcheck: Backcheck) -> None:
    outcome = backcheck("compare", "1/3", "0.333")
    assert outcome == (0, "✓ rounded\n  rounds at 3 digits: |x - key| = 0.000333 <= 0.0005\n", "")
    outcome = backcheck("compare", "--json", "--", "-1/2", "-0.6")
    assert outcome.status == 1
    assert json.loads(outcome.out) == {
        "verdict": "wrong",
        "decimal": "-0.5",
        "note": "differs: |x - key| = 0.1, key = -0.5",
    }
    assert backcheck("compare", "1+", "2").status == 2
    assert "expected KEY and ANSWER" in backcheck("compare", "1").err


def test_json_lines(backcheck: Backcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        '{"key": "2", "answer": "1+1"}',
        "",
        '{"key": "2", "answer": 2}',
        "nonsense",
        '{"key": "2+", "answer": "2"}',
        '{"key": "e", "answer": "2.718"}',
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    outcome = backcheck("compare")
    assert outcome.status == 1
    found = [json.loads(line) for line in outcome.out.splitlines()]
    assert [one["verdict"] for one in found] == ["exact", "unreadable", "unreadable", "unreadable", "rounded"]
    assert found[0] == {"verdict": Verdict.EXACT.value, "decimal": "2", "note": "proved equal in Q"}
    assert found[3]["note"] == "the key, at character 3: expected a number before the end"
    assert found[4]["decimal"] == "2.7182818284590452354"


AS_WRITTEN = {
    ("sqrt(pi)", "sqrt( pi )"): "exact",  # beyond every proof but that of the form
    ("ln(2)*ln(3)", "ln(2)*ln(3)"): "exact",
}


@pytest.mark.parametrize(("key", "answer"), AS_WRITTEN)
def test_what_is_written_alike_is_equal(key: str, answer: str) -> None:
    assert compare(key, answer).verdict.value == AS_WRITTEN[key, answer]


def test_an_answer_that_cannot_be_read_is_told_where() -> None:
    assert compare("2", "1+").note == "at character 3: expected a number before the end"
