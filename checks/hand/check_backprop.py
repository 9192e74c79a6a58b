"""A calculation by hand: holds a submission's statements against the key, entry by entry."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from checks.answers.answers import Statement
from checks.hand.check_letters import NO_OUTPUTS, is_formula, letter_findings, own_expression, with_formula
from checks.hand.diagnosis import diagnosed
from checks.hand.follow_through import follow_through
from checks.hand.key import HandReference, KeyCell, KeyEntry
from checks.hand.own_cells import Judged
from checks.hand.stated import Given, stated
from checks.hand.unsettled import found_or_open, settled
from checks.judging.chains import judged_member
from checks.judging.explain import evidence, note
from checks.judging.findings import NOTHING_OPEN, Finding, LeftOpen, Reading, Section, Trouble
from checks.judging.judge import judge
from checks.judging.verdicts import Verdict
from checks.language.evaluate import evaluate
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Unreadable
from exact.calculation.quantity import Quantity

LONGEST_HELD = 200
"""Characters of a statement that is remembered."""


def check_backprop(
    reference: HandReference,
    statements: tuple[Statement, ...],
    *,
    explain: bool = False,
    left_open: LeftOpen = NOTHING_OPEN,
) -> tuple[Section, tuple[Trouble, ...]]:
    """The findings on every entry, in the order of the calculation, and what no entry can be blamed for.

    With `explain` each finding carries its evidence. `left_open` tells which entries without an answer are not missing
    but may stand in a write-up.
    """
    given, troubles = stated(reference, statements)
    said = None if left_open.reason else _all_said(reference, given, explain)
    held = None if said is None else reference.memory.sheets.get(said)
    findings = _findings(reference, given, explain, left_open) if held is None else _in_place(reference, held, given)
    if said is not None and held is None and all(finding.trouble is None for finding in findings):
        reference.memory.sheets.keep(said, findings)
    outputs = reference.solution.calculation.outputs
    told = f"the {outputs.unit} outputs, {_called(reference, outputs)}" if outputs else ""
    return Section(reference.part.heading, findings, told, reference.enclosed), tuple(troubles)


def _findings(
    reference: HandReference, given: dict[str, Given], explain: bool, left_open: LeftOpen
) -> tuple[Finding, ...]:
    """The findings on every entry, in order, worked out."""
    judged = {}
    for cell in reference.cells:
        scope = _scope(reference, cell)
        entries = [_remembered(entry, given.get(entry.cell), scope, reference, cell, explain) for entry in cell.every]
        judged[cell.quantity.name] = entries
    if reference.letters:
        return tuple(found_or_open(letter_findings(reference, reference.letters, judged), left_open))
    follower = follow_through(reference, judged)
    return tuple(settled(follower, tuple(diagnosed(follower)), left_open))


def _all_said(reference: HandReference, given: dict[str, Given], explain: bool) -> frozenset[Hashable] | None:
    """What the findings depend on besides the problem; None where that is more than the words of the statements."""
    said = {name: _words(reference, one) for name, one in given.items()}
    return None if None in said.values() else frozenset([explain, *said.items()])


def _words(reference: HandReference, given: Given) -> Hashable | None:
    """All that a statement says of an entry; None where more of it shows in the finding, or it is too long to hold."""
    one = given.statement
    is_plain = one.reading is Reading.TYPED and not one.fault and not reference.letters
    is_short = isinstance(one.value, str) and len(one.value) <= LONGEST_HELD
    return (one.name.index, one.value) if is_plain and is_short else None


def _in_place(reference: HandReference, findings: tuple[Finding, ...], given: dict[str, Given]) -> tuple[Finding, ...]:
    """Findings on another sheet that says the same, each where it stands here."""
    names = (cell.every[place].cell for cell in reference.cells for place in cell.places)
    return tuple(_placed(finding, given.get(name)) for name, finding in zip(names, findings, strict=True))


def _placed(finding: Finding, given: Given | None) -> Finding:
    if given is None or finding.source is None or finding.source == given.statement.source:
        return finding
    return replace(finding, source=given.statement.source)


def _called(reference: HandReference, outputs: Quantity) -> str:
    """What the outputs are called: the cell's name, or those of its entries where they have names of their own."""
    part = reference.part
    own = [part.naming.own_entry(outputs.name, place) for place in range(outputs.size)]
    return ", ".join(map(part.name, own)) if all(own) else part.cell_name(outputs.name)


def _scope(reference: HandReference, cell: KeyCell) -> Scope:
    if reference.letters:
        return NO_OUTPUTS
    if cell.quantity.are_outputs:
        return Scope(refusal=f"p_1, p_2, ... are what {cell.name} asks for; write it in exponentials or as decimals")
    return Scope(reference.solution.outputs, "there are no outputs called p_1, p_2, ...; write them out")


def _remembered(
    entry: KeyEntry, given: Given | None, scope: Scope, reference: HandReference, cell: KeyCell, explain: bool
) -> Judged:
    """The entry by itself, judged, or as it was judged when the same was said of it before."""
    words = None if given is None else _words(reference, given)
    if given is None or words is None:
        return _judged(entry, given, scope, reference, cell, explain)
    asked = entry.cell, words, explain
    held: Judged | None = reference.memory.entries.get(asked)
    if held is not None:
        placed = _placed(held.finding, given)
        return held if placed is held.finding else replace(held, finding=placed)
    made = _judged(entry, given, scope, reference, cell, explain)
    if made.finding.trouble is None:
        reference.memory.entries.keep(asked, made)
    return made


def _judged(
    entry: KeyEntry, given: Given | None, scope: Scope, reference: HandReference, cell: KeyCell, explain: bool
) -> Judged:
    finding = Finding(
        entry.name,
        entry.points,
        entry.expected,
        entry.decimal,
        follow_through=reference.part.follow_through,
        cell=reference.part.name(entry.cell),
    )
    if given is None or isinstance(given.item.node, Blank):
        return Judged(entry, finding, None)
    letters, quantity = reference.letters, cell.quantity
    statement = given.statement
    finding = replace(finding, source=statement.source, reading=statement.reading)
    try:
        if letters and is_formula(entry, given):
            one = with_formula(Judged(entry, finding, None), given, quantity, letters, explain=explain)
            if statement.reading is not Reading.TO_CONFIRM:
                return one
            told = replace(one.finding, verdict=Verdict.UNDECIDED, note=statement.to_confirm(), evidence="")
            return Judged(entry, told, None)
        node, remark = judged_member(given.item.node, scope)
        value = evaluate(node, scope)
        judgement = judge(value, entry.key, reference.part.tolerance)
    except AnswerError as error:
        whole = isinstance(given.item.node, Unreadable) and given.item.text == given.statement.shown()
        trouble = given.statement.trouble(str(given.statement.name) if whole else entry.name, error)
        verdict = Verdict.UNREADABLE
        finding = replace(finding, given=given.item.text, verdict=verdict, note=error.message, trouble=trouble)
        return Judged(entry, finding, None)
    if statement.reading is Reading.TO_CONFIRM:
        finding = replace(finding, given=given.item.text, verdict=Verdict.UNDECIDED, note=statement.to_confirm())
        return Judged(entry, finding, value)
    finding = replace(
        finding,
        given=given.item.text,
        verdict=judgement.verdict,
        note="; ".join(filter(None, (note(judgement, entry.expected, entry.decimal), remark))),
        evidence=evidence(judgement, value, entry.key.value) if explain else "",
        in_outputs=value.claims_equality,
    )
    one = Judged(entry, finding, value, is_short=judgement.digits > 0)
    return own_expression(one, given, quantity, letters) if letters else one
