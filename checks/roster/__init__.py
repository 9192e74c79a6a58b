"""Who takes the course: rosters and grade books as CSV, and whose submission is whose."""
