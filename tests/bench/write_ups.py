"""A study of reading: hands, problems, kinds of file and damages; what is certain of it, and whether it is right."""

from __future__ import annotations

import random
import time

from tests.hands.desk import Desk
from tests.hands.files import ENGINE, KINDS
from tests.hands.habits import HABITS
from tests.hands.held_out import HELD_OUT
from tests.hands.makers import MAKERS
from tests.hands.problems import ASKED, PROBLEMS
from tests.hands.study import HANDS, Tally, asked, assignment_of, damaged_texts, of_damaged, of_damages, of_hand, of_pdf

REPEATED, SINGLE = 4, 5_000
"""Damaged write-ups of each hand, problem and kind, and single damages."""

DAMAGED_KINDS = ("md", "spaced out", "mathpix", "bare breaks", "tex", "ipynb", "docx", "html", "pdf")


def main() -> None:
    """Prints a line for each hand and kind; the hands that the reader was never tuned on apart."""
    assignments = {problem: assignment_of(problem) for problem in PROBLEMS}
    kinds = [kind for kind in KINDS if kind != "pdf" or ENGINE]
    heads = f"{'certain right':>14}{'certain wrong':>14}{'to confirm':>12}{'not found':>11}"
    print(f"{'write-ups, of all entries':<44}{heads}")
    misread: list[str] = []
    for title, hands in (("tuned on", HABITS), ("never tuned on", HELD_OUT)):
        for hand in hands:
            for kind in kinds:
                tally = Tally()
                for problem in PROBLEMS:
                    tally += of_hand(hand, problem, kind, assignments[problem])
                misread += _told(f"{hand}, {kind}", tally)
        for kind in (kind for kind in DAMAGED_KINDS if kind != "pdf" or ENGINE):
            chance, tally = random.Random(f"{kind} 16"), Tally()
            for hand in hands:
                for problem in PROBLEMS:
                    for _ in range(REPEATED):
                        tally += of_damages(hand, problem, kind, assignments[problem], chance)
            misread += _told(f"{title}, damaged, {kind}", tally)
    for course in ASKED:
        problem, assignment, called = asked(course)
        tally = Tally()
        for hand in (*HABITS, *HELD_OUT):
            tally += of_hand(hand, problem, "md", assignment, called)
        misread += _told(f"{course}, md", tally)
    for maker, make in MAKERS.items():
        tally = Tally()
        for hand in (*HABITS, *HELD_OUT):
            write_up = HANDS[hand](Desk(PROBLEMS["homework"]))
            if data := make(write_up):
                tally += of_pdf(data, write_up, assignments["homework"])
        misread += _told(f"pdf by {maker}", tally)
    begin, tally = time.perf_counter(), Tally()
    for told, problem, text in damaged_texts(SINGLE):
        tally += of_damaged(told, assignments[problem], text)
    misread += _told(f"{SINGLE} single damages, md", tally)
    print(f"  {(time.perf_counter() - begin) / SINGLE:.3f} s a write-up; silent misreadings: {len(misread)}")
    for one in misread:
        print(f"  {one}")


def _told(title: str, tally: Tally) -> list[str]:
    counts, entries = tally.counts, tally.counts["all"]
    right, wrong = counts["to-confirm right"], counts["to-confirm wrong"]
    proposed = f"{right}/{right + wrong}"
    certain = f"{100 * counts['certain right'] / entries:.1f} %" if entries else "-"
    print(f"  {title:<42}{certain:>14}{counts['certain wrong']:>14}{proposed:>12}{counts['not found']:>11}")
    return tally.misread


if __name__ == "__main__":
    main()
