"""The optimizers: what they keep from step to step, and what they add to a parameter. One row each.

Sources: B. Polyak, 1964 (momentum); J. Duchi, E. Hazan, Y. Singer, 2011 (Adagrad); T. Tieleman, G. Hinton, 2012
(RMSProp); D. Kingma, J. Ba, 2015, algorithm 1 (Adam).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from exact.calculation.expression import Expression, constant, letter
from exact.calculation.operations import divided, minus, plus, scaled
from exact.calculation.powers import power
from exact.numbers.array import Array

grad, eta, epsilon = letter("grad"), letter("eta"), letter("epsilon")
v, v_old, m, m_old = letter("v"), letter("v_old"), letter("m"), letter("m_old")
v_hat, m_hat = letter("vhat"), letter("mhat")
beta, beta1, beta2 = letter("beta"), letter("beta1"), letter("beta2")

TWO, HALF = Fraction(2), Fraction(1, 2)


SHOWN = {"momentum": "momentum", "adagrad": "Adagrad", "rmsprop": "RMSProp", "adam": "Adam"}
"""What the optimizers are called."""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer: its name and form, the numbers it is given, and the state it begins with, 0 where none is told.

    `start` has that by the names of cells: v_W1, m_b2.
    """

    name: str
    form: str = ""
    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    start: Mapping[str, Array] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """Its row of the table."""
        return RULES[self.name, self.form]


@dataclass(frozen=True, slots=True)
class Rule:
    """`state`: the formula of each kind of cell at step t, in order; `added`: what is taken away, or added if not.

    `numbers` are those that an assignment may give, with what is usual. `latex`: the rules for a parameter theta with
    the gradient g.
    """

    state: Callable[[int], Mapping[str, Expression]]
    change: Expression
    is_added: bool
    numbers: Mapping[str, Fraction]
    latex: tuple[str, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """The kinds of cells that are handed on from step to step."""
        return tuple(kind for kind in self.state(1) if not kind.endswith("hat"))


def _average(share: Expression, old: Expression, new: Expression) -> Expression:
    """share old + (1 - share) new."""
    return plus(scaled(share, old), scaled(minus(constant(1), share), new))


def _squared(x: Expression) -> Expression:
    return power(x, TWO, of_array=True)


def _by_root(top: Expression, below: Expression) -> Expression:
    """eta top / (root + epsilon)."""
    return divided(scaled(eta, top), plus(power(below, HALF, of_array=True), epsilon))


def _corrected(x: Expression, share: Expression, t: int) -> Expression:
    """x / (1 - share^t)."""
    return divided(x, minus(constant(1), power(share, Fraction(t))))


NINE_TENTHS, TINY = Fraction(9, 10), Fraction(1, 10**8)
MOMENTUM = {"beta": NINE_TENTHS}
ADAM = {"beta1": NINE_TENTHS, "beta2": Fraction(999, 1000), "epsilon": TINY}

_STEP, _BY_ROOT = (
    r"\theta \leftarrow \theta - \eta v",
    r"\theta \leftarrow \theta - \frac{\eta\, g}{\sqrt{v} + \epsilon}",
)

RULES: Mapping[tuple[str, str], Rule] = {
    ("momentum", ""): Rule(
        lambda _: {"v": plus(scaled(beta, v_old), grad)},
        scaled(eta, v),
        False,
        MOMENTUM,
        (r"v \leftarrow \beta v + g", _STEP),
    ),
    ("momentum", "velocity"): Rule(
        lambda _: {"v": minus(scaled(beta, v_old), scaled(eta, grad))},
        v,
        True,
        MOMENTUM,
        (r"v \leftarrow \beta v - \eta\, g", r"\theta \leftarrow \theta + v"),
    ),
    ("momentum", "average"): Rule(
        lambda _: {"v": _average(beta, v_old, grad)},
        scaled(eta, v),
        False,
        MOMENTUM,
        (r"v \leftarrow \beta v + (1 - \beta)\, g", _STEP),
    ),
    ("adagrad", ""): Rule(
        lambda _: {"v": plus(v_old, _squared(grad))},
        _by_root(grad, v),
        False,
        {"epsilon": TINY},
        (r"v \leftarrow v + g^2", _BY_ROOT),
    ),
    ("rmsprop", ""): Rule(
        lambda _: {"v": _average(beta, v_old, _squared(grad))},
        _by_root(grad, v),
        False,
        {"beta": NINE_TENTHS, "epsilon": TINY},
        (r"v \leftarrow \beta v + (1 - \beta)\, g^2", _BY_ROOT),
    ),
    ("adam", ""): Rule(
        lambda t: {
            "m": _average(beta1, m_old, grad),
            "v": _average(beta2, v_old, _squared(grad)),
            "mhat": _corrected(m, beta1, t),
            "vhat": _corrected(v, beta2, t),
        },
        _by_root(m_hat, v_hat),
        False,
        ADAM,
        (
            r"m \leftarrow \beta_1 m + (1 - \beta_1)\, g",
            r"v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2",
            r"\hat{m} = \frac{m}{1 - \beta_1^t}",
            r"\hat{v} = \frac{v}{1 - \beta_2^t}",
            r"\theta \leftarrow \theta - \frac{\eta\, \hat{m}}{\sqrt{\hat{v}} + \epsilon}",
        ),
    ),
}
"""The optimizer of each name and form."""

FORMS = {"momentum": ("", "velocity", "average")}
"""The forms of those that have several; the first is the default."""
