"""Softmax of rational logits, exactly, and the numbers that are affine in its outputs."""

from __future__ import annotations

from dataclasses import dataclass

from exact.affine import Affine
from exact.field import Element
from exact.problem import Vector


@dataclass(frozen=True, slots=True)
class Softmax:
    """p = softmax(logits): `total` is the sum of all e^(s_j), `outputs` are the p_i = e^(s_i) / total."""

    logits: Vector
    total: Element
    outputs: tuple[Element, ...]

    def value(self, form: Affine) -> Element:
        """The number c_0 + c_1 p_1 + ... that a form stands for: sum of (c_0 + c_i) e^(s_i), over the total."""
        if not any(form.coefficients):
            return Element.of(form.constant)
        terms = ((form.constant + c, s) for c, s in zip(form.coefficients, self.logits, strict=True))
        return Element.exponentials(terms) / self.total


def softmax(logits: Vector) -> Softmax:
    """e^(s_i) / sum_j e^(s_j) for each i. Raises `exact.exponential_sums.TooLarge` past its bounds."""
    powers = [Element.exponential(s) for s in logits]
    total = Element.exponentials((1, s) for s in logits)
    return Softmax(logits, total, tuple(power / total for power in powers))
