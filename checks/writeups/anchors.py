"""Whether a chain of numbers is about this problem: it holds what the assignment gives, or what is certain already.

Another problem in the same document, or an example copied from a lecture, has chains that are right in themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checks.writeups.cells import CellName, Kind
from checks.writeups.known import Given, KnownPart
from checks.writeups.sayings import Saying
from checks.writeups.splitting import depths
from checks.writeups.tokens import Token
from checks.writeups.values import ReadValue, read_value

Values = tuple[Fraction | None, ...]

LEAST_KNOWN = 4
"""So many numbers of vectors and matrices that are known tell a problem."""

_DIGITS = Fraction(1, 200)


ANOTHER = "its numbers may be those of another problem"
RESTS = "what it follows from is to be confirmed, too"


def why_not_known(saying: Saying, known: KnownPart, sure: Mapping[CellName, Values]) -> str:
    """Why the last member with numbers before the value may be of another problem; "" where it is of this one.

    It is where it holds what the step works on, and enough of what is given or certain besides.
    """
    before = [one for one in saying.claim.worked if one.number < saying.written.number]
    if not before:
        return ANOTHER
    inputs = _inputs(saying.cell, known, sure)
    if not inputs:
        return RESTS
    tokens = before[-1].tokens
    held = [value for value in _literals(tokens) if len(value.elements) > 1]
    if held:
        has_inputs = any(_is_same([x.value for x in value.elements], other) for value in held for other in inputs)
        return "" if has_inputs and _known_numbers(held, known, sure) >= LEAST_KNOWN else ANOTHER
    return "" if len(saying.places) == 1 and _is_sum_of_inputs(saying.cell, tokens, known, sure) else ANOTHER


def _inputs(cell: CellName, known: KnownPart, sure: Mapping[CellName, Values]) -> list[Values]:
    """What the step works on, as far as it is certain: cells before it; of a first step, x."""
    sources = known.sources(cell)
    if not sources and (rows := known.given(Given.X)):
        return [tuple(number for row in rows for number in row)]
    stated = [one for name in sources for one in ((name,) if name in sure else known.sources(name))]
    return [sure[one] for one in stated if one in sure and None not in sure[one]]


def _literals(tokens: Sequence[Token]) -> Iterator[ReadValue]:
    """The vectors and matrices that stand in a member."""
    begin = None
    for place, (one, depth) in enumerate(depths(tokens)):
        if depth == 0 and one.text in ("[", r"\begin", "(") and begin is None:
            begin = place
        elif depth == 0 and one.text in ("]", r"\end", ")") and begin is not None:
            if value := read_value(tokens[begin : place + 1]):
                yield value
            begin = None


def _known_numbers(held: Sequence[ReadValue], known: KnownPart, sure: Mapping[CellName, Values]) -> int:
    """How many numbers stand in those that are known, each of them counted once."""
    left = list(_known(known, sure))
    count = 0
    for value in held:
        numbers = [element.value for element in value.elements]
        turned = [element.value for element in value.turned().elements]
        for one in left:
            if _is_same(numbers, one) or _is_same(turned, one):
                left.remove(one)
                count += len(one)
                break
    return count


def _known(known: KnownPart, sure: Mapping[CellName, Values]) -> Iterator[Values]:
    """What is given and what is certain, row by row."""
    for what, layers in ((Given.X, (0,)), (Given.Y, (0,)), (Given.W, _layers(known)), (Given.B, _layers(known))):
        for layer in layers:
            if rows := known.given(what, layer):
                yield tuple(number for row in rows for number in row)
    yield from (values for values in sure.values() if None not in values)


def _layers(known: KnownPart) -> range:
    return range(1, known.depth + 1)


def _is_same(numbers: Sequence[Fraction | None], others: Values) -> bool:
    return len(numbers) == len(others) and all(
        one is not None and other is not None and abs(one - other) <= abs(other) * _DIGITS
        for one, other in zip(numbers, others, strict=True)
    )


def _is_sum_of_inputs(
    cell: CellName, tokens: Sequence[Token], known: KnownPart, sure: Mapping[CellName, Values]
) -> bool:
    """Whether a sum of products holds a row or column of the weights and all that is multiplied with it."""
    if cell.kind is Kind.S:
        weights, source = known.given(Given.W, cell.layer), CellName(Kind.A, cell.layer - 1)
        given = known.given(Given.X) if cell.layer == 1 else None
    elif cell.kind is Kind.DELTA:
        weights, source, given = known.given(Given.W, cell.layer + 1), CellName(Kind.DELTA, cell.layer + 1), None
    else:
        return False
    inputs: Values = tuple(number for row in given for number in row) if given else sure.get(source, ())
    if not weights or not inputs or None in inputs:
        return False
    written = Counter(abs(Fraction(one.text)) for one in tokens if one.is_number and len(one.text) < 40)
    return any(
        len(line) == len(inputs) > 1
        and Counter(abs(number) for number in (*line, *inputs) if number is not None and number) <= written
        for line in (*weights, *zip(*weights, strict=True))
    )
