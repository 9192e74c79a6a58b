"""The exact answer key of the hand problem: `read_problem`, then `solve`, then any entry's value, form or decimal.

sympy takes a second to load; `solve` is therefore imported only where it is called.
"""
