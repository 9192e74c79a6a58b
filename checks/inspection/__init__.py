"""What a lecturer should know of a problem before setting it: what it can tell of those who work it out."""
