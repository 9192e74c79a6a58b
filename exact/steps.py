"""One gradient step, quantity by quantity, in the notation of the hand calculation.

Every argument is a sympy `DomainMatrix` (vectors are columns), so the number domain is part of the value and the same
lines serve rational numbers and forms in p. Applied to absolute values, a step gives the sum of |terms| of each entry:
the size against which a rounding error of that entry is measured.

Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, algorithms 6.3 and 6.4.
"""

from __future__ import annotations

from typing import Any

from sympy.polys.matrices import DomainMatrix


def pre_activation(W: DomainMatrix, a: DomainMatrix, b: DomainMatrix) -> DomainMatrix:
    """s(l) = W(l) a(l-1) + b(l)."""
    return W * a + b


def output_delta(p: DomainMatrix, y: DomainMatrix) -> DomainMatrix:
    """delta(L) = p - y: the gradient of the cross-entropy -sum y_k ln p_k, p = softmax(s), for sum y_k = 1."""
    return p - y


def backpropagated_delta(da: DomainMatrix, W: DomainMatrix, delta: DomainMatrix) -> DomainMatrix:
    """delta(l) = a'(l) . W(l+1)^T delta(l+1), the dot entry by entry."""
    back = W.transpose() * delta
    return DomainMatrix.diag([row[0] for row in da.to_list()], da.domain, (da.shape[0], da.shape[0])) * back


def updated_weights(W: DomainMatrix, eta: Any, delta: DomainMatrix, a: DomainMatrix) -> DomainMatrix:
    """W(l) - eta delta(l) a(l-1)^T; eta is an element of delta's domain."""
    return W - (delta * a.transpose()).scalarmul(eta)


def updated_biases(b: DomainMatrix, eta: Any, delta: DomainMatrix) -> DomainMatrix:
    """b(l) - eta delta(l); eta is an element of delta's domain."""
    return b - delta.scalarmul(eta)
