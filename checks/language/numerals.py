"""Numerals: exact rationals with their digits counted as written, never floats."""

from __future__ import annotations

import re
from fractions import Fraction

from checks.language.scanner import MINUS, Scanner
from checks.language.spelling import FILL
from checks.language.tree import Node, Numeral, Power, Product, Sum
from exact.numbers.bounds import MAX_DECIMAL_EXPONENT, MAX_NUMERAL_DIGITS

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"(?:[eEf]|\*\^)([+-]?)([0-9]+)|\s+[eE]\s+()([0-9]+)(?![0-9.])")
_PERCENT = re.compile(rf"[\s{FILL}]*\\?%")
_SECOND_POINT = re.compile(r"\.")


def numeral(scanner: Scanner) -> Numeral | None:
    """numeral := digits [point digits] [(`e` | `f` | `*^`) [sign] digits] [`%`]

    A digit straight before `e` and digits makes it scientific; `2e^3` is not, there Euler's number begins. `f` is
    Julia's, `*^` Mathematica's.
    """
    start = scanner.place
    match = scanner.take(_DIGITS)
    if match is None:
        return None
    written = match.group()
    if len(written) > MAX_NUMERAL_DIGITS:
        raise scanner.error(f"a number of more than {MAX_NUMERAL_DIGITS} digits", start)
    exponent = 0
    suffix = scanner.take(_SCIENTIFIC)
    if suffix:
        exponent = _exponent(scanner, suffix[1] or "", suffix[2] or suffix[4], start)
    if scanner.looking_at(_SECOND_POINT):
        raise scanner.error("a number with two decimal points")
    if scanner.take(_PERCENT):
        exponent -= 2
    return _numeral(start, written, exponent, is_scientific=suffix is not None)


def whole_number(position: int, digits: str) -> Numeral:
    """The numeral of a few digits."""
    return _numeral(position, digits, 0)


def percent(position: int) -> Numeral:
    """What a percent sign multiplies by."""
    return _numeral(position, "1", -2)


def as_numeral(node: Node) -> Numeral | None:
    """The one decimal that a tree stands for, in any of the ways to write it; None where it is an expression.

    A sign, a percent sign and a power of ten leave the digits as they are: `-1.979*10^-32` has four.
    """
    match node:
        case Numeral():
            return node
        case Sum(terms=((sign, term),)):
            return _scaled(as_numeral(term), Fraction(sign))
        case Product(factors=((True, mantissa), (multiplied, factor))):
            power = _power_of_ten(factor)
            return None if power is None else _scaled(as_numeral(mantissa), power if multiplied else 1 / power)
        case _:
            return None


def is_power_of_ten(node: Node) -> bool:
    """Whether the tree is 10 to a whole power, written as one."""
    return _power_of_ten(node) is not None


def _scaled(number: Numeral | None, factor: Fraction) -> Numeral | None:
    if number is None:
        return None
    is_scientific = number.is_scientific or abs(factor) != 1
    return Numeral(number.position, number.value * factor, number.digits, number.unit * abs(factor), is_scientific)


def _power_of_ten(node: Node) -> Fraction | None:
    """10 to a whole power, written as a power or as `1e-8`."""
    match node:
        case Power(base=Numeral(value=Fraction(numerator=10, denominator=1)), exponent=exponent):
            power = as_numeral(exponent)
            if power is None or power.value.denominator != 1 or abs(power.value) > MAX_DECIMAL_EXPONENT:
                return None
            return Fraction(10) ** power.value.numerator
        case Numeral(value=value, unit=unit) if value == unit and value != 1:
            return value
        case _:
            return None


def _exponent(scanner: Scanner, sign: str, digits: str, start: int) -> int:
    size = digits.lstrip("0") or "0"
    if len(size) > 5 or int(size) > MAX_DECIMAL_EXPONENT:
        raise scanner.error(f"a power of ten beyond {MAX_DECIMAL_EXPONENT}", start)
    return -int(size) if sign and sign in MINUS else int(size)


def _numeral(position: int, written: str, exponent: int, *, is_scientific: bool = False) -> Numeral:
    whole, _, decimals = written.partition(".")
    unit = Fraction(10) ** (exponent - len(decimals))
    significant = (whole + decimals).lstrip("0")
    return Numeral(position, int(whole + decimals) * unit, len(significant), unit, is_scientific)
