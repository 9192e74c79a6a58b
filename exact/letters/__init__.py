"""Expressions with letters: their tree, the decision whether two are equal, how they are written."""
