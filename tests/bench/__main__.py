"""`python -m tests.bench`: all benchmarks."""

from __future__ import annotations

from tests.bench import exactness, marks, passes, study, whole_class

if __name__ == "__main__":
    exactness.main()
    passes.main()
    whole_class.main()
    study.main()
    marks.main()
