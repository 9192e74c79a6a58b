"""Exact numbers: the field Q(e^r), nested exponentials, roots, and rigorous enclosures."""
