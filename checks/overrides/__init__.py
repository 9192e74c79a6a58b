"""The staff's word: what a person decided of entries and submissions, kept in a file and applied to every run."""
