"""Draws test images with what the network makes of them: some classified rightly, some wrongly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numeric.evaluation import Evaluation
from numeric.network import TestSet

COLUMNS, ROWS = 6, 3


def write_figures(folder: Path, evaluation: Evaluation, test_set: TestSet) -> tuple[Path, ...]:
    """Writes right_digits.png and wrong_digits.png; returns what was written.

    The wrong ones are those with the most confident mistakes first, the right ones spread evenly over the test set. A
    set without wrong images, or without right ones, has no such picture.
    """
    confidence = evaluation.activations.max(axis=1)
    wrong = np.flatnonzero(~evaluation.right)
    right = np.flatnonzero(evaluation.right)
    spread = right[np.linspace(0, len(right) - 1, min(len(right), COLUMNS * ROWS)).astype(int)] if len(right) else right
    most_confident = wrong[np.argsort(-confidence[wrong], kind="stable")][: COLUMNS * ROWS]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, title, chosen in (
        ("right", f"{len(right)} classified correctly: some of them", spread),
        ("wrong", f"{len(wrong)} classified incorrectly: the most confident first", most_confident),
    ):
        if len(chosen):
            written.append(folder / f"{name}_digits.png")
            _draw(written[-1], title, chosen, evaluation, test_set)
    return tuple(written)


def _draw(path: Path, title: str, chosen: NDArray[np.intp], evaluation: Evaluation, test_set: TestSet) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    side = int(test_set.images.shape[1] ** 0.5)
    rows = -(-len(chosen) // COLUMNS)
    figure = Figure(figsize=(1.7 * COLUMNS, 2.15 * rows + 0.7), layout="constrained")
    FigureCanvasAgg(figure)
    source = f"\n{test_set.file.notice}" if test_set.file.notice else ""
    figure.suptitle(title + source, fontsize=13)
    for position, image in enumerate(chosen, start=1):
        axes = figure.add_subplot(rows, COLUMNS, position)
        axes.imshow(test_set.images[image].reshape(side, -1), cmap="gray_r", vmin=0, vmax=1)
        axes.set(xticks=[], yticks=[])
        predicted, label = int(evaluation.classes[image]), int(evaluation.labels[image])
        percent = 100 * float(evaluation.activations[image, predicted])
        axes.set_title(f"image {image}", fontsize=8, color="0.35")
        axes.set_xlabel(
            f"predicted {predicted} ({percent:.1f} %)\ntrue {label}",
            fontsize=9,
            fontweight="normal" if predicted == label else "bold",
        )
    figure.savefig(path, dpi=130)
