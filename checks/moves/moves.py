"""Compares marks with those of an earlier report: what moved, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checks.judging.findings import Finding
from checks.marking.checked import Checked
from checks.moves.previous_file import Entry, MadeBy, Previous, PreviousReport
from checks.overrides.tie import RESULT_ITEMS, digest_of_files


class Cause(StrEnum):
    """What may move a mark; told in this order."""

    ANSWER = "the answer"
    DECISION = "a person's decision"
    KEY = "the key"
    ASSIGNMENT = "the assignment"
    DATA = "the data"
    PROGRAM = "the program"
    UNKNOWN = "nothing that is known of: perhaps a run that failed"


@dataclass(frozen=True, slots=True)
class EntryMove:
    """An entry whose points moved: before and now, None where there was or is no such entry.

    `points` and `worth` are pairs of points and of maxima, `verdicts` and `given` likewise; `keys` are the keys where
    they differ. `detail` is a word on the causes, where there is more to say.
    """

    name: str
    points: tuple[float | None, float | None]
    worth: tuple[float | None, float | None]
    verdicts: tuple[str, str]
    given: tuple[str | None, str | None]
    keys: tuple[str | None, str | None]
    causes: tuple[Cause, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A submission whose marks moved: its score and maximum before and now, None where it is new or gone.

    `causes` are what moved the score where no entry shows it.
    """

    id: str
    students: tuple[str, ...]
    scores: tuple[float | None, float | None]
    maxima: tuple[float | None, float | None]
    entries: tuple[EntryMove, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it had no mark before, so that none moved."""
        return self.scores[0] is None


class Moves:
    """Takes a class, one submission after another, and gives what moved."""

    def __init__(self, report: PreviousReport, made_by: MadeBy) -> None:
        self._before = {one.id: one for one in report.submissions}
        self._by = _changed(report.made_by, made_by)
        self.compared = 0

    def of(self, checked: Checked) -> Move | None:
        """What moved of a submission, checked at the level `full`; None where nothing did."""
        before = self._before.pop(checked.id, None)
        students = tuple(map(str, checked.students))
        score, maximum = float(checked.score), float(checked.max_score)
        if before is None:
            return Move(checked.id, students, (None, score), (None, maximum))
        self.compared += 1
        entries = tuple(_Compared(before, checked, self._by).moved())
        if not entries and (score, maximum) == (before.score, before.max_score):
            return None
        scores, maxima = (before.score, score), (before.max_score, maximum)
        return Move(checked.id, students, scores, maxima, entries, self._of_the_whole(before, checked, bool(entries)))

    def _of_the_whole(self, before: Previous, checked: Checked, has_entries: bool) -> tuple[Cause, ...]:
        """What moved the score besides the entries."""
        if before.decided or checked.decision:
            is_another = before.digest not in ("", digest_of_files(checked.files))
            return (*((Cause.ANSWER,) if is_another else ()), Cause.DECISION)
        return () if has_entries else self._by

    def gone(self) -> list[Move]:
        """The submissions that had a mark and are not there any more."""
        return [
            Move(one.id, (), (one.score, None), (one.max_score, None), causes=(Cause.ANSWER,))
            for one in self._before.values()
        ]


class _Compared:
    """One submission before and now."""

    def __init__(self, before: Previous, checked: Checked, by: tuple[Cause, ...]) -> None:
        self._before: Mapping[str, Entry] = {entry.name: entry for entry in before.entries}
        self._now: Mapping[str, Finding] = {finding.name: finding for finding in checked.findings}
        self._by = by
        self._other_files = before.digest not in ("", digest_of_files(checked.files))
        self._new_answers = [name for name in self._now if Cause.ANSWER in self._direct(name)]
        self._new_keys = [name for name in self._now if Cause.KEY in self._direct(name)]

    def moved(self) -> list[EntryMove]:
        names = list(dict.fromkeys((*self._before, *self._now)))
        return [self._move(name) for name in names if self._points(name) != self._points_before(name)]

    def _points(self, name: str) -> tuple[float, float] | None:
        now = self._now.get(name)
        return None if now is None else (float(now.points), float(now.counted))

    def _points_before(self, name: str) -> tuple[float, float] | None:
        was = self._before.get(name)
        if was is None:
            return None
        return was.points, 0.0 if was.verdict == "undecided" and was.decided is None else was.max_points

    def _move(self, name: str) -> EntryMove:
        was, now = self._before.get(name), self._now.get(name)
        causes, detail = self._causes(name)
        keys = (was.expected if was else None, now.expected if now else None)
        return EntryMove(
            name,
            (was.points if was else None, float(now.points) if now else None),
            (was.max_points if was else None, float(now.max_points) if now else None),
            (was.verdict if was else "", now.verdict.value if now else ""),
            (was.given if was else None, now.given if now else None),
            keys if was and now and Cause.KEY in causes else (None, None),
            causes,
            detail,
        )

    def _causes(self, name: str) -> tuple[tuple[Cause, ...], str]:
        """What differs of the entry itself; else what differs of those that it follows from; else of the run."""
        if direct := self._direct(name):
            was, now = self._before.get(name), self._now.get(name)
            dropped = was and now and was.decided and not now.decision and Cause.ANSWER in direct
            return direct, "what a person decided was about the earlier answer" if dropped else ""
        if self._new_answers:
            return (Cause.ANSWER,), f"it follows from {_some(self._new_answers)}"
        if self._new_keys:
            return (Cause.KEY,), f"it follows from {_some(self._new_keys)}"
        if self._by:
            return self._by, ""
        return ((Cause.ANSWER,), "the files differ") if self._other_files else ((Cause.UNKNOWN,), "")

    def _direct(self, name: str) -> tuple[Cause, ...]:
        was, now = self._before.get(name), self._now.get(name)
        if was is None or now is None:
            return (Cause.ASSIGNMENT,)
        is_result = name.startswith(RESULT_ITEMS)
        found = {
            Cause.ANSWER: was.given != now.given or (is_result and self._other_files and not self._has_new_text()),
            Cause.DECISION: _is_another(was, now),
            Cause.KEY: (was.expected, was.decimal) != (now.expected, now.decimal) and not is_result,
            Cause.ASSIGNMENT: was.max_points != float(now.max_points),
        }
        return tuple(cause for cause, is_so in found.items() if is_so)

    def _has_new_text(self) -> bool:
        """Whether other files are explained by other answers."""
        names = {*self._before, *self._now}
        return any(
            self._before[name].given != self._now[name].given
            for name in names
            if name in self._before and name in self._now and not name.startswith(RESULT_ITEMS)
        )


def _is_another(was: Entry, now: Finding) -> bool:
    """Whether a person decided now and not before, or before and not now, or otherwise."""
    if was.decided is None or now.decision is None:
        return (was.decided is None) != (now.decision is None)
    is_moved = now.decision.points is not None and was.points != float(now.points)
    return was.decided.reason != now.decision.reason or is_moved


def _changed(before: MadeBy | None, now: MadeBy) -> tuple[Cause, ...]:
    """What differs between two runs. Where a report does not tell what it was made by, anything may."""
    if before is None:
        return (Cause.ASSIGNMENT, Cause.DATA, Cause.PROGRAM)
    differing = {
        Cause.ASSIGNMENT: before.assignment != now.assignment,
        Cause.DATA: before.data != now.data,
        Cause.PROGRAM: before.program != now.program,
    }
    return tuple(cause for cause, is_so in differing.items() if is_so)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
