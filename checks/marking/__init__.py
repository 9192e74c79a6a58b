"""A whole submission: what it is held against, and what was found."""
