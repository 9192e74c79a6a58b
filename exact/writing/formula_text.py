"""A formula as a line of text, as one would type it: `W2 - eta (delta2 a1^T) ⊙ W2`."""

from __future__ import annotations

from collections.abc import Callable

from exact.calculation.expression import Expression

BETWEEN = {"+": " + ", "-": " - ", "times": " ⊙ ", "scale": " ", "product": " ", "/": " / "}
"""What stands between two operands."""

SPREAD = "spread"


def formula_text(formula: Expression, letters: Callable[[str], str]) -> str:
    """The formula, with what each letter is written as."""
    operation = formula.operation
    if operation is None:
        return letters(formula.letter) if formula.letter else str(formula.constant)
    written = [formula_text(operand, letters) for operand in formula.operands]
    needs = operation.needs or (0,) * len(written)
    if operation.name == "/":
        needs = (3, 4)
    tight = [
        f"({text})"
        if operand.binding < need or (operand.operation and operand.operation.name == "/" and need > 1)
        else text
        for operand, need, text in zip(formula.operands, needs, written, strict=True)
    ]
    if operation.name in BETWEEN:
        return BETWEEN[operation.name].join(tight)
    if operation.name == "outer":
        return f"({tight[0]} {tight[1]}^T)"
    if operation.name == "inner product":
        return f"{tight[0]}^T {tight[1]}"
    if operation.name == "negative":
        return f"-{tight[0]}"
    if operation.name == "transpose":
        return f"{tight[0]}^T"
    if operation.name == "square":
        return f"{tight[0]}^2"
    if operation.name in (SPREAD, "reshaped"):
        return tight[0]
    return f"{operation.name}({', '.join(written)})"
