"""Whose submission is whose: the students that a platform names, as the roster has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.display import listed
from checks.roster.directory import Directory
from checks.roster.roster import Roster
from checks.submissions.students import Student


@dataclass(frozen=True, slots=True)
class Matched:
    """The students of every submission, by its id, and what the staff should know, a sentence each."""

    students: Mapping[str, tuple[Student, ...]]
    notices: tuple[str, ...]


def match(roster: Roster, submissions: Mapping[str, tuple[Student, ...]]) -> Matched:
    """The students of each submission with the roster's id, name and e-mail; those not found stay as they are.

    Found is whom id, e-mail and name lead to, as `Directory.find` has it, and who is the only one: nobody is guessed.
    What the roster does not tell of a student stays as the platform has it.
    """
    directory = Directory(roster.known)
    students: dict[str, tuple[Student, ...]] = {}
    claims: dict[int, list[str]] = {}
    absent: list[str] = []
    ambiguous: list[str] = []
    renamed: list[str] = []
    for submission, named in submissions.items():
        found: list[Student] = []
        for student in named:
            places = directory.find(student)
            if len(places) == 1:
                found.append(_merged(roster.known[places[0]].student, student))
                claims.setdefault(places[0], []).append(submission)
                if not directory.is_named(places[0], student):
                    renamed.append(f"{student} is {roster.known[places[0]].student}")
            else:
                found.append(student)
                (ambiguous if places else absent).append(_in(student, submission))
        students[submission] = tuple(dict.fromkeys(found))
    notices = tuple(f"{roster.file}: {notice}" for notice in _notices(roster, claims, absent, ambiguous, renamed))
    return Matched(students, notices)


def _merged(listed_as: Student, student: Student) -> Student:
    return Student(listed_as.id or student.id, listed_as.name or student.name, listed_as.email or student.email)


def _in(student: Student, submission: str) -> str:
    return str(student) if student.id == submission else f"{student} in {submission}"


def _notices(
    roster: Roster, claims: Mapping[int, list[str]], absent: list[str], ambiguous: list[str], renamed: list[str]
) -> Iterator[str]:
    if absent:
        yield f"not in the roster: {listed(absent)}"
    if ambiguous:
        yield f"may be any of several in the roster, so none of them: {listed(ambiguous)}"
    if renamed:
        yield f"found by id or e-mail, but with another name in the roster: {listed(renamed)}"
    several = {place: names for place, claimed in claims.items() if len(names := list(dict.fromkeys(claimed))) > 1}
    if several:
        told = [f"{roster.known[place].student} ({listed(names, 3)})" for place, names in several.items()]
        yield f"more than one submission of the same student: {listed(told, width=240)}"
    without = [str(known.student) for place, known in enumerate(roster.known) if place not in claims]
    if without:
        yield f"no submission from {len(without)} of {len(roster.known)}: {listed(without)}"
