"""The rules for sums, products and powers; `checks.language.grammar` tells how they belong to an answer."""

from __future__ import annotations

import re

from checks.language import ambiguities, atoms, matrices
from checks.language.context import Context
from checks.language.numerals import is_power_of_ten, percent, whole_number
from checks.language.scanner import SUPERSCRIPTS
from checks.language.spelling import FILL
from checks.language.tree import (
    Applied,
    Matrix,
    Node,
    Numeral,
    Power,
    Product,
    Sum,
    Transpose,
    contains_matrix,
)

ENTRYWISE = "⊙"
"""The product entry by entry, as a function of a vocabulary: of formulas with vectors, not of answers."""

_GAP = rf"[\s{FILL}]*"
ENDINGS = {"$": re.compile(r"\$"), "$$": re.compile(r"\$\$"), r"\(": re.compile(r"\\\)"), r"\[": re.compile(r"\\\]")}
TRAILING = re.compile(rf"{_GAP}[.;,]{_GAP}(?=$|\$|\\[)\]])")
_SIGN = re.compile(r"[+-]")
_TIMES = re.compile(r"\*|×|·|[xX](?![A-Za-z])")
_BY_ENTRIES = re.compile(r"⊙|\\odot(?![A-Za-z])|\.\*(?!\*)")
_DIVIDED = re.compile(r"//?")
_POWER = re.compile(r"\^|\*\*(?!\^)")
_SUPERSCRIPT = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_T = r"(?:\\(?:top|intercal)(?![A-Za-z])|T(?![A-Za-z])|⊤)"
_TRANSPOSED = re.compile(
    rf"\^{_GAP}(?:{_T}|\{{{_GAP}{_T}{_GAP}\}}|\{{{_GAP}\{{{_GAP}{_T}{_GAP}\}}{_GAP}\}})|ᵀ|⊤|\.T(?![A-Za-z])"
)
_PRIME = re.compile("'")
_AFTER_BASE = re.compile(rf"{_GAP}(?:\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]|\\?%|'|ᵀ|⊤|\.T)")
_PERCENT = re.compile(r"\\?%")
_DIGIT = re.compile(r"\.?[0-9]")
_CLOSE = frozenset(")]}")
_END_OF_ENTRY = rf"{_GAP}(?=$|[,;.\]}})$&@]|\\\\|\\end|\\[)\]])"
_N = r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
RESTATED = re.compile(rf"\({_GAP}(?:≈|=)?{_GAP}{_N}(?:/[0-9]+)?{_GAP}\\?%?{_GAP}\){_END_OF_ENTRY}")
DIMENSION = re.compile(rf"\({_GAP}([0-9]{{1,4}}){_GAP}(?:[x×*]|by){_GAP}([0-9]{{1,4}}){_GAP}\){_END_OF_ENTRY}")


def _signed(negative: bool, node: Node, position: int) -> Node:
    return Sum(position, ((-1, node),)) if negative else node


