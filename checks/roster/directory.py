"""Who a student is among those listed in a file: by id, e-mail and name, exactly or not at all.

Ids alone are not enough: the number that a platform gives one student may be what the university gives another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

from checks.submissions.students import Student

MAX_NAME_CHARACTERS = 1_000
"""What is longer is no name, id or e-mail."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a file tells of one student: everything that he or she is known by, what to write of it first.

    `squashed` are the names as a file name of Canvas spells them, `doejane` for `Doe, Jane`.
    """

    ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    squashed: tuple[str, ...] = ()

    @property
    def student(self) -> Student:
        """The first id, name and e-mail."""
        return Student(*(next(iter(known), "") for known in (self.ids, self.names, self.emails)))


class Directory:
    """All students of a file, to be looked up.

    Ids are the same if they are the same text (007 is not 7), e-mails whatever their case, names to the letter but for
    the spaces around and between words. Composed and decomposed accents are no difference.
    """

    def __init__(self, listed: Iterable[Known]) -> None:
        self._rows: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {})
        self._with_email: set[int] = set()
        self._words: list[frozenset[str]] = []
        for number, known in enumerate(listed):
            self._with_email |= {number} if known.emails else set()
            self._words.append(frozenset(word for name in known.names for word in _words(name)))
            keys = (map(_plain, known.ids), map(_email, known.emails), map(_plain, known.names), known.squashed)
            for rows, own in zip(self._rows, keys, strict=True):
                for key in set(own) - {""}:
                    rows.setdefault(key, []).append(number)

    def find(self, student: Student) -> tuple[int, ...]:
        """The places (from 0) of all whom the student may be: none, one, or several where it cannot be told.

        Id and e-mail come before the name. Where they lead to one student and the name to another, or id and e-mail
        to two, it cannot be told; a name alone is nobody whose e-mail is another. A number without an e-mail is the
        platform's, in Moodle perhaps a group's: it is nobody with whose name the name has no word in common. Where
        nothing but an id is known, a folder's name, it may also be an e-mail or a name.
        """
        alone = student.id if not student.name and not student.email else ""
        name, email = _plain(student.name or alone), _email(student.email or alone)
        keys = (_plain(student.id), email, name, name)
        by_id, by_email, *by_name = (tuple(rows.get(key, ())) for rows, key in zip(self._rows, keys, strict=True))
        named = next(filter(None, by_name), ())
        if by_id and by_email:
            return _agreed(by_id, by_email)
        if found := by_id or by_email:
            agreed = found if alone else _agreed(found, named)
            return agreed if email else tuple(place for place in agreed if self._may_be_named(place, student.name))
        return named if alone or not email else tuple(place for place in named if place not in self._with_email)

    def _may_be_named(self, place: int, name: str) -> bool:
        """Whether the names have a word in common, or there is nothing to compare."""
        words = self._words[place]
        return not words or not name or any(word in squashed(name) for word in words)

    def is_named(self, place: int, student: Student) -> bool:
        """Whether the student at a place has the same name, or one of the two has none."""
        name = _plain(student.name)
        return not name or not self._words[place] or any(place in rows.get(name, ()) for rows in self._rows[2:])


def _agreed(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """The places in both; where there is none, all: one of the two is wrong."""
    shared = set(second)
    return tuple(place for place in first if place in shared) or (*first, *second)


def squashed(name: str) -> str:
    """The name as a file name of Canvas spells it: lower case, and letters, marks, digits and underscores alone.

    >>> squashed("O'Neill-Doe, Jane")
    'oneilldoejane'
    """
    kept = (c for c in _plain(name).lower() if category(c)[0] in "LM" or category(c) in {"Nd", "Pc"})
    return composed("".join(kept))


def composed(text: str) -> str:
    """The text with composed accents (NFC), or, where it is too long to be a name, as it is.

    Putting marks in order takes time that grows with the square of how many there are.
    """
    return normalize("NFC", text) if len(text) <= MAX_NAME_CHARACTERS else text


def _words(name: str) -> Iterator[str]:
    """The words of a name as file names of Canvas spell them, without initials."""
    return (word for word in map(squashed, name.replace(",", " ").split()) if len(word) > 1 or not word.isascii())


def _plain(text: str) -> str:
    return " ".join(composed(text).split())


def _email(text: str) -> str:
    return _plain(text).casefold()
