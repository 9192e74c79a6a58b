"""A whole class: each submission checked in a process of its own, its outcome stored as it comes."""
