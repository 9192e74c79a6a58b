"""What has to be worked out first: the way to quantities, walked back from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exact.calculation.quantity import Quantity


def leading_to(quantities: Sequence[Quantity], names: Iterable[str]) -> tuple[Quantity, ...]:
    """Those of the quantities that have these names, and all that they are worked out from, in order."""
    needed = set(names)
    chosen = []
    for quantity in reversed(quantities):
        if quantity.name in needed:
            needed |= set(quantity.of.values())
            chosen.append(quantity)
    return tuple(reversed(chosen))
