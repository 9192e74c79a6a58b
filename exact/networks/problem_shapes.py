"""Whether the shapes of all that a problem gives go together."""

from __future__ import annotations

from collections.abc import Callable

from exact.networks.losses import fault_of_target
from exact.networks.problem import Problem
from exact.networks.table_reader import counted, rows_of

Told = Callable[[str, str], None]
"""Takes the key and the message of a fault."""


def check_shapes(problem: Problem, fault: Told) -> None:
    """Whether all that is given goes together."""
    inputs: int | None = None if problem.starts_stated else problem.units[0]
    for number, layer in enumerate(problem.layers):
        where, units = f"layers[{number}]", problem.units[number + 1]
        if layer.W is not None:
            taken = len(layer.W) if problem.in_rows else len(layer.W[0])
            if inputs is not None and taken != inputs:
                before = "x has" if number == 0 else f"layers[{number - 1}] has"
                side = "row" if problem.in_rows else "column"
                fault(f"{where}.W", f"{counted(taken, side)}, {before} {counted(inputs, 'value')}")
            if layer.b is not None and len(layer.b) != units:
                side = "column" if problem.in_rows else "row"
                fault(f"{where}.b", f"{counted(len(layer.b), 'entry')}, W has {counted(units, side)}")
        inputs = units
    for name, values in problem.stated.items():
        layer_number = int(name[1:])
        if layer_number > problem.depth:
            fault(f"stated.{name}", f"there are {counted(problem.depth, 'layer')}")
        elif values.shape[-1] != problem.units[layer_number]:
            wanted = counted(problem.units[layer_number], "unit")
            fault(f"stated.{name}", f"{counted(values.shape[-1], 'entry')}, the layer has {wanted}")
    check_samples(problem, fault)


def check_samples(problem: Problem, fault: Told) -> None:
    """The inputs and targets of every step."""
    if problem.upstream is not None:
        if problem.upstream.size != problem.units[-1]:
            wanted = counted(problem.units[-1], "output")
            fault("upstream", f"{counted(problem.upstream.size, 'entry')}, the last layer has {wanted}")
        return
    for number, sample in enumerate(problem.samples if problem.has_own_samples else problem.samples[:1]):
        before = f"steps[{number}]." if problem.has_own_samples else ""
        xs, ys = rows_of(sample.x), rows_of(sample.y)
        if len(xs) != len(ys):
            fault(f"{before}y", f"{counted(len(ys), 'row')}, x has {counted(len(xs), 'row')}")
        if any(len(x) != problem.units[0] for x in xs):
            fault(f"{before}x", f"expected {counted(problem.units[0], 'entry')} in each")
        for y in ys:
            if len(y) != problem.units[-1]:
                wanted = counted(problem.units[-1], "output")
                fault(f"{before}y", f"{counted(len(y), 'entry')}, the last layer has {wanted}")
            elif message := fault_of_target(problem.output, problem.loss, y):
                fault(f"{before}y", message)
