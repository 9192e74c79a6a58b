"""Judges the rows of a submitted `result.json` against the evaluated test set: activations, classes, their count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.mistakes.advice import headline, or_else
from checks.program.activations import LEAST_DIGITS, is_written_too_short, right_rows
from checks.program.diagnose_classes import differing, mistaken_classes
from checks.program.diagnose_result import diagnosed
from checks.program.reference import MnistReference
from checks.program.result_arrays import ResultRows, rows_of
from checks.program.result_rows import Result
from numeric.evaluation import Evaluation
from numeric.network import Floats

MOST_ROWS = 12
"""How many wrong rows of a result file are shown."""


def check_rows(
    result: Result, evaluation: Evaluation, reference: MnistReference, blank: tuple[Finding, Finding, Finding]
) -> list[Finding]:
    """The findings on activations, classes and their count; `blank` are the three without a verdict."""
    rows = rows_of(result, evaluation.activations.shape[1])
    activations, classification, count = blank
    return [
        _activations(rows, evaluation, activations, reference),
        _classification(rows, evaluation, classification),
        _count(rows, evaluation, count),
    ]


def _activations(rows: ResultRows, evaluation: Evaluation, finding: Finding, reference: MnistReference) -> Finding:
    given, true = rows.activations, evaluation.activations
    right = right_rows(given, true, evaluation.activation_errors())
    number = len(right)
    if right.all():
        return replace(finding, given=f"{number} rows", expected=f"{number} rows", verdict=Verdict.CLOSE)
    first = int(np.argmin(right))
    told = f"{int(right.sum())} of {number} rows are softmax of the logits; row {first} is the first that is not"
    with np.errstate(over="ignore"):
        distance = np.where(right, 0.0, np.nan_to_num(np.abs(given - true), nan=0.0).max(axis=1))
    worst = int(distance.argmax())
    if worst != first and distance[worst] > 0:
        output = int(np.nan_to_num(np.abs(given[worst] - true[worst])).argmax())
        found, key = _told_apart(given[worst, [output]], true[worst, [output]])
        told += f", row {worst} the worst: {found} for {key} at output {output}"
    short = is_written_too_short(given, true)
    if short:
        told = f"rounded to {short.told()}; expected {LEAST_DIGITS} or more"
    row, key = _told_apart(given[first], true[first])
    shown, expected = f"row {first}: {f'[{row}]' if row else 'none that can be read'}", f"row {first}: [{key}]"
    wrong = replace(finding, given=shown, expected=expected, verdict=Verdict.WRONG, note=told, rows=_first_rows(~right))
    if short:
        return replace(wrong, hint=told, mistakes=("activations-rounded",))
    named = diagnosed(reference, given, right)
    if named is None:
        return wrong
    about = headline(named.ids) + or_else(named.alternatives)
    return replace(
        wrong,
        note=f"{about}; {told}",
        hint=about,
        mistakes=named.ids,
        alternatives=named.alternatives,
        layer=named.layer,
    )


def _classification(rows: ResultRows, evaluation: Evaluation, finding: Finding) -> Finding:
    right = rows.classes == evaluation.classes
    number = len(right)
    if right.all():
        return replace(finding, given=f"{number} rows", expected=f"{number} rows", verdict=Verdict.EXACT)
    first = int(np.argmin(right))
    given = "none" if rows.classes[first] < 0 else str(rows.classes[first])
    told = f"{int(right.sum())} of {number} rows have the right class, row {first} is the first that has not"
    if inconsistent := int(differing(rows).sum()):
        told += f"; {inconsistent} have another class than their own activations say"
    wrong = replace(
        finding,
        given=f"row {first}: {given}",
        expected=f"row {first}: {evaluation.classes[first]}",
        verdict=Verdict.WRONG,
        note=told,
        rows=_first_rows(~right),
    )
    name = mistaken_classes(rows, evaluation)
    if name is None:
        return wrong
    return replace(wrong, mistakes=(name,), note=f"{headline([name])}; {told}", hint=headline([name]))


def _count(rows: ResultRows, evaluation: Evaluation, finding: Finding) -> Finding:
    count = int((rows.classes == evaluation.labels).sum())
    right = count == evaluation.correct
    key, note = str(evaluation.correct), "" if right else f"the file's classes match the labels of {count} images"
    verdict = Verdict.EXACT if right else Verdict.WRONG
    return replace(finding, given=str(count), expected=key, decimal=key, verdict=verdict, note=note)


def _first_rows(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(wrong)[:MOST_ROWS].tolist())


def _told_apart(given: Floats, true: Floats) -> tuple[str, str]:
    """Different numbers, with as many digits as show that they are, four or more; "" where one cannot be read."""
    if np.isnan(given).any():
        return "", _written(true, 4)
    written = [(_written(given, digits), _written(true, digits)) for digits in range(4, 18)]
    return next((both for both in written if both[0] != both[1]), written[-1])


def _written(numbers: Floats, digits: int) -> str:
    return ", ".join(f"{number:.{digits}g}" for number in numbers.tolist())
