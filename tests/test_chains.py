"""Which member of a chain `a = b ≈ c` is the answer."""

from __future__ import annotations

import pytest

from checks.judging.chains import judged_member
from checks.judging.judge import judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from tests.hand_sheets import CLOSE, EXACT, KEYS, ROUNDED, WRONG


@pytest.mark.parametrize(
    ("chain", "verdict", "remarks"),
    [
        ("e^42/(e^42+e^-31+e^25) = 0.99999996 ≈ 1", EXACT, False),
        ("e^42/(e^42+e^-31+e^25) = 1/(1+e^-17+e^-73)", EXACT, False),
        ("0.5 + 0.5 = 1", CLOSE, False),
        ("e^42 = 0.99999996", ROUNDED, True),
        ("1 = e^42", WRONG, True),
        ("e^42/(e^42+e^-31+e^25) = 0", WRONG, True),
        ("e^42/(e^42+e^-31+e^25) = 1e1", WRONG, True),
        ("0.99999996 = e^42/(e^42+e^-31+e^25)", EXACT, False),
        ("sqrt(25.0000000001) = 5", WRONG, False),
        ("sqrt(3) = 1", ROUNDED, True),
        ("0.66 = 0.7", WRONG, True),
        ("2 = sqrt(3)", WRONG, True),
        ("sqrt(3) = sqrt(3)", WRONG, False),
        ("sqrt(12) = 2*sqrt(3) = 3.46", WRONG, False),
        ("sqrt(3) = sqrt(2)", WRONG, True),
    ],
)
def test_a_chain_is_judged_by_the_first_member_that_the_rest_agree_with(
    chain: str, verdict: Verdict, remarks: bool
) -> None:
    node, remark = judged_member(parse(chain), Scope())
    assert judge(evaluate(node, Scope()), KEYS["a3[1]"], Tolerance()).verdict is verdict
    assert bool(remark) is remarks


@pytest.mark.parametrize(
    ("chain", "place"),
    [
        ("sqrt(pi) = 1.7725", 0),  # nothing proves that sqrt(pi) equals itself
        ("2 = sqrt(pi) = 1.7725", 1),
        ("1.7725 = sqrt(pi)", 1),
    ],
)
def test_a_member_is_held_against_later_ones_alone(chain: str, place: int) -> None:
    node = parse(chain)
    assert judged_member(node, Scope())[0] is node.members[place]  # type: ignore[attr-defined]
