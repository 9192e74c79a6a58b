"""The grammar of answers: one function for each rule, the rule in its docstring. Reads; evaluates nothing.

    answer   := ["$"] chain ["$"]
    chain    := sum { ("=" | "≈") sum }
    sum      := [sign] product { sign product }
    product  := power { ["*" | "/"] power }            from left to right; `1/2p_1` is half of p_1
    power    := atom [ "%" ] { "^" [sign] power | superscripts | "^T" }

What a power is made of is in `checks.language.atoms`, `matrices` and `numerals`. White space means nothing, except
in a row without a comma, where it separates the entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from checks.bounds import MAX_CHAIN, MAX_ENTRY_CHARACTERS, MAX_NESTING, MAX_VALUE_CHARACTERS
from checks.language import matrices
from checks.language.atoms import atom
from checks.language.numerals import is_power_of_ten, percent, whole_number
from checks.language.scanner import MINUS, SUPERSCRIPTS, TIMES, Scanner
from checks.language.tree import (
    AnswerError,
    Blank,
    Chain,
    Matrix,
    Node,
    Numeral,
    Power,
    Product,
    Sum,
    Transpose,
    contains_matrix,
)
from checks.language.vocabulary import NONE, Vocabulary

_OPENING = re.compile(r"\$\$?|\\\(|\\\[")
_ENDINGS = {"$": re.compile(r"\$"), "$$": re.compile(r"\$\$"), r"\(": re.compile(r"\\\)"), r"\[": re.compile(r"\\\]")}
_EQUALS = re.compile(r"==?|≈|≃|≅|\\(?:approx|simeq|cong)(?![A-Za-z])")
_SIGN = re.compile(rf"[+＋{MINUS}]")
_TIMES = re.compile(rf"{TIMES}|[xX](?![A-Za-z])")
_DIVIDED = re.compile(r"/|÷|∕|⁄|\\div(?![A-Za-z])")
_GLUED_EXPONENT = re.compile(rf"[{MINUS}][0-9]")
_POWER = re.compile(r"\^|\*\*")
_SUPERSCRIPT = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TRANSPOSED = re.compile(r"\^\s*(?:\{\s*)?(?:\\(?:top|intercal)(?![A-Za-z])|\\mathrm\{T\}|T(?![A-Za-z]))(?:\s*\})?|ᵀ|⊤")
_PERCENT = re.compile(r"\\?%")
_DIGIT = re.compile(r"\.?[0-9]")
_COMMA = re.compile(r",")
_DECIMAL_COMMA = re.compile(r",[0-9]")
_WORD = re.compile(r"\\?[^\W\d_]+")
_CLOSE = frozenset(")]}")


def parse(text: str, vocabulary: Vocabulary = NONE) -> Node:
    """The tree of one answer; `Blank` where there is nothing. Raises `AnswerError`.

    Names of the vocabulary are read as `Named`, its functions as `Applied`.
    """
    if len(text) > MAX_VALUE_CHARACTERS:
        raise AnswerError(f"a value of more than {MAX_VALUE_CHARACTERS} characters", 0)
    return Parser(text, vocabulary).answer()


def _signed(negative: bool, node: Node, position: int) -> Node:
    return Sum(position, ((-1, node),)) if negative else node


class Parser:
    """A recursive-descent parser; `scanner` is its place in the text."""

    def __init__(self, text: str, vocabulary: Vocabulary = NONE) -> None:
        self.scanner, self.vocabulary = Scanner(text), vocabulary
        self.depth = 0
        self.spaces_separate = False

    def answer(self) -> Node:
        """answer := ["$"] chain ["$"], and then the end."""
        scanner = self.scanner
        scanner.skip_space()
        if scanner.at_end():
            return Blank(scanner.place)
        opening = scanner.take(_OPENING)
        node = self.chain()
        scanner.skip_space()
        if opening and not scanner.take(_ENDINGS[opening.group()]):
            raise scanner.error(
                f"expected the end of the formula that {opening.group()} begins, found {scanner.here()}"
            )
        scanner.skip_space()
        if not scanner.at_end():
            raise self.unexpected("an operator or the end")
        if not isinstance(node, Matrix) and len(scanner.text) > MAX_ENTRY_CHARACTERS and not contains_matrix(node):
            raise scanner.error(f"a number of more than {MAX_ENTRY_CHARACTERS} characters", node.position)
        return node

    def chain(self) -> Node:
        """chain := sum { ("=" | "≈") sum }"""
        members = [self.sum()]
        while True:
            start = self.scanner.place
            self.scanner.skip_space()
            if not self.scanner.take(_EQUALS):
                self.scanner.place = start
                return members[0] if len(members) == 1 else Chain(members[0].position, tuple(members))
            if len(members) == MAX_CHAIN:
                raise self.scanner.error(f"a chain of more than {MAX_CHAIN} members")
            members.append(self.sum())

    def sum(self) -> Node:
        """sum := [sign] product { sign product }"""
        scanner = self.scanner
        scanner.skip_space()
        start = scanner.place
        terms = [(self.signs(), self.product())]
        while (sign := self.sum_operator()) is not None:
            terms.append((sign * self.signs(), self.product()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] > 0 else Sum(start, tuple(terms))

    def signs(self) -> int:
        """Any number of leading signs, as 1 or -1."""
        sign = 1
        self.scanner.skip_space()
        while match := self.scanner.take(_SIGN):
            sign = -sign if match.group() in MINUS else sign
            self.scanner.skip_space()
        return sign

    def sum_operator(self) -> int | None:
        """A + or - between terms; in a row separated by spaces `5 -5` has none, `5 - 5` has."""
        start = self.scanner.place
        spaced = self.scanner.skip_space()
        match = self.scanner.take(_SIGN)
        if match is None or (self.spaces_separate and spaced and not self.scanner.skip_space()):
            self.scanner.place = start
            return None
        return -1 if match.group() in MINUS else 1

    def product(self) -> Node:
        """product := power { ["*" | "/"] power }, from left to right."""
        scanner = self.scanner
        start = scanner.place
        first = self.power()
        factors = [(True, first)]
        while (multiplied := self.product_operator()) is not None:
            operator = scanner.text[scanner.place - 1]
            negative = self.signs() < 0
            factor = self.power()
            self.expect_no_ambiguity(factors, factor, operator)
            factors.append((multiplied, _signed(negative, factor, factor.position)))
        return first if len(factors) == 1 else Product(start, tuple(factors))

    def expect_no_ambiguity(self, factors: list[tuple[bool, Node]], factor: Node, operator: str) -> None:
        """Refuses `p_1/7.9 x 10^-8` and `1.9×10-3`, which mean one thing on paper and another from left to right."""
        multiplied, before = factors[-1]
        is_ten = isinstance(factor, Numeral) and factor.value == 10
        if not multiplied and isinstance(before, Numeral) and isinstance(factor, Power) and is_power_of_ten(factor):
            raise self.scanner.error("a product in a denominator; write it as 7.9e-8, or in brackets", before.position)
        if is_ten and isinstance(before, Numeral) and operator in "×xX" and self.scanner.looking_at(_GLUED_EXPONENT):
            raise self.scanner.error("expected '^' between 10 and its exponent")

    def product_operator(self) -> bool | None:
        """True for multiplication, written or implied; False for division; None where the product ends."""
        scanner = self.scanner
        start = scanner.place
        spaced = scanner.skip_space()
        if not scanner.looking_at(_POWER) and not self.at_name() and scanner.take(_TIMES):
            return True
        if scanner.take(_DIVIDED):
            return False
        if (self.spaces_separate and spaced) or not self.factor_begins():
            scanner.place = start
            return None
        if scanner.looking_at(_DIGIT) and scanner.before(start) not in _CLOSE:
            if spaced:
                raise scanner.error("two numbers side by side; expected an operator between them")
            raise scanner.error(f"expected an operator before {scanner.here()}")
        return True

    def at_name(self) -> bool:
        """Whether a name of the vocabulary stands here: an x may be one, and no sign of multiplication."""
        return bool(self.vocabulary) and self.vocabulary.known_at(self.scanner.text, self.scanner.place) is not None

    def factor_begins(self) -> bool:
        """Whether what stands here can be a factor without a sign for the product before it."""
        scanner = self.scanner
        if scanner.at_end() or scanner.text[scanner.place] in "]),;&}=+-%$^!'\"#<>|?@`":
            return False
        if scanner.looking_at(_SIGN) or scanner.looking_at(_EQUALS) or scanner.looking_at(matrices.ENDS):
            return False
        return not any(scanner.looking_at(ending) for ending in _ENDINGS.values())

    def power(self) -> Node:
        """power := atom [ "%" ] { "^" [sign] power | superscripts | "^T" }; `2^3^2` is 2^9."""
        scanner = self.scanner
        base = atom(self)
        while True:
            start = scanner.place
            scanner.skip_space()
            if scanner.take(_TRANSPOSED):
                base = Transpose(base.position, base)
            elif scanner.take(_POWER):
                with self.nested():
                    negative = self.signs() < 0
                    raised = self.power()
                base = Power(base.position, base, _signed(negative, raised, start))
            elif match := scanner.take(_SUPERSCRIPT):
                written = match.group().translate(SUPERSCRIPTS)
                exponent = whole_number(start, written.lstrip("+-"))
                base = Power(base.position, base, _signed(written.startswith("-"), exponent, start))
            elif scanner.take(_PERCENT):
                base = Product(base.position, ((True, base), (True, percent(start))))
            else:
                scanner.place = start
                return base

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper, where white space means nothing again; refused past the bound."""
        if self.depth >= MAX_NESTING:
            raise self.scanner.error(f"brackets and powers more than {MAX_NESTING} deep")
        outside = self.spaces_separate
        self.depth, self.spaces_separate = self.depth + 1, False
        try:
            yield
        finally:
            self.depth, self.spaces_separate = self.depth - 1, outside

    def unexpected(self, wanted: str = "a number") -> AnswerError:
        """The error for something that fits no rule here, with a hint where we know what was meant."""
        scanner = self.scanner
        if scanner.at_end():
            return scanner.error(f"expected {wanted} before the end")
        if scanner.looking_at(_DECIMAL_COMMA) and scanner.before(scanner.place).isdigit():
            return scanner.error("a comma inside a number; write a decimal point (0.5), or brackets around a vector")
        if scanner.looking_at(_COMMA):
            return scanner.error("several numbers need brackets around them, such as [5, -5]")
        word = scanner.looking_at(_WORD)
        if word is None:
            return scanner.error(f"expected {wanted}, found {scanner.here()}")
        name = word.group()
        if name == "p":
            return scanner.error("p needs an index, such as p_1")
        if name.lower() in ("nan", "inf", "infinity", "\\infty"):
            return scanner.error(f"'{name}' is not a real number")
        return scanner.error(f"the name '{name[:20]}' is not known; expected a number, e, exp(...), p_1 or the like")
