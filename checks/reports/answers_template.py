"""An answers.txt with every name and empty values, that a student fills in."""

from __future__ import annotations

from itertools import pairwise

from checks.assignment.assignment import Assignment
from checks.assignment.mnist_part import MnistPart
from checks.hand.key import HandReference, KeyCell

HEAD = """\
# {title}
#
# Fill in what stands behind the equals signs; what is left empty is missing. The rest of a line after # is a comment.
# Vectors: [2, -7]   matrices, row by row: [1, 2; 3, 4]   or entry by entry: W1_new[2,1] = 9/4
# Numbers: 6   -0.75   2/3   1.25e-9   sqrt(2)   LaTeX such as \\frac{{2}}{{3}}
{letters}# Exactly: e^3/(e^3 + e^-1 + 1)   and, behind the outputs, p_1, p_2, ... for them: 4 - 7*p_1
"""

LETTERS = """\
# With letters: formulas in the letters that are given, and in names of earlier entries: (a1[1] - y) x1, w - eta grad_w
"""


def answers_template(assignment: Assignment, hand_parts: tuple[HandReference, ...]) -> str:
    """The file's text."""
    letters = LETTERS if any(part.letters for part in assignment.hand_parts) else ""
    parts = [HEAD.format(title=" ".join(assignment.title.split()), letters=letters)]
    if assignment.mnist is not None:
        parts.append("# Feed-forward pass on MNIST; hand in result.json as well.\n" + _mnist(assignment.mnist))
    for one in hand_parts:
        lines = [line for cell in one.cells for line in _lines(one, cell)]
        parts.append(f"# {one.part.heading}\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _mnist(part: MnistPart) -> str:
    names = [f"{letter}{layer}.shape" for layer, _ in enumerate(pairwise(part.layers), start=1) for letter in "Wb"]
    return "\n".join([*(f"{name} =" for name in names), "softmax =  # Softmax([0, 1, 2])", "correct =", ""])


def _lines(hand: HandReference, cell: KeyCell) -> list[str]:
    """A line for the cell, what is expected as a comment; a line for each entry where they stand by themselves."""
    if not hand.stands_together(cell):
        return [f"{entry.name} =" for entry in cell.entries]
    rows, columns = cell.shape
    entries = "1 entry" if cell.quantity.size == 1 else f"{cell.quantity.size} entries"
    shape = f"{rows} x {columns}" if cell.quantity.is_matrix else entries
    return [f"{cell.name} =" + ("" if cell.is_one_number else f"  # {shape}")]
