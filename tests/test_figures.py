"""The figures: what they show, as matplotlib holds it, and that the page shows all of them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from numeric.evaluation import Evaluation, margins
from numeric.figures import FIGURES, confusion_matrix, lead_distribution, right_digits, wrong_digits
from numeric.figures_folder import write_figures
from tests.mnist_cases import EVALUATION, TEST_SET


def test_the_folder_holds_every_figure_twice_and_a_page(tmp_path: Path) -> None:
    written = write_figures(tmp_path / "out", EVALUATION, TEST_SET)
    assert {path.name for path in written} == {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")} | {
        "index.html"
    }
    for path in written:
        if path.suffix == ".png":
            assert path.read_bytes().startswith(b"\x89PNG")
        if path.suffix == ".svg":
            assert ElementTree.parse(path).getroot().tag.endswith("svg")  # noqa: S314  we wrote it
        assert path.stat().st_size > 1_000
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'(?:src|href)="(.+?)"', page)
    assert {tmp_path / "out" / name for name in shown} == set(written[:-1])
    assert page.count("alt=") == len(FIGURES)
    assert "338 of 360 images classified correctly" in page
    assert "sample data, not the course's files" in unescape(page)


def test_digits_say_what_was_predicted_and_what_is_true() -> None:
    labels = [axes.get_xlabel() for axes in wrong_digits(EVALUATION, TEST_SET).axes]
    wrong = np.flatnonzero(~EVALUATION.right)
    most = wrong[EVALUATION.activations[wrong].max(axis=1).argmax()]
    assert len(labels) == min(18, len(wrong))
    assert labels[0].startswith(f"predicted {EVALUATION.classes[most]} (")
    assert labels[0].endswith(f"true {EVALUATION.labels[most]}")
    for axes in right_digits(EVALUATION, TEST_SET).axes:
        predicted, true = re.findall(r"(?:predicted|true) (\d)", axes.get_xlabel())
        assert predicted == true


def test_the_confusion_matrix_counts_every_image() -> None:
    (axes,) = confusion_matrix(EVALUATION, TEST_SET).axes
    counts = {text.get_position(): int(text.get_text().replace("·", "0")) for text in axes.texts}
    assert sum(counts.values()) == len(EVALUATION.labels)
    assert sum(count for (given, label), count in counts.items() if given == label) == EVALUATION.correct
    some = int(((EVALUATION.labels == 8) & (EVALUATION.classes == 1)).sum())
    assert counts[1, 8] == some


def test_the_leads_stand_beside_the_bound_that_proves_them() -> None:
    (axes,) = lead_distribution(EVALUATION, TEST_SET).axes
    bars = sum(patch.get_height() for patch in axes.patches)
    assert bars == len(EVALUATION.labels)
    (line,) = axes.lines
    assert line.get_xdata()[0] == 2 * EVALUATION.bounds.max() < margins(EVALUATION.logits).min()


def test_a_set_without_mistakes_or_without_leads_is_drawn_too(tmp_path: Path) -> None:
    flat = np.zeros_like(EVALUATION.logits)
    none = np.zeros(len(flat), dtype=bool)
    zeros = np.zeros(len(flat), dtype=np.intp)
    tied = Evaluation(flat, EVALUATION.bounds, EVALUATION.activations, zeros, zeros, ~none, ~none)
    assert write_figures(tmp_path, tied, TEST_SET)
