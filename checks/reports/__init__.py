"""Findings as text, JSON, LaTeX and HTML."""
