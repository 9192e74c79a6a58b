"""The optimizers as sympy writes them, from their papers: what is kept of a parameter, and what is added to it.

Sources: B. Polyak, 1964 (momentum); J. Duchi, E. Hazan, Y. Singer, 2011 (Adagrad); T. Tieleman, G. Hinton, 2012
(RMSProp); D. Kingma, J. Ba, 2015 (Adam).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy

from exact.witness.forms import Expr

Numbers = Mapping[str, Expr]
"""eta, beta, epsilon and the like, t, the number of the step, and what was kept before it: v, m."""

Rule = Callable[[Expr, Numbers], dict[str, Expr]]
"""Of a gradient: what is kept, by the kind of its cell, and the step."""


def _momentum(g: Expr, n: Numbers) -> dict[str, Expr]:
    v = n["beta"] * n["v"] + g
    return {"v": v, "step": -n["eta"] * v}


def _velocity(g: Expr, n: Numbers) -> dict[str, Expr]:
    v = n["beta"] * n["v"] - n["eta"] * g
    return {"v": v, "step": v}


def _average(g: Expr, n: Numbers) -> dict[str, Expr]:
    v = n["beta"] * n["v"] + (1 - n["beta"]) * g
    return {"v": v, "step": -n["eta"] * v}


def _adagrad(g: Expr, n: Numbers) -> dict[str, Expr]:
    v = n["v"] + g**2
    return {"v": v, "step": -n["eta"] / (sympy.sqrt(v) + n["epsilon"]) * g}


def _rmsprop(g: Expr, n: Numbers) -> dict[str, Expr]:
    v = n["beta"] * n["v"] + (1 - n["beta"]) * g**2
    return {"v": v, "step": -n["eta"] / (sympy.sqrt(v) + n["epsilon"]) * g}


def _adam(g: Expr, n: Numbers) -> dict[str, Expr]:
    m = n["beta1"] * n["m"] + (1 - n["beta1"]) * g
    v = n["beta2"] * n["v"] + (1 - n["beta2"]) * g**2
    m_hat, v_hat = m / (1 - n["beta1"] ** n["t"]), v / (1 - n["beta2"] ** n["t"])
    return {
        "m": m,
        "v": v,
        "mhat": m_hat,
        "vhat": v_hat,
        "step": -n["eta"] * m_hat / (sympy.sqrt(v_hat) + n["epsilon"]),
    }


RULES: Mapping[tuple[str, str], Rule] = {
    ("momentum", ""): _momentum,
    ("momentum", "velocity"): _velocity,
    ("momentum", "average"): _average,
    ("adagrad", ""): _adagrad,
    ("rmsprop", ""): _rmsprop,
    ("adam", ""): _adam,
}
"""The rule of each name and form."""

KEPT = ("v", "m")
"""What is handed on from step to step."""
