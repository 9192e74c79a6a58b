"""How an entry of the key is written: as a fraction, in the outputs p, in powers of e, or in decimals."""

from __future__ import annotations

from fractions import Fraction

from exact.calculation.quantity import Quantity
from exact.calculation.solution import Entry, Solution
from exact.numbers.affine import Affine
from exact.numbers.decimals import DECIMAL_DIGITS, decimal
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number
from exact.writing.notation import Notation, affine_terms, field_element, softmax_quotient

MAX_POWERS = 12
"""Powers of e in what is still worth reading; beyond that a number is shown in decimals alone."""


def in_outputs(entry: Entry, notation: Notation) -> str | None:
    """The entry as a fraction, else in p_1, p_2, ..., else in powers of e; None where only decimals can show it.

    The text stands for exactly the entry's value.
    """
    terms = terms_in_outputs(entry.form, entry.value, notation)
    return " ".join(terms) if terms else None


def terms_in_outputs(form: Affine, value: Number, notation: Notation) -> tuple[str, ...]:
    """The same of a form and the value that it stands for, term by term; none where only decimals can show it."""
    if is_in_outputs(form, value):
        return tuple(affine_terms(form, notation))
    text = _in_powers(value, notation)
    return () if text is None else (text,)


def is_in_outputs(form: Affine, value: Number) -> bool:
    """Whether the number is shown in p_1, p_2, ..."""
    return value.as_fraction() is None and form.is_rational and any(form.coefficients)


def in_exponentials(entry: Entry, quantity: Quantity, solution: Solution, notation: Notation) -> str | None:
    """The same, but for the outputs, which are asked for before p is known: they stand in powers of e themselves."""
    if quantity.are_outputs and entry.value.as_fraction() is None:
        return outputs_in_exponentials(solution, notation)[entry.form.coefficients.index(Fraction(1))]
    return in_outputs(entry, notation)


def outputs_in_exponentials(solution: Solution, notation: Notation) -> tuple[str | None, ...]:
    """p_1, p_2, ... in powers of e, softmax as its definition has it; None where only decimals can show them."""
    if logits := softmax_logits(solution):
        return tuple(softmax_quotient(logits, i, notation) for i in range(len(logits)))
    return tuple(_in_powers(p, notation) for p in solution.outputs)


def softmax_logits(solution: Solution) -> tuple[Fraction, ...]:
    """The logits of softmax, where all are rational; else none."""
    logits = tuple(s for s in solution.logits if isinstance(s, Fraction))
    is_softmax = solution.calculation.sums_to_one and len(logits) == len(solution.logits)
    return logits if is_softmax else ()


def decimal_or_none(value: Number, digits: int = DECIMAL_DIGITS) -> str | None:
    """The decimal, None for a number that no enclosure tells from 0 or from a midpoint of two decimals."""
    try:
        return decimal(value, digits)
    except Undecided:
        return None


def _in_powers(value: Number, notation: Notation) -> str | None:
    rational = value.as_fraction()
    if rational is not None:
        return ("-" if rational < 0 else "") + notation.rational(abs(rational))
    power = value.argument_of_logarithm
    exact = value.exact if power is None else power.exact
    if exact is None or len(exact) > MAX_POWERS:
        return None
    text = field_element(exact, notation)
    return text if power is None else notation.logarithm(text)
