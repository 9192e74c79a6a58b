"""Who handed a submission in, as far as the platform or the roster tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Student:
    """One student; ids are text, whatever they look like (007), and what is not known is ""."""

    id: str
    name: str = ""
    email: str = ""

    def __str__(self) -> str:
        """The name with the id behind it, or what there is of them.

        >>> str(Student("007", "Ann Doe")), str(Student("007"))
        ('Ann Doe (007)', '007')
        """
        known = [part for part in (self.name, self.id, self.email) if part]
        return f"{known[0]} ({known[1]})" if self.name and len(known) > 1 else "".join(known[:1])
