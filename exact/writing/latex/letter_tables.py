"""The two tables of the homework with letters for all that is given: one formula a line, the layers between rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from exact.calculation.naming import Naming
from exact.calculation.quantity import Quantity
from exact.networks.kinds import COST, FORWARD
from exact.writing.letters import Written, formulas

NEEDS = "% Needs amsmath, array, booktabs and longtable. Put it in with \\input wherever text can stand."

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper, hmargin=22mm, vmargin=20mm]{geometry}
\usepackage{amsmath, array, booktabs, longtable}
\setlength{\parindent}{0pt}
\renewcommand{\arraystretch}{1.35}
\raggedbottom
"""

COLUMNS = r"@{}l>{$}l<{$}@{${}={}$}>{\raggedright\arraybackslash}p{0.72\linewidth}@{}"
"""The layer, the entry, and its formula, which breaks where it is too long."""

TITLES = ("Feed forward", "Deltas and updates")


def letter_tables(naming: Naming, cells: Iterable[tuple[Quantity, Iterable[int]]]) -> tuple[str, str]:
    """The table of the feed-forward pass with the cost, and that of all that follows."""
    found = tuple(formulas(naming, cells))
    forward = [one for one in found if _heading(one) in (FORWARD, COST)]
    backward = [one for one in found if _heading(one) not in (FORWARD, COST)]
    return _table(forward), _table(backward)


def _heading(one: Written) -> str:
    return one.quantity.place.heading.partition(",")[0]


def _table(found: Sequence[Written]) -> str:
    """The formulas in groups of one heading and one layer."""
    lines = [rf"\begin{{longtable}}{{{COLUMNS}}}", r"\toprule"]
    groups = [list(group) for _, group in groupby(found, lambda one: (one.quantity.place.heading, one.quantity.layer))]
    for number, group in enumerate(groups):
        layer = group[0].quantity.place.row
        for place, one in enumerate(group):
            head = f"layer {layer}" if place == 0 and layer.isdigit() else ""
            lines.append(rf"{head} & {one.name_latex} & ${one.latex}$ \\")
        lines.append(r"\bottomrule" if number == len(groups) - 1 else r"\midrule")
    return "\n".join([*lines, r"\end{longtable}"])
