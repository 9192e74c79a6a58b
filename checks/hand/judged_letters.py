"""One answer to an entry of a part with letters: its expression, and the verdict on it."""

from __future__ import annotations

from fractions import Fraction

from checks.judging.letters import compared_with_letters
from checks.judging.verdicts import Verdict
from checks.language.ambiguities import told
from checks.language.tree import AnswerError, Chain, Named, Node, Numeral, Probability, walk
from exact.letters.decide import Different, Equal, decide
from exact.letters.symbolic import Symbolic

ROUNDED_DIGITS = 3
"""Significant digits from which a decimal among letters may be a number that was rounded."""

NEAR = Fraction(1, 200)
"""The share of the key's value at a point within which such numbers may be all that is wrong."""


def has_names(node: Node) -> bool:
    """Whether the answer is written with names."""
    return any(isinstance(part, Named | Probability) for part in walk(node))


def members_of(node: Node) -> tuple[Node, ...]:
    """What a chain `a = b = c` says, one after another; of anything else itself."""
    return node.members if isinstance(node, Chain) else (node,)


def judged_formula(
    key: Symbolic, node: Node, values: tuple[Symbolic, ...], positive: tuple[Symbolic, ...]
) -> tuple[int, Verdict, str]:
    """The place of the member that is judged, with its verdict and what there is to say; `values` are the members'.

    A chain is judged by what it ends with, or, where that has rounded numbers, by an earlier member that is the key.
    Raises `AnswerError` for a number in brackets behind an expression that it is not: both may be a product.
    """
    *earlier, last = values
    if isinstance(node, Chain) and node.restated and not isinstance(decide(earlier[-1], last, positive), Equal):
        raise AnswerError(told("a value beside another in brackets"), node.members[-1].position)
    verdict, said = compared_with_letters(key, last, positive)
    is_rounded = any(
        isinstance(part, Numeral) and part.unit < 1 and part.digits >= ROUNDED_DIGITS
        for part in walk(members_of(node)[-1])
    )
    if verdict is Verdict.WRONG and is_rounded:
        for place, value in enumerate(earlier):
            if isinstance(decide(key, value, positive), Equal):
                return place, Verdict.EXACT, said_of(Verdict.EXACT, "")
        if _is_near(decide(key, last, positive)):
            return len(earlier), Verdict.UNDECIDED, "as near as its decimals may be rounded; a person will look at it"
    contradicted = any(isinstance(decide(last, value, positive), Different) for value in earlier)
    remark = "what stands before it in the chain says something else" if contradicted else ""
    return len(earlier), verdict, "; ".join(filter(None, (said_of(verdict, said), remark)))


def said_of(verdict: Verdict, words: str) -> str:
    """What a student reads beside the verdict; "" where the verdict says it all."""
    match verdict:
        case Verdict.WRONG:
            return words
        case Verdict.UNDECIDED:
            return f"it could not be decided whether this equals the key ({words}); a person will look at it"
        case _:
            return ""


def _is_near(found: object) -> bool:
    if not isinstance(found, Different):
        return False
    return abs(Fraction(found.difference)) <= NEAR * abs(Fraction(found.key))
