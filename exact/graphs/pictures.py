"""The drawing of a graph as TikZ and as SVG; what stands at an arrow is cut to a few digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from math import atan2, degrees

from exact.calculation.quantity import Calculation
from exact.graphs.layout import Arrow, Drawing, Node, drawing
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.writing.entries import decimal_or_none
from exact.writing.latex.titled import Titled
from exact.writing.notation import LATEX, decimal_number

NEEDS = r"\usepackage{tikz}"

DIGITS = 4
"""Significant digits of what stands at an arrow."""

ACROSS, DOWN, WIDEST = 2.9, 1.15, 16.0
"""Centimetres from column to column and from row to row, and those of a page."""

PER_CENTIMETRE = 40
"""Pixels of the SVG."""

MINUS = "\N{MINUS SIGN}"


def tikz(titled: Titled) -> str:
    """The drawing for LaTeX with the package tikz; "" where there is none."""
    found = drawing(titled.solution, titled.needed)
    if found is None:
        return ""
    calculation = titled.solution.calculation
    lines = [r"\begin{tikzpicture}[>=stealth, every node/.style={font=\small}]", *_tikz_nodes(found, calculation)]
    for arrow in found.arrows:
        above, below = (_label(values, _in_latex) for values in (arrow.value, arrow.gradient))
        end = f"(n{arrow.end})" if arrow.end is not None else rf"++({ACROSS / 2:.2f},0)"
        labels = "".join(
            rf" node[{place}, sloped, font=\scriptsize{colour}] {{${text}$}}"
            for place, text, colour in (("above", above, ""), ("below", below, ", red!70!black"))
            if text
        )
        lines.append(rf"\draw[->] (n{arrow.start}) --{labels} {end};")
    lines.append(r"\end{tikzpicture}")
    picture = "\n".join(lines)
    width = (found.columns - 0.5) * ACROSS
    return picture if width <= WIDEST else f"\\resizebox{{\\linewidth}}{{!}}{{%\n{picture}%\n}}"


def _tikz_nodes(found: Drawing, calculation: Calculation) -> Iterator[str]:
    for place, node in enumerate(found.nodes):
        shape = "" if node.is_given else "draw, circle, inner sep=1.5pt, minimum size=7mm"
        name = calculation.latex_of(node.name)
        yield rf"\node[{shape}] (n{place}) at ({node.column * ACROSS:.2f},{-node.row * DOWN:.2f}) {{${name}$}};"


def _label(values: Array | None, written: Callable[[str], str]) -> str:
    """The numbers of an arrow; "" where they are not known, or too many."""
    if values is None:
        return ""
    shown = [decimal_or_none(Number.of(value), DIGITS) for value in values]
    if None in shown:
        return ""
    numbers = [written(one) for one in shown if one is not None]
    return numbers[0] if not values.shape else f"({', '.join(numbers)})"


def _in_latex(number: str) -> str:
    return decimal_number(number, LATEX)


def svg(titled: Titled) -> str:
    """The drawing for pages; "" where there is none."""
    found = drawing(titled.solution, titled.needed)
    if found is None:
        return ""
    width = (found.columns + 0.5) * ACROSS * PER_CENTIMETRE
    height = (found.rows + 1.6) * DOWN * PER_CENTIMETRE
    top = min(node.row for node in found.nodes) - 0.8
    parts = [
        f'<svg class="graph" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="The graph of the formulas">',
        TIP,
    ]
    spots = [_spot(node, top) for node in found.nodes]
    for arrow in found.arrows:
        parts += _svg_arrow(arrow, spots)
    for node, (x, y) in zip(found.nodes, spots, strict=True):
        if not node.is_given:
            parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}"/>')
        parts.append(f'<text x="{x:.0f}" y="{y + 5:.0f}">{escape(node.name)}</text>')
    return "\n".join([*parts, "</svg>"])


TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>'
)
"""The end of an arrow."""

RADIUS = 16
"""Of a formula's circle, in pixels."""

STYLE = """
.graph { max-width: 100%; height: auto; font: 13px system-ui, sans-serif; }
.graph text { text-anchor: middle; fill: currentColor; }
.graph .value, .graph .gradient { font-size: 10px; }
.graph .gradient { fill: #b3261e; }
.graph circle { fill: Canvas; stroke: currentColor; }
.graph line { stroke: currentColor; marker-end: url(#tip); }
"""


def _spot(node: Node, top: float) -> tuple[float, float]:
    return (node.column + 0.35) * ACROSS * PER_CENTIMETRE, (node.row - top) * DOWN * PER_CENTIMETRE


def _svg_arrow(arrow: Arrow, spots: list[tuple[float, float]]) -> Iterator[str]:
    x, y = spots[arrow.start]
    to_x, to_y = (x + ACROSS / 2 * PER_CENTIMETRE + RADIUS, y) if arrow.end is None else spots[arrow.end]
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    along = ((to_x - x) / length, (to_y - y) / length)
    x, y = x + RADIUS * along[0], y + RADIUS * along[1]
    to_x, to_y = to_x - RADIUS * along[0], to_y - RADIUS * along[1]
    yield f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{to_x:.0f}" y2="{to_y:.0f}"/>'
    middle = f"translate({(x + to_x) / 2:.0f} {(y + to_y) / 2:.0f}) rotate({degrees(atan2(*along[::-1])):.1f})"
    for values, kind, offset in ((arrow.value, "value", -4), (arrow.gradient, "gradient", 11)):
        if text := _label(values, _in_text):
            yield f'<text class="{kind}" transform="{middle}" y="{offset}">{escape(text)}</text>'


def _in_text(number: str) -> str:
    return number.replace("-", MINUS)
