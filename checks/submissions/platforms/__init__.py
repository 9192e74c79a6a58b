"""What the platforms' downloads look like: Gradescope, Canvas, Moodle."""
