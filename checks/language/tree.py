"""What an answer says, as a tree. Positions count characters of the student's own text, from 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


class AnswerError(Exception):
    """A text that is not in the answer language, or that stands for no real number.

    `position` is the character at which it was noticed; `message` says what was read and what was expected.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message, self.position = message, position


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an answer; `position` is where it starts."""

    position: int


@dataclass(frozen=True, slots=True)
class Numeral(Node):
    """A decimal as written: its exact value, its significant digits, and one unit in its last digit.

    `4.140e-8` has four significant digits and the unit 1e-11. A zero has none. `is_scientific`: with a power of ten.
    """

    value: Fraction
    digits: int
    unit: Fraction
    is_scientific: bool = False


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """Euler's number or pi."""

    name: Literal["e", "pi"]


@dataclass(frozen=True, slots=True)
class Probability(Node):
    """The softmax output p_index, counted from 1."""

    index: int


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A value by its name, as declared in the `Vocabulary` that the text was read with."""

    name: str


@dataclass(frozen=True, slots=True)
class Applied(Node):
    """A function of the `Vocabulary`, applied to its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """term + term - ...; each term with its sign, 1 or -1. One negative term alone is a negation."""

    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """factor * factor / ...; from left to right, True where the factor is multiplied, False where it divides."""

    factors: tuple[tuple[bool, Node], ...]


@dataclass(frozen=True, slots=True)
class Power(Node):
    """base ^ exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """exp or ln (natural) of an argument."""

    function: Literal["exp", "ln"]
    argument: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """The degree-th root of a number: real, and negative only where the degree is odd."""

    degree: int
    argument: Node


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """An element that was left empty."""


@dataclass(frozen=True, slots=True)
class Unreadable(Node):
    """An element of a matrix that could not be read; the others can."""

    error: AnswerError


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a matrix, with the part of the text it was read from."""

    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of equal length. `flat` where it was written as one list: a column, and also a row where one is wanted.

    `bare` where that list has no brackets; `lines` where rows end at line breaks, which may be those of a long vector.
    """

    rows: tuple[tuple[Item, ...], ...]
    flat: bool = False
    bare: bool = False
    lines: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """The elements, row by row."""
        return tuple(item for row in self.rows for item in row)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """matrix ^ T."""

    matrix: Node


@dataclass(frozen=True, slots=True)
class EntryOf(Node):
    """One entry, by its place row by row, of what a formula of vectors and matrices makes."""

    whole: Node
    place: int


@dataclass(frozen=True, slots=True)
class Sized(Node):
    """matrix (rows x columns): a matrix, with its shape beside it."""

    matrix: Node
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """a = b ≈ c: at least two members. `restated` where the last one stands in brackets beside the one before it."""

    members: tuple[Node, ...]
    restated: bool = False


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, elements of a matrix included."""
    match node:
        case Sum(terms=terms):
            return tuple(child for _, child in terms)
        case Product(factors=factors):
            return tuple(child for _, child in factors)
        case Power(base=base, exponent=exponent):
            return base, exponent
        case Call(argument=argument) | Root(argument=argument):
            return (argument,)
        case Applied(arguments=arguments):
            return arguments
        case Matrix():
            return tuple(item.node for item in node.items)
        case Transpose(matrix=below) | Sized(matrix=below) | EntryOf(whole=below):
            return (below,)
        case Chain(members=members):
            return members
        case _:
            return ()


def same(left: Node, right: Node) -> bool:
    """Whether two answers are written alike, but for where they stand and how they are spaced."""
    if type(left) is not type(right) or len(children(left)) != len(children(right)):
        return False
    own = [name for name in left.__dataclass_fields__ if name != "position"]
    for name in own:
        one, other = getattr(left, name), getattr(right, name)
        if isinstance(one, Node):
            continue
        if isinstance(one, tuple):
            one, other = ([part[0] for part in parts if isinstance(part, tuple)] for parts in (one, other))
        if (type(left) is not Matrix or name == "flat") and name != "error" and one != other:
            return False
    return all(same(a, b) for a, b in zip(children(left), children(right), strict=True))


def contains_matrix(node: Node) -> bool:
    """Whether there is a vector or matrix anywhere in the answer."""
    return any(isinstance(part, Matrix) for part in walk(node))


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))
