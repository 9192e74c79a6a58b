"""Compares an answer with a key, both given as text: equality, rounding and nearness, each decided exactly.

`[..]` is a column, for which a row may stand; other shapes are wrong; a matrix takes its worst entry's verdict. There
is no step that the key is the result of: the size of its terms is its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.judging.chains import judged_member
from checks.judging.clauses import Key
from checks.judging.explain import evidence
from checks.judging.judge import judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict, severity
from checks.language.evaluate import Value, evaluate
from checks.language.reading import ShapeError, Wanted, read, read_tree
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Matrix, Node, same
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

OPEN = "the enclosures of answer and key overlap at every precision that was tried"


class UnreadableKey(ValueError):
    """The key itself is not in the answer language; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on the answer; the key's decimal where it is one number that the exact field holds."""

    verdict: Verdict
    decimal: str | None
    note: str


def compare(key_text: str, answer_text: str, tolerance: Tolerance | None = None) -> Comparison:
    """The verdict on the answer. Raises `UnreadableKey`; an answer that cannot be read has the verdict unreadable."""
    try:
        tree = read_tree(key_text, Wanted())
        key = [_evaluated(item.node) for item in tree.items] if isinstance(tree, Matrix) else [_evaluated(tree)]
    except AnswerError as error:
        raise UnreadableKey(f"the key, at character {error.position + 1}: {error.message}") from None
    shown = None if isinstance(tree, Matrix) else _decimal(key[0])
    try:
        items = read(answer_text, _wanted(tree, key))
        if not items or any(isinstance(item.node, Blank) for item in items):
            return Comparison(Verdict.MISSING, shown, "left empty")
        answers = [_evaluated(item.node) for item in items]
        found = [_compared(k, value, tolerance or Tolerance()) for k, value in zip(key, answers, strict=True)]
    except ShapeError as error:
        return Comparison(Verdict.WRONG, shown, error.message)
    except AnswerError as error:
        return Comparison(Verdict.UNREADABLE, shown, f"at character {error.position + 1}: {error.message}")
    verdict, words = max(found, key=lambda one: severity(one[0]))
    return Comparison(verdict, shown, words)


def _wanted(tree: Node, key: list[Value]) -> Wanted:
    """What an answer to the key is to be: a list without rows is a vector."""
    if isinstance(tree, Matrix):
        return Wanted(tree.shape, is_matrix=not tree.flat, flat_fits=False)
    number = None if key[0].exact is None else key[0].exact.as_fraction()
    return Wanted(may_have_thousands=number is not None and number.denominator == 1 and abs(number) >= 1000)


def _evaluated(node: Node) -> Value:
    return evaluate(judged_member(node, Scope())[0], Scope())


def _compared(key: Value, answer: Value, tolerance: Tolerance) -> tuple[Verdict, str]:
    if same(key.node, answer.node):
        return Verdict.EXACT, "equal as written"
    number = Number.of(key)
    judgement = judge(answer, Key(number, size=Number.of(abs(number))), tolerance)
    if judgement.equal is None:
        return Verdict.UNDECIDED, OPEN
    return judgement.verdict, evidence(judgement, answer, number)


def _decimal(key: Value) -> str | None:
    try:
        return None if key.exact is None else decimal(key.exact)
    except (Undecided, TooLarge):
        return None
