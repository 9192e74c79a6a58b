"""What a student is given of a variant: a worksheet with the numbers, and an answers.txt to fill in."""

from __future__ import annotations

from checks.hand.key import hand_reference
from checks.reports.answers_template import answers_template
from checks.reports.titled import titled
from checks.variants.variant import Variant
from exact.writing.latex.document import worksheet

DIGITS = 8
"""Digits for which the tables to fill in have room."""


def handouts(variant: Variant) -> dict[str, str]:
    """The files by their names; nothing in them tells the key."""
    assignment = variant.assignment.parsed()
    references = tuple(hand_reference(part, DIGITS) for part in assignment.hand_parts)
    whose = " ".join(str(variant.student).split())
    return {
        "answers.txt": f"# {whose}\n{answers_template(assignment, references)}",
        "worksheet.tex": worksheet(f"{assignment.title}: {whose}", map(titled, references), DIGITS),
    }
