"""Sums of letters with rational factors, and the letter that an equation of such tells."""

from __future__ import annotations

from fractions import Fraction

from exact.letters.symbolic import Letter, Product, Rational, Sum, Symbolic, symbolic


def solved_for_a_letter(difference: Symbolic) -> tuple[str, Symbolic] | None:
    """The last letter of a sum that is 0, and what it is then; None where it is no such sum, or has no letter.

    >>> from exact.letters.writing import text_style, written
    >>> name, value = solved_for_a_letter(Letter("s") + Letter("t") * 2 - 1)
    >>> name, written(value, text_style())
    ('t', '1/2 - (1/2)*s')
    """
    factors = _factors(difference)
    names = [name for name, factor in (factors or {}).items() if name and factor]
    if factors is None or not names:
        return None
    last = names[-1]
    found = symbolic(-factors.get("", Fraction(0)) / factors[last])
    for name in names[:-1]:
        found = found - Letter(name) * (factors[name] / factors[last])
    return last, found


def _factors(node: Symbolic) -> dict[str, Fraction] | None:
    """The factor of each letter, by its name, and under "" the number that stands alone; None where it is no sum."""
    match node:
        case Rational(value=value):
            return {"": value}
        case Letter(name=name):
            return {name: Fraction(1)}
        case Product(factors=(Rational(value=value), other)) | Product(factors=(other, Rational(value=value))):
            below = _factors(other)
            return None if below is None else {name: value * factor for name, factor in below.items()}
        case Sum(terms=terms):
            total: dict[str, Fraction] = {}
            for term in terms:
                part = _factors(term)
                if part is None:
                    return None
                for name, factor in part.items():
                    total[name] = total.get(name, Fraction(0)) + factor
            return total
        case _:
            return None
