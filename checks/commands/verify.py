"""`backcheck verify`: counts the right classes on the course's data."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_data, add_json

if TYPE_CHECKING:
    from checks.assignment.mnist_part import MnistPart
    from numeric.evaluation import Evaluation
    from numeric.network import Network, TestSet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    add_data(parser)
    add_json(parser)
    parser.add_argument(
        "--exact",
        action="store_true",
        help="work out every logit exactly (default: only where error bounds leave a class open)",
    )
    parser.add_argument("--result", metavar="FILE", help="also write the right result.json to FILE (default: no)")


def run(options: argparse.Namespace) -> int:
    """Prints the count and what it rests on. 1 where it differs from the assignment's."""
    from checks.commands.mnist_data import chosen_data
    from checks.reports.console import console_for
    from numeric.evaluation import evaluate_exactly, evaluate_network
    from numeric.result_file import write_result

    part, network, test_set = chosen_data(options.assignment, options.data)
    evaluation = (evaluate_exactly if options.exact else evaluate_network)(network, test_set)
    if options.json:
        print(json.dumps(_facts(part, network, test_set, evaluation), indent=2))
    else:
        console = console_for(sys.stdout)
        for label, text in _lines(part, network, test_set, evaluation):
            print(console.text(text, f"{label:<8} ", " " * 9))
    if options.result:
        write_result(Path(options.result), evaluation)
        print(f"wrote {options.result}", file=sys.stderr)
    return 0 if evaluation.correct == part.correct else 1


def _lines(part: MnistPart, network: Network, test_set: TestSet, evaluation: Evaluation) -> list[tuple[str, str]]:
    files = (network.file, test_set.file)
    equal = "equal to" if evaluation.correct == part.correct else "differs from"
    lines = [("data", file.notice) for file in files[:1] if file.notice]
    lines.append(("count", f"{evaluation.correct} of {part.images} correct, {equal} the assignment's {part.correct}"))
    lines.append(("proof", _proof(part, evaluation)))
    image, margin = evaluation.smallest_margin()
    lines.append(("margin", f"{margin:.4g} in logits is the smallest lead of a class, at image {image}"))
    if ties := int(evaluation.tied.sum()):
        lines.append(("ties", f"{ties} images have several largest outputs, exactly equal; the lowest class counts"))
    shapes = network.shapes() | {"xdata": test_set.images.shape, "ydata": (len(test_set.labels), part.layers[-1])}
    lines.append(("shapes", ", ".join(f"{key} {shape}" for key, shape in shapes.items())))
    for file in files:
        lines += [("file", str(file.path)), ("sha256", file.sha256)]
    return lines


def _proof(part: MnistPart, evaluation: Evaluation) -> str:
    """What the count is proved of, and by what."""
    by_bound, exactly = int((~evaluation.exactly).sum()), int(evaluation.exactly.sum())
    ways = []
    if by_bound:
        ways.append(f"{by_bound} by their lead, as no logit is off by more than {evaluation.bounds.max():.2g}")
    if exactly:
        ways.append(f"{exactly} in exact arithmetic")
    return (
        f"proved: of the {part.images} images, exactly {evaluation.correct} have their largest output at the label, "
        f"for the network in these files in real arithmetic ({', '.join(ways)})"
    )


def _facts(part: MnistPart, network: Network, test_set: TestSet, evaluation: Evaluation) -> dict[str, object]:
    image, margin = evaluation.smallest_margin()
    facts: dict[str, object] = {
        "count": evaluation.correct,
        "images": part.images,
        "expected": part.correct,
        "matches": evaluation.correct == part.correct,
        "proved": len(evaluation.classes),
        "proved_exactly": int(evaluation.exactly.sum()),
        "ties": int(evaluation.tied.sum()),
        "smallest_margin": {"image": image, "value": margin},
        "bound": float(evaluation.bounds.max()),
        "files": [{"path": str(file.path), "sha256": file.sha256} for file in (network.file, test_set.file)],
    }
    return {"notice": network.file.notice} | facts if network.file.notice else facts
