"""Reads the key `optimizer` of a `[backprop]` table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from exact.networks.optimizers import FORMS, RULES, Optimizer
from exact.networks.problem import Problem
from exact.networks.table_reader import TableReader
from exact.numbers.array import Array, array, described

NAMES = tuple(dict.fromkeys(name for name, _ in RULES))
OFF = frozenset({"beta", "beta1", "beta2"})
"""Numbers of which 1 is not allowed: nothing new would count."""

_START = re.compile(r"([vm])_([Wb][1-9][0-9]{0,2})")


def read_optimizer(table: object, path: str, problem: Problem) -> tuple[Optimizer | None, TableReader]:
    """The optimizer that the key names, and a reader with what is wrong with it; None for plain gradient descent."""
    reader = TableReader(table if isinstance(table, Mapping) else {}, path)
    if not isinstance(table, Mapping) or table.get("name") not in NAMES:
        reader.fault("name", f"expected one of {', '.join(NAMES)}")
        return None, reader
    name = str(table["name"])
    form = str(table.get("form", ""))
    forms = FORMS.get(name, ("",))
    if form not in forms:
        wanted = f"expected {' or '.join(map(repr, forms[1:]))}" if len(forms) > 1 else f"{name} has but one form"
        reader.fault("form", wanted)
        return None, reader
    rule = RULES[name, form]
    keys = ("name", *(("form",) if len(forms) > 1 else ()), *rule.numbers)
    start: dict[str, Array] = {}
    numbers = {key: _number(reader, key, usual) for key, usual in rule.numbers.items()}
    for key, values in table.items():
        match = _START.fullmatch(key)
        if match and match[1] in rule.kept:
            start |= _start(reader, key, match[2], values, problem)
        elif key not in keys:
            kept = " and ".join(f"{kind}_W1" for kind in rule.kept)
            reader.fault(key, f"unknown key; expected one of {', '.join(keys)}, or {kept} and the like")
    return Optimizer(name, form, numbers, start), reader


def _number(reader: TableReader, key: str, usual: Fraction) -> Fraction:
    value = reader.rational(key, usual)
    if value < 0 or (key in OFF and value >= 1):
        reader.fault(key, f"expected a number of at least 0{', below 1' if key in OFF else ''}, not {value}")
    return value


def _start(reader: TableReader, key: str, parameter: str, values: object, problem: Problem) -> dict[str, Array]:
    """The state before the first step, of the shape of its parameter."""
    number = int(parameter[1:])
    layer = problem.layers[number - 1] if number <= problem.depth else None
    given = None if layer is None else (layer.W if parameter[0] == "W" else layer.b)
    if given is None:
        reader.fault(key, f"there is no {parameter}")
        return {}
    found = array([*map(_listed, reader.vector_or_batch(key, values))])
    wanted = array([*map(_listed, given)])
    if found.shape != wanted.shape:
        reader.fault(key, f"{described(found.shape)}; {parameter} is {described(wanted.shape)}")
    return {key: found}


def _listed(row: object) -> object:
    return list(row) if isinstance(row, tuple) else row
