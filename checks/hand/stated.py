"""What a submission says of each entry of the hand calculation: which statement counts, and which part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checks.answers.answers import Statement, given_again, mentions_first, not_asked_for
from checks.assignment.letter_scope import LetterScope
from checks.hand.key import HandReference, KeyCell, KeyEntry
from checks.judging.findings import Trouble
from checks.language.reading import Wanted
from checks.language.tree import AnswerError, Applied, EntryOf, Item, Named, Unreadable, walk
from checks.language.vocabulary import NONE
from exact.calculation.quantity import place_of
from exact.numbers.array import described


@dataclass(frozen=True, slots=True)
class Given:
    """What a submission says of one entry, and the statement that says it."""

    item: Item
    statement: Statement


def stated(reference: HandReference, statements: Iterable[Statement]) -> tuple[dict[str, Given], list[Trouble]]:
    """What is said of each entry, by its name, and what to tell of statements that count nowhere.

    The last statement counts. One that names no entry there is, or none clearly, is held against those entries of its
    cell of which nothing else is said.
    """
    cells: dict[str, KeyCell] = {cell.quantity.name: cell for cell in reference.cells}
    own = [s for s in statements if s.name.cell and s.name.prefix == reference.part.prefix]
    scope = reference.letters.scope if reference.letters else None
    if scope:
        own = list(_without_names_in_formulas(own, cells, scope))
    troubles = [not_asked_for(statement) for statement in own if statement.name.cell not in cells]
    asked = _numbered_from_one([statement for statement in own if statement.name.cell in cells], cells)
    weak = [statement for statement in asked if not _entries_named(statement, _cell(statement, cells))]
    given: dict[str, Given] = {}
    for statement in [*weak, *mentions_first(statement for statement in asked if statement not in weak)]:
        name = statement.name
        try:
            said = list(_items(statement, _cell(statement, cells), scope))
        except AnswerError as error:
            unreadable = Item(Unreadable(0, error), statement.shown())
            entries = _entries_named(statement, _cell(statement, cells)) or _cell(statement, cells).entries
            said = [(entry, unreadable) for entry in entries]
            if statement in weak:
                troubles.append(statement.trouble(str(name), error))
        earlier = [given[entry.cell].statement for entry, _ in said if entry.cell in given]
        if any(one.file == statement.file and not one.is_mention and one not in weak for one in earlier):
            troubles.append(given_again(statement))
        given |= {entry.cell: Given(item, statement) for entry, item in said}
    return given, troubles


def _without_names_in_formulas(
    statements: list[Statement], cells: dict[str, KeyCell], scope: LetterScope
) -> Iterator[Statement]:
    """The statements but for mentions in formulas that can be read: to use a name there is to say nothing of it."""
    read = set()
    for statement in statements:
        if not statement.is_mention and statement.name.cell in cells:
            try:
                items = [item for _, item in _items(statement, cells[statement.name.cell], scope)]
            except AnswerError:
                continue
            if not any(isinstance(item.node, Unreadable) for item in items):
                read.add((statement.file, statement.line, statement.shown()))
    for statement in statements:
        if not statement.is_mention or (statement.file, statement.line, statement.shown()) not in read:
            yield statement


def wanted_in(cell: KeyCell) -> Wanted:
    """What a statement on the whole cell is to be."""
    return Wanted() if cell.quantity.is_number else Wanted(cell.shape, is_matrix=cell.quantity.is_matrix)


def _cell(statement: Statement, cells: dict[str, KeyCell]) -> KeyCell:
    return cells[statement.name.cell]


def _rows(cell: KeyCell) -> int:
    """How far the first index goes."""
    return (*cell.quantity.shape, 1)[0]


def _numbered_from_one(statements: list[Statement], cells: dict[str, KeyCell]) -> list[Statement]:
    """The statements; those on single entries with a fault where their writer seems to count from 0.

    That is so in a cell with an index 0, and, where there is one, in other cells whose last row nobody numbers so.
    """
    indexed = [statement for statement in statements if statement.name.index]
    zero = {statement.name.cell for statement in indexed if 0 in statement.name.index}
    if not zero:
        return statements
    from_one = {s.name.cell for s in indexed if s.name.index[:1] == _cell(s, cells).quantity.shape[:1]} - zero
    fault = "an index 0 in this file: entries are counted from 1, s1[1] is the first; number them again"
    return [
        replace(statement, fault=fault) if statement.name.index and statement.name.cell not in from_one else statement
        for statement in statements
    ]


def _entries_named(statement: Statement, cell: KeyCell) -> tuple[KeyEntry, ...]:
    """The entries that a statement is about; none for an index outside the cell."""
    index = statement.name.index
    if not index:
        return cell.entries if cell.is_whole or len(cell.every) == 1 else cell.every
    place = place_of(cell.quantity.shape, index)
    return (cell.every[place],) if place is not None and place in cell.places else ()


def _items(statement: Statement, cell: KeyCell, scope: LetterScope | None) -> Iterator[tuple[KeyEntry, Item]]:
    """Each entry with what the statement says of it; nothing for a statement left empty."""
    entries = _entries_named(statement, cell)
    if not entries:
        raise AnswerError(statement.fault or f"no such entry; {cell.name} is {wanted_in(cell)}", 0)
    wanted = Wanted() if statement.name.index else wanted_in(cell)
    try:
        items = statement.items(replace(wanted, vocabulary=scope.vocabulary if scope else NONE))
    except AnswerError:
        found = () if scope is None else tuple(_items_of_array(statement, cell, scope))
        if not found:
            raise
        items = found
    yield from zip(entries if items else (), items, strict=True)


def _items_of_array(statement: Statement, cell: KeyCell, scope: LetterScope) -> Iterator[Item]:
    """The entries of a formula of vectors and matrices; none where it is no such formula. Raises `AnswerError`."""
    try:
        tree = scope.array_tree(statement.value if isinstance(statement.value, str) and not statement.fault else "")
    except AnswerError:
        return
    if not any(
        isinstance(part, Applied) or (isinstance(part, Named) and part.name in scope.wholes) for part in walk(tree)
    ):
        return
    entries = scope.array(tree, cell.quantity.name)
    wanted = 1 if statement.name.index else cell.quantity.size
    if entries.size != wanted or (wanted > 1 and entries.shape not in (cell.quantity.shape, (1, wanted))):
        raise AnswerError(f"{described(entries.shape)}; expected {wanted_in(cell)}", tree.position)
    for place in range(wanted):
        yield Item(EntryOf(tree.position, tree, place), statement.shown())
