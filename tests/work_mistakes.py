"""How students err in calculations of `tests.works`, and what became of it: mistakes by their ids, cell by cell.

Each mistake says which cells are worked out otherwise; the student goes on from them.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from checks.judging.verdicts import RIGHT, Verdict
from tests.float_students import Manner, significant
from tests.sheet_study import names_in
from tests.work_students import MarkedWork, WorkStudent
from tests.works import KINDS, Cells, Rule, Work

Rules = dict[str, Rule]
"""Rules of cells, of those of every step where several have the cell."""


def _per_sample(c: Cells, like: str) -> Any:
    return np.asarray(c[like]).shape[1]


BATCH: dict[str, Rules] = {
    "bias-forgotten": {"s1": lambda c: c["W1"] @ c["x"], "s2": lambda c: c["W2"] @ c["a1"]},
    "bias-subtracted": {
        "s1": lambda c: c["W1"] @ c["x"] - c["b1"][:, None],
        "s2": lambda c: c["W2"] @ c["a1"] - c["b2"][:, None],
    },
    "relu-mask-forgotten": {"delta1": lambda c: c["W2"].T @ c["delta2"]},
    "target-not-subtracted": {"delta2": lambda c: c["a2"] / _per_sample(c, "a2")},
    "output-delta-sign": {"delta2": lambda c: (c["y"] - c["a2"]) / _per_sample(c, "a2")},
    "gradient-ascent": {
        "W2_new": lambda c: c["W2"] + c["eta"] * (c["delta2"] @ c["a1"].T),
        "b2_new": lambda c: c["b2"] + c["eta"] * c["delta2"].sum(axis=1),
        "W1_new": lambda c: c["W1"] + c["eta"] * (c["delta1"] @ c["x"].T),
        "b1_new": lambda c: c["b1"] + c["eta"] * c["delta1"].sum(axis=1),
    },
    "learning-rate-forgotten": {
        "W2_new": lambda c: c["W2"] - c["delta2"] @ c["a1"].T,
        "b2_new": lambda c: c["b2"] - c["delta2"].sum(axis=1),
        "W1_new": lambda c: c["W1"] - c["delta1"] @ c["x"].T,
        "b1_new": lambda c: c["b1"] - c["delta1"].sum(axis=1),
    },
    "batch-not-averaged": {"delta2": lambda c: c["a2"] - c["y"]},
    "(one sample's bias)": {
        "grad_b2": lambda c: c["delta2"][:, 0],
        "b2_new": lambda c: c["b2"] - c["eta"] * c["delta2"][:, 0],
        "b1_new": lambda c: c["b1"] - c["eta"] * c["delta1"][:, 0],
    },
}

STEPS: dict[str, Rules] = {
    "bias-forgotten": {"s1": lambda c: c["W1"] @ c["x"], "s1@2": lambda c: c["W1_new"] @ c["x"]},
    "target-not-subtracted": {"delta1": lambda c: c["a1"], "delta1@2": lambda c: c["a1@2"]},
    "(old weights again)": {"s1@2": lambda c: c["W1"] @ c["x"] + c["b1"]},
    "state-left-out": {
        name: rule
        for parameter in ("W1", "b1")
        for name, rule in {
            f"m_{parameter}@2": lambda c, p=parameter: (1 - c["beta1"]) * c[f"grad_{p}@2"],
            f"v_{parameter}@2": lambda c, p=parameter: (1 - c["beta2"]) * c[f"grad_{p}@2"] ** 2,
        }.items()
    },
}


def _back(c: Cells, n: int) -> Any:
    return c[f"grad_h{n}"] * (1 - c[f"h{n}"] * c[f"h{n}"])


RECURRENT: dict[str, Rules] = {
    "path-left-out": {"grad_W": lambda c: sum(c["x"][n - 1] * _back(c, n) for n in (3, 2))},
    "not-transposed-backward": {
        "grad_h2": lambda c: c["U"] @ _back(c, 3),
        "grad_h1": lambda c: c["U"] @ _back(c, 2),
    },
    "slope-left-out": {
        "grad_h2": lambda c: c["U"].T @ c["grad_h3"],
        "grad_h1": lambda c: c["U"].T @ c["grad_h2"],
        "grad_W": lambda c: sum(c["x"][n - 1] * c[f"grad_h{n}"] for n in (3, 2, 1)),
        "grad_U": lambda c: sum(np.multiply.outer(c[f"grad_h{n}"], c[f"h{n - 1}"]) for n in (3, 2, 1)),
        "grad_b": lambda c: sum(c[f"grad_h{n}"] for n in (3, 2, 1)),
    },
    "gradient-ascent": {
        "U_new": lambda c: c["U"] + c["eta"] * c["grad_U"],
        "W_new": lambda c: c["W"] + c["eta"] * c["grad_W"],
    },
    "other-factor-left-out": {"grad_V": lambda c: c["grad_o"] + 0 * c["h3"]},
}

GATES: dict[str, Rules] = {
    "term-left-out": {"z": lambda c: c["w"] * c["x"]},
    "sign-of-a-term": {"z": lambda c: c["w"] * c["x"] - c["b"]},
    "minus-lost-backward": {"grad_d": lambda c: c["grad_s"] * c["s"] / c["d"]},
    "gradient-sign": {"grad_E": lambda c: -c["E"]},
    "own-factor-for-other": {
        "grad_w": lambda c: c["grad_z"] * c["w"],
        "grad_x": lambda c: c["grad_z"] * c["x"],
    },
}

DENSE: dict[str, Rules] = {
    "term-left-out": {"Z": lambda c: c["X"] @ c["W"]},
    "slope-left-out": {"grad_Z": lambda c: c["grad_A"]},
    "constant-factor-left-out": {"L": lambda c: (c["D"] * c["D"]).sum(), "grad_A": lambda c: c["D"] + c["D"]},
    "learning-rate-forgotten": {
        "W_new": lambda c: c["W"] - c["grad_W"],
        "b_new": lambda c: c["b"] - c["grad_b"],
    },
    "(one sample's bias)": {"grad_b": lambda c: c["grad_Z"][0]},
}

MISTAKES: dict[str, dict[str, Rules]] = {
    "batch": BATCH,
    "steps": STEPS,
    "recurrent": RECURRENT,
    "gates": GATES,
    "dense": DENSE,
}
"""By the kind of calculation, then by the id; one in brackets is in no list."""


def erring(work: Work, rules: Rules) -> Work:
    """The calculation as somebody does it who errs so."""
    cells = {name: replace(cell, rule=rules.get(name, cell.rule)) for name, cell in work.cells.items()}
    return replace(work, cells=cells)


MANNER = Manner(np.float64, significant(4))


def is_possible(work: Work, name: str, rules: Rules) -> bool:
    """Whether somebody can make the mistake in the calculation."""
    if name == "relu-mask-forgotten" and work.table["hidden"] != "relu":
        return False
    if name == "state-left-out":
        return "mhat_W1" in work.cells
    return set(rules) <= set(work.cells)


@dataclass
class Told:
    """How often each mistake was named, not named, or taken for another one; names given to slips."""

    by_mistake: dict[str, Counter[str]] = field(default_factory=dict)
    accused: list[str] = field(default_factory=list)

    def add(self, name: str, outcome: str) -> None:
        self.by_mistake.setdefault(name, Counter())[outcome] += 1


def study(kind: str, works: int, slips: int, chance: random.Random, into: Told) -> None:
    """So many calculations of the kind: every mistake, and so many slips in each."""
    make = next(one for one in KINDS if one.__name__ == kind)
    for _ in range(works):
        work = make(chance)
        marked, right = MarkedWork(work), WorkStudent(work, MANNER).texts
        for name, rules in MISTAKES[kind].items():
            if is_possible(work, name, rules) and (texts := WorkStudent(erring(work, rules), MANNER).texts) != right:
                into.add(f"{kind}: {name}", _outcome(marked, texts, name))
        for told, student, slip in marked.sheets(2 * slips, chance):
            findings = [one for cell in marked.findings(student.texts).values() for one in cell]
            if slip is not None and "sign" not in told and (named := names_in(tuple(findings))):
                into.accused.append(f"{kind}, {told}: {named}")


def _outcome(marked: MarkedWork, texts: dict[str, list[str]], name: str) -> str:
    findings = tuple(one for cell in marked.findings(texts).values() for one in cell)
    if all(one.verdict in RIGHT or one.verdict is Verdict.UNDECIDED for one in findings):
        return "invisible"
    named = names_in(findings) - {"other-formula", "misread-given"}
    if named == {name}:
        return "named"
    return "misnamed" if named else "not named"
