"""Problem 1, the feed-forward pass: holds shapes, softmax, `result.json` and the count against the reference."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from checks.activations import right_rows
from checks.answers import Statement, is_blank, latest, not_asked_for
from checks.chains import judged_member
from checks.explain import evidence, note, short
from checks.findings import Finding, Section, Trouble
from checks.judging import Judgement, Key, Tolerance, judge
from checks.language.evaluate import Value, evaluate
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Item, Matrix
from checks.names import RESULT_FILE
from checks.reference import MnistReference
from checks.result_json import Result, UnreadableResult, read_result
from checks.verdicts import WORST_LAST, Verdict
from exact.decimals import decimal
from exact.field import Element
from exact.notation import TEXT, softmax_quotient
from exact.softmax import softmax
from numeric.evaluation import Evaluation

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
    findings = (*checker.shapes(), checker.softmax(), *checker.result(result), checker.claimed_count())
    known = {finding.name for finding in findings}
    troubles += [not_asked_for(statement) for name, statement in stated.items() if name not in known]
    return Section("Feed-forward pass on MNIST", findings), tuple(troubles)


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
        keys = [Key(Element.of(size), exact_only=True) for size in shape]
        return self.vector(name, statement, keys, expected, None, share)

    def softmax(self) -> Finding:
        values = softmax(SOFTMAX_LOGITS).outputs
        keys = [Key(value, within=SOFTMAX_TOLERANCE) for value in values]
        exact = [softmax_quotient(SOFTMAX_LOGITS, i, TEXT) for i in range(len(values))]
        decimals = f"[{', '.join(decimal(value) for value in values)}]"
        points = self.points["softmax"]
        return self.vector("softmax", self.statements.get("softmax"), keys, f"[{', '.join(exact)}]", decimals, points)

    def vector(
        self,
        name: str,
        statement: Statement | None,
        keys: list[Key],
        expected: str,
        decimals: str | None,
        points: Fraction,
    ) -> Finding:
        """All or nothing: the verdict on a vector is that on its worst entry."""
        missing = Finding(name, None, expected, decimals, Verdict.MISSING, "", "", points)
        if statement is None:
            return missing
        given = replace(missing, given=statement.shown())
        try:
            tree = statement.tree()
            if is_blank(tree):
                return missing
            items = [item for row in tree.rows for item in row] if isinstance(tree, Matrix) else [Item(tree, "")]
            if len(items) > 1 and isinstance(items[-1].node, Blank):
                items = items[:-1]
            if len(items) != len(keys) and (len(items) == 1 or not name.endswith(".shape")):
                raise AnswerError(f"{_told(len(items))}; expected {len(keys)}", tree.position)
            if len(items) != len(keys):
                return replace(given, verdict=Verdict.WRONG, note=f"{len(items)} dimensions, not {len(keys)}")
            if any(isinstance(item.node, Blank) for item in items):
                return replace(given, note="an entry is left empty")
            values = [evaluate(judged_member(item.node, Scope())[0], Scope()) for item in items]
            judged = [(judge(value, key, Tolerance()), value, key) for value, key in zip(values, keys, strict=True)]
        except AnswerError as error:
            trouble = statement.trouble(name, error)
            return replace(given, verdict=Verdict.UNREADABLE, note=error.message, trouble=trouble)
        judgement, value, key = max(judged, key=lambda one: WORST_LAST.index(one[0].verdict))
        return replace(
            given,
            verdict=judgement.verdict,
            note=_vector_note(judged),
            evidence=evidence(judgement, value, key.value) if self.explain else "",
        )

    def claimed_count(self) -> Finding:
        evaluation = self.reference.evaluation
        count = evaluation.correct if evaluation else self.reference.part.correct
        keys = [Key(Element.of(count), exact_only=True)]
        points = self.points["count"] / 2
        return self.vector("correct", self.statements.get("correct"), keys, str(count), str(count), points)

    def result(self, data: bytes | Trouble | None) -> list[Finding]:
        part = self.reference.part
        format_key = f"{part.images} records with index, activations ({part.layers[-1]}) and classification"
        points = self.points
        blank = [
            Finding(f"result.{item}", None, key, None, Verdict.MISSING, "", "", worth)
            for item, key, worth in (
                ("format", format_key, points["format"]),
                ("activations", None, points["activations"]),
                ("classification", None, points["classification"]),
                ("count", None, points["count"] / 2),
            )
        ]
        if data is None:
            return blank
        if isinstance(data, Trouble):
            return _unreadable(blank, data)
        try:
            result = read_result(data, part.images, part.layers[-1])
        except UnreadableResult as error:
            return _unreadable(blank, Trouble(RESULT_FILE, error.line, error.column, error.message))
        form, activations, classification, count = blank
        judged = [_format(result, form)]
        if (evaluation := self.reference.evaluation) is None:
            given, note = f"{result.records} records", self.reference.no_data
            without_data = (activations, classification, count)
            return judged + [replace(one, given=given, verdict=Verdict.UNDECIDED, note=note) for one in without_data]
        return [
            *judged,
            _activations(result, evaluation, activations),
            _classification(result, evaluation, classification),
            _count(result, evaluation, count),
        ]


def _unreadable(findings: list[Finding], trouble: Trouble) -> list[Finding]:
    return [
        replace(finding, given="", verdict=Verdict.UNREADABLE, note=trouble.message, trouble=trouble)
        for finding in findings
    ]


def _format(result: Result, finding: Finding) -> Finding:
    given = f"{result.records} records"
    if not result.faults:
        return replace(finding, given=given, verdict=Verdict.EXACT)
    more = f" (and {len(result.faults) - 1} more)" if len(result.faults) > 1 else ""
    return replace(finding, given=given, verdict=Verdict.WRONG, note=result.faults[0] + more)


def _activations(result: Result, evaluation: Evaluation, finding: Finding) -> Finding:
    right = right_rows(result.activations, evaluation.activations)
    rows = len(right)
    if right.all():
        return replace(finding, given=f"{rows} rows", expected=f"{rows} rows", verdict=Verdict.CLOSE)
    first = int(np.argmin(right))
    told = f"{rows - int(right.sum())} of {rows} rows differ from softmax of the logits, row {first} is the first"
    return replace(
        finding,
        given=_row(first, result.activations),
        expected=_row(first, evaluation.activations),
        verdict=Verdict.WRONG,
        note=told,
    )


def _classification(result: Result, evaluation: Evaluation, finding: Finding) -> Finding:
    right = result.classes == evaluation.classes
    rows = len(right)
    if right.all():
        return replace(finding, given=f"{rows} rows", expected=f"{rows} rows", verdict=Verdict.EXACT)
    first = int(np.argmin(right))
    given = "none" if result.classes[first] < 0 else str(result.classes[first])
    return replace(
        finding,
        given=f"row {first}: {given}",
        expected=f"row {first}: {evaluation.classes[first]}",
        verdict=Verdict.WRONG,
        note=f"{rows - int(right.sum())} of {rows} rows have another class, row {first} is the first",
    )


def _count(result: Result, evaluation: Evaluation, finding: Finding) -> Finding:
    count = int((result.classes == evaluation.labels).sum())
    right = count == evaluation.correct
    key, note = str(evaluation.correct), "" if right else f"the file's classes match the labels of {count} images"
    verdict = Verdict.EXACT if right else Verdict.WRONG
    return replace(finding, given=str(count), expected=key, decimal=key, verdict=verdict, note=note)


def _told(items: int) -> str:
    return "a single number" if items == 1 else f"{items} entries"


def _row(row: int, activations: np.ndarray) -> str:
    if np.isnan(activations[row]).any():
        return f"row {row}: none that can be read"
    return f"row {row}: [{', '.join(f'{x:.4g}' for x in activations[row].tolist())}]"


def _vector_note(judged: list[tuple[Judgement, Value, Key]]) -> str:
    """What to say of a vector: for a wrong one its first wrong entry, else the note on the worst."""
    judgement, _, key = max(judged, key=lambda one: WORST_LAST.index(one[0].verdict))
    if judgement.verdict is not Verdict.WRONG or len(judged) == 1:
        return note(judgement, decimal(key.value), decimal(key.value))
    place = next(i for i, (one, _, _) in enumerate(judged, start=1) if one.verdict is Verdict.WRONG)
    _, value, key = judged[place - 1]
    given = short(value.exact) if value.exact is not None else "the value"
    return f"entry {place} is {given}, expected {short(key.value)}"
