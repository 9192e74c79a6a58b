"""What a lecturer should know of a problem before it is set: what it can tell of those who work it out, and what not."""
