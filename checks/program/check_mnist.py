"""Problem 1, the feed-forward pass: holds shapes, softmax, `result.json` and the count against the reference."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from checks.answers.answers import Statement, latest, not_asked_for
from checks.judging.chains import judged_member
from checks.judging.clauses import Key
from checks.judging.explain import evidence, note, short
from checks.judging.findings import Finding, Reading, Section, Trouble
from checks.judging.judge import Judgement, judge
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict, severity
from checks.language.evaluate import Value, evaluate
from checks.language.reading import ShapeError, Wanted
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank
from checks.program.check_result import check_result
from checks.program.reference import MnistReference
from exact.calculation.functions import softmax_value
from exact.numbers.array import array
from exact.numbers.decimals import decimal
from exact.numbers.number import Number
from exact.writing.notation import TEXT, softmax_quotient

SOFTMAX_LOGITS = (Fraction(0), Fraction(1), Fraction(2))
SOFTMAX_TOLERANCE = Fraction(5, 1000)
"""The handout prints Softmax([0, 1, 2]) with two decimals."""

_SHAPE_WITH_TIMES = re.compile(r"[\[(]?\s*(\d+)\s*[x×]\s*(\d+)\s*[\])]?")


def check_mnist(
    reference: MnistReference,
    statements: tuple[Statement, ...],
    result: bytes | Trouble | None,
    *,
    explain: bool = False,
) -> tuple[Section, tuple[Trouble, ...]]:
    """The findings on every item, in the order of the homework, and what no item can be blamed for.

    `result` is the content of result.json, or why it could not be read. With `explain` findings carry their evidence.
    """
    stated, troubles = latest(statement for statement in statements if statement.name.short)
    checker = _Checker(reference, stated, explain)
    findings = (*checker.shapes(), checker.softmax(), *check_result(reference, result), checker.claimed_count())
    known = {finding.name for finding in findings}
    troubles += [not_asked_for(statement) for name, statement in stated.items() if name not in known]
    return Section("Feed-forward pass on MNIST", findings), tuple(troubles)


@cache
def _softmax_key() -> tuple[list[Key], str, str]:
    """The key of each output, and all of them exactly and in decimals."""
    values = softmax_value(array(list(SOFTMAX_LOGITS)))
    exact = ", ".join(softmax_quotient(SOFTMAX_LOGITS, i, TEXT) for i in range(len(values)))
    keys = [Key(value, within=SOFTMAX_TOLERANCE) for value in values]
    return keys, f"[{exact}]", f"[{', '.join(map(decimal, values))}]"


class _Checker:
    """The items of one submission."""

    def __init__(self, reference: MnistReference, statements: dict[str, Statement], explain: bool) -> None:
        self.reference, self.statements = reference, statements
        self.points, self.explain = reference.part.points, explain

    def shapes(self) -> list[Finding]:
        layers = self.reference.part.layers
        shapes: dict[str, tuple[int, ...]] = {}
        for layer, (inputs, outputs) in enumerate(pairwise(layers), start=1):
            shapes |= {f"W{layer}.shape": (outputs, inputs), f"b{layer}.shape": (outputs,)}
        share = self.points["shapes"] / len(shapes)
        return [self.shape(name, shape, share) for name, shape in shapes.items()]

    def shape(self, name: str, shape: tuple[int, ...], share: Fraction) -> Finding:
        expected = f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
        statement = self.statements.get(name)
        if statement and isinstance(statement.value, str) and (m := _SHAPE_WITH_TIMES.fullmatch(statement.value)):
            statement = replace(statement, value=f"({m[1]}, {m[2]})")
        keys = [Key(Number.of(Fraction(size)), exact_only=True) for size in shape]
        return self.vector(name, statement, keys, expected, None, share, any_length=True)

    def softmax(self) -> Finding:
        keys, exact, decimals = _softmax_key()
        return self.vector("softmax", self.statements.get("softmax"), keys, exact, decimals, self.points["softmax"])

    def vector(
        self,
        name: str,
        statement: Statement | None,
        keys: list[Key],
        expected: str,
        decimals: str | None,
        points: Fraction,
        *,
        any_length: bool = False,
        is_count: bool = False,
    ) -> Finding:
        """All or nothing: the verdict on a vector is that on its worst entry.

        With `any_length` a vector of another length is an answer, and wrong; else it cannot be read. With `is_count`
        it is one whole number, whose digits may be in groups.
        """
        missing = Finding(name, points, expected, decimals)
        if statement is None:
            return missing
        given = replace(missing, given=statement.shown(), source=statement.source, reading=statement.reading)
        if statement.reading is Reading.TO_CONFIRM:
            return replace(given, verdict=Verdict.UNDECIDED, note=statement.to_confirm())
        try:
            items = statement.items(Wanted((len(keys), 1), may_have_thousands=is_count, count=is_count))
            if not items:
                return missing
            if any(isinstance(item.node, Blank) for item in items):
                return replace(given, note="an entry is left empty")
            values = [evaluate(judged_member(item.node, Scope())[0], Scope()) for item in items]
            judged = [(judge(value, key, Tolerance()), value, key) for value, key in zip(values, keys, strict=True)]
        except AnswerError as error:
            if isinstance(error, ShapeError) and error.entries is not None and any_length:
                return replace(given, verdict=Verdict.WRONG, note=f"{error.entries} dimensions, not {len(keys)}")
            trouble = statement.trouble(name, error)
            return replace(given, verdict=Verdict.UNREADABLE, note=error.message, trouble=trouble)
        judgement, value, key = max(judged, key=lambda one: severity(one[0].verdict))
        is_one_of_several = judgement.verdict is Verdict.WRONG and len(judged) > 1
        words = _first_wrong(judged) if is_one_of_several else note(judgement, decimal(key.value), decimal(key.value))
        return replace(
            given,
            verdict=judgement.verdict,
            note=words,
            evidence=evidence(judgement, value, key.value) if self.explain else "",
        )

    def claimed_count(self) -> Finding:
        evaluation = self.reference.evaluation
        count = evaluation.correct if evaluation else self.reference.part.correct
        keys = [Key(Number.of(Fraction(count)), exact_only=True)]
        points = self.points["count"] / 2
        return self.vector(
            "correct", self.statements.get("correct"), keys, str(count), str(count), points, is_count=True
        )


def _first_wrong(judged: list[tuple[Judgement, Value, Key]]) -> str:
    """What to say of a wrong vector: which entry is the first wrong one, and what it should be."""
    place = next(i for i, (one, _, _) in enumerate(judged, start=1) if one.verdict is Verdict.WRONG)
    _, value, key = judged[place - 1]
    given = short(value.exact) if value.exact is not None else "the value"
    return f"entry {place} is {given}, expected {short(key.value)}"
