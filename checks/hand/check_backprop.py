"""Problem 2, the hand calculation: holds a submission's statements against the key, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checks.answers.answers import Statement, given_again, not_asked_for
from checks.hand.diagnosis import diagnosed
from checks.hand.follow_through import follow_through
from checks.hand.key import BackpropReference, KeyCell, KeyEntry
from checks.hand.own_cells import Judged
from checks.judging.chains import judged_member
from checks.judging.explain import evidence, note
from checks.judging.findings import Finding, Section, Trouble
from checks.judging.judge import judge
from checks.judging.verdicts import Verdict
from checks.language.evaluate import evaluate
from checks.language.reading import Wanted
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Item, Unreadable


@dataclass(frozen=True, slots=True)
class _Given:
    """What a submission says of one entry, and the statement that says it."""

    item: Item
    statement: Statement


def check_backprop(
    reference: BackpropReference, statements: tuple[Statement, ...], *, explain: bool = False
) -> tuple[Section, tuple[Trouble, ...]]:
    """The findings on every entry, in the order of the calculation, and what no entry can be blamed for.

    With `explain` each finding carries its evidence.
    """
    troubles: list[Trouble] = []
    given: dict[str, _Given] = {}
    cells = {cell.quantity.name: cell for cell in reference.cells}
    for statement in statements:
        name = statement.name
        if not name.cell or name.prefix != reference.part.prefix:
            continue
        if name.cell not in cells:
            troubles.append(not_asked_for(statement))
            continue
        try:
            said = list(_items(statement, cells[name.cell]))
        except AnswerError as error:
            unreadable = Item(Unreadable(0, error), statement.shown())
            said = [(entry, unreadable) for entry in _entries_named(statement, cells[name.cell])]
            if not said:
                troubles.append(statement.trouble(str(name), error))
        earlier = [given[entry.cell].statement for entry, _ in said if entry.cell in given]
        if any(one.file == statement.file for one in earlier):
            troubles.append(given_again(statement))
        given |= {entry.cell: _Given(item, statement) for entry, item in said}
    judged = {}
    for cell in reference.cells:
        scope = _scope(reference, cell)
        judged[cell.quantity.name] = [
            _judged(entry, given.get(entry.cell), scope, reference, explain) for entry in cell.every
        ]
    findings = tuple(diagnosed(follow_through(reference, judged)))
    title = "Backpropagation by hand" + (f" ({reference.part.prefix})" if reference.part.prefix else "")
    outputs = reference.solution.calculation.outputs
    told = f"the {outputs.unit} outputs, {reference.part.cell_name(outputs.name)}" if outputs else ""
    return Section(title, findings, told), tuple(troubles)


def _scope(reference: BackpropReference, cell: KeyCell) -> Scope:
    if cell.quantity.are_outputs:
        return Scope(refusal=f"p_1, p_2, ... are what {cell.name} asks for; write it in exponentials or as decimals")
    return Scope(reference.solution.outputs, "there are no outputs called p_1, p_2, ...; write them out")


def _entries_named(statement: Statement, cell: KeyCell) -> tuple[KeyEntry, ...]:
    """The entries that a statement is about; none for an index outside the cell, or of what is not asked for."""
    index = statement.name.index
    if not index:
        return cell.entries if cell.is_whole or len(cell.entries) == 1 else cell.every
    rows, columns = cell.shape
    row, column = (*index, 1)[:2]
    if len(index) != (2 if cell.quantity.is_matrix else 1) or not (1 <= row <= rows and 1 <= column <= columns):
        return ()
    place = (row - 1) * columns + column - 1
    return (cell.every[place],) if place in cell.places else ()


def _items(statement: Statement, cell: KeyCell) -> Iterator[tuple[KeyEntry, Item]]:
    """Each entry with what the statement says of it; nothing for a statement left empty."""
    entries = _entries_named(statement, cell)
    if not entries:
        raise AnswerError(f"no such entry; {cell.name} is {_wanted(cell)}", 0)
    wanted = Wanted() if len(entries) == 1 else _wanted(cell)
    items = statement.items(wanted)
    yield from zip(entries if items else (), items, strict=True)


def _wanted(cell: KeyCell) -> Wanted:
    return Wanted(cell.shape, is_matrix=cell.quantity.is_matrix)


def _judged(entry: KeyEntry, given: _Given | None, scope: Scope, reference: BackpropReference, explain: bool) -> Judged:
    finding = Finding(
        entry.name, entry.points, entry.expected, entry.decimal, follow_through=reference.part.follow_through
    )
    if given is None or isinstance(given.item.node, Blank):
        return Judged(entry, finding, None)
    try:
        node, remark = judged_member(given.item.node, scope)
        value = evaluate(node, scope)
        judgement = judge(value, entry.key, reference.part.tolerance)
    except AnswerError as error:
        whole = isinstance(given.item.node, Unreadable) and given.item.text == given.statement.shown()
        trouble = given.statement.trouble(str(given.statement.name) if whole else entry.name, error)
        verdict = Verdict.UNREADABLE
        finding = replace(finding, given=given.item.text, verdict=verdict, note=error.message, trouble=trouble)
        return Judged(entry, finding, None)
    finding = replace(
        finding,
        given=given.item.text,
        verdict=judgement.verdict,
        note="; ".join(filter(None, (note(judgement, entry.expected, entry.decimal), remark))),
        evidence=evidence(judgement, value, entry.key.value) if explain else "",
    )
    return Judged(entry, finding, value, is_short=judgement.digits > 0)
