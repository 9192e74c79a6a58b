"""What follows from an early mistake, and what the mistake was."""
