"""Draws the numbers of a network, layer by layer, so that each layer has what it is to show.

Floats serve here to throw away what is hopeless; whether a problem is as it should be is decided afterwards, exactly,
by inspecting it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import exp, tanh
from random import Random

from checks.problems.plan import Numbers, Plan

LARGEST = {
    "relu": 7,
    "leaky_relu": 7,
    "identity": 7,
    "linear": 9,
    "softmax": 9,
    "sigmoid": 3,
    "tanh": 2,
    "step": 7,
    "sign": 7,
}
"""The largest pre-activation of a unit."""

LEAST_P, MOST_P = 0.01, 0.95
"""Bounds of the outputs of softmax and sigmoid."""

NOTHING = 1e-9

TRIES = 4000
"""Draws of one layer before the layers before it are drawn again."""

BEFORE_A_CURVE = 3
"""The largest pre-activation of the layer before outputs that saturate: their weights then need not be alike."""

MASKED = ("relu", "leaky_relu")

Vector = tuple[Fraction, ...]
Layer = tuple[tuple[Vector, ...], Vector]


def draw_numbers(plan: Plan, random: Random) -> Numbers | None:
    """Numbers for the plan; None where a layer was drawn too often."""
    x = _distinct(random, plan.widths[0], 2)
    layers, a, s, every = [], [float(value) for value in x], list[float](), list[list[float]]()
    for number in range(1, plan.depth + 1):
        drawn = _layer(plan, number, a, s, random)
        if drawn is None:
            return None
        layer, s = drawn
        layers.append(layer)
        every.append(s)
        a = _activated(plan.unit(number), s)
    y = _target(plan, a, random)
    errors = [value - float(target) for value, target in zip(a, y, strict=True)]
    return Numbers(tuple(layers), x, y) if _flows_back(plan, layers, every, errors) else None


def _layer(
    plan: Plan, number: int, a: Sequence[float], before: Sequence[float], random: Random
) -> tuple[Layer, list[float]] | None:
    """W and b of a layer, and the pre-activations that they give; `before` are those of the layer before."""
    width, unit = plan.widths[number], plan.unit(number)
    fits = _OUTPUTS_FIT.get(plan.output, _fits) if number == plan.depth else _fits
    is_before_a_curve = number == plan.depth - 1 and plan.output in ("softmax", "sigmoid", "tanh")
    largest = min(LARGEST[unit], BEFORE_A_CURVE) if is_before_a_curve else LARGEST[unit]
    most = 2 if unit in ("sigmoid", "tanh", "softmax") else 3
    for _ in range(TRIES):
        W = tuple(tuple(_whole(random, most) for _ in a) for _ in range(width))
        b = tuple(_whole(random, most) for _ in range(width))
        s = [
            sum(float(w) * value for w, value in zip(row, a, strict=True)) + float(c)
            for row, c in zip(W, b, strict=True)
        ]
        is_near = all(value != 0 and abs(value) <= largest for value in s)
        if is_near and fits(s, unit) and not (unit in MASKED and len(s) > 1 and _sides(s) == _sides(before)):
            return (W, b), s
    return None


def _flows_back(plan: Plan, layers: Sequence[Layer], every: Sequence[Sequence[float]], errors: list[float]) -> bool:
    """Whether a gradient reaches every unit, mask or not, and another one than by weights that are not transposed.

    The slope of the output is left out: it is not 0.
    """
    delta = errors
    for number in range(plan.depth - 1, 0, -1):
        W = layers[number][0]
        back = [sum(float(w) * d for w, d in zip(column, delta, strict=True)) for column in zip(*W, strict=True)]
        if any(abs(value) < NOTHING for value in back):
            return False
        masked = plan.unit(number) == "relu"
        live = [not masked or value > 0 for value in every[number - 1]]
        if len(W) == len(back) > 1:
            turned = [sum(float(w) * d for w, d in zip(row, delta, strict=True)) for row in W]
            if all(abs(x - y) < NOTHING for x, y, is_live in zip(back, turned, live, strict=True) if is_live):
                return False
        delta = [value if is_live else 0.0 for value, is_live in zip(back, live, strict=True)]
    return True


def _sides(s: Sequence[float]) -> list[bool]:
    """Which units are live: another pattern than that of the layer before, lest a mask be taken from there unseen."""
    return [value > 0 for value in s]


def _whole(random: Random, most: int) -> Fraction:
    """A whole number from -most to most, but not 0: a weight or bias of 0 hides what is done with it."""
    value = random.randrange(2 * most) - most
    return Fraction(value if value < 0 else value + 1)


def _distinct(random: Random, count: int, most: int) -> Vector:
    """Numbers that are not all the same, where there are several."""
    while True:
        found = tuple(_whole(random, most) for _ in range(count))
        if count == 1 or len(set(found)) > 1:
            return found


def _fits(s: Sequence[float], unit: str) -> bool:
    """Numbers that differ; of several units with a mask one live and one dead."""
    if unit not in MASKED:
        return len(set(s)) == len(s)
    live = sum(_sides(s))
    return 0 < live < len(s) if len(s) > 1 else live == 1


def _softmax_fits(s: Sequence[float], unit: str) -> bool:
    """Distinct logits, one of them negative, and probabilities that can be read."""
    return _sigmoid_fits(s, unit) and min(s) < 0


def _sigmoid_fits(s: Sequence[float], unit: str) -> bool:
    return len(set(s)) == len(s) and 0 not in s and all(LEAST_P < p < MOST_P for p in _activated(unit, s))


_OUTPUTS_FIT: dict[str, Callable[[Sequence[float], str], bool]] = {"softmax": _softmax_fits, "sigmoid": _sigmoid_fits}


def _activated(unit: str, s: Sequence[float]) -> list[float]:
    if unit == "softmax":
        powers = [exp(value) for value in s]
        return [power / sum(powers) for power in powers]
    return [_FUNCTIONS[unit](value) for value in s]


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "relu": lambda s: max(s, 0.0),
    "leaky_relu": lambda s: s if s > 0 else s / 10,
    "identity": lambda s: s,
    "linear": lambda s: s,
    "sigmoid": lambda s: 1 / (1 + exp(-s)),
    "tanh": tanh,
    "step": lambda s: float(s > 0),
    "sign": lambda s: 1.0 if s > 0 else -1.0,
}


def _target(plan: Plan, a: Sequence[float], random: Random) -> Vector:
    """A target that the outputs miss: another class than the likeliest, another number than is there."""
    if plan.output == "softmax":
        likeliest = max(range(len(a)), key=lambda place: a[place])
        others = [place for place in range(len(a)) if place != likeliest]
        chosen = others[random.randrange(len(others))]
        return tuple(Fraction(place == chosen) for place in range(len(a)))
    if plan.output in ("sigmoid", "step"):
        wrong = random.randrange(len(a))
        return tuple(
            Fraction(value < 0.5) if place == wrong else Fraction(random.randrange(2)) for place, value in enumerate(a)
        )
    if plan.output in ("tanh", "sign"):
        wrong = random.randrange(len(a))
        sides = [-1 if value > 0 else 1 for value in a]
        return tuple(
            Fraction(sides[place] if place == wrong else 2 * random.randrange(2) - 1) for place in range(len(a))
        )
    return tuple(Fraction(round(value) + (1 + random.randrange(3)) * (1 - 2 * random.randrange(2))) for value in a)
