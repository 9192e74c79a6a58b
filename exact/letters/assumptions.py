"""What follows from what is assumed of letters: on which side of 0 an expression lies, which piece of a ReLU counts."""

from __future__ import annotations

from collections.abc import Sequence

from exact.letters.decide import Equal, decide
from exact.letters.symbolic import (
    MINUS_ONE,
    ONE,
    ZERO,
    Function,
    Power,
    Product,
    Rational,
    Sum,
    Symbolic,
    bottom_up,
    symbolic,
)

PIECES = ("relu", "step", "sign", "abs")
"""Functions that are one formula on each side of 0."""


def sign_under(value: Symbolic, positive: Sequence[Symbolic]) -> int | None:
    """The sign of the expression where all of `positive` are positive; None where that does not follow, or is not seen.

    >>> from exact.letters.symbolic import Letter
    >>> w, x = Letter("w"), Letter("x")
    >>> sign_under(w * x, [w, -x]), sign_under(w * x, [w])
    (-1, None)
    """
    if isinstance(value, Rational):
        return (value.value > 0) - (value.value < 0)
    sign = Function("sign", value)
    for side in (ONE, MINUS_ONE):
        if decide(side, sign, positive) == Equal():
            return 1 if side is ONE else -1
    return 0 if decide(ZERO, value, positive) == Equal() else None


def settled(root: Symbolic, positive: Sequence[Symbolic]) -> tuple[Symbolic, tuple[Symbolic, ...]]:
    """The expression with the pieces that count, and the arguments of those functions of which that does not follow."""
    made: dict[int, Symbolic] = {}
    open_: list[Symbolic] = []
    for node in bottom_up(root):
        match node:
            case Sum(terms=terms):
                found = sum((made[id(term)] for term in terms), start=symbolic(0))
            case Product(factors=factors):
                found = ONE
                for factor in factors:
                    found = found * made[id(factor)]
            case Power(base=base, exponent=exponent):
                found = made[id(base)] ** exponent
            case Function(name=name, argument=argument):
                found = Function(name, made[id(argument)])
                if name in PIECES:
                    sign = sign_under(made[id(argument)], positive)
                    if sign is None or (sign == 0 and name in ("step", "sign")):
                        open_.append(made[id(argument)])
                    else:
                        found = _piece(name, made[id(argument)], sign)
            case _:
                found = node
        made[id(node)] = found
    return made[id(root)], tuple(open_)


def _piece(name: str, argument: Symbolic, sign: int) -> Symbolic:
    match name:
        case "relu":
            return argument if sign > 0 else ZERO
        case "step":
            return ONE if sign > 0 else ZERO
        case "sign":
            return symbolic(sign)
        case _:
            return argument * sign
