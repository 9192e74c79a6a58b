"""One gradient step, quantity by quantity, in the notation of the hand calculation.

Every argument is a numpy array of numbers of any kind (vectors have one axis), so the same lines serve fractions,
`Number` and forms in p. Applied to absolute values, a step gives the sum of |terms| of each entry: the size against
which a rounding error of that entry is measured.

Source: Goodfellow, Bengio, Courville, Deep Learning, 2016, algorithms 6.3 and 6.4.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

Array = Any
"""A numpy array of numbers."""


def array(items: Any) -> Array:
    """The numbers, of whatever kinds, as an array."""
    return np.array(items, dtype=object)


def pre_activation(W: Array, a: Array, b: Array) -> Array:
    """s(l) = W(l) a(l-1) + b(l)."""
    return W @ a + b


def output_delta(a: Array, y: Array) -> Array:
    """delta(L) = a(L) - y: the gradient of the cost in s(L), for the pairs of unit and cost in `outputs`."""
    return a - y


def backpropagated_delta(da: Array, W: Array, delta: Array) -> Array:
    """delta(l) = a'(l) . W(l+1)^T delta(l+1), the dot entry by entry."""
    return da * (W.T @ delta)


def updated_weights(W: Array, eta: Fraction, delta: Array, a: Array) -> Array:
    """W(l) - eta delta(l) a(l-1)^T."""
    return W - eta * np.outer(delta, a)


def updated_biases(b: Array, eta: Fraction, delta: Array) -> Array:
    """b(l) - eta delta(l)."""
    return b - eta * delta
