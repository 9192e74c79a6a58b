"""Misread numbers in the notation of other courses: squared error and curved units, rows, weights with labels."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.float_students import Manner, Student, as_answers, names, random_table, significant, split
from tests.hand_sheets import found_in, reference_of
from tests.misreading_students import one_number
from tests.misreading_study import LEAST_TO_TELL, Studied, counted

Table = dict[str, Any]


def in_rows(table: Table) -> Table:
    """The same problem with a W + b."""
    turned = copy.deepcopy(table)
    turned["orientation"] = "rows"
    for layer in turned["layers"]:
        layer["W"] = [list(row) for row in zip(*layer["W"], strict=True)]
    return turned


def with_labels(table: Table) -> Table:
    """The same problem, the weights of the first layer with labels, s called z."""
    rows = table["layers"][0]["W"]
    labels = {f"W1[{i + 1},{j + 1}]": f"w{i + 1}{j + 1}" for i in range(len(rows)) for j in range(len(rows[0]))}
    return {**table, "names": {"s": "z", **labels}}


COURSES: Mapping[str, Callable[[Table], Table]] = {
    "any unit and loss": lambda table: table,
    "rows": in_rows,
    "labelled weights": with_labels,
}


def own_steps(table: Table, student: Student) -> int:
    """How many entries are not what their own step gives from the problem's numbers and the student's own cells."""
    right = Student(table, student.manner)
    right.cells = student.cells
    shown = 0
    for name in names(student.depth):
        again = np.asarray(right._step(name), dtype=float).ravel()
        shown += int((~np.isclose(again, student.cells[name], rtol=2e-3, atol=1e-9)).sum())
    return shown


def text_of(course: str, table: Table, student: Student) -> str:
    """The sheet as it is handed in."""
    if course == "rows":
        texts = {}
        for name, entries in student.texts.items():
            columns = len(table["layers"][split(name)[1] - 1]["W"][0]) if name[0] == "W" else 0
            lines = [entries[start : start + columns] for start in range(0, len(entries), columns)] if columns else []
            texts[name] = [x for column in zip(*lines, strict=True) for x in column] if columns else entries
        return as_answers(in_rows(table), texts)
    text = as_answers(table, student.texts)
    return text.replace("s1 =", "z1 =").replace("s2 =", "z2 =").replace("s3 =", "z3 =") if "lab" in course else text


def study(course: str, sheets: int, seed: int, digits: int = 4) -> Studied:
    """So many sheets with one number misread."""
    chance, studied = random.Random(seed), Studied()
    manner = Manner(np.float64, significant(digits))
    while studied.sheets < sheets:
        table = random_table(chance)
        if table.get("hidden") == "identity":
            continue
        reference, right = reference_of(COURSES[course](table)), Student(table, manner)
        for _ in range(4):
            misread = one_number(table, chance)
            if misread is None or studied.sheets >= sheets:
                continue
            try:
                student = Student({**misread.table}, manner)
            except (OverflowError, ZeroDivisionError):
                continue
            if not all(np.isfinite(cell).all() for cell in student.cells.values()):
                continue
            if all(np.allclose(right.cells[name], cell, rtol=2e-3, atol=1e-9) for name, cell in student.cells.items()):
                continue
            findings = tuple(found_in(text_of(course, table, student), reference).values())
            shown = own_steps(table, student)
            counted(studied, reference, findings, can_tell=shown >= LEAST_TO_TELL)
    return studied
