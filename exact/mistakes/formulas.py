"""Mistakes of calculations that are given as formulas, on the way forward, and of the new values.

Each rewrites the formula at some operation, wherever that stands in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial

from exact.calculation.expression import Expression
from exact.calculation.inputs import Inputs, NotThereError
from exact.calculation.operations import (
    ADD,
    MATRIX_PRODUCT,
    SCALE,
    SUBTRACT,
    is_plain,
    minus,
    negative,
    plus,
    product,
    transposed,
)
from exact.calculation.powers import EXP
from exact.mistakes.mistake import Mistake, Work
from exact.numbers.array import Array

FORMULA, UPDATE = ("formula",), ("update",)

MOST_TERMS = 5
"""Terms of a sum of which one alone may be wrong."""

Rewriting = Callable[[Expression], Expression | None]
"""What becomes of an operation whose operands are rewritten already; None where it stays."""


def rewritten(formula: Expression, change: Rewriting) -> Expression:
    """The formula, rewritten from within."""
    if formula.operation is None:
        return formula
    operands = tuple(rewritten(operand, change) for operand in formula.operands)
    one = replace(formula, operands=operands)
    return change(one) or one


def with_formula(c: Inputs, formula: Expression) -> Inputs:
    """The same step with another formula, in which letters that are new are names."""
    quantity = c.quantity
    of = {**{one: one for one in formula.letters()}, **quantity.of}
    return replace(c, quantity=replace(quantity, step=replace(quantity.step, formula=formula), of=of))


def by(change: Rewriting) -> Callable[[Inputs, Work], Array]:
    """The step with its formula rewritten. Raises `NotThereError` where nothing of it changes."""

    def variant(c: Inputs, step: Work) -> Array:
        changed: list[Expression] = []

        def noted(one: Expression) -> Expression | None:
            found = change(one)
            changed.extend([found] if found is not None else [])
            return found

        formula = rewritten(c.quantity.step.formula, noted)
        if not changed:
            raise NotThereError
        return step(with_formula(c, formula))

    return variant


def signed_terms(formula: Expression) -> list[tuple[int, Expression]]:
    """The terms of a sum, each with its sign."""
    if formula.operation in (ADD, SUBTRACT):
        left, right = (signed_terms(operand) for operand in formula.operands)
        sign = 1 if formula.operation is ADD else -1
        return left + [(sign * own, term) for own, term in right]
    return [(1, formula)]


def summed_up(terms: list[tuple[int, Expression]]) -> Expression:
    """The sum of terms, of which there is one at least."""
    (sign, first), *rest = terms
    total = first if sign > 0 else negative(first)
    for sign, term in rest:
        total = plus(total, term) if sign > 0 else minus(total, term)
    return total


def _terms_of(c: Inputs, place: int) -> list[tuple[int, Expression]]:
    terms = signed_terms(c.quantity.step.formula)
    if len(terms) < 2 or place >= len(terms):
        raise NotThereError
    return terms


def _without_term(c: Inputs, step: Work, place: int) -> Array:
    terms = _terms_of(c, place)
    return step(with_formula(c, summed_up(terms[:place] + terms[place + 1 :])))


def _with_other_sign(c: Inputs, step: Work, place: int) -> Array:
    terms = _terms_of(c, place)
    sign, term = terms[place]
    terms[place] = (-sign, term)
    return step(with_formula(c, summed_up(terms)))


def _function_left_out(one: Expression) -> Expression | None:
    operation = one.operation
    is_function = operation is not None and operation.works_by == "entries" and len(one.operands) == 1
    return one.operands[0] if is_function and operation is not None and not operation.name.startswith("power") else None


def _matrix_turned(one: Expression) -> Expression | None:
    return product(transposed(one.operands[0]), one.operands[1]) if one.operation is MATRIX_PRODUCT else None


def _factor_left_out(one: Expression) -> Expression | None:
    is_factor = one.operation is SCALE and is_plain(one.operands[0])
    return one.operands[1] if is_factor else None


def _not_normalised(one: Expression) -> Expression | None:
    is_softmax = one.operation is not None and one.operation.name.startswith("softmax")
    return Expression(EXP, one.operands) if is_softmax else None


def _kernel_flipped(c: Inputs, step: Work) -> Array:
    """The kernel turned by half a circle, as a convolution of signal processing has it."""
    formula = c.quantity.step.formula
    kernels = {one.operands[1].letter for one in _all(formula) if one.operation and one.operation.name == "conv"}
    if not kernels or "" in kernels:
        raise NotThereError
    turned = {name: Array(c.letter(name).entries[::-1], c.letter(name).shape) for name in kernels}
    return step(c.but(**turned))


def _all(formula: Expression) -> list[Expression]:
    return [formula, *(one for operand in formula.operands for one in _all(operand))]


FORMULAS = (
    Mistake("function-left-out", FORMULA, by(_function_left_out)),
    Mistake("matrix-transposed", FORMULA, by(_matrix_turned)),
    Mistake("constant-factor-left-out", FORMULA, by(_factor_left_out)),
    Mistake("softmax-not-normalised", FORMULA, by(_not_normalised)),
    Mistake("kernel-flipped", FORMULA, _kernel_flipped),
    *(Mistake("term-left-out", FORMULA, partial(_without_term, place=place)) for place in range(MOST_TERMS)),
    *(Mistake("sign-of-a-term", FORMULA, partial(_with_other_sign, place=place)) for place in range(MOST_TERMS)),
)

NEW_VALUES = (
    Mistake("gradient-ascent", UPDATE, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("learning-rate-forgotten", UPDATE, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", UPDATE, lambda c, step: step(c.but(eta=c.eta * c.eta))),
    Mistake("step-for-new-value", UPDATE, lambda c, step: step(c.but(x=0 * c.x))),
    Mistake("update-reversed", UPDATE, lambda c, step: -step(c)),
)
