"""The pages of `check --html`: one of the class, and one for each student."""
