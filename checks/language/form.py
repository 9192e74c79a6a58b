"""Which forms of an answer in p_1, p_2, ... are read, decided before any value is used.

The verdict on `sqrt(p_1 - 0.3)` would tell whether p_1 is less than 0.3. So p_i stands in no root, denominator or
exponent, in a power with a whole number from 0 on alone, and in ln alone as ln(p_i) or ln(1 - p_i). What is left of it
is a polynomial in the p's and their logarithms, which has a value whatever they are.
"""

from __future__ import annotations

from checks.language.tree import (
    AnswerError,
    Call,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
    children,
    walk,
)


def expect_readable_form(node: Node) -> None:
    """Raises `AnswerError` for a p_i where it may not stand."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        match part:
            case Root(argument=inner):
                _refuse(inner, "inside a root")
            case Product(factors=factors):
                for multiplied, factor in factors:
                    if not multiplied:
                        _refuse(factor, "in a denominator")
            case Power(base=base, exponent=exponent):
                _refuse(exponent, "in an exponent")
                if not _is_whole(exponent):
                    _refuse(base, "in a power with another exponent than 0, 1, 2, ...")
            case Call(function="ln", argument=inner) if _is_output(inner):
                continue
            case Call(function=name, argument=inner):
                _refuse(inner, f"inside {name}, except in ln(p_1) or ln(1 - p_1)" if name == "ln" else f"inside {name}")
        waiting.extend(children(part))


def _refuse(node: Node, where: str) -> None:
    for part in walk(node):
        if isinstance(part, Probability):
            message = f"p_{part.index} {where} is not read; write the outputs out in exponentials"
            raise AnswerError(message, part.position)


def _is_whole(exponent: Node) -> bool:
    match exponent:
        case Numeral(value=value):
            return value.denominator == 1
        case _:
            return False


def _is_output(node: Node) -> bool:
    """Whether it is p_i or 1 - p_i."""
    match node:
        case Probability() | Sum(terms=((1, Numeral(value=1)), (-1, Probability()))):
            return True
        case _:
            return False
