"""All logits exactly: float32 and float64 numbers are dyadic rationals, and so is every logit of a ReLU network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from numeric.digits import MANTISSA, Digits, TooFarApart, are_multiples, carried, common_exponent
from numeric.network import DataError, Floats, Network

BLOCK = 512
"""Images that are worked on together: their digits stay in the processor's cache."""

MOST_BITS = 26
"""Bits of a digit: the product of two has at most 52."""

MOST_DIGITS = 64
"""Digits of one number at which the work is given up."""


@dataclass(frozen=True, slots=True, eq=False)
class ExactLogits:
    """The exact logits of n images with m classes, in blocks of images."""

    blocks: tuple[Digits, ...]

    def nearest(self) -> Floats:
        """The logits in float64, shape (n, m), each off by a few units in the last place at most."""
        return np.concatenate([block.nearest() for block in self.blocks])

    def fractions(self, image: int) -> tuple[Fraction, ...]:
        """The logits of one image."""
        return self.blocks[image // BLOCK].fractions(image % BLOCK)

    def classes_and_ties(self) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The class of each image, shape (n,), the lowest of equals; and where several logits are the largest."""
        scores = self.nearest()
        classes = scores.argmax(axis=1)
        ties = np.zeros(len(scores), dtype=bool)
        lead = scores.max(axis=1, keepdims=True) - scores
        near = lead <= 2.0**-40 * np.abs(scores).max(axis=1, keepdims=True)
        for image in np.flatnonzero(near.sum(axis=1) > 1):
            logits = self.fractions(int(image))
            largest = max(logits)
            classes[image], ties[image] = logits.index(largest), logits.count(largest) > 1
        return classes, ties


def exact_logits(network: Network, images: Floats) -> ExactLogits:
    """s(L) of every image, images of shape (n, inputs). Raises `DataError` where numbers of too many digits arise."""
    step = _Step(network)
    try:
        return ExactLogits(tuple(step.logits(images[start : start + BLOCK]) for start in range(0, len(images), BLOCK)))
    except TooFarApart:
        message = "the numbers are of too different sizes for their logits to be worked out exactly"
        raise DataError(network.file.path, message) from None


class _Step:
    """The network's parameters in digits, for inputs that are multiples of 2^exponent; kept from block to block."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.exponent = 1  # no block's yet
        self.bits = 0
        self.parameters: list[tuple[Digits, Digits]] = []

    def logits(self, images: Floats) -> Digits:
        """The logits of a block of images."""
        if self.exponent > 0 or not are_multiples(images, self.exponent):
            self.prepare(min(common_exponent(images), 0))
        activations = Digits.of(images, self.bits, self.exponent)
        for layer, (W, b) in enumerate(self.parameters, start=1):
            activations = self.pre_activations(activations, W, b)
            if layer < len(self.parameters):
                activations.array[:, activations.leading() <= 0] = 0
        return activations

    def prepare(self, exponent: int) -> None:
        """Chooses digits as large as stay exact, and writes W and b of each layer in them."""
        self.exponent = exponent
        for bits in range(MOST_BITS, 0, -1):
            self.bits, self.parameters = bits, list(self.in_digits(exponent, bits))
            if all(_is_exact(W, bits) for W, _ in self.parameters):
                return
        raise DataError(self.network.file.path, "a layer too wide to be worked out exactly")

    def in_digits(self, exponent: int, bits: int) -> Iterator[tuple[Digits, Digits]]:
        """W and b of each layer; W is cut so finely that b is a multiple of the least unit of W a."""
        for W, b in zip(self.network.weights, self.network.biases, strict=True):
            fineness = min(common_exponent(W), common_exponent(b) - exponent)
            exponent += fineness
            yield Digits.of(W, bits, fineness), Digits.of(b, bits, exponent)

    def pre_activations(self, a: Digits, W: Digits, b: Digits) -> Digits:
        """W a + b: a matrix product for each pair of digits."""
        if len(a.array) + len(W.array) > MOST_DIGITS:
            raise TooFarApart
        places, (_, units, _) = max(len(a.array) + len(W.array) - 1, len(b.array)), W.array.shape
        sums = np.zeros((places, a.array.shape[1], units))
        product = np.empty(sums.shape[1:])
        for i, left in enumerate(a.array):
            for j, right in enumerate(W.array):
                np.matmul(left, right.T, out=product)
                sums[i + j] += product
        for k, digit in enumerate(b.array):
            sums[k] += digit
        return Digits(carried(sums, self.bits), self.bits, a.exponent + W.exponent)


def _is_exact(W: Digits, bits: int) -> bool:
    """Whether no sum in W a + b can reach 2^53, whatever the digits of a and b."""
    row_sums = np.abs(W.array).sum(axis=2).max(axis=1)
    return bool((row_sums.sum() + 1) * 2.0 ** (bits - 1) < 2.0 ** (MANTISSA - 1))
