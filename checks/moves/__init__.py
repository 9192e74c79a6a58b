"""Whose marks moved since an earlier report, which entries, and why."""
