"""The overrides of a call: read, held against the assignment, and given to the submissions that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checks.marking.checking import unanswered
from checks.marking.credit import partial_credits
from checks.marking.reference import Reference
from checks.overrides.applying import Overrides
from checks.overrides.overrides_file import load_overrides, refuse_excess
from checks.submissions.submission import Submission


def staff_overrides(paths: Sequence[Path], submissions: Sequence[Submission], reference: Reference) -> Overrides:
    """What a person decided of these submissions. Raises `CallError` for a file with a fault."""
    read = load_overrides(paths, reference.assignment.id)
    if read.overrides:
        refuse_excess(read, {finding.name: finding.max_points for finding in unanswered(reference).findings})
    return Overrides(read, submissions, partial_credits(reference.assignment))
