"""The key `vary` of a hand problem: which given numbers differ from student to student, and how.

    vary = ["x", "W1[1,2]"]                       # drawn at random; other numbers stay as they are
    vary = { "x[1]" = "1 + id[-1]" }              # worked out from the digits of the student's id

`id[1]` is the first digit of the id, `id[-1]` its last; letters in it do not count. A formula is read by the grammar of
answers, with whole powers, and is never executed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from checks.language.grammar import parse
from checks.language.tree import AnswerError, Named, Node, Numeral, Power, Product, Sum, walk
from checks.language.vocabulary import Vocabulary
from exact.calculation.naming import Naming
from exact.networks.problem import Problem

Place = tuple[str, int]
"""An entry of what is given: its name, and its place there, row by row from 0."""

MOST_POWER = 9
MOST_DIGITS = 12
"""Digits that the numerator or denominator of a number worked out may have."""

_DIGIT = re.compile(r"id\s*\[\s*([-\u2212]?)\s*([0-9]{1,3})\s*\]")


class VaryError(ValueError):
    """A formula that cannot be read, or that gives no number for an id; the message says why."""


@dataclass(frozen=True, slots=True)
class IdFormula:
    """A formula in the digits of an id: its text, and its tree, where digits are called `digit1`, `digitlast1`, ..."""

    text: str
    tree: Node

    @classmethod
    def read(cls, text: str) -> IdFormula:
        """The formula that the text is. Raises `VaryError`."""
        named = _DIGIT.sub(lambda match: f"digit{'last' if match[1] else ''}{int(match[2])}", text)
        names = frozenset(re.findall(r"digit(?:last)?[0-9]+", named))
        try:
            tree = parse(named, Vocabulary(names))
        except AnswerError as error:
            raise VaryError(f"{text!r}: {error.message}; expected a formula such as 1 + id[-1]") from None
        for node in walk(tree):
            if not isinstance(node, Numeral | Named | Sum | Product | Power):
                raise VaryError(f"{text!r}: expected numbers, digits such as id[-1], and + - * / ^")
        if not names:
            raise VaryError(f"{text!r}: no digit of the id in it, such as id[-1]: it is the same for everybody")
        if "digit0" in names or "digitlast0" in names:
            raise VaryError(f"{text!r}: digits are counted from 1, or from the end by id[-1]")
        return cls(text, tree)

    def value(self, student: str) -> Fraction:
        """The number for an id. Raises `VaryError` where the id has no such digit, or there is no value."""
        digits = [int(c) for c in student if c.isascii() and c.isdigit()]
        if not digits:
            raise VaryError(f"the id {student!r} has no digit, and {self.text} needs one")
        try:
            found = _value(self.tree, digits)
        except IndexError:
            raise VaryError(f"the id {student!r} has {len(digits)} digits, too few for {self.text}") from None
        except ZeroDivisionError:
            raise VaryError(f"for the id {student!r} {self.text} divides by zero") from None
        if max(abs(found.numerator), found.denominator) >= 10**MOST_DIGITS:
            raise VaryError(f"for the id {student!r} {self.text} is beyond {MOST_DIGITS} digits")
        return found


def _value(node: Node, digits: list[int]) -> Fraction:
    """The number that a tree stands for; every number on the way is bounded, so that powers of powers are, too."""
    found = _unbounded(node, digits)
    if max(abs(found.numerator), found.denominator) >= 10 ** (2 * MOST_DIGITS):
        raise VaryError(f"numbers of more than {2 * MOST_DIGITS} digits on the way")
    return found


def _unbounded(node: Node, digits: list[int]) -> Fraction:
    match node:
        case Numeral(value=value):
            return value
        case Named(name=name):
            place = int(name.removeprefix("digit").removeprefix("last"))
            if place > len(digits):
                raise IndexError
            return Fraction(digits[-place] if "last" in name else digits[place - 1])
        case Sum(terms=terms):
            return sum((sign * _value(term, digits) for sign, term in terms), Fraction(0))
        case Product(factors=factors):
            result = Fraction(1)
            for is_factor, factor in factors:
                value = _value(factor, digits)
                result = result * value if is_factor else result / value
            return result
        case Power(base=base, exponent=exponent):
            power = _value(exponent, digits)
            if power.denominator != 1 or abs(power) > MOST_POWER:
                raise VaryError(f"expected a whole power of at most {MOST_POWER}")
            return _value(base, digits) ** power.numerator
    raise VaryError("expected numbers, digits such as id[-1], and + - * / ^")


@dataclass(frozen=True, slots=True)
class Vary:
    """What differs: entries that are drawn, and entries that are worked out from the id, each with its formula."""

    drawn: frozenset[Place] = frozenset()
    formulas: Mapping[Place, IdFormula] = field(default_factory=dict)


def where_written(table: Any, problem: Problem | None, name: str) -> tuple[Any, str] | None:
    """The part of a hand problem's table that has what is given by this name, and the key there; None where none has.

    What a graph or an optimizer gives besides, what is stated, and a key that is left out are not written so.
    """
    base, _, step = name.partition("@")
    holder, key = table, base
    if problem is None:
        holder, key = table["given"], name
    elif base in ("x", "y") and problem.has_own_samples:
        holder = table["steps"][int(step or 1) - 1]
    elif base[:1] in ("W", "b") and base[1:].isdigit():
        holder, key = table["layers"][int(base[1:]) - 1], base[0]
    return (holder, key) if key in holder else None


def read_vary(value: object, naming: Naming, written: Collection[str]) -> tuple[Vary, list[tuple[str, str]]]:
    """The key's meaning, and what is wrong with it: the end of a path, and a message.

    `written` is what of all that is given has a place in the table, so that other numbers can be put there.
    """
    faults: list[tuple[str, str]] = []
    if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        drawn = {place for name in value for place in _places(name, naming, written, faults)}
        return Vary(drawn=frozenset(drawn)), faults
    if not isinstance(value, Mapping) or not value:
        wanted = 'expected names such as ["x", "W1"], or formulas such as { "x[1]" = "1 + id[-1]" }'
        return Vary(), [("", wanted)]
    formulas: dict[Place, IdFormula] = {}
    for name, text in value.items():
        places = _places(str(name), naming, written, faults)
        if len(places) > 1:
            faults.append((f".{name}", "expected a single number, such as x[1]"))
        if not isinstance(text, str):
            faults.append((f".{name}", "expected a formula in quotes, such as 1 + id[-1]"))
            continue
        try:
            formulas |= dict.fromkeys(places, IdFormula.read(text))
        except VaryError as error:
            faults.append((f".{name}", str(error)))
    return Vary(formulas=formulas), faults


def _places(name: str, naming: Naming, written: Collection[str], faults: list[tuple[str, str]]) -> list[Place]:
    """The entries of what is given that a name stands for: all of them, or one; own names are read, too."""
    called = name.replace(" ", "")
    found, place = naming.spoken.get(called, ("", None))
    if found in written:
        return [(found, each) for each in range(naming.calculation.given[found].size) if place in (None, each)]
    there = " ".join(written)
    if naming.spoken.get(called.partition("[")[0], ("", None))[0] in written:
        faults.append((f".{name}", f"no entry {name}"))
    elif found in naming.calculation.given:
        faults.append((f".{name}", f"{name} cannot vary; expected one of {there}"))
    else:
        faults.append((f".{name}", f"nothing given is called {name!r}; there are {there}"))
    return []
