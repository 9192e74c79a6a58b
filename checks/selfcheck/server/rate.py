"""How many checks a client may ask for in an hour: enough to learn, too few to find a number by guessing."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable

HOUR = 3600.0

MOST_CLIENTS = 20_000
"""Clients that are remembered; of more, those whose last check is longest ago are forgotten."""


class RateLimit:
    """At most `most` checks an hour and client, 0 for no limit; kept in memory alone."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._checks: OrderedDict[str, deque[float]] = OrderedDict()

    def seconds_to_wait(self, client: str) -> int:
        """0 where one more check is allowed, which is then counted; else the seconds until one is."""
        if self._most == 0:
            return 0
        key, now = network_of(client), self._clock()
        recent = self._checks.setdefault(key, deque())
        self._checks.move_to_end(key)
        while recent and recent[0] <= now - HOUR:
            recent.popleft()
        if len(recent) >= self._most:
            return int(recent[0] + HOUR - now) + 1
        recent.append(now)
        if len(self._checks) > MOST_CLIENTS:
            self._checks.popitem(last=False)
        return 0


def network_of(client: str) -> str:
    """What counts as one client: an IPv4 address, or the 64 bits of an IPv6 address that a household is given.

    >>> network_of("10.1.2.3"), network_of("2001:db8::1"), network_of("2001:db8::2"), network_of("")
    ('10.1.2.3', '2001:db8::/64', '2001:db8::/64', '')
    """
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return client if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
