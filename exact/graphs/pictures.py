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

DIGITS = 3
"""Significant digits of what stands at an arrow."""

ACROSS, DOWN, WIDEST = 3.2, 1.3, 16.5
"""Centimetres from column to column and from row to row, and those of a page."""

NEAR = 0.4
"""The place of numbers on their arrow, nearer to where it starts: arrows come together where they end."""

PER_CENTIMETRE = 40
"""Pixels of the SVG."""

MINUS = "\N{MINUS SIGN}"


def picture(titled: Titled, kind: str, known: frozenset[str] | None = None) -> str:
    """The drawing as "tikz" or "svg", with the numbers of what is known, of all where nobody says; "" for none."""
    found = drawing(titled.solution, titled.needed, known)
    if found is None:
        return ""
    return _tikz(found, titled.solution.calculation) if kind == "tikz" else _svg(found, f"tip{titled.prefix}")


def _tikz(found: Drawing, calculation: Calculation) -> str:
    lines = [r"\begin{tikzpicture}[>=stealth, every node/.style={font=\small}]", *_tikz_nodes(found, calculation)]
    for arrow in found.arrows:
        above, below = (_label(values, _in_latex) for values in (arrow.value, arrow.gradient))
        end = f"(n{arrow.end})" if arrow.end is not None else rf"++({ACROSS / 2:.2f},0)"
        labels = "".join(
            rf" node[{place}, sloped, pos={NEAR}, inner sep=1pt, font=\scriptsize{colour}] {{${text}$}}"
            for place, text, colour in (("above", above, ""), ("below", below, ", red!70!black"))
            if text
        )
        lines.append(rf"\draw[->] (n{arrow.start}) --{labels} {end};")
    drawn = "\n".join([*lines, r"\end{tikzpicture}"])
    width = (found.columns - 0.5) * ACROSS
    return drawn if width <= WIDEST else f"\\resizebox{{\\linewidth}}{{!}}{{%\n{drawn}%\n}}"


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


def _svg(found: Drawing, tip: str) -> str:
    width = (found.columns + 0.5) * ACROSS * PER_CENTIMETRE
    height = (found.rows + 1.6) * DOWN * PER_CENTIMETRE
    top = min(node.row for node in found.nodes) - 0.8
    parts = [
        f'<svg class="graph" width="{width:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"',
        f' role="img" aria-label="{WORDS}">',
        TIP.format(tip),
    ]
    spots = [_spot(node, top) for node in found.nodes]
    for arrow in found.arrows:
        parts += _svg_arrow(arrow, spots, tip)
    for node, (x, y) in zip(found.nodes, spots, strict=True):
        if not node.is_given:
            parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}"/>')
        parts.append(f'<text x="{x:.0f}" y="{y + 5:.0f}">{escape(node.name)}</text>')
    return "\n".join([*parts, "</svg>"])


WORDS = "The graph of the formulas: values above the arrows, gradients below"

TIP = (
    '<defs><marker id="{}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
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
.graph line { stroke: currentColor; }
"""


def _spot(node: Node, top: float) -> tuple[float, float]:
    return (node.column + 0.35) * ACROSS * PER_CENTIMETRE, (node.row - top) * DOWN * PER_CENTIMETRE


def _svg_arrow(arrow: Arrow, spots: list[tuple[float, float]], tip: str) -> Iterator[str]:
    x, y = spots[arrow.start]
    to_x, to_y = (x + ACROSS / 2 * PER_CENTIMETRE + RADIUS, y) if arrow.end is None else spots[arrow.end]
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    along = ((to_x - x) / length, (to_y - y) / length)
    x, y = x + RADIUS * along[0], y + RADIUS * along[1]
    to_x, to_y = to_x - RADIUS * along[0], to_y - RADIUS * along[1]
    ends = f'x1="{x:.0f}" y1="{y:.0f}" x2="{to_x:.0f}" y2="{to_y:.0f}"'
    yield f'<line {ends} marker-end="url(#{tip})"/>'
    spot = f"{x + NEAR * (to_x - x):.0f} {y + NEAR * (to_y - y):.0f}"
    turned = f"translate({spot}) rotate({degrees(atan2(*along[::-1])):.1f})"
    for values, kind, offset in ((arrow.value, "value", -4), (arrow.gradient, "gradient", 11)):
        if text := _label(values, _in_text):
            yield f'<text class="{kind}" transform="{turned}" y="{offset}">{escape(text)}</text>'


def _in_text(number: str) -> str:
    return number.replace("-", MINUS)
