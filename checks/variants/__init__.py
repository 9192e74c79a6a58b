"""One problem for each student: made alike, and kept so that everybody is held to his or her own."""
