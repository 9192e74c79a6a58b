"""Compares an answer with a key, both given as text: equality, rounding and nearness, each decided exactly.

`[..]` is a column, for which a row may stand; other shapes are wrong; a matrix takes its worst entry's verdict. There
is no step that the key is the result of: the size of its terms is its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checks.judging.chains import judged_member
from checks.judging.clauses import Key
from checks.judging.explain import evidence
from checks.judging.judge import judge
from checks.judging.letters import compared_with_letters
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict, severity
from checks.language.evaluate import Value, evaluate
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.reading import ShapeError, Wanted, read, read_tree
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Applied, Blank, Matrix, Named, Node, same, walk
from checks.language.vocabulary import NONE, Vocabulary
from exact.letters.symbolic import Letter, Symbolic
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


def compare(
    key_text: str, answer_text: str, tolerance: Tolerance | None = None, letters: tuple[str, ...] = ()
) -> Comparison:
    """The verdict on the answer. Raises `UnreadableKey`; an answer that cannot be read has the verdict unreadable.

    Where one of the two uses `letters`, equal means equal for all values at which both are defined.
    """
    names = Vocabulary(frozenset(letters), frozenset(FUNCTIONS)) if letters else NONE
    try:
        tree = read_tree(key_text, Wanted(vocabulary=names))
        nodes = [item.node for item in tree.items] if isinstance(tree, Matrix) else [tree]
        key = [_either(node, letters) for node in nodes]
    except AnswerError as error:
        raise UnreadableKey(f"the key, at character {error.position + 1}: {error.message}") from None
    shown = None if isinstance(tree, Matrix) or isinstance(key[0], Symbolic) else _decimal(key[0])
    try:
        items = read(answer_text, replace(_wanted(tree, key[0]), vocabulary=names))
        if not items or any(isinstance(item.node, Blank) for item in items):
            return Comparison(Verdict.MISSING, shown, "left empty")
        named = _values(letters)
        answers = [_either(item.node, letters) for item in items]
        found = [
            _compared(wanted, answer, tolerance or Tolerance())
            if isinstance(wanted, Value) and isinstance(answer, Value)
            else compared_with_letters(symbolic_value(node, named), symbolic_value(item.node, named))
            for wanted, answer, node, item in zip(key, answers, nodes, items, strict=True)
        ]
    except ShapeError as error:
        return Comparison(Verdict.WRONG, shown, error.message)
    except AnswerError as error:
        return Comparison(Verdict.UNREADABLE, shown, f"at character {error.position + 1}: {error.message}")
    verdict, words = max(found, key=lambda one: severity(one[0]))
    return Comparison(verdict, shown, words)


def _either(node: Node, letters: tuple[str, ...]) -> Value | Symbolic:
    """The value, an expression where there are letters or functions that go with them."""
    has_letters = any(isinstance(part, Named | Applied) for part in walk(node))
    return symbolic_value(node, _values(letters)) if has_letters else _evaluated(node)


def _values(letters: tuple[str, ...]) -> dict[str, Symbolic]:
    return {name: Letter(name) for name in letters}


def _wanted(tree: Node, first: Value | Symbolic) -> Wanted:
    """What an answer to the key is to be: a list without rows is a vector."""
    if isinstance(tree, Matrix):
        return Wanted(tree.shape, is_matrix=not tree.flat, flat_fits=False)
    exact = first.exact if isinstance(first, Value) else None
    number = None if exact is None else exact.as_fraction()
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
