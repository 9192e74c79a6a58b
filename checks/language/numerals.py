"""Numerals: exact rationals with their digits counted as written, never floats."""

from __future__ import annotations

import re
from fractions import Fraction

from checks.language.scanner import MINUS, SUPERSCRIPTS, TIMES, Scanner
from checks.language.tree import Numeral
from exact.bounds import MAX_DECIMAL_EXPONENT, MAX_NUMERAL_DIGITS

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_SCIENTIFIC = re.compile(rf"[eE]([+{MINUS}]?)([0-9]+)")
_PERCENT = re.compile(r"\s*\\?%")
_TIMES_TEN = re.compile(
    rf"\s*(?:{TIMES}|[xX](?=\s*10))\s*10\s*"
    rf"(?:\^\s*(?:\{{\s*([+{MINUS}]?)\s*([0-9]+)\s*\}}|\(\s*([+{MINUS}]?)\s*([0-9]+)\s*\)|([+{MINUS}]?)\s*([0-9]+))"
    rf"|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?![.0-9])(?!\s*\^)"
)
_SPACED_EXPONENT = re.compile(rf"\s+[eE][+{MINUS}]?[0-9]")
_SECOND_POINT = re.compile(r"\.")


def numeral(scanner: Scanner) -> Numeral | None:
    """numeral := digits [point digits] [`e` [sign] digits] [`%`]

    A digit straight before `e` and digits makes it scientific; `2e^3` is not, there Euler's number begins.
    """
    start = scanner.place
    match = scanner.take(_DIGITS)
    if match is None:
        return None
    written = match.group()
    if len(written) > MAX_NUMERAL_DIGITS:
        raise scanner.error(f"a number of more than {MAX_NUMERAL_DIGITS} digits", start)
    if scanner.looking_at(_SECOND_POINT):
        raise scanner.error("a number with two decimal points")
    exponent = 0
    suffix = scanner.take(_SCIENTIFIC)
    if suffix:
        exponent = _exponent(scanner, suffix[1], suffix[2], start)
    elif scanner.looking_at(_SPACED_EXPONENT):
        raise scanner.error(
            f"a space before the exponent: write {written}e-32 for a power of ten, {written}*e^-32 for one of e"
        )
    if scanner.take(_PERCENT):
        exponent -= 2
    return _numeral(start, written, exponent)


def times_power_of_ten(scanner: Scanner, mantissa: Numeral, written: str) -> Numeral:
    """Mantissa `*` 10 `^` exponent: one numeral, with the mantissa's digits; the mantissa itself where none follows."""
    match = scanner.take(_TIMES_TEN)
    if match is None:
        return mantissa
    *plain, superscript = match.groups()
    if superscript:
        signed = superscript.translate(SUPERSCRIPTS)
        sign, digits = ("-" if signed.startswith("-") else "", signed.lstrip("+-"))
    else:
        sign, digits = next((plain[i], plain[i + 1]) for i in (0, 2, 4) if plain[i + 1])
    return _numeral(mantissa.position, written, _exponent(scanner, sign, digits, mantissa.position))


def whole_number(position: int, digits: str) -> Numeral:
    """The numeral of a few digits."""
    return _numeral(position, digits, 0)


def _exponent(scanner: Scanner, sign: str, digits: str, start: int) -> int:
    if len(digits.lstrip("0")) > 5 or int(digits) > MAX_DECIMAL_EXPONENT:
        raise scanner.error(f"a power of ten beyond {MAX_DECIMAL_EXPONENT}", start)
    return -int(digits) if sign and sign in MINUS else int(digits)


def _numeral(position: int, written: str, exponent: int) -> Numeral:
    whole, _, decimals = written.partition(".")
    unit = Fraction(10) ** (exponent - len(decimals))
    significant = (whole + decimals).lstrip("0")
    return Numeral(position, int(whole + decimals) * unit, len(significant), unit)
