"""A number that is not known: so is every result that it enters, but for a product with 0."""

from __future__ import annotations

from typing import Any


class Unknown:
    """The number; there is but one."""

    def _absorbed(self, *_: object) -> Unknown:
        return self

    def __mul__(self, other: object) -> Any:
        return other if other == 0 else self

    __rmul__ = __mul__
    __add__ = __radd__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = _absorbed
    __neg__ = __abs__ = _absorbed


UNKNOWN = Unknown()


def is_known(value: object) -> bool:
    """Whether the value is a number."""
    return not isinstance(value, Unknown)
