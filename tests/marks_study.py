"""Sheets of honest students, with one slip or none, as they are marked and as an oracle would have them marked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from checks.hand.key import HandReference
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.float_students import Slip, Student, Table, as_answers, names, random_manner, random_slip
from tests.hand_sheets import found_in, reference_of
from tests.mark_oracle import Numeral, Oracle
from tests.work_students import MarkedWork
from tests.worked_cases import TABLES

HOMEWORK: Table = {"hidden": "relu", **TABLES["homework"]}
LEAST_DIGITS = 3


@dataclass
class Study:
    """What became of the sheets: entries of three digits or more, and those that were marked wrongly.

    `after_zeros` are charged beside a slip that wrote 0: where nothing is left of its cell there is nothing to follow.
    `unexplained` are all those charged that the oracle would credit.
    """

    entries: Counter[str] = field(default_factory=Counter)
    charged: list[str] = field(default_factory=list)
    followers_charged: list[str] = field(default_factory=list)
    after_zeros: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    credited: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        right, followers, slips = (self.entries[kind] for kind in ("right", "beside a slip", "slips"))
        share = lambda part, whole: f"{len(part)} of {whole} ({10_000 * len(part) / max(whole, 1):.1f} in 10,000)"  # noqa: E731
        return "\n".join(
            (
                f"entries of right sheets charged       {share(self.charged, right)}",
                f"entries beside a slip charged         {share(self.followers_charged, followers)}",
                f"the same after a slip that is a 0     {share(self.after_zeros, followers)}",
                f"charged though the bounds excuse it   {len(self.unexplained)}",
                f"entries credited beyond the bounds    {len(self.credited)}, of {slips} slips and all entries",
            )
        )


@dataclass
class Marked:
    """One problem, its key and its oracle."""

    table: Table
    reference: HandReference = field(init=False)
    oracle: Oracle = field(init=False)

    def __post_init__(self) -> None:
        self.reference, self.oracle = reference_of(self.table), Oracle(self.table)

    def findings(self, texts: Mapping[str, list[str]]) -> dict[str, list[Finding]]:
        """The findings on a sheet, cell by cell."""
        return self.by_cell(found_in(as_answers(self.table, texts), self.reference))

    def sheets(self, count: int, chance: random.Random) -> Iterator[tuple[str, Student, Slip | None]]:
        """Students of the problem."""
        return sheets(self.table, count, chance)

    def by_cell(self, found: Mapping[str, Finding]) -> dict[str, list[Finding]]:
        cells: dict[str, list[Finding]] = {}
        for name, finding in found.items():
            cells.setdefault(name.partition("[")[0], []).append(finding)
        return cells


def homework() -> Table:
    """The shipped homework, the cost asked for as well."""
    return {**HOMEWORK, "cells": names(3)}


def sheets(table: Table, count: int, chance: random.Random) -> Iterator[tuple[str, Student, Slip | None]]:
    """Students of any manner, every second with a slip, whose numbers stay finite; with what they did."""
    while count:
        told, manner = random_manner(chance)
        kind, slip = random_slip(table, chance) if count % 2 else ("", None)
        try:
            student = Student(table, manner, slip)
        except (ValueError, OverflowError):
            continue
        if all(np.isfinite(cell).all() and abs(cell).max() < 10_000 for cell in student.cells.values()):
            count -= 1
            yield f"{told}{f', slip: {kind}' if slip else ''}", student, slip


def study(marked: Marked | MarkedWork, count: int, chance: random.Random, into: Study) -> None:
    """Marks so many sheets."""
    for told, student, slip in marked.sheets(count, chance):
        found, allowed = marked.findings(student.texts), marked.oracle.credited(student.texts)
        for cell, findings in found.items():
            for place, finding in enumerate(findings):
                is_slip = slip is not None and (slip.cell, slip.place) == (cell, place)
                is_long = Numeral.read(student.texts[cell][place]).digits >= LEAST_DIGITS
                kind = "slips" if is_slip else "beside a slip" if slip else "right"
                into.entries[kind] += is_slip or is_long
                line = f"{told}: {finding.name} = {finding.given}, key {finding.decimal}: {finding.note}"
                if finding.points and not allowed[cell][place]:
                    into.credited.append(f"{kind}; {line}")
                if is_long and not is_slip and finding.verdict is Verdict.WRONG:
                    is_zero = slip is not None and float(student.texts[slip.cell][slip.place]) == 0
                    kinds = (into.charged, into.followers_charged, into.after_zeros)
                    kinds[bool(slip) + is_zero].append(line)
                    if allowed[cell][place]:
                        into.unexplained.append(line)
