"""A part with letters: holds a submission's statements against the key, entry by entry, as expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checks.hand.judged_letters import has_names, judged_formula, members_of
from checks.hand.key import HandReference, KeyEntry
from checks.hand.letter_diagnosis import LetterDiagnosis
from checks.hand.letter_follow_through import LetterFollower
from checks.hand.letter_key import LetterKey, has_letters
from checks.hand.own_cells import Judged
from checks.hand.stated import Given
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.language.scope import Scope
from checks.language.tree import AnswerError, EntryOf
from exact.calculation.quantity import Quantity


def letter_findings(reference: HandReference, key: LetterKey, judged: Mapping[str, list[Judged]]) -> Iterator[Finding]:
    """All findings in order: what follows from the student's own expressions, and mistakes named."""
    follower = LetterFollower(reference, key, dict(judged))
    follower.follow()
    diagnosis = LetterDiagnosis(follower)
    for cell in reference.cells:
        diagnosis.name(cell)
        yield from (follower.judged[cell.quantity.name][place].finding for place in cell.places)


def with_formula(one: Judged, given: Given, quantity: Quantity, key: LetterKey, *, explain: bool) -> Judged:
    """An entry whose answer is judged as an expression. Raises `AnswerError`."""
    if one.entry.formula is None:
        return one
    scope, node = key.scope, given.item.node
    values = tuple(scope.value(member, quantity.name) for member in members_of(node))
    positive = scope.solution.positive
    member, verdict, said = judged_formula(one.entry.formula, node, values, positive)
    finding = replace(one.finding, given=given.item.text, verdict=verdict, note=said)
    if explain:
        proof = "proved equal for all values of the letters at which both are defined"
        finding = replace(finding, evidence=proof if verdict is Verdict.EXACT else said)
    return replace(one, finding=finding, formula=values[member], node=members_of(node)[member])


def is_formula(entry: KeyEntry, given: Given) -> bool:
    """Whether the answer is judged as an expression: the key has letters, or the answer names."""
    node = given.item.node
    return entry.formula is not None and (has_letters(entry.formula) or has_names(node) or isinstance(node, EntryOf))


def own_expression(one: Judged, given: Given, quantity: Quantity, key: LetterKey) -> Judged:
    """An entry whose answer is judged as a number, with the expression that later ones may follow from."""
    try:
        node = members_of(given.item.node)[-1]
        return replace(one, formula=key.scope.value(node, quantity.name), node=node)
    except AnswerError:
        return one


NO_OUTPUTS = Scope(refusal="p_1, p_2, ... are expressions in letters here")
"""What a number may be written with in a part with letters."""
