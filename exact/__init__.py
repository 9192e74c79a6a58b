"""The exact answer key of the hand problem: `read_problem`, then `solve`, then any entry's value, form or decimal."""
