"""Exact numbers and calculations in writing: text and LaTeX."""
