"""What of a reading is certain: a clear identity and a witness in numbers; all else is for a person to confirm.

No wrong reading may be certain: that stands above how much is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.writeups.anchors import ANOTHER, RESTS, why_not_known
from checks.writeups.cells import CellName
from checks.writeups.claims import Claim
from checks.writeups.conventions import Conventions
from checks.writeups.doubts import Values, Weighed, doubt_of, unread_beside
from checks.writeups.known import KnownPart, Step
from checks.writeups.sayings import Saying, sayings
from checks.writeups.witness import TWO_DIGITS, agrees, chain_agrees, own_values, rounding, step_agrees


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What was read for one entry of a cell: its text, where it stands, and why it is not certain, "" where it is.

    `other` is where another value begins and ends, if that is the reason.
    """

    cell: CellName
    place: int
    text: str
    start: int
    end: int
    doubt: str = ""
    other: tuple[int, int] | None = None


def read_entries(claims: Sequence[Claim], known: KnownPart, conventions: Conventions) -> tuple[ReadEntry, ...]:
    """The entries that the claims give, in the order of the calculation, each with its doubt where there is one."""
    possible = [found for claim in claims if (found := sayings(claim, known, conventions))]
    chosen = _chosen(possible, known)
    by_cell: dict[CellName, list[tuple[Saying, bool]]] = {name: [] for name in known.cells}
    for one in chosen:
        by_cell[one[0].cell].append(one)
    read = _read(by_cell, known, conventions, frozenset())
    if any(entry.doubt == RESTS for entry in read.entries) and read.used:
        read = _read(by_cell, known, conventions, read.used)
    return tuple(read.entries)


@dataclass(frozen=True, slots=True)
class _Read:
    """The entries, and the cells that later ones follow from, by weights that are given in the end."""

    entries: list[ReadEntry]
    used: frozenset[CellName]


def _read(
    by_cell: Mapping[CellName, list[tuple[Saying, bool]]],
    known: KnownPart,
    conventions: Conventions,
    used: frozenset[CellName],
) -> _Read:
    """The entries of all cells; those of the cells `used` rest on numbers of this problem."""
    own: dict[CellName, Values] = {}
    sure: dict[CellName, Values] = {}
    roundings: dict[CellName, Fraction] = {}
    entries: list[ReadEntry] = []
    following: list[CellName] = []
    foreign: set[CellName] = set()
    for name, about in by_cell.items():
        if not about:
            continue
        step, sure_step = known.step(name, own), known.step(name, sure)
        is_foreign = any(one in foreign for one in known.sources(name))
        rests = not is_foreign and (name in used or known.has_weights(name))
        weighed = []
        for saying, is_disputed in about:
            values = own_values(saying, own, known)
            chain = chain_agrees(saying, values, known, turned=conventions.turned)
            by_step = step_agrees(saying, values, step, _slack(name, roundings, known))
            anchored = tuple(rests or sure_step.values[place] is not None for place in saying.places)
            unknown = why_not_known(saying, known, sure) if any(chain) else ANOTHER
            weighed.append(Weighed(saying, values, by_step, chain, anchored, unknown, is_disputed))
        read = [_entry(name, place, weighed, conventions) for place in range(known.cells[name].size)]
        read = [
            (None, None) if one[0] is not None and one[0].doubt and _lies_turned(one[0], weighed, step, known) else one
            for one in read
        ]
        own[name] = tuple(value for _, value in read)
        sure[name] = tuple(value if entry is not None and not entry.doubt else None for entry, value in read)
        roundings[name] = rounding(element for saying, _ in about for element in saying.elements)
        entries += [entry for entry, _ in read if entry is not None]
        strange = {ANOTHER, RESTS} if is_foreign else {ANOTHER}
        if any(entry is not None and entry.doubt in strange for entry, _ in read):
            foreign.add(name)
        elif any(len(set(one.values)) > 1 and all(agreed for agreed in one.by_step) for one in weighed):
            following.append(name)
    return _Read(entries, _used(following, known))


def _used(following: Sequence[CellName], known: KnownPart) -> frozenset[CellName]:
    """The cells that others follow from: such as have given weights in them, or are themselves followed by such."""
    found: set[CellName] = set()
    for name in reversed(following):
        if known.has_weights(name) or name in found:
            found.update(known.sources(name))
    return frozenset(found)


def _slack(name: CellName, roundings: Mapping[CellName, Fraction], known: KnownPart) -> Fraction:
    """How far the roundings of the cells that a cell is worked out from can move it, as a share of its terms."""
    found = Fraction(0)
    for source in known.sources(name):
        inner = (source,) if source in roundings else known.sources(source)
        found = max([found, *(roundings.get(one, Fraction(0)) for one in inner)])
    return 2 * found


