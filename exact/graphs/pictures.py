"""The drawing of a graph as TikZ and as SVG; what stands at an arrow is cut to a few digits."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from exact.calculation.quantity import Calculation
from exact.graphs.layout import Drawing, drawing
from exact.graphs.routes import Plan, Route, plan
from exact.writing.latex.titled import Titled
from exact.writing.notation import LATEX, decimal_number

WIDEST = 16.5
"""Centimetres of a page."""

PER_CENTIMETRE = 40
"""Pixels of the SVG."""

MINUS = "\N{MINUS SIGN}"


def picture(titled: Titled, kind: str, known: frozenset[str] | None = None) -> str:
    """The drawing as "tikz" or "svg", with the numbers of what is known, of all where nobody says; "" for none."""
    found = drawing(titled.solution, titled.needed, known)
    if found is None:
        return ""
    if kind == "tikz":
        return _tikz(found, plan(found, _in_latex), titled.solution.calculation)
    return _svg(found, plan(found, _in_text), f"tip{titled.prefix}")


def _in_latex(number: str) -> str:
    return decimal_number(number, LATEX)


def _in_text(number: str) -> str:
    return number.replace("-", MINUS)


def _tikz(found: Drawing, made: Plan, calculation: Calculation) -> str:
    lines = [r"\begin{tikzpicture}[>=stealth, every node/.style={font=\small}]"]
    for place, (node, (x, y)) in enumerate(zip(found.nodes, made.spots, strict=True)):
        shape = "" if node.is_given else "draw, circle, inner sep=1.5pt, minimum size=7mm"
        lines.append(rf"\node[{shape}] (n{place}) at ({x:.2f},{-y:.2f}) {{${calculation.latex_of(node.name)}$}};")
    lines += [_tikz_arrow(route) for route in made.routes]
    drawn = "\n".join([*lines, r"\end{tikzpicture}"])
    return drawn if made.width <= WIDEST else f"\\resizebox{{\\linewidth}}{{!}}{{%\n{drawn}%\n}}"


def _tikz_arrow(route: Route) -> str:
    labels = "".join(
        rf" node[{place}, inner sep=1pt, font=\scriptsize{colour}] {{${text}$}}"
        for place, text, colour in (("above", route.value, ""), ("below", route.gradient, ", red!70!black"))
        if text
    )
    first, *more = [f"({x:.2f},{-y:.2f})" for x, y in route.corners]
    way = " -- ".join(
        [first, *more, *([] if route.end is None else [f"(n{route.end}{'.west' if route.is_steep else ''})"])]
    )
    return rf"\draw[->] (n{route.start}) --{labels} {way};"


def _svg(found: Drawing, made: Plan, tip: str) -> str:
    width, height = made.width * PER_CENTIMETRE, made.height * PER_CENTIMETRE
    parts = [
        f'<svg class="graph" width="{width:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"',
        f' role="img" aria-label="{WORDS}">',
        TIP.format(tip),
    ]
    for route in made.routes:
        parts += _svg_arrow(route, found, made, tip)
    for node, (x, y) in zip(found.nodes, made.spots, strict=True):
        place = f'x="{x * PER_CENTIMETRE:.0f}" y="{y * PER_CENTIMETRE + 5:.0f}"'
        if not node.is_given:
            parts.append(f'<circle cx="{x * PER_CENTIMETRE:.0f}" cy="{y * PER_CENTIMETRE:.0f}" r="{RADIUS}"/>')
        parts.append(f"<text {place}>{escape(node.name)}</text>")
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
.graph polyline { fill: none; stroke: currentColor; }
"""


def _svg_arrow(route: Route, found: Drawing, made: Plan, tip: str) -> Iterator[str]:
    """The line, from the edge of one node to that of another, and the numbers over and under its beginning."""
    points = [(x * PER_CENTIMETRE, y * PER_CENTIMETRE) for x, y in route.corners]
    x, y = (one * PER_CENTIMETRE for one in made.spots[route.start])
    start = found.nodes[route.start]
    edge = max(RADIUS, 4 * len(start.name) + 2) if start.is_given else RADIUS
    line = [(x + edge, y), *points]
    if route.end is not None:
        to_x, to_y = (one * PER_CENTIMETRE for one in made.spots[route.end])
        across, down = to_x - line[-1][0], to_y - line[-1][1]
        share = RADIUS / (across**2 + down**2) ** 0.5
        line.append((to_x - RADIUS, to_y) if route.is_steep else (to_x - share * across, to_y - share * down))
    corners = " ".join(f"{one:.0f},{other:.0f}" for one, other in line)
    yield f'<polyline points="{corners}" marker-end="url(#{tip})"/>'
    middle = (line[0][0] + line[1][0]) / 2
    for text, kind, offset in ((route.value, "value", -4), (route.gradient, "gradient", 11)):
        if text:
            yield f'<text class="{kind}" x="{middle:.0f}" y="{y + offset:.0f}">{escape(text)}</text>'
