"""The self-check carried by a server: nothing stored, no accounts, every check in a process with limits."""
