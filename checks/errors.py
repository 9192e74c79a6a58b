"""Faults of the call itself."""


class CallError(Exception):
    """The command was called with something that cannot be done; the message says what was expected."""
