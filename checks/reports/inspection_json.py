"""What was found of a problem, as JSON (`backcheck/inspection/1`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from checks.inspection.remark import Inspection, Remark

SCHEMA = "backcheck/inspection/1"


def inspection_json(assignment: str, inspections: Iterable[Inspection]) -> dict[str, Any]:
    """The document, ready to be written."""
    return {"schema": SCHEMA, "assignment": assignment, "problems": [_problem(one) for one in inspections]}


def _problem(one: Inspection) -> dict[str, Any]:
    return {
        "id": one.part.prefix,
        "title": one.part.title,
        "letters": one.has_letters,
        "counts": asdict(one.counts),
        "shown": list(one.shown),
        "remarks": [_remark(remark) for remark in one.remarks],
        "settled": [_remark(remark) for remark in one.settled],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "kind": remark.kind,
        "message": remark.message,
        "cells": list(remark.cells),
        "mistakes": list(remark.mistakes),
        "why": remark.why,
        "change": remark.change,
        "mending": remark.mending or None,
    }
