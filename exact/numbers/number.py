"""A real number that a calculation leads to: exact where that can be proved, else known by enclosures of any width.

A number is kept as the expression that gives it. Only when somebody asks is it worked out: in the field Q(e^r), where
equality is decided; in the tower of nested exponentials, where equality can be proved; in rigorous balls, which prove
numbers different. So numbers of any depth, the hidden units of a tanh network for instance, cost nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from exact.numbers.arithmetics import BALLS, EXACT, SYMBOLIC, TOWER, Antilogarithm, Arithmetic, Known, Operation
from exact.numbers.bounds import FIRST_PRECISION, MAX_KEY_ROOTS, MAX_NUMBER_PRECISION
from exact.numbers.exponential_sums import Undecided, precisions
from exact.numbers.field import Element
from exact.numbers.form import is_algebraic, made_alike, never_negative
from exact.numbers.tower import Tower


class Number:
    """A real number; immutable. `+ - * /` and `abs` take numbers and rational numbers, and give one of both.

    Nothing is evaluated when an expression is made, so nothing is raised: where a divisor is 0, or the argument of a
    logarithm not positive, there is no exact value and no enclosure is ever finite.
    """

    __slots__ = ("_known", "_operands", "_operation", "_roots")

    def __init__(self, operation: Operation, *operands: Any) -> None:
        self._operation, self._operands = operation, operands
        self._known: dict[object, Any] = {}
        self._roots = _roots(self, operation, operands)

    @classmethod
    def of(cls, value: Operand | Element | Tower | Known) -> Number:
        """The number `value`."""
        return value if isinstance(value, Number) else cls(Operation.LEAF, value)

    @classmethod
    def named(cls, value: Number, symbol: Number) -> Number:
        """The number `value`, for which `symbol` stands where formal equality is looked for first."""
        return cls(Operation.NAMED, value, symbol)

    @property
    def exact(self) -> Element | None:
        """The value in the field Q(e^r), None where it is not known to lie there or is too large to write down."""
        found: Element | None = self._evaluated("exact", EXACT)
        return found

    def tower(self, *, symbolic: bool = False) -> Tower | None:
        """The value among the nested exponentials, None where it is not known to lie there or too large.

        Where it is `symbolic`, what has a symbol stands as that symbol.
        """
        if len(self._roots) > MAX_KEY_ROOTS:
            return None
        found: Tower | None = self._evaluated(*(("symbolic", SYMBOLIC) if symbolic else ("tower", TOWER)))
        return found

    def read_in(self, key: object, arithmetic: Arithmetic) -> Any:
        """The value in another arithmetic, kept under the key."""
        return self._evaluated(key, arithmetic)

    def antilogarithm(self, *, symbolic: bool = False) -> Antilogarithm | None:
        """The power of e by which sums of logarithms are compared, None where it does not lie in the tower."""
        (first, *_) = self._operands
        if self._operation is Operation.LEAF and hasattr(first, "antilogarithm"):
            found: Antilogarithm | None = first.antilogarithm(symbolic=symbolic)
            return found
        logarithm = self.argument_of_logarithm
        tower = self.tower(symbolic=symbolic) if logarithm is None else logarithm.tower(symbolic=symbolic)
        if tower is None:
            return None
        return (tower.exp() if logarithm is None else tower), 1

    @property
    def argument_of_logarithm(self) -> Number | None:
        """The number that this one is the natural logarithm of, where it was made as one."""
        return self._operands[0] if self._operation is Operation.LOG else None

    def enclosure(self, precision: int) -> arb:
        """A ball that holds the value, computed with `precision` bits; it may be too wide to be of use."""
        with ctx.workprec(precision):
            found: arb = self._evaluated(precision, BALLS)
        return found

    def enclosures(self) -> Iterator[tuple[int, arb]]:
        """(precision in bits, ball), the precision doubling up to the last."""
        for precision in precisions(last=MAX_NUMBER_PRECISION):
            yield precision, self.enclosure(precision)

    def as_fraction(self) -> Fraction | None:
        """The value where it is proved to be rational, else None."""
        if "fraction" not in self._known:
            self._known["fraction"] = None if self.exact is None else self.exact.as_fraction()
        found: Fraction | None = self._known["fraction"]
        return found

    def settled(self) -> Scalar:
        """The same number, as a fraction where it is proved to be rational; that it is 0 its form may prove."""
        if self.exact is None:
            is_zero = self.enclosure(FIRST_PRECISION).contains(0) and self.is_zero()
            return Fraction(0) if is_zero else self
        fraction = self.as_fraction()
        return self if fraction is None else fraction

    def exp(self) -> Number:
        """The number e^self."""
        return Number(Operation.EXP, self)

    def log(self) -> Number:
        """The natural logarithm."""
        return Number(Operation.LOG, self)

    def sqrt(self) -> Number:
        """The root that is not negative."""
        return Number(Operation.SQRT, self)

    def from_zero(self) -> Number:
        """The same number, which the caller knows to be 0 or more, by enclosures without negative numbers alone."""
        return Number(Operation.FROM_ZERO, self)

    def is_zero_by_form(self) -> bool:
        """Whether this is a difference, or a product with one, of numbers that are made alike; False says nothing."""
        if self._operation is Operation.SUBTRACT:
            left, right = self._operands
            return made_alike(left, right, _made)
        factors = self._operands if self._operation is Operation.MULTIPLY else ()
        return any(factor.is_zero_by_form() for factor in factors)

    def is_zero(self) -> bool:
        """Whether this is proved to be 0 by its form, or among the nested exponentials; False says nothing."""
        if self.is_zero_by_form():
            return True
        towers = (self.tower(symbolic=symbolic) for symbolic in (False, True))
        return any(tower is not None and tower.is_zero() for tower in towers)

    def is_never_negative(self) -> bool:
        """Whether this is made of squares and the like, so that it is 0 or more; False says nothing."""
        return never_negative(self, _made)

    def is_algebraic(self) -> bool:
        """Whether this is made of rational numbers and roots alone; False says nothing."""
        return is_algebraic(self, _made)

    def _evaluated(self, key: object, arithmetic: Arithmetic) -> Any:
        """The value in an arithmetic; each part is worked out once, those below first, without recursion."""
        if key in self._known:
            return self._known[key]
        waiting = [self]
        while waiting:
            number = waiting[-1]
            leaf = number._operation is Operation.LEAF
            unknown = [] if leaf else [one for one in number._operands if key not in one._known]
            if key in number._known or not unknown:
                waiting.pop()
            if key not in number._known and not unknown:
                values = number._operands if leaf else [one._known[key] for one in number._operands]
                number._known[key] = arithmetic.applied(number._operation, values, key)
            waiting += unknown
        return self._known[key]

    def __add__(self, other: Operand) -> Number:
        return self if _is_rational(other, 0) else self._with(Operation.ADD, other)

    def __sub__(self, other: Operand) -> Number:
        return self if _is_rational(other, 0) else self._with(Operation.SUBTRACT, other)

    def __mul__(self, other: Operand) -> Scalar:
        if _is_rational(other, 0):
            return Fraction(0)
        return self if _is_rational(other, 1) else self._with(Operation.MULTIPLY, other)

    def __truediv__(self, other: Operand) -> Number:
        return self._with(Operation.DIVIDE, other)

    def __rsub__(self, other: Fraction | int) -> Number:
        return Number(Operation.SUBTRACT, Number.of(other), self)

    def __rtruediv__(self, other: Fraction | int) -> Number:
        return Number(Operation.DIVIDE, Number.of(other), self)

    def _with(self, operation: Operation, other: Operand) -> Number:
        if not isinstance(other, Number | Fraction | int):
            return NotImplemented
        return Number(operation, self, Number.of(other))

    def __neg__(self) -> Number:
        return 0 - self

    def __abs__(self) -> Number:
        return Number(Operation.ABSOLUTE, self)

    __radd__ = __add__
    __rmul__ = __mul__


Scalar = Fraction | Number
"""A rational number, or one of which that is not known."""

Operand = Scalar | int


def sign(value: Scalar) -> int:
    """-1, 0 or 1, proved. Raises `Undecided` where no enclosure shows it."""
    if not isinstance(value, Number):
        return (value > 0) - (value < 0)
    if value.exact is not None:
        return value.exact.sign()
    if value.is_zero_by_form():
        return 0
    for _, ball in value.enclosures():
        if ball > 0 or ball < 0:
            return 1 if ball > 0 else -1
    if value.is_zero():
        return 0
    raise Undecided("a number too close to zero for its sign to be seen")


def larger(left: Number, right: Number) -> Number:
    """The larger of two numbers; either, where no enclosure shows a difference."""
    try:
        return left if sign(left - right) >= 0 else right
    except Undecided:
        return left


def _made(number: Number) -> tuple[Operation, tuple[Any, ...]]:
    return number._operation, number._operands


def _roots(number: Number, operation: Operation, operands: tuple[Any, ...]) -> frozenset[int]:
    """The roots in the expression, as far as there are no more than can be worked with."""
    found: frozenset[int] = frozenset()
    if operation is not Operation.LEAF:
        for operand in operands:
            if operand._roots and len(found) <= MAX_KEY_ROOTS:
                found = found | operand._roots if found else operand._roots
    return found | {id(number)} if operation is Operation.SQRT else found


def _is_rational(value: object, number: int) -> bool:
    return isinstance(value, Fraction | int) and value == number
