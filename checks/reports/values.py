"""What was given for an entry and what was expected, as a report shows it."""

from __future__ import annotations

from checks.judging.explain import short_decimal
from checks.judging.findings import Finding

MOST_SHOWN = 400
"""Characters of a student's value that are shown."""


MOST_EXACT = 80
"""Characters of an exact number that are worth reading; a longer one is told by its decimals."""


def given_text(finding: Finding) -> str:
    """What was given, at most `MOST_SHOWN` characters of it."""
    given = finding.given or ""
    return given if len(given) <= MOST_SHOWN else given[:MOST_SHOWN] + " ..."


def expected_text(finding: Finding) -> str:
    """What was expected, with its decimals where they say more; "" where it is not told."""
    if finding.decimal is None:
        return finding.expected or ""
    is_list = finding.decimal.startswith("[")
    if finding.decimal == finding.expected or (len(finding.expected or "") > MOST_EXACT and not is_list):
        return short_decimal(finding.decimal).removeprefix("= ")
    if is_list:
        parts = [short_decimal(part, 4).lstrip("=≈ ") for part in finding.decimal[1:-1].split(", ")]
        return f"{finding.expected} ≈ [{', '.join(parts)}]"
    return f"{finding.expected} {short_decimal(finding.decimal)}"
