"""Functions in answers: exp, ln, tanh, sigmoid, and those of a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable

from checks.language.ambiguities import told
from checks.language.numerals import whole_number
from checks.language.rules import Rules
from checks.language.spelling import FILL
from checks.language.tree import Applied, Call, Node, Product, Sum

_GAP = rf"[\s{FILL}]*"
FUNCTION = re.compile(
    r"\\?(exp|ln|log|tanh|sigmoid|Exp|Log|Tanh|EXP|LN|LOG|TANH)(?![A-Za-z])|(?:\\sigma(?![A-Za-z])|σ)(?=[\s\ue000]*\()"
)
"""How a function begins; capital letters are those of Mathematica and of Excel."""

_BASE = re.compile(r"_|[0-9]+\s*\(")
_OPENING, _SQUARE, _COMMA = re.compile(r"[({]"), re.compile(r"\["), re.compile(",")
_GOES_ON = re.compile(
    rf"{_GAP}(?:[*×·xX/](?!\*)|(?=[0-9eEpPπ(]|\\pi|\\frac)){_GAP}(?!\\?(?:exp|ln|log|tanh|sqrt|sigmoid)(?![A-Za-z]))[0-9.eEpPπ(\\{{]"
)
"""What may belong to an argument without brackets, or to the product that the function stands in."""


def function(parser: Rules, start: int, match: re.Match[str]) -> Node:
    """function := ("exp" | "ln" | "log" | "tanh" | "sigmoid" | "σ") (group | power | "[" sum "]"); log is natural"""
    scanner = parser.scanner
    name = match[1] or "sigmoid"
    if name in parser.vocabulary.functions:
        return named_function(parser, start, name)
    if name == "LOG":
        raise scanner.error("LOG has the base 10 in a spreadsheet; write ln for the natural logarithm", start)
    name = name.lower()
    if name in ("ln", "log") and scanner.looking_at(_BASE):
        raise scanner.error(f"a base of {name} is not read; ln and log are the natural logarithm")
    scanner.skip_space()
    if scanner.looking_at(_OPENING):
        inner = parser.atom()
    elif scanner.take(_SQUARE):
        with parser.nested():
            inner = parser.sum()
            scanner.skip_space()
        if not scanner.text.startswith("]", scanner.place):
            raise parser.unexpected("']'")
        scanner.place += 1
    else:
        with parser.nested():
            inner = parser.power()
        expect_an_end(parser, start, match.group())
    return _FUNCTIONS[name](start, inner)


def expect_an_end(parser: Rules, start: int, name: str) -> None:
    """Refuses `ln 1/2`: an argument without brackets that may go on."""
    scanner = parser.scanner
    place = scanner.place
    if parser.spaces_separate and scanner.skip_space():
        scanner.place = place
        return
    if scanner.looking_at(_GOES_ON):
        raise scanner.error(told("a function without brackets before a sign", f=name), start)


def named_function(parser: Rules, start: int, word: str) -> Node:
    """word "(" sum { "," sum } ")", where the word is a function of the vocabulary."""
    scanner = parser.scanner
    scanner.skip_space()
    if not scanner.text.startswith("(", scanner.place):
        raise parser.unexpected(f"'(' after the function {word}")
    scanner.place += 1
    with parser.nested():
        arguments = [parser.sum()]
        scanner.skip_space()
        while scanner.take(_COMMA):
            arguments.append(parser.sum())
            scanner.skip_space()
    if not scanner.text.startswith(")", scanner.place):
        raise parser.unexpected("')'")
    scanner.place += 1
    return Applied(start, word, tuple(arguments))


def _tanh(start: int, inner: Node) -> Node:
    """1 - 2 / (e^(2 x) + 1)"""
    one, two = whole_number(start, "1"), whole_number(start, "2")
    power = Call(start, "exp", Product(start, ((True, two), (True, inner))))
    return Sum(start, ((1, one), (-1, Product(start, ((True, two), (False, Sum(start, ((1, power), (1, one)))))))))


def _sigmoid(start: int, inner: Node) -> Node:
    """1 / (1 + e^-x)"""
    one = whole_number(start, "1")
    power = Call(start, "exp", Sum(start, ((-1, inner),)))
    return Product(start, ((True, one), (False, Sum(start, ((1, one), (1, power))))))


_FUNCTIONS: dict[str, Callable[[int, Node], Node]] = {
    "exp": lambda start, inner: Call(start, "exp", inner),
    "ln": lambda start, inner: Call(start, "ln", inner),
    "log": lambda start, inner: Call(start, "ln", inner),
    "tanh": _tanh,
    "sigmoid": _sigmoid,
}
"""What each function makes of its argument; tanh and sigmoid are put together from exp."""
