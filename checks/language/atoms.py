r"""The atoms of the grammar: numbers, names, brackets, fractions, roots and functions.

atom     := number | name | group | matrix | fraction | root | function
number   := numeral [ fraction of whole numbers ] | vulgar fraction | ("float64" | "Rational" | ..) "(" numbers ")"
name     := "e" | "pi" | "p" index | a name of the vocabulary, with its arguments where it is a function
fraction := "\frac" argument argument
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from checks.language import matrices
from checks.language.ambiguities import told
from checks.language.functions import FUNCTION, function, named_function
from checks.language.numerals import numeral, whole_number
from checks.language.rules import Rules
from checks.language.spelling import FILL
from checks.language.tree import Constant, Named, Node, Numeral, Probability, Product, Root, Sum

_GAP = rf"[\s{FILL}]*"
_OPENING = re.compile(r"[({]")
_EULER = re.compile(r"[eE](?![A-Za-z])")
_PI = re.compile(r"π|\\?(?:pi|Pi|PI)(?![A-Za-z])(?:\(\))?")
_PROBABILITY = re.compile(
    rf"[pP]{_GAP}(?:_{_GAP}\{{{_GAP}([0-9]{{1,4}}){_GAP}\}}|_?{_GAP}([0-9]{{1,4}})|([₀₁₂₃₄₅₆₇₈₉]{{1,4}}))"
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ROOT = re.compile(r"\\?(?:sqrt|SQRT)(?![A-Za-z])|√|∛|∜|(Sqrt)(?=\[)")
_DEGREE = re.compile(r"\s*\[\s*([0-9]{1,2})\s*\]")
_FRACTION = re.compile(r"\\[tdc]?frac(?![A-Za-z])")
_GLUED_DIGIT, _GLUED_DIGITS = re.compile(r"-[0-9]"), re.compile(r"-[0-9]{2}")
_DIGIT = re.compile(r"[0-9]")
_MORE_DIGITS = re.compile(r"\.?[0-9]")
_VULGAR = re.compile(rf"({_GAP})([¼½¾⅐-⅞↉])")
_MIXED = re.compile(
    rf"({_GAP})\\[tdc]?frac(?![A-Za-z]){_GAP}(?:\{{{_GAP}([0-9]+){_GAP}\}}|([0-9]))"
    rf"{_GAP}(?:\{{{_GAP}([0-9]+){_GAP}\}}|([0-9]))"
)
_QUOTED = re.compile(
    r"(?:float(?:_|16|32|64|128)?|int(?:_|8|16|32|64)?|longdouble|Float|Integer|Decimal|mpf|Rational|Fraction)\s*\("
)
_QUOTE = re.compile("['\"]?")
_OF = re.compile(r"\s*,\s*")


def atom(parser: Rules) -> Node:
    """atom := number | name | group | matrix | fraction | root | function"""
    scanner = parser.scanner
    start = scanner.place
    parser.expect_one_reading(start)
    if (number := numeral(scanner)) is not None:
        return mixed(parser, number)
    if parser.vocabulary and (known := parser.vocabulary.known_at(scanner.text, start)):
        word, scanner.place = known
        return named_function(parser, start, word) if word in parser.vocabulary.functions else Named(start, word)
    if scanner.looking_at(_OPENING):
        with parser.nested():
            return matrices.group(parser)
    if matrices.begins(scanner):
        with parser.nested():
            return matrices.matrix(parser)
    if scanner.take(_EULER):
        if scanner.looking_at(_GLUED_DIGITS if parser.depth > parser.entry_depth else _GLUED_DIGIT):
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
    if match := scanner.take(_ROOT):
        return root(parser, start, match.group())
    if match := scanner.take(FUNCTION):
        return function(parser, start, match)
    if match := scanner.take(_VULGAR):
        return _vulgar(start, match[2])
    if scanner.take(_QUOTED):
        return quoted(parser)
    raise parser.unexpected()


def mixed(parser: Rules, number: Numeral) -> Node:
    r"""number [ "½" | "\frac" whole whole ]: a whole number straight before a fraction is a mixed number.

    Refused where the two may be something else: no proper fraction, entries of a list, an exponent, a divisor.
    """
    scanner = parser.scanner
    text = scanner.text[number.position : scanner.place]
    if not text.isdigit():
        return number
    if match := scanner.looking_at(_VULGAR):
        fraction: Node = _vulgar(match.start(2), match[2])
        proper, parts = True, (match[2], "1")
    elif match := scanner.looking_at(_MIXED):
        over, under = match[2] or match[3], match[4] or match[5]
        fraction = Product(
            match.end(1), ((True, whole_number(match.end(1), over)), (False, whole_number(match.end(1), under)))
        )
        proper, parts = int(over) < int(under), (over, under)
    else:
        return number
    spaced = match[1].replace(FILL, "")
    if (
        not proper
        or (parser.spaces_separate and spaced)
        or parser.in_exponent
        or scanner.before(number.position) == "/"
    ):
        raise scanner.error(told("a number before a fraction", n=text, a=parts[0], b=parts[1]), number.position)
    scanner.place = match.end()
    return Sum(number.position, ((1, number), (1, fraction)))


def _vulgar(position: int, character: str) -> Node:
    value = Fraction(unicodedata.numeric(character)).limit_denominator(10)
    over, under = (whole_number(position, str(part)) for part in (value.numerator, value.denominator))
    return Product(position, ((True, over), (False, under)))


def quoted(parser: Rules) -> Node:
    """("float64" | "Rational" | ..) "(" sum { "," sum } ")": a program's own way to show one number."""
    scanner = parser.scanner
    with parser.nested():
        start = scanner.place
        scanner.take(_QUOTE)
        parts = [parser.sum()]
        while len(parts) < 2 and scanner.take(_OF):
            parts.append(parser.sum())
        scanner.skip_space()
        scanner.take(_QUOTE)
    if not scanner.text.startswith(")", scanner.place):
        raise parser.unexpected("')'")
    scanner.place += 1
    return parts[0] if len(parts) == 1 else Product(start, ((True, parts[0]), (False, parts[1])))


def root(parser: Rules, start: int, name: str) -> Node:
    """root := sqrt [ "[" degree "]" ] argument | "Sqrt[" sum "]", and its signs √, ∛, ∜."""
    scanner = parser.scanner
    if name == "Sqrt":
        with parser.nested():
            scanner.place += 1
            inner = parser.sum()
            scanner.skip_space()
        if not scanner.text.startswith("]", scanner.place):
            raise parser.unexpected("']'")
        scanner.place += 1
        return Root(start, 2, inner)
    degree = {"∛": 3, "∜": 4}.get(name, 2)
    if degree == 2 and (match := scanner.take(_DEGREE)):
        degree = int(match.group(1))
    if degree < 2:
        raise scanner.error("the degree of a root is at least 2", start)
    return Root(start, degree, argument(parser, "sqrt"))


def argument(parser: Rules, command: str) -> Node:
    """argument := group | one digit | name; as LaTeX reads what follows its commands"""
    scanner = parser.scanner
    scanner.skip_space()
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
