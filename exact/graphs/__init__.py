"""Calculations that are given as formulas: terms with their shapes, and the list that formulas and gradients make."""
