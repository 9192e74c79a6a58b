"""Compares an answer with a key, both given as text: equality, rounding and nearness, each decided exactly.

`[..]` is a column; different shapes are wrong; a matrix takes its worst entry's verdict. There is no step that the key
is the result of, so the tolerance for sums that cancel does not apply.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.judging.chains import judged_member
from checks.judging.explain import evidence
from checks.judging.judge import Key, judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict, severity
from checks.language.evaluate import Value, evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
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
        shape, key_nodes = _scalars(key_text)
        key = [_evaluated(node) for node in key_nodes]
    except AnswerError as error:
        raise UnreadableKey(f"the key, at character {error.position + 1}: {error.message}") from None
    shown = _decimal(key[0]) if shape is None else None
    try:
        answer_shape, nodes = _scalars(answer_text)
        if answer_shape != shape:
            return Comparison(Verdict.WRONG, shown, f"{_told(answer_shape)}, the key is {_told(shape)}")
        if any(isinstance(node, Blank) for node in nodes):
            return Comparison(Verdict.MISSING, shown, "left empty")
        found = [_compared(k, _evaluated(node), tolerance or Tolerance()) for k, node in zip(key, nodes, strict=True)]
    except AnswerError as error:
        return Comparison(Verdict.UNREADABLE, shown, f"at character {error.position + 1}: {error.message}")
    verdict, words = max(found, key=lambda one: severity(one[0]))
    return Comparison(verdict, shown, words)


def _scalars(text: str) -> tuple[tuple[int, int] | None, list[Node]]:
    """The shape, None for a single number, and the scalar trees row by row."""
    tree = expand(parse(text), text)
    if isinstance(tree, Matrix):
        return tree.shape, [item.node for item in tree.items]
    return None, [tree]


def _evaluated(node: Node) -> Value:
    return evaluate(judged_member(node, Scope())[0], Scope())


def _compared(key: Value, answer: Value, tolerance: Tolerance) -> tuple[Verdict, str]:
    if same(key.node, answer.node):
        return Verdict.EXACT, "equal as written"
    number = Number.of(key)
    judgement = judge(answer, Key(number), tolerance)
    if judgement.equal is None:
        return Verdict.UNDECIDED, OPEN
    return judgement.verdict, evidence(judgement, answer, number)


def _decimal(key: Value) -> str | None:
    try:
        return None if key.exact is None else decimal(key.exact)
    except (Undecided, TooLarge):
        return None


def _told(shape: tuple[int, int] | None) -> str:
    return "a single number" if shape is None else f"a {shape[0]} x {shape[1]} matrix"
