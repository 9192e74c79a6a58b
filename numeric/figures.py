"""Draws what the network makes of the test set: digits, the confusion matrix, the leads. In greys, with no display."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from numeric.evaluation import Evaluation, margins
from numeric.network import TestSet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS, ROWS = 6, 3

NONE = np.array([], dtype=np.intp)


def right_digits(evaluation: Evaluation, test_set: TestSet) -> Figure:
    """Some of the images that are classified correctly, spread evenly over the test set."""
    right = np.flatnonzero(evaluation.right)
    places = np.linspace(0, len(right) - 1, min(len(right), COLUMNS * ROWS)).astype(int)
    chosen = right[places] if len(right) else NONE
    return _digits(f"{len(right)} classified correctly: some of them", chosen, evaluation, test_set)


def wrong_digits(evaluation: Evaluation, test_set: TestSet) -> Figure:
    """The images that are classified incorrectly with the greatest confidence."""
    wrong = np.flatnonzero(~evaluation.right)
    confidence = evaluation.activations.max(axis=1)
    chosen = wrong[np.argsort(-confidence[wrong], kind="stable")][: COLUMNS * ROWS]
    return _digits(f"{len(wrong)} classified incorrectly: the most confident first", chosen, evaluation, test_set)


def confusion_matrix(evaluation: Evaluation, test_set: TestSet) -> Figure:
    """How many images of each label are given each class; the shade shows the share of the label's mistakes."""
    classes = evaluation.logits.shape[1]
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (evaluation.labels, evaluation.classes), 1)
    mistakes = counts * ~np.eye(classes, dtype=bool)
    figure = _figure(7.0, 6.6, f"{evaluation.correct} of {len(evaluation.labels)} on the diagonal", test_set)
    axes = figure.add_subplot()
    axes.imshow(mistakes, cmap="Greys", vmax=max(1, 1.6 * mistakes.max()))
    for (label, given), count in np.ndenumerate(counts):
        weight = "bold" if label == given else "normal"
        axes.text(given, label, str(count) if count else "·", ha="center", va="center", fontsize=9, fontweight=weight)
    axes.set(xlabel="predicted", ylabel="true", xticks=range(classes), yticks=range(classes))
    return figure


def lead_distribution(evaluation: Evaluation, test_set: TestSet) -> Figure:
    """How far the largest logit leads, of right and of wrong images, and the lead from which a class is proved."""
    lead = margins(evaluation.logits)
    usable = np.isfinite(lead) & (lead > 0)
    figure = _figure(8.0, 4.8, "Lead of the largest logit over the second", test_set)
    axes = figure.add_subplot()
    if usable.any():
        needed = 2 * float(evaluation.bounds.max())
        low = np.log10(lead[usable].min()) - 0.2
        bins = np.logspace(low, np.log10(lead[usable].max()) + 0.1, 60)
        right = evaluation.right
        axes.hist(lead[usable & right], bins=list(bins), color="0.75", label=f"{int(right.sum())} right")
        axes.hist(
            lead[usable & ~right], bins=list(bins), color="0.2", hatch="////", label=f"{int((~right).sum())} wrong"
        )
        axes.axvline(needed, color="black", linestyle="--", label=f"proved beyond {needed:.2g}, twice the error bound")
        image, smallest = evaluation.smallest_margin()
        if smallest > 0:
            axes.annotate(
                f"smallest: {smallest:.3g}\n(image {image})",
                (smallest, 1),
                xytext=(0, 45),
                textcoords="offset points",
                ha="center",
                arrowprops={"arrowstyle": "->"},
            )
        axes.set(xscale="log", yscale="log", xlabel="lead, in logits", ylabel="images")
        axes.legend(loc="upper left", frameon=False)
    return figure


FIGURES: dict[str, tuple[Callable[[Evaluation, TestSet], Figure], str]] = {
    "right_digits": (right_digits, "Digits that are classified correctly, with their probability"),
    "wrong_digits": (wrong_digits, "Digits that are classified incorrectly, the most confident mistakes first"),
    "confusion_matrix": (confusion_matrix, "How many images of each digit are taken for which"),
    "lead_distribution": (lead_distribution, "How far the largest logit leads, and the lead that proves a class"),
}
"""Each figure by its name, with what it shows."""


def _figure(width: float, height: float, title: str, test_set: TestSet) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    source = f"\n{test_set.file.notice}" if test_set.file.notice else ""
    figure.suptitle(title + source, fontsize=13)
    return figure


def _digits(title: str, chosen: NDArray[np.intp], evaluation: Evaluation, test_set: TestSet) -> Figure:
    side = int(test_set.images.shape[1] ** 0.5)
    rows = max(1, -(-len(chosen) // COLUMNS))
    figure = _figure(1.7 * COLUMNS, 2.15 * rows + 0.7, title, test_set)
    for position, image in enumerate(chosen, start=1):
        axes = figure.add_subplot(rows, COLUMNS, position)
        axes.imshow(test_set.images[image].reshape(side, -1), cmap="gray_r", vmin=0, vmax=1)
        axes.set(xticks=[], yticks=[])
        predicted, label = int(evaluation.classes[image]), int(evaluation.labels[image])
        percent = _percent(float(evaluation.activations[image, predicted]))
        axes.set_title(f"image {image}", fontsize=8, color="0.35")
        axes.set_xlabel(
            f"predicted {predicted} ({percent})\ntrue {label}",
            fontsize=9,
            fontweight="normal" if predicted == label else "bold",
        )
    return figure


def _percent(probability: float) -> str:
    """As many digits as it takes not to say 100 of less.

    >>> [_percent(p) for p in (0.5, 0.99983, 0.9999999, 1.0)]
    ['50.0 %', '99.983 %', '> 99.999 %', '> 99.999 %']
    """
    percent = 100 * probability
    if percent < 99.95:
        return f"{percent:.1f} %"
    return f"{percent:.3f} %" if percent < 99.9995 else "> 99.999 %"