def _chosen(possible: Sequence[tuple[Saying, ...]], known: KnownPart) -> list[tuple[Saying, bool]]:
    """One saying for each claim, and whether it is disputed: name and formula mean different cells.

    Such a claim is of the cell whose step it follows; where that is none, or both, of the one that is named.
    """
    settled = [found[0] for found in possible if len(found) == 1]
    own = _first_own(settled, known)
    chosen = [(saying, False) for saying in settled]
    for found in possible:
        if len(found) == 1:
            continue
        fits = []
        for saying in found:
            values = own_values(saying, own, known)
            agreed = step_agrees(saying, values, known.step(saying.cell, own), TWO_DIGITS)
            if agreed and all(agreed):
                fits.append(saying)
        named, *others = found
        stated = {one.cell for one in settled}
        unstated = [one for one in others if one.cell not in stated and named.cell in stated]
        saying = fits[0] if len(fits) == 1 else unstated[0] if unstated and not fits else named
        chosen.append((saying, len(fits) != 1))
        if len(fits) == 1:
            own = _first_own([*(one for one, _ in chosen)], known)
    return chosen


def _first_own(found: Iterable[Saying], known: KnownPart) -> dict[CellName, Values]:
    """The cells as these sayings have them, the last of each entry."""
    own: dict[CellName, list[Fraction | None]] = {}
    for saying in found:
        cell = own.setdefault(saying.cell, [None] * known.cells[saying.cell].size)
        for place, element in zip(saying.places, saying.elements, strict=True):
            cell[place] = element.value
    return {name: tuple(cell) for name, cell in own.items()}


def _entry(
    name: CellName, place: int, weighed: Sequence[Weighed], conventions: Conventions
) -> tuple[ReadEntry | None, Fraction | None]:
    """The entry, and its value where all that is said of it is the same."""
    about = [(one, one.saying.places.index(place)) for one in weighed if place in one.saying.places]
    if not about:
        return None, None
    borne_out = [said for said in about if said[0].by_step[said[1]] is True]
    last, at = borne_out[-1] if borne_out else about[-1]
    saying = last.saying
    element = saying.elements[at]
    entry = ReadEntry(name, place, element.text, saying.written.start, saying.written.end)
    for one, here in about:
        if not _same(one, here, last, at):
            other = one.saying.written.start, one.saying.written.end
            doubt = f"another value, {one.saying.elements[here].text}, stands at {{other}}"
            return ReadEntry(name, place, element.text, entry.start, entry.end, doubt, other), None
    doubts = [doubt_of(one, here, conventions) for one, here in about]
    doubt = "" if not all(doubts) and not _hard(about) else doubts[-1] or next(filter(None, doubts))
    return ReadEntry(name, place, element.text, entry.start, entry.end, doubt), last.values[at]


def _lies_turned(entry: ReadEntry, weighed: Sequence[Weighed], step: Step, known: KnownPart) -> bool:
    """Whether it follows as the entry across the diagonal of a square matrix, and not as itself.

    Its shape does not tell whether such a matrix is written transposed, so what would be asked may be of another entry;
    where nothing tells and the course's vectors are rows, it may be so, too.
    """
    rows, columns = known.cells[entry.cell].shape
    across = entry.place % columns * columns + entry.place // columns
    if rows != columns or across == entry.place:
        return False
    about = [(one, one.saying.places.index(entry.place)) for one in weighed if entry.place in one.saying.places]
    return any(
        known.rows
        if one.by_step[at] is None
        else not one.by_step[at]
        and agrees(one.saying.elements[at], one.values[at], step.values[across], step.sizes[across])
        for one, at in about
    )


def _hard(about: Sequence[tuple[Weighed, int]]) -> bool:
    """Whether something after one of the values was not read."""
    return any(unread_beside(one.saying) for one, _ in about)


def _same(one: Weighed, here: int, last: Weighed, at: int) -> bool:
    """Whether two sayings give an entry the same value, or one its rounding."""
    value, other = one.values[here], last.values[at]
    first, second = one.saying.elements[here], last.saying.elements[at]
    if value is None or other is None:
        return first.text == second.text
    if value == other:
        return True
    units = [element.unit for element in (first, second) if element.unit is not None and element.digits >= 2]
    return bool(units) and max(units) < 1 and abs(value - other) <= max(units)


def named(entries: Iterable[ReadEntry]) -> Mapping[tuple[CellName, int], ReadEntry]:
    """The entries by their cell and place."""
    return {(entry.cell, entry.place): entry for entry in entries}
