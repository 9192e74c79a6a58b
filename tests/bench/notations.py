"""10,000 values in twelve notations, read back; and how long one answer of a typical mix takes to parse."""

from __future__ import annotations

from checks.language.grammar import parse
from tests.bench.stopwatch import median_seconds
from tests.notation_study import study

COUNT = 10_000
MIX = (
    *("5", "-5", "[5, -5]", "1.979e-32", "4.140e-8", "5 - 3p_3", "1/2", "0.5", "5 - 3*p_3", "1.979*10^-32"),
    *("[[1, 2], [3, 4]]", "2p_1 + 3p_2 + 2(p_3 - 1)", "[1, 1.979e-32, 4.140e-8]", "e^-31/(e^42+e^-31+e^25)"),
    *(r"\frac{e^{-31}}{e^{42}+e^{-31}+e^{25}}", r"\begin{bmatrix} 5 \\ -5 \end{bmatrix}", "[1 2; 3 4]"),
)
"""Answers of the hand calculation, as people write them."""


def main() -> None:
    """Prints the figures."""
    outcome = study(COUNT)
    refused = sum(outcome.refused.values())
    print(f"{COUNT} values in twelve notations: {sum(outcome.read.values())} read, {refused} refused ", end="")
    print(f"({refused / COUNT:.2%}), {len(outcome.misread)} misread")
    for (system, kind), count in sorted(outcome.refused.items()):
        text, note = outcome.examples[system, kind]
        print(f"  refused {count:>4}  {system}, {kind}: {text!r}: {note}")
    for one in outcome.misread[:20]:
        print(f"  misread {one}")
    seconds = median_seconds(lambda: [parse(text) for _ in range(200) for text in MIX])
    print(f"one answer of a typical mix is parsed in {1e6 * seconds / 200 / len(MIX):.0f} us")


if __name__ == "__main__":
    main()
