"""The functions that expressions with letters may hold: one row each, its enclosure beside its other forms.

Only exp, ln and sign are basic: the others are put together from them alone, so that what is decided of these is
decided of all. `ball` works on rigorous balls; where the argument is not known to allow a value it is not finite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from exact.letters.symbolic import Function, Symbolic, exp

NOWHERE = arb("nan")
"""The ball of what has no value, or is not known to have one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A function: its enclosure; itself in basic functions, None where it is one; its LaTeX, of its argument's."""

    ball: Callable[[arb], arb]
    basic: Callable[[Symbolic], Symbolic] | None
    latex: Callable[[str], str]


def _logarithm(ball: arb) -> arb:
    return ball.log() if ball > 0 else NOWHERE


def _sign(ball: arb) -> arb:
    if ball > 0:
        return arb(1)
    return arb(-1) if ball < 0 else NOWHERE


def _relu(ball: arb) -> arb:
    if ball > 0:
        return ball
    return arb(0) if ball <= 0 else (ball + abs(ball)) / 2


def bracketed(latex: str) -> str:
    """LaTeX in brackets: plain ones, where a line may break, unless what they hold is high."""
    return rf"\left({latex}\right)" if r"\frac" in latex else f"({latex})"


def _named(command: str) -> Callable[[str], str]:
    return lambda argument: f"{command}{bracketed(argument)}"


def _above_zero(value: Symbolic) -> Symbolic:
    return (1 + Function("sign", value)) * Fraction(1, 2)


FUNCTIONS = {
    "exp": Row(arb.exp, None, lambda argument: f"e^{{{argument}}}"),
    "ln": Row(_logarithm, None, _named(r"\ln")),
    "sign": Row(_sign, None, _named(r"\operatorname{sign}")),
    "abs": Row(abs, lambda u: Function("sign", u) * u, lambda argument: rf"\left|{argument}\right|"),
    "relu": Row(_relu, lambda u: _above_zero(u) * u, lambda argument: rf"\max{bracketed(f'{argument}, 0')}"),
    "step": Row(lambda ball: (1 + _sign(ball)) / 2, _above_zero, _named("H")),
    "sigmoid": Row(
        lambda ball: 1 / (1 + (-ball).exp()),
        lambda u: 1 / (1 + exp(-u)),
        _named(r"\sigma"),
    ),
    "tanh": Row(arb.tanh, lambda u: 1 - 2 / (exp(2 * u) + 1), _named(r"\tanh")),
}
"""The row of each name. step is the derivative of relu: 0 below 0, 1 above, not defined at 0."""