class Expressions(Context):
    """The part of the parser that reads sums."""

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
            sign = -sign if match.group() == "-" else sign
            self.scanner.skip_space()
        return sign

    def sum_operator(self) -> int | None:
        """A + or - between terms; in a row separated by spaces `5 -5` has none, `5 - 5` has.

        Refused where it may or may not be one: after a line break, and in a row with commas after a space but not
        before one.
        """
        scanner = self.scanner
        start = scanner.place
        spaced = scanner.skip_space()
        match = scanner.take(_SIGN)
        if match is None:
            scanner.place = start
            return None
        if spaced and (self.spaces_separate or self.commas_separate):
            glued = not scanner.skip_space()
            if (self.commas_separate and glued) or (self.lines_separate and "\n" in spaced and not glued):
                raise scanner.error(ambiguities.told("a sign after a space in a row"), match.start())
            if glued:
                scanner.place = start
                return None
        return -1 if match.group() == "-" else 1

    def product(self) -> Node:
        """product := juxtaposed { "⊙" juxtaposed }, the sign ⊙ where the vocabulary has that function."""
        node = self.juxtaposed()
        while ENTRYWISE in self.vocabulary.functions:
            start = self.scanner.place
            self.scanner.skip_space()
            if not self.scanner.take(_BY_ENTRIES):
                self.scanner.place = start
                break
            node = Applied(node.position, ENTRYWISE, (node, self.juxtaposed()))
        return node

    def juxtaposed(self) -> Node:
        """juxtaposed := power { ["*" | "/"] power }, from left to right."""
        start = self.scanner.place
        first = self.power()
        factors = [(True, first)]
        while (operator := self.product_operator()) is not None:
            negative = self.signs() < 0
            factor = self.power()
            self.expect_no_ambiguity(factors[-1], factor, operator)
            factors.append((operator != "/", _signed(negative, factor, factor.position)))
        return first if len(factors) == 1 else Product(start, tuple(factors))

    def expect_no_ambiguity(self, before: tuple[bool, Node], factor: Node, operator: str) -> None:
        """Refuses `p_1/7.9 x 10^-8` and `[1, 2] [3, 4]`, which mean two things."""
        multiplied, left = before
        if not multiplied and isinstance(left, Numeral) and isinstance(factor, Power) and is_power_of_ten(factor):
            raise self.scanner.error(ambiguities.told("a product in a denominator"), left.position)
        if operator == "" and all(isinstance(one, Matrix) and one.flat for one in (left, factor)):
            raise self.scanner.error(ambiguities.told("two vectors side by side"), factor.position)

    def product_operator(self) -> str | None:
        """`*` or `/`, or "" where a product is implied; None where the product ends."""
        scanner = self.scanner
        start = scanner.place
        spaced = scanner.skip_space()
        if not scanner.looking_at(_POWER) and not self.at_name() and scanner.take(_TIMES):
            return "*"
        if scanner.take(_DIVIDED):
            return "/"
        apart = (self.spaces_separate and spaced) or (self.lines_separate and "\n" in spaced)
        scanner.place, here = start, scanner.place
        if apart or (spaced and self.restatement_begins()):
            return None
        scanner.place = here
        if not self.factor_begins():
            scanner.place = start
            return None
        if scanner.looking_at(_DIGIT) and scanner.before(start) not in _CLOSE:
            if spaced:
                raise scanner.error("two numbers side by side; expected an operator between them")
            raise scanner.error(f"expected an operator before {scanner.here()}")
        return ""

    def factor_begins(self) -> bool:
        """Whether what stands here can be a factor without a sign for the product before it."""
        scanner = self.scanner
        if scanner.looking_at(_BY_ENTRIES) and ENTRYWISE in self.vocabulary.functions:
            return False
        if scanner.at_end() or scanner.text[scanner.place] in "]),;&}=≈+-%$^!'\"#<>|?@`":
            return False
        if scanner.looking_at(matrices.ENDS_OF_FACTOR) or scanner.looking_at(TRAILING):
            return False
        return not any(scanner.looking_at(ending) for ending in ENDINGS.values())

    def atom(self) -> Node:
        """What a power is made of: `checks.language.atoms`."""
        return atoms.atom(self)

    def power(self) -> Node:
        """power := atom [ "%" ] { "^" [sign] power | superscripts | "^T" | "'" }; `2^3^2` is 2^9."""
        scanner = self.scanner
        scanner.skip_space()
        base = atoms.atom(self)
        while scanner.looking_at(_AFTER_BASE):
            start = scanner.place
            scanner.skip_space()
            if scanner.take(_TRANSPOSED):
                base = Transpose(base.position, base)
            elif scanner.take(_POWER):
                with self.nested():
                    negative = self.signs() < 0
                    self.in_exponent = True
                    raised = self.power()
                base = Power(base.position, base, _signed(negative, raised, start))
            elif match := scanner.take(_SUPERSCRIPT):
                written = match.group().translate(SUPERSCRIPTS)
                exponent = whole_number(start, written.lstrip("+-"))
                base = Power(base.position, base, _signed(written.startswith("-"), exponent, start))
            elif scanner.take(_PERCENT):
                base = Product(base.position, ((True, base), (True, percent(start))))
            elif contains_matrix(base) and scanner.take(_PRIME):
                base = Transpose(base.position, base)
            else:
                scanner.place = start
                break
        return base

    def restatement_begins(self) -> bool:
        """Whether a number or a size in brackets comes next and ends the entry: `1/3 (0.333)`, `[5, -5] (2x1)`."""
        scanner = self.scanner
        start = scanner.place
        if self.depth != self.entry_depth or self.spaces_separate:
            return False
        spaced = scanner.skip_space() and scanner.text.startswith("(", scanner.place)
        found = spaced and (scanner.looking_at(RESTATED) or scanner.looking_at(DIMENSION))
        scanner.place = start
        return bool(found)
