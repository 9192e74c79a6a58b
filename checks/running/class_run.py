"""A run over a class: what the store does not yet hold is checked, then every outcome is given in order.

Only digests are held in memory: outcomes go from the workers to the store, and from there to the reports one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from checks.assignment.assignment_file import AssignmentText
from checks.marking.checked import Checked
from checks.marking.checking import by_no_numbers, handed_in_by, left_to_a_person, own_reference
from checks.marking.class_notes import Identical
from checks.marking.reference import Reference
from checks.running.jobs import Job
from checks.running.outcome import Failure, decoded
from checks.submissions.contents import other_digests, read_material
from checks.submissions.decisions_file import Decisions
from checks.submissions.submission import Submission


class Outcomes(Protocol):
    """Where outcomes are kept, by the digest of what was handed in; any of it may raise `CallError`."""

    def holds(self, material: str) -> bool:
        """Whether there is an outcome."""

    def get(self, material: str) -> bytes | None:
        """The outcome."""

    def put(self, material: str, outcome: bytes) -> None:
        """Keeps an outcome."""

    def drop(self, material: str) -> None:
        """Forgets an outcome, damaged as it is."""


Checker = Callable[[Iterator[Job]], Iterable[tuple[str, bytes | Failure]]]
"""Something that checks jobs, in processes here or on a cluster, and gives their results as they come."""

Progress = Callable[[int], object]
"""Is told how many more submissions have their outcome."""


@dataclass
class ClassRun:
    """A run over submissions; `failures` are why some have no outcome, by the digest of what they hold.

    `variants` are the students' own assignments, by the submissions' ids, where there is one for each; `unfit` is why
    some submissions cannot be judged by any.
    """

    submissions: tuple[Submission, ...]
    reference: Reference
    store: Outcomes
    failures: dict[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    variants: Mapping[str, AssignmentText] = field(default_factory=dict)
    unfit: Mapping[str, str] = field(default_factory=dict)
    _digests: list[str] = field(default_factory=list)
    _files: list[dict[str, str]] = field(default_factory=list)
    _alike: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _own: tuple[AssignmentText, Reference] | None = None

    def check(self, checker: Checker, progress: Progress) -> None:
        """Brings every outcome into the store; what is there is not checked again, nor is the same material twice.

        Raises `CallError` where the store or the checker can do no more; what came until then is stored.
        """
        waiting: Counter[str] = Counter()
        ended: set[str] = set()
        for digest, result in checker(self._jobs(waiting, ended, progress)):
            if isinstance(result, Failure):
                self.failures[digest] = result.reason
            else:
                self.store.put(digest, result)
            ended.add(digest)
            progress(waiting[digest])

    def _jobs(self, waiting: Counter[str], ended: set[str], progress: Progress) -> Iterator[Job]:
        """What has to be checked, each read when a process is about to be free.

        `waiting` counts the submissions that wait for each digest, `ended` are those whose result has come.
        """
        for submission in self.submissions:
            try:
                material = self.decisions.about(submission.id, read_material(submission))
            except Exception as error:  # the rim: reading one submission must not stop the run
                self._leave(submission, f"{type(error).__name__}: {error}"[:200])
                progress(1)
                continue
            files = material.digests()
            variant = self.variants.get(submission.id)
            digest = _digest(material.digest(files), variant)
            self._digests.append(digest)
            self._files.append(files | other_digests(submission))
            for name, content in files.items():
                self._alike.setdefault((name, content), []).append(submission.id)
            if submission.id in self.unfit:
                progress(1)
                continue
            if digest in ended or (digest not in waiting and self.store.holds(digest)):
                progress(1)
                continue
            waiting[digest] += 1
            if waiting[digest] == 1:
                yield Job(digest, material, variant=variant)

    def _leave(self, submission: Submission, reason: str) -> None:
        """Leaves to a person what was never read; it has no digest, so it goes by its own name."""
        name = f"unread: {submission.id}"
        self._digests.append(name)
        self._files.append({})
        self.failures[name] = reason

    def outcomes(self) -> Iterator[Checked]:
        """The findings on every submission, in order, whole."""
        for submission, digest, files in zip(self.submissions, self._digests, self._files, strict=True):
            yield handed_in_by(submission, self._outcome(submission.id, digest), files)

    def reference_of(self, submission: str) -> Reference:
        """What a submission is held against: its student's own numbers, where they are; the last key is kept."""
        variant = self.variants.get(submission)
        if variant is None:
            return self.reference
        if self._own is None or self._own[0] != variant:
            self._own = variant, own_reference(self.reference, variant.parsed())
        return self._own[1]

    def _outcome(self, submission: str, digest: str) -> Checked:
        if submission in self.unfit:
            return by_no_numbers(self.reference, self.unfit[submission])
        stored = self.store.get(digest)
        if stored is None:
            reason = self.failures.get(digest, "its outcome was not stored")
            return left_to_a_person(self.reference_of(submission), reason)
        try:
            return decoded(stored)
        except ValueError:
            self.store.drop(digest)
            return left_to_a_person(self.reference_of(submission), "its stored outcome is damaged; check again")

    def identical(self) -> tuple[Identical, ...]:
        """Files that several submissions hold byte for byte; no more is said of them, for there are honest reasons."""
        return tuple(Identical(name, tuple(ids)) for (name, _), ids in self._alike.items() if len(ids) > 1)


def _digest(material: str, variant: AssignmentText | None) -> str:
    """By what an outcome is kept: what was handed in and, where there is one, the student's own assignment."""
    return material if variant is None else sha256(f"{material}\n{variant.text}".encode()).hexdigest()
