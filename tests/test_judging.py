"""The verdicts, rule by rule, on the homework's own entries: (entry, answer, verdict)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.assignment.assignment_file import load_assignment
from checks.hand.key import hand_reference
from checks.judging.clauses import Ground, Key
from checks.judging.explain import evidence
from checks.judging.judge import Judgement, judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import MEANINGS, Verdict
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.networks.mlp import solve
from exact.networks.problem_table import read_problem
from exact.numbers.number import Number
from tests.hand_sheets import CLOSE, EXACT, HOMEWORK, KEYS, ROUNDED, UNDECIDED, WRONG
from tests.worked_cases import TABLES

CASES = [
    # A rational key: exact, a rounding, or cut off after three digits; no numeral is ever near it.
    ("s3[1]", "42", EXACT),
    ("s3[1]", "42.0", EXACT),
    ("s3[1]", "84/2", EXACT),
    ("s3[1]", "42*e^0", EXACT),
    ("s3[1]", "42.04", WRONG),
    ("s3[1]", "42.01", WRONG),
    ("s3[1]", "41.9", WRONG),
    ("s3[1]", "4*10", WRONG),
    ("s3[1]", "sqrt(1764.1)", WRONG),
    ("s3[1]", "42.000004", CLOSE),  # as a float has it
    ("s3[1]", "42.0002", WRONG),
    ("s3[1]", "4.2e1", EXACT),
    ("s3[1]", "42.004 e^0", WRONG),
    ("s3[1]", "42.00000004 e^0", WRONG),
    ("s3[1]", "sqrt(1800)", WRONG),
    ("s1[1]", "5", EXACT),
    ("s1[2]", "5", WRONG),
    ("a1[2]", "0", EXACT),
    ("a1[2]", "-0", EXACT),
    ("a1[2]", "0.00", EXACT),
    ("a1[2]", "1e-9", WRONG),
    ("W1_new[2,1]", "3.00", EXACT),
    # a' is exact or wrong.
    ("da1[1]", "1", EXACT),
    ("da1[1]", "1.0", EXACT),
    ("da1[1]", "0.999", WRONG),
    ("da1[2]", "0", EXACT),
    # Softmax outputs: symbols claim equality, numerals may be rounded.
    ("a3[1]", "e^42/(e^42+e^-31+e^25)", EXACT),
    ("a3[1]", "1/(1+e^(-17)+e^(-73))", EXACT),
    ("a3[1]", "1", ROUNDED),
    ("a3[1]", "1.0", ROUNDED),
    ("a3[1]", "0.99999996", ROUNDED),
    ("a3[1]", "0.99999995", CLOSE),
    ("a3[1]", "0.9", WRONG),
    ("a3[1]", "0.999", CLOSE),
    ("a3[1]", "0.998", WRONG),
    ("a3[1]", "0.9995", CLOSE),
    ("a3[1]", "100%", ROUNDED),
    ("a3[1]", "1/(1+e^-17)", CLOSE),
    ("a3[1]", "1 - e^-17", CLOSE),
    ("a3[2]", "1.979e-32", ROUNDED),
    ("a3[2]", "1.98*10^-32", ROUNDED),
    ("a3[2]", "2.0e-32", ROUNDED),
    ("a3[2]", "2e-32", WRONG),  # one digit, and not within tolerance
    ("a3[2]", "1.978e-32", CLOSE),
    ("a3[2]", "1.9e-32", WRONG),
    ("a3[2]", "3.442e-14", WRONG),  # e^-31, not normalised
    ("a3[2]", "e^-31", WRONG),
    ("a3[2]", "e^-73", CLOSE),
    ("a3[2]", "0", CLOSE),
    ("a3[3]", "4.140e-8", ROUNDED),
    ("a3[3]", "4.14e-8", ROUNDED),
    ("a3[3]", "4.139e-8", CLOSE),
    ("a3[3]", "0", CLOSE),
    # A sum whose terms cancel is only as good as its terms.
    ("delta2[1]", "p_2", EXACT),
    ("delta2[1]", "2p_1 + 3p_2 + 2(p_3 - 1)", EXACT),
    ("delta2[1]", "0", CLOSE),
    ("delta2[1]", "0.000", CLOSE),
    ("delta2[1]", "5.9e-32", CLOSE),
    ("delta2[1]", "-2.2e-16", CLOSE),
    ("delta2[1]", "1.2e-7", CLOSE),
    ("delta2[1]", "1.98e-32", ROUNDED),
    ("delta2[1]", "1e-5", WRONG),
    ("delta2[1]", "p_1", WRONG),
    ("delta2[1]", "3p_2", WRONG),
    ("delta2[1]", "e^-73", CLOSE),
    ("delta2[1]", "2*e^-73", WRONG),
    ("delta2[2]", "1", ROUNDED),
    ("delta2[2]", "0", WRONG),
    ("delta3[3]", "-1", ROUNDED),
    ("delta3[3]", "p_3 - 1", EXACT),
    ("delta3[3]", "-(p_1 + p_2)", EXACT),
    ("delta3[3]", "1 - p_3", WRONG),
    # Updates.
    ("W3_new[3,1]", "5", ROUNDED),
    ("W3_new[3,1]", "5.000", ROUNDED),
    ("W3_new[3,1]", "5 - 3p_3", EXACT),
    ("W3_new[3,1]", "2 + 3p_1 + 3p_2", EXACT),
    ("W3_new[3,1]", "5 + 3p_3", WRONG),
    ("W3_new[3,1]", "6", WRONG),
    ("b3_new[1]", "-0.5", ROUNDED),  # one digit is enough where it is near
    ("b3_new[1]", "-1/2", CLOSE),
    ("b3_new[1]", "-0.50", ROUNDED),
    ("b3_new[1]", "-p_1/2", EXACT),
    ("b3_new[3]", "1.5", WRONG),
    ("b3_new[3]", "-1.5", ROUNDED),
    ("W2_new[2,1]", "0.5", ROUNDED),
    ("W2_new[2,1]", "0", WRONG),
    # A power of ten may be written in any way.
    ("a3[3]", r"4.1\,\times\,10^{-8}", ROUNDED),
    ("a3[3]", r"4.1~\times~10^{-8}", ROUNDED),
    ("a3[3]", "4.1*10**-8", ROUNDED),
    ("a3[3]", "(4.1)*10^-8", ROUNDED),
    ("a3[3]", "4.1(10^-8)", ROUNDED),
    ("a3[3]", "4.1*1e-8", ROUNDED),
    ("a3[3]", "-(-4.1e-8)", ROUNDED),
    ("a3[3]", "(4.1e-6)%", ROUNDED),
    ("a3[3]", "4.1*10", WRONG),
    # Too large or too near for exact work: enclosures decide.
    ("W3_new[1,1]", "(1+1e-5000)^5", WRONG),
    ("W3_new[1,1]", "1/(1e-5000 + e^-10000)", WRONG),
    ("W3_new[2,1]", "(1e5000)^6", WRONG),
    ("a3[1]", "+".join(f"e^.{i:03}" for i in range(1, 560)), WRONG),
    ("s1[1]", "5.0049*pi/pi", WRONG),
    ("s1[1]", "5.0051*pi/pi", WRONG),
    ("da1[1]", "2*ln(1+sqrt(2))/ln(3+2*sqrt(2))", UNDECIDED),
    ("da1[1]", "ln(2)/ln(2)", EXACT),
    ("da1[1]", "pi", WRONG),
    # Outside the field.
    ("a3[1]", "p_1 + 0*sqrt(2)", EXACT),
    ("a3[1]", "p_1 + 0*ln(2)", EXACT),
    ("delta3[1]", "sqrt(2)*p_1 - 1", WRONG),
    ("delta3[1]", "p_1*sqrt(2)/sqrt(2)", EXACT),
    ("b1_new[2]", "-sqrt(2)*sqrt(2)", EXACT),
]


@pytest.mark.parametrize(("entry", "answer", "verdict"), CASES)
def test_the_verdict_on(entry: str, answer: str, verdict: Verdict) -> None:
    value = evaluate(parse(answer), Scope(HOMEWORK.solution.outputs))
    assert judge(value, KEYS[entry], Tolerance()).verdict is verdict


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("1/3", "0.3", WRONG),
        ("1/3", "0.33", ROUNDED),
        ("1/3", "0.333", ROUNDED),
        ("1/3", "0.334", WRONG),
        ("1/3", "0.332", WRONG),
        ("1/3", "0.3334", WRONG),
        ("1/3", "0.333333343267", CLOSE),
        ("1/3", "0.333343", CLOSE),
        ("1/3", "0.333344", WRONG),  # 1e-6 of the terms, here 10
        ("2/3", "0.666", CLOSE),  # cut off
        ("-2/3", "-0.666", CLOSE),
        ("2/3", "0.66", WRONG),
        ("2/3", "0.665", WRONG),
        ("2/3", "0.668", WRONG),
        ("2/3", "-0.666", WRONG),
        ("0.001", "0.00101", WRONG),
        ("0.001", "0.001010", CLOSE),  # six decimals, and within 1 %
        ("0.0005", "0.000505", CLOSE),
        ("0.0005", "0.000506", WRONG),  # within 1e-6 of the terms, not within 1 %
        ("0.0001", "0", WRONG),
        ("0.0001", "0.0000923", CLOSE),  # cancelled to 1e-5 of the terms
        ("0.000001", "0.000000", CLOSE),
        ("0.000001", "0", WRONG),
        ("17/8", "2.12", ROUNDED),  # the midpoint rounds either way
        ("17/8", "2.13", ROUNDED),
        ("17/8", "2.11", WRONG),
        ("17/8", "2.2", WRONG),
        ("17/8", "2", WRONG),
        ("17/8", "2.1", ROUNDED),
        ("291/2", "146", ROUNDED),
        ("145", "146", WRONG),
        ("0", "0", EXACT),
        ("0", "0.001", WRONG),
        ("0", "5.55e-17", CLOSE),
        ("0", "-2.2e-16", CLOSE),
        ("0", "1.1e-5", WRONG),
        ("3/10", "0.30000000000000004", CLOSE),
        ("10/21", "0.47619047619047616", CLOSE),
        ("0.028", "2.8%", EXACT),
        ("2/3", "66.7%", ROUNDED),
    ],
)
def test_rational_keys(key: str, answer: str, verdict: Verdict) -> None:
    exact = evaluate(parse(key), Scope()).exact
    assert exact is not None
    assert (
        judge(
            evaluate(parse(answer), Scope()),
            Key(Number.of(exact), size=Number.of(10), largest=Number.of(10**9)),
            Tolerance(),
        ).verdict
        is verdict
    )


def test_an_assignment_can_be_stricter() -> None:
    strict = Tolerance(relative=Tolerance().relative / 10**9, absolute=Tolerance().absolute / 10**12, digits=4)
    given = {
        answer: judge(evaluate(parse(answer), Scope()), KEYS["a3[2]"], strict).verdict
        for answer in ("1.979e-32", "1.98e-32", "1.978e-32")
    }
    assert given == {"1.979e-32": ROUNDED, "1.98e-32": WRONG, "1.978e-32": WRONG}


def test_the_ground_of_a_close_answer_is_told() -> None:
    grounds = {
        ("delta2[1]", "0"): Ground.TERMS,
        ("a3[2]", "0"): Ground.ZERO,
        ("a3[2]", "1.978e-32"): Ground.RELATIVE,
    }
    for (entry, answer), ground in grounds.items():
        assert judge(evaluate(parse(answer), Scope()), KEYS[entry], Tolerance()).ground is ground


def test_the_table_of_verdicts_is_complete() -> None:
    assert list(MEANINGS) == list(Verdict)
    assert {MEANINGS[verdict].credit for verdict in (EXACT, ROUNDED, CLOSE)} == {"full"}
    assert MEANINGS[UNDECIDED].credit == "excluded"
    assert (
        len({meaning.ascii_mark for meaning in MEANINGS.values()}) == len(MEANINGS) - 1
    )  # exact and rounded share one


def test_the_evidence_is_a_proof_in_a_line() -> None:
    def proof(entry: str, answer: str) -> str:
        value = evaluate(parse(answer), Scope(HOMEWORK.solution.outputs))
        return evidence(judge(value, KEYS[entry], Tolerance()), value, KEYS[entry].value)

    assert proof("a3[1]", "p_1") == "proved equal in Q(e)"
    assert proof("s1[1]", "5") == "proved equal in Q"
    assert proof("a3[2]", "1.979e-32") == "rounds at 4 digits: |x - key| = 2.60e-36 <= 5e-36"
    assert proof("W3_new[3,1]", "6") == "differs: |x - key| = 1.00, key = 5.00"


def test_a_verdict_of_judge_is_a_value_that_cannot_change() -> None:
    with pytest.raises(AttributeError):
        Judgement(EXACT).verdict = WRONG  # type: ignore[misc]


def test_the_largest_entry_of_a_cell_is_found_wherever_it_stands() -> None:
    largest = KEYS["b3_new[1]"].largest  # of 1/2, 4 and 3/2
    assert largest is not None
    assert largest.exact == abs(KEYS["b3_new[2]"].value).exact


def test_an_answer_half_in_p_and_half_in_exponentials_is_decided() -> None:
    """As symbols p_1 and p_2 e are two numbers; as their values they are one, for s_1 = s_2 + 1."""
    table = TABLES["tanh"] | {
        "layers": [{"W": [["1/2", 1]], "b": [1]}, {"W": [[1]], "b": [0]}, {"W": [[3], [3]], "b": [1, 0]}]
    }
    p = solve(read_problem(table)).outputs
    assert p[0].exact is None
    assert judge(evaluate(parse("p_2*e"), Scope(p)), Key(p[0]), Tolerance()).verdict is Verdict.EXACT


@pytest.mark.parametrize("case", ["homework", "identity"])
def test_a_derivative_of_a_piecewise_linear_unit_is_exact_or_wrong(case: str) -> None:
    part = replace(load_assignment("ee541-hw3").hand_parts[0], problem=read_problem(TABLES[case]))
    keys = {entry.name: entry.key for cell in hand_reference(part).cells for entry in cell.entries}
    near = evaluate(parse("1.0000001"), Scope())
    assert judge(near, keys["da1[1]"], Tolerance()).verdict is Verdict.WRONG
    assert judge(near, replace(keys["da1[1]"], exact_only=False), Tolerance()).verdict is Verdict.CLOSE


def test_a_cost_is_held_against_logarithms() -> None:
    (cost,) = solve(read_problem(TABLES["homework"])).cell("C").entries
    answer = evaluate(parse("17 + ln(1 + e^-17 + e^-73)"), Scope())
    assert judge(answer, Key(cost.value), Tolerance()).verdict is Verdict.EXACT
