"""`python -m tests.bench`: all benchmarks."""

from __future__ import annotations

from tests.bench import (
    exactness,
    found,
    graphs,
    growth,
    letters,
    marks,
    notations,
    passes,
    problems,
    self_check,
    static_page,
    study,
    waiting,
    whole_class,
    witness,
    write_ups,
)

if __name__ == "__main__":
    waiting.main()
    exactness.main()
    graphs.main()
    growth.main()
    notations.main()
    passes.main()
    whole_class.main()
    study.main()
    found.main()
    marks.main()
    letters.main()
    witness.main()
    write_ups.main()
    self_check.main()
    static_page.main()
    problems.main()
