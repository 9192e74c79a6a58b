"""Honest students who work out a calculation of `tests.works` in floats, with one slip or none."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from checks.assignment.assignment import read_assignment
from checks.hand.key import hand_reference
from checks.judging.findings import Finding
from tests.float_students import CHANGES, Manner, Slip, random_manner
from tests.hand_sheets import found_in
from tests.work_oracle import WorkOracle, floats
from tests.works import Work


class WorkStudent:
    """One sheet: `cells` as they are worked with, `texts` as they are written, entries row by row."""

    def __init__(self, work: Work, manner: Manner, slip: Slip | None = None) -> None:
        self.texts: dict[str, list[str]] = {}
        known: dict[str, Any] = {name: floats(value, manner.dtype) for name, value in work.given.items()}
        self.cells: dict[str, Any] = {}
        with np.errstate(all="ignore"):
            for name, cell in work.cells.items():
                worked = np.asarray(cell.rule(known), dtype=manner.dtype)
                written = worked.ravel().copy()
                is_slip = slip is not None and slip.cell == name
                if slip and is_slip:
                    written[slip.place] = slip.change(worked.ravel(), slip.place)
                self.texts[name] = [manner.write(x) for x in written]
                carried = np.array([float(text) for text in self.texts[name]]) if manner.carries_written else written
                if slip and is_slip and not slip.is_carried:
                    carried[slip.place] = worked.ravel()[slip.place]
                known[name] = self.cells[name] = carried.astype(manner.dtype).reshape(worked.shape)


class MarkedWork:
    """One calculation, its key and its oracle."""

    def __init__(self, work: Work) -> None:
        self.work, self.oracle = work, WorkOracle(work)
        (part,) = read_assignment(work.assignment()).hand_parts
        self.reference = hand_reference(part)

    def answers(self, texts: Mapping[str, list[str]]) -> str:
        """The sheet as answers.txt."""
        return "\n".join(f"{name} = {_brackets(cell, self.oracle.shapes[name])}" for name, cell in texts.items())

    def findings(self, texts: Mapping[str, list[str]]) -> dict[str, list[Finding]]:
        """The findings on a sheet, cell by cell."""
        cells: dict[str, list[Finding]] = {}
        for name, finding in found_in(self.answers(texts), self.reference).items():
            cells.setdefault(name.partition("[")[0], []).append(finding)
        return cells

    def sheets(self, count: int, chance: random.Random) -> Iterator[tuple[str, WorkStudent, Slip | None]]:
        """Students of any manner, every second with a slip, whose numbers stay finite; with what they did."""
        right = WorkStudent(self.work, Manner(np.float64, str)).cells
        asked = [name for name in right if not self.work.cells[name].is_exact]
        while count:
            told, manner = random_manner(chance)
            cell, kind = chance.choice(asked), chance.choice(tuple(CHANGES))
            slip = Slip(cell, chance.randrange(right[cell].size), CHANGES[kind], chance.random() < 0.8)
            try:
                student = WorkStudent(self.work, manner, slip if count % 2 else None)
            except (ValueError, OverflowError):
                continue
            if all(np.isfinite(one).all() and abs(one).max() < 10_000 for one in student.cells.values()):
                yield f"{told}{f', slip: {kind} in {cell}' if count % 2 else ''}", student, slip if count % 2 else None
                count -= 1


def _brackets(entries: list[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return entries[0]
    columns = shape[1] if len(shape) == 2 else 1
    rows = [", ".join(entries[i : i + columns]) for i in range(0, len(entries), columns)]
    return f"[{'; '.join(rows)}]" if len(shape) == 2 else f"[{', '.join(entries)}]"
