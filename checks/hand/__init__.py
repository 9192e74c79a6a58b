"""Calculations by hand: judged entry by entry, followed through, their mistakes named."""
