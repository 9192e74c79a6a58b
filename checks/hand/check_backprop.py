"""Problem 2, the hand calculation: holds a submission's statements against the key, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checks.answers.answers import Statement, given_again, is_blank, not_asked_for
from checks.hand.diagnosis import diagnosed
from checks.hand.follow_through import follow_through
from checks.hand.key import BackpropReference, KeyCell, KeyEntry
from checks.hand.own_cells import Judged
from checks.hand.unsettled import settled
from checks.judging.chains import judged_member
from checks.judging.explain import evidence, note
from checks.judging.findings import NOTHING_OPEN, Finding, LeftOpen, Reading, Section, Trouble
from checks.judging.judge import judge
from checks.judging.verdicts import Verdict
from checks.language.evaluate import evaluate
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Item, Matrix, Unreadable
from exact.networks.cells import CellName, Kind

_DECIMAL_COMMA = re.compile(r"[0-9],[0-9]")


@dataclass(frozen=True, slots=True)
class _Given:
    """What a submission says of one entry, and the statement that says it."""

    item: Item
    statement: Statement


def check_backprop(
    reference: BackpropReference,
    statements: tuple[Statement, ...],
    *,
    explain: bool = False,
    left_open: LeftOpen = NOTHING_OPEN,
) -> tuple[Section, tuple[Trouble, ...]]:
    """The findings on every entry, in the order of the calculation, and what no entry can be blamed for.

    With `explain` each finding carries its evidence. `left_open` tells which entries without an answer are not missing
    but may stand in a write-up.
    """
    troubles: list[Trouble] = []
    given: dict[str, _Given] = {}
    cells = {cell.name: cell for cell in reference.cells}
    for statement in statements:
        name = statement.name
        if name.cell is None or name.prefix != reference.part.prefix:
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
        earlier = [given[entry.name].statement for entry, _ in said if entry.name in given]
        if any(one.file == statement.file for one in earlier):
            troubles.append(given_again(statement))
        given |= {entry.name: _Given(item, statement) for entry, item in said}
    judged = {}
    for cell in reference.cells:
        scope = _scope(reference, cell.name)
        judged[cell.name] = [_judged(entry, given.get(entry.name), scope, reference, explain) for entry in cell.entries]
    follower = follow_through(reference, judged)
    findings = tuple(settled(follower, tuple(diagnosed(follower)), left_open))
    title = "Backpropagation by hand" + (f" ({reference.part.prefix})" if reference.part.prefix else "")
    problem = reference.part.problem
    outputs = f"the {problem.output.name} outputs, {reference.part.name(f'a{problem.depth}')}"
    return Section(title, findings, outputs), tuple(troubles)


def _scope(reference: BackpropReference, cell: CellName) -> Scope:
    if cell == CellName(Kind.A, reference.part.problem.depth):
        return Scope(refusal=f"p_1, p_2, ... are what {cell} asks for; write it in exponentials or as decimals")
    return Scope(reference.solution.outputs, "the outputs are linear, there are no p_1, p_2, ...; write them out")


def _entries_named(statement: Statement, cell: KeyCell) -> tuple[KeyEntry, ...]:
    """The entries that a statement is about; none for an index outside the cell."""
    index = statement.name.index
    if not index:
        return cell.entries
    rows, columns = cell.shape
    row, column = (*index, 1)[:2]
    if len(index) != (2 if cell.name.is_matrix else 1) or not (1 <= row <= rows and 1 <= column <= columns):
        return ()
    return (cell.entries[(row - 1) * columns + column - 1],)


def _items(statement: Statement, cell: KeyCell) -> Iterator[tuple[KeyEntry, Item]]:
    """Each entry with what the statement says of it; nothing for a statement left empty."""
    entries = _entries_named(statement, cell)
    if not entries:
        raise AnswerError(f"no such entry; {cell.name} is {_shape(cell.shape, cell)}", 0)
    tree = statement.tree()
    if is_blank(tree):
        return
    if len(entries) == 1 and not isinstance(tree, Matrix):
        yield entries[0], Item(tree, statement.shown())
        return
    if len(entries) == 1 and statement.name.index:
        raise AnswerError("a vector or matrix; expected the one number of this entry", tree.position)
    if not isinstance(tree, Matrix):
        raise AnswerError(f"a single number; expected {_shape(cell.shape, cell)}", tree.position)
    yield from zip(entries, _fitted(tree, cell, statement), strict=True)


def _fitted(tree: Matrix, cell: KeyCell, statement: Statement) -> tuple[Item, ...]:
    """The matrix's elements in the order of the cell's entries; a row may stand for a column where that is meant."""
    items = tree.items
    if tree.flat and len(items) == len(cell.entries) + 1 and isinstance(items[-1].node, Blank):
        items = items[:-1]  # a comma after the last entry
    turned = tree.shape == cell.shape[::-1] and not cell.name.is_matrix
    flat = tree.flat and 1 in cell.shape and len(items) == len(cell.entries)
    if tree.shape == cell.shape or turned or flat:
        return items
    found = (
        f"{len(items)} entr{'y' if len(items) == 1 else 'ies'}"
        if 1 in tree.shape
        else f"{tree.shape[0]} x {tree.shape[1]} entries"
    )
    hint = _shape_hint(statement.shown(), len(items) > len(cell.entries), cell)
    raise AnswerError(f"{found}, expected {_shape(cell.shape, cell)}{hint}", tree.position)


def _shape_hint(text: str, too_many: bool, cell: KeyCell) -> str:
    """What most often makes a shape go wrong, where the text looks like it."""
    if too_many and _DECIMAL_COMMA.search(text):
        return "; is a comma a decimal point? write 0.5"
    if cell.name.is_matrix and ";" not in text:
        return "; separate the rows with ;"
    return ""


def _shape(shape: tuple[int, int], cell: KeyCell) -> str:
    if cell.name.is_number:
        return "a single number"
    return f"{shape[0]} x {shape[1]} entries" if cell.name.is_matrix else f"a vector of {shape[0]}"


def _judged(entry: KeyEntry, given: _Given | None, scope: Scope, reference: BackpropReference, explain: bool) -> Judged:
    finding = Finding(
        entry.name, entry.points, entry.expected, entry.decimal, follow_through=reference.part.follow_through
    )
    if given is None or isinstance(given.item.node, Blank):
        return Judged(entry, finding, None)
    statement = given.statement
    finding = replace(finding, source=statement.source, reading=statement.reading)
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
    if statement.reading is Reading.TO_CONFIRM:
        finding = replace(finding, given=given.item.text, verdict=Verdict.UNDECIDED, note=statement.to_confirm())
        return Judged(entry, finding, value)
    finding = replace(
        finding,
        given=given.item.text,
        verdict=judgement.verdict,
        note="; ".join(filter(None, (note(judgement, entry.expected, entry.decimal), remark))),
        evidence=evidence(judgement, value, entry.key.value) if explain else "",
    )
    return Judged(entry, finding, value, is_short=judgement.digits > 0)
