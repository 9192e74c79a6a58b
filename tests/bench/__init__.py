"""Benchmarks: `make bench`. Each figure is a ratio to a baseline that runs beside it in the same process."""
