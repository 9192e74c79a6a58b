r"""The atoms of the grammar: numbers, names, brackets, fractions, roots and functions.

atom     := numeral | name | group | matrix | fraction | root | function
name     := "e" | "pi" | "p" index | a name of the vocabulary, with its arguments where it is a function
fraction := "\frac" argument argument
"""

from __future__ import annotations

import re
from collections.abc import Callable

from checks.language import matrices
from checks.language.numerals import numeral, whole_number
from checks.language.rules import Rules
from checks.language.scanner import MINUS, SIZED
from checks.language.tree import Applied, Call, Constant, Named, Node, Probability, Product, Root, Sum

_OPENING = re.compile(r"[({]")
_EULER = re.compile(r"e(?![A-Za-z])|ℯ|\\(?:mathrm|text|mathit|operatorname|rm)\s*(?:\{\s*e\s*\}|e(?![A-Za-z]))")
_PI = re.compile(r"π|\\?pi(?![A-Za-z])")
_PROBABILITY = re.compile(r"p\s*(?:_\s*\{\s*([0-9]{1,4})\s*\}|_?\s*([0-9]{1,4})|([₀₁₂₃₄₅₆₇₈₉]{1,4}))")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_FUNCTION = re.compile(
    r"\\?(exp|ln|log|tanh|sigmoid)(?![A-Za-z])|\\operatorname\{(exp|ln|log|sigmoid)\}|(?:\\sigma|σ)(?=\s*(?:\\left\s*)?\()"
)
_ROOT = re.compile(r"\\?sqrt(?![A-Za-z])|√")
_DEGREE = re.compile(r"\s*\[\s*([0-9]{1,2})\s*\]")
_FRACTION = re.compile(r"\\[tdc]?frac(?![A-Za-z])")
_GLUED_DIFFERENCE = re.compile(rf"[{MINUS}][0-9]{{2}}")
_BASE = re.compile(r"_|[0-9]+\s*\(")
_ARGUMENTS, _COMMA, _CLOSED = re.compile(r"\("), re.compile(","), re.compile(r"\)")
_DIGIT = re.compile(r"[0-9]")
_MORE_DIGITS = re.compile(r"\.?[0-9]")


def atom(parser: Rules) -> Node:
    """atom := numeral | name | group | matrix | fraction | function"""
    scanner = parser.scanner
    scanner.take(SIZED)
    start = scanner.place
    if (number := numeral(scanner)) is not None:
        return number
    if parser.vocabulary and (known := parser.vocabulary.known_at(scanner.text, start)):
        return name(parser, *known)
    if scanner.looking_at(_OPENING):
        with parser.nested():
            return matrices.group(parser)
    if matrices.begins(scanner):
        with parser.nested():
            return matrices.matrix(parser)
    if scanner.take(_EULER):
        if scanner.looking_at(_GLUED_DIFFERENCE):
            raise scanner.error("write e^-31 for a power of e, e - 31 with spaces for a difference")
        if scanner.looking_at(_DIGIT):
            raise scanner.error(f"expected '^' between e and its exponent, found {scanner.here()}")
        return Constant(start, "e")
    if scanner.take(_PI):
        return Constant(start, "pi")
    if match := scanner.take(_PROBABILITY):
        return Probability(start, int(next(filter(None, match.groups())).translate(_SUBSCRIPTS)))
    if scanner.take(_FRACTION):
        return Product(start, ((True, argument(parser, "\\frac")), (False, argument(parser, "\\frac"))))
    if scanner.take(_ROOT):
        return root(parser, start)
    if match := scanner.take(_FUNCTION):
        return function(parser, start, match.group(1) or match.group(2) or "sigmoid")
    raise parser.unexpected()


def name(parser: Rules, word: str, end: int) -> Node:
    """name := a name of the vocabulary; with its arguments in round brackets where it is a function"""
    scanner = parser.scanner
    start, scanner.place = scanner.place, end
    if word not in parser.vocabulary.functions:
        return Named(start, word)
    scanner.skip_space()
    scanner.take(SIZED)
    if not scanner.take(_ARGUMENTS):
        raise parser.unexpected(f"'(' after the function {word}")
    with parser.nested():
        arguments = [parser.sum()]
        scanner.skip_space()
        while scanner.take(_COMMA):
            arguments.append(parser.sum())
            scanner.skip_space()
    scanner.take(SIZED)
    if not scanner.take(_CLOSED):
        raise parser.unexpected("')'")
    return Applied(start, word, tuple(arguments))


def root(parser: Rules, start: int) -> Node:
    """root := sqrt [ "[" degree "]" ] argument"""
    match = parser.scanner.take(_DEGREE)
    degree = int(match.group(1)) if match else 2
    if degree < 2:
        raise parser.scanner.error("the degree of a root is at least 2", start)
    return Root(start, degree, argument(parser, "sqrt"))


def function(parser: Rules, start: int, name: str) -> Node:
    """function := ("exp" | "ln" | "log" | "tanh" | "sigmoid" | "σ") (group | power); log is natural"""
    scanner = parser.scanner
    if name in ("ln", "log") and scanner.looking_at(_BASE):
        raise scanner.error(f"a base of {name} is not read; ln and log are the natural logarithm")
    scanner.skip_space()
    scanner.take(SIZED)
    if scanner.looking_at(_OPENING):
        inner = atom(parser)
    else:
        with parser.nested():
            inner = parser.power()
    return _FUNCTIONS[name](start, inner)


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


def argument(parser: Rules, command: str) -> Node:
    """argument := group | one digit | name; as LaTeX reads what follows its commands"""
    scanner = parser.scanner
    scanner.skip_space()
    scanner.take(SIZED)
    if digit := scanner.take(_DIGIT):
        if command == "sqrt" and scanner.looking_at(_MORE_DIGITS):
            raise scanner.error("a root of a number of several digits needs brackets, such as sqrt(12)")
        return whole_number(digit.start(), digit.group())
    if scanner.at_end():
        raise scanner.error(f"expected what {command} applies to, before the end")
    if scanner.looking_at(_OPENING):
        return atom(parser)
    with parser.nested():
        return atom(parser)
