"""Values as they are written: one member of a chain, read by the answer language, its text kept.

A value is *plain* where it is what a calculation ends in: numbers, fractions, terms in p or powers of e, in one vector
or matrix or alone. Sums and products of matrices are none; they witness one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.numerals import as_numeral
from checks.language.scope import Scope
from checks.language.tree import (
    AnswerError,
    Blank,
    Call,
    Chain,
    Constant,
    Matrix,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
    Transpose,
    Unreadable,
    walk,
)
from checks.writeups.answer_text import answer_text
from checks.writeups.known import approximate
from checks.writeups.splitting import depths
from checks.writeups.tokens import Token
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

_DECIMAL = r"(?:\d+\.?\d*|\.\d+)"
_POWER_OF_TEN = r"(?:(?:\\times|\\cdot|[*×·])10\^(?:\{[-+−]?\d+\}|\d|\([-+−]?\d+\)|[-+−]\d+)|[eE][-+−]?\d+)"
_NUMERAL = re.compile(
    rf"[-+−]?(?:{_DECIMAL}{_POWER_OF_TEN}?%?|{_DECIMAL}/{_DECIMAL}|\\frac\{{[-−]?{_DECIMAL}\}}\{{{_DECIMAL}\}}|\\frac\d\d)"
)
"""A numeral or a fraction as it is written; the answer language takes more for one, and here nothing may be guessed."""

_TWO_SIGNS = re.compile(r"[-+−]\s*[-+−]")

MAX_TOKENS = 3_000
"""The tokens of a member that is read as a value."""


@dataclass(frozen=True, slots=True)
class Element:
    """One number of a value: its text, its approximate value (None where it holds p_i), what follows of its digits.

    `unit` is one unit in the last digit of a decimal, `digits` how many it has; None and 0 for all else.
    """

    text: str
    value: Fraction | None
    unit: Fraction | None
    digits: int
    size: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A vector, a matrix or a number (1 x 1, not `bracketed`); `flat` where it was one list. `plain`: see above.

    `rest` is what stands behind it and is no part of it.
    """

    rows: tuple[tuple[Element, ...], ...]
    bracketed: bool
    flat: bool
    plain: bool
    rest: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements, row by row."""
        return tuple(element for row in self.rows for element in row)

    def turned(self) -> ReadValue:
        """Its transpose."""
        return ReadValue(tuple(zip(*self.rows, strict=True)), self.bracketed, self.flat, self.plain, self.rest)


def read_value(tokens: Sequence[Token]) -> ReadValue | None:
    """The value that a member is, None where it is none that can be read."""
    tokens, rest = _without_end(tokens)
    if not tokens or len(tokens) > MAX_TOKENS:
        return None
    return value_of(answer_text(tokens), rest)


def value_of(text: str, rest: str = "") -> ReadValue | None:
    """The value of a text in the answer language."""
    is_sound = not _TWO_SIGNS.search(text)  # else perhaps a number is lost between them
    try:
        tree = expand(parse(text), text)
        whole = parse(text)
        if isinstance(tree, Matrix):
            rows = tuple(tuple(_element(item.node, item.text) for item in row) for row in tree.rows)
            whole = whole.matrix if isinstance(whole, Transpose) else whole
            is_bracketed = text[:1] in "[(" or text.startswith("array")
            plain = (
                is_sound
                and is_bracketed
                and isinstance(whole, Matrix)
                and all(is_plain(item.node, item.text) for item in tree.items)
            )
            return ReadValue(rows, True, tree.flat, plain, rest)
        if isinstance(tree, Chain | Blank):
            return None
        return ReadValue(((_element(tree, text),),), False, False, is_sound and is_plain(whole, text), rest)
    except (AnswerError, RecursionError):
        return None


def is_plain(node: Node, text: str) -> bool:
    """Whether a number is one that a calculation ends in, and its text no more than that."""
    if _NUMERAL.fullmatch(re.sub(r"\s", "", text)):
        return as_numeral(node) is not None or _is_fraction(node)
    return as_numeral(node) is None and not _is_fraction(node) and _is_symbolic(node)


def _is_fraction(node: Node) -> bool:
    match node:
        case Sum(terms=((_, inner),)):
            return _is_fraction(inner)
        case Product(factors=((True, above), (False, below))):
            return as_numeral(above) is not None and isinstance(below, Numeral)
        case _:
            return False


def _is_symbolic(node: Node) -> bool:
    """Whether it has terms in p or powers of e."""
    return any(isinstance(part, Probability | Constant | Call | Root) for part in walk(node))


def _element(node: Node, text: str) -> Element:
    """A number with its approximate value. Raises `AnswerError` for what is none."""
    if isinstance(node, Unreadable):
        raise node.error
    if isinstance(node, Blank | Chain):
        raise AnswerError("no number", 0)
    shown = " ".join(text.split())
    if any(isinstance(part, Probability) for part in walk(node)):
        return Element(shown, None, None, 0)
    try:
        value, size = _number(node), _number(_absolute(node))
    except (TooLarge, Undecided, ZeroDivisionError):
        raise AnswerError("no number that can be worked with", 0) from None
    numeral = as_numeral(node)
    return Element(shown, value, numeral.unit if numeral else None, numeral.digits if numeral else 0, size)


def _number(node: Node) -> Fraction | None:
    """The number, exactly where it is rational."""
    value = evaluate(node, Scope())
    fraction = value.exact.as_fraction() if value.exact is not None else None
    return approximate(Number.of(value)) if fraction is None else fraction


def _absolute(node: Node) -> Node:
    """The sum of the sizes of a number's terms."""
    match node:
        case Sum(position=at, terms=terms):
            return Sum(at, tuple((1, _absolute(term)) for _, term in terms))
        case Product(position=at, factors=factors):
            return Product(at, tuple((m, _absolute(factor) if m else factor) for m, factor in factors))
        case Power():
            return node
        case _:
            return node


def _without_end(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """The tokens without a full stop or comma at the end, and without what else stands behind a vector or matrix."""
    last = len(tokens)
    while last and tokens[last - 1].text in ".,;":
        last -= 1
    tokens = tokens[:last]
    end = _end_of_first_group(tokens)
    if end and end < len(tokens) and tokens[end].text not in _OPERATORS:
        rest = tokens[end:]
        if all(one.word or one.text in ".,;()" for one in rest):
            return tokens[:end], ""
        if not any(one.text in (r"\begin", "[") for one in rest):
            return tokens[:end], " ".join(one.text for one in rest)
    return tokens, ""


_OPERATORS = frozenset({"+", "-", "*", "/", "^", r"\cdot", r"\times", r"\odot", "T", "'"})


def _end_of_first_group(tokens: Sequence[Token]) -> int:
    """Where the bracket or environment ends that the tokens begin with; 0 where they begin with none."""
    if not tokens or tokens[0].text not in ("[", r"\begin"):
        return 0
    seen = False
    for place, (_, depth) in enumerate(depths(tokens)):
        if depth == 0 and seen:
            return place + 1
        seen = True
    return 0
