"""Writes the figures as PNG and SVG, and an index.html that shows them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from numeric.evaluation import Evaluation
from numeric.figures import FIGURES
from numeric.network import TestSet

PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #111;
  background: #fff }
figure { margin: 2rem 0 } img { max-width: 100%; height: auto } figcaption { color: #444 }
</style>
<h1>$title</h1>
$notice$figures
</html>
""")

FIGURE = Template("""\
<figure>
<img src="$name.svg" alt="$caption">
<figcaption>$caption (<a href="$name.png">PNG</a>, <a href="$name.svg">SVG</a>)</figcaption>
</figure>
""")


def write_figures(folder: Path, evaluation: Evaluation, test_set: TestSet) -> tuple[Path, ...]:
    """Writes every figure and the page; returns what was written, the page last."""
    from matplotlib import rc_context

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with rc_context({"svg.hashsalt": "backcheck", "svg.fonttype": "none"}):
        for name, (draw, _) in FIGURES.items():
            figure = draw(evaluation, test_set)
            for suffix, extra in ((".png", {"dpi": 130}), (".svg", {"metadata": {"Date": None}})):
                written.append(folder / (name + suffix))
                figure.savefig(written[-1], **extra)
    title = f"{evaluation.correct} of {len(evaluation.labels)} images classified correctly"
    notice = f"<p>{escape(test_set.file.notice)}</p>\n" if test_set.file.notice else ""
    figures = "".join(FIGURE.substitute(name=name, caption=escape(caption)) for name, (_, caption) in FIGURES.items())
    written.append(folder / "index.html")
    written[-1].write_text(PAGE.substitute(title=escape(title), notice=notice, figures=figures), encoding="utf-8")
    return tuple(written)
