"""Letters in an assignment: numbers of a [backprop] or [[graph]] table that are letters or expressions in letters.

The table is read with a number of its own in the place of each, so that all that is checked of numbers is checked; in
the calculation those numbers become the expressions again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from checks.language.grammar import parse
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.tree import AnswerError
from checks.language.vocabulary import Vocabulary
from exact.letters.symbolic import Letter, Symbolic
from exact.networks.rationals import read_rational

KEYS = ("x", "y", "eta", "layers", "stated", "upstream", "steps", "given", "update")
"""The keys of a [backprop] or [[graph]] table whose numbers may be letters."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NO_LETTERS = re.compile(r"(?<![A-Za-z])[+-]?(?:nan|inf)(?![A-Za-z0-9_])|(?<=[0-9.])[eE](?=[+-]?[0-9])")
_FUNCTIONS = frozenset({*FUNCTIONS, "exp", "ln", "log", "sqrt", "tanh", "sigmoid"})
_CONSTANTS = frozenset({"e", "pi"})
_TEXTS = frozenset({"unit", "of"})
_STAND_IN = 1_000_000_007


class LetterError(ValueError):
    """A value that is neither a number nor an expression in letters; `path` is its place below the table."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path, self.message = path, message


@dataclass(frozen=True, slots=True)
class Lettered:
    """The table with numbers in the place of letters, the names of these, and what each number stands for."""

    table: Mapping[str, object]
    letters: tuple[str, ...]
    stands_for: Mapping[Fraction, Symbolic]


def lettered(table: Mapping[str, object]) -> Lettered | None:
    """The table's letters; None where it has none. Raises `LetterError`."""
    texts = {text: path for key in KEYS for path, text in _texts(table.get(key), key) if not _is_number(text)}
    if not texts:
        return None
    alone = {text.strip() for text in texts if _WORD.fullmatch(text.strip())}
    names = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
    letters = tuple(name for name in names if name in alone or name not in _FUNCTIONS | _CONSTANTS)
    numbers = {text: Fraction(number, _STAND_IN) for text, number in zip(texts, count(1), strict=False)}
    if table.get("output", "softmax") == "softmax":
        _make_a_distribution(table.get("y"), numbers)
    made = {key: _put(value, numbers) if key in KEYS else value for key, value in table.items()}
    return Lettered(made, letters, {numbers[text]: expression(text, letters, path) for text, path in texts.items()})


def expression(text: str, letters: tuple[str, ...], path: str) -> Symbolic:
    """The expression. Raises `LetterError` with what was expected."""
    try:
        tree = parse(text, Vocabulary(frozenset(letters), frozenset(FUNCTIONS)))
        return symbolic_value(tree, {name: Letter(name) for name in letters})
    except AnswerError as error:
        raise LetterError(path, f"at character {error.position + 1} of {text[:40]!r}: {error.message}") from None


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """All texts below, but those that name a unit or what gets a new value, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, f"{path}[{place}]")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _TEXTS:
                yield from _texts(item, f"{path}.{key}")


def _is_number(text: str) -> bool:
    try:
        read_rational(text)
    except ValueError:
        rest = _NO_LETTERS.sub("", text)  # what is left without letters is a fault of the number, told where it is read
        return not _WORD.search(rest)
    return True


def _put(value: object, numbers: Mapping[str, Fraction]) -> object:
    if isinstance(value, str):
        return numbers.get(value, value)
    if isinstance(value, list):
        return [_put(item, numbers) for item in value]
    if isinstance(value, Mapping):
        return {key: _put(item, numbers) if key not in _TEXTS else item for key, item in value.items()}
    return value


def _make_a_distribution(y: object, numbers: dict[str, Fraction]) -> None:
    """Lets the numbers for the letters of a target add up to 1 with the others: the letters are said to do so."""
    if not isinstance(y, list) or not all(isinstance(share, str | int) for share in y):
        return
    last = next((share for share in reversed(y) if share in numbers), None)
    if last is None:
        return
    try:
        others = [numbers.get(share) or read_rational(share) for share in y if share != last]
    except ValueError:
        return
    rest = (1 - sum(others, Fraction(0))) / y.count(last)
    if rest.denominator > 1 and rest > 0:
        numbers[last] = rest
