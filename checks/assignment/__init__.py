"""Assignments: what they ask, and how they are marked."""
