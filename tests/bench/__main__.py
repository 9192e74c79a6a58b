"""`python -m tests.bench`: all benchmarks."""

from __future__ import annotations

from tests.bench import exactness, passes, study, whole_class, write_ups

if __name__ == "__main__":
    exactness.main()
    passes.main()
    whole_class.main()
    study.main()
    write_ups.main()
