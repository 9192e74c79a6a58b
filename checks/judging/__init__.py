"""Verdicts on what was read, entry by entry."""
