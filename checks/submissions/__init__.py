"""What students hand in, read: files, answers, result.json."""
