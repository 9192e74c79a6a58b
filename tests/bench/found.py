"""A study of what is found and stands in no list: misread numbers, other formulas, and slips that are neither."""

from __future__ import annotations

from tests import editing_study, misreading_courses, misreading_study, slip_study
from tests.misreading_students import KINDS

SHEETS, WITH_OTHER_DIGITS, WITH_SLIPS = 500, 100, 1000
"""Sheets of each kind; of each kind in other notations or with other digits; and with slips alone."""


def main() -> None:
    """Prints a line for each kind of sheet."""
    for kind in KINDS:
        print(f"{kind:<22}{misreading_study.study(kind, SHEETS, 541).line()}")
    print(f"{'another formula':<22}{editing_study.study(SHEETS, 541).line()}")
    for digits in (3, 6):
        for kind in KINDS:
            studied = misreading_study.study(kind, WITH_OTHER_DIGITS, 541, digits)
            print(f"{f'{kind}, {digits} digits':<32}{studied.line()}")
        print(f"another formula, {digits} digits   {editing_study.study(WITH_OTHER_DIGITS, 541, digits).line()}")
    for course in misreading_courses.COURSES:
        print(f"{course:<22}{misreading_courses.study(course, WITH_OTHER_DIGITS, 541).line()}")
    print(f"{'slips alone':<22}{slip_study.study(WITH_SLIPS, 541).line()}")


if __name__ == "__main__":
    main()
