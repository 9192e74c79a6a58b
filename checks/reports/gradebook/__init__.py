"""Grade books of Canvas and Moodle, filled in."""
