"""The students' self-check: one core and one page, whatever carries them; plain JSON in and out."""
