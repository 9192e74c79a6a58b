"""Worked solutions in a course's own letters: every side of every equation is the number that stands at its end."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from pathlib import Path

import pytest

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.writing.latex.document import documents, fragments
from exact.writing.latex.scalars import Scalar
from exact.writing.latex.tex_file import compile_tex, find_engine, write_tex
from tests.on_paper import part_on_paper

X, Y, ETA = (0.05, 0.1), (0.01, 0.99), 0.5
W = (((0.15, 0.2), (0.25, -0.3)), ((0.4, -0.45), (0.5, 0.55)))
B = ((0.35, -0.35), (0.6, 0.6))

CELLS = "s1 a1 s2 a2 C delta2 delta1 grad_W2 W2_new b2_new step_W1 W1_new d(o1)/d(net_o1)"

TABLE: dict[str, object] = {
    "hidden": "sigmoid",
    "output": "sigmoid",
    "loss": "squared-error",
    "x": list(map(str, X)),
    "y": list(map(str, Y)),
    "eta": str(ETA),
    "layers": [
        {"W": [list(map(str, row)) for row in W[0]], "b": list(map(str, B[0]))},
        {"W": [list(map(str, row)) for row in W[1]], "b": list(map(str, B[1]))},
    ],
    "names": {
        "x": ["i1", "i2"],
        "y": ["t1", "t2"],
        "s1": ["net_h1", "net_h2"],
        "a1": ["h1", "h2"],
        "s2": ["net_o1", "net_o2"],
        "a2": ["o1", "o2"],
        "delta1": ["delta_h1", "delta_h2"],
        "delta2": ["delta_o1", "delta_o2"],
        "W1": [["w1", "w2"], ["w3", "w4"]],
        "W2": [["w5", "w6"], ["w7", "w8"]],
        "b1": ["b1", "b2"],
        "b2": ["b3", "b4"],
        "C": "E",
    },
    "cells": [
        *["s1", "a1", "s2", "a2", "C", "delta2", "delta1", "grad_W2", "W2_new", "b2_new", "step_W1", "W1_new"],
        "d(o1)/d(net_o1)",
    ],
}


def sigmoid(s: float) -> float:
    return 1 / (1 + math.exp(-s))


def expected() -> dict[str, float]:
    """What each letter stands for, in floats, from the formulas of the course."""
    found = {"\\eta": ETA}
    for k in (0, 1):
        found |= {f"i_{{{k + 1}}}": X[k], f"t_{{{k + 1}}}": Y[k]}
        found |= {f"b_{{{k + 1}}}": B[0][k], f"b_{{{k + 3}}}": B[1][k]}
        for j in (0, 1):
            found |= {f"w_{{{2 * k + j + 1}}}": W[0][k][j], f"w_{{{2 * k + j + 5}}}": W[1][k][j]}
    net_h = [W[0][k][0] * X[0] + W[0][k][1] * X[1] + B[0][k] for k in (0, 1)]
    h = [sigmoid(net) for net in net_h]
    net_o = [W[1][k][0] * h[0] + W[1][k][1] * h[1] + B[1][k] for k in (0, 1)]
    o = [sigmoid(net) for net in net_o]
    delta_o = [o[k] * (1 - o[k]) * (o[k] - Y[k]) for k in (0, 1)]
    delta_h = [h[j] * (1 - h[j]) * (W[1][0][j] * delta_o[0] + W[1][1][j] * delta_o[1]) for j in (0, 1)]
    for k in (0, 1):
        found |= {rf"\mathrm{{net}}_{{h{k + 1}}}": net_h[k], f"h_{{{k + 1}}}": h[k]}
        found |= {rf"\mathrm{{net}}_{{o{k + 1}}}": net_o[k], f"o_{{{k + 1}}}": o[k]}
        found |= {rf"\delta_{{o{k + 1}}}": delta_o[k], rf"\delta_{{h{k + 1}}}": delta_h[k]}
        found[rf"b_{{{k + 3}}}^{{\mathrm{{new}}}}"] = B[1][k] - ETA * delta_o[k]
        for j in (0, 1):
            new, old = f"w_{{{2 * k + j + 5}}}", f"w_{{{2 * k + j + 1}}}"
            found[rf"\frac{{\partial E}}{{\partial {new}}}"] = delta_o[k] * h[j]
            found[rf"{new}^{{\mathrm{{new}}}}"] = W[1][k][j] - ETA * delta_o[k] * h[j]
            found[rf"\Delta {old}"] = -ETA * delta_h[k] * X[j]
            found[rf"{old}^{{\mathrm{{new}}}}"] = W[0][k][j] - ETA * delta_h[k] * X[j]
    found["E"] = sum((o[k] - Y[k]) ** 2 for k in (0, 1)) / 2
    found[r"\frac{\partial o_{1}}{\partial \mathrm{net}_{o1}}"] = o[0] * (1 - o[0])
    return found


def number(latex: str) -> float:
    joined = latex.replace(r"\right) \left(", r"\right) \cdot \left(").replace(r"\right) (", r"\right) \cdot (")
    return float(evaluate(parse(joined), Scope()).enclosure(64).mid())


def put_in(latex: str, values: dict[str, float]) -> str:
    """The numbers in the place of the letters, the longest name first."""
    names = "|".join(re.escape(name) for name in sorted(values, key=len, reverse=True))
    return re.sub(names, lambda match: rf"\left({values[match.group()]!r}\right)", latex)


def equations(source: str) -> list[list[str]]:
    """The sides of every equation; a line that begins with a sign, or with a term, goes on from the one above."""
    lines = re.findall(r"^\\noindent\$\\displaystyle (.*)\$$", source, re.MULTILINE)
    joined: list[str] = []
    for line in lines:
        if line.startswith((r"\quad", r"\qquad")):
            joined[-1] += " " + line.removeprefix(r"\quad").removeprefix(r"\qquad")
        else:
            joined.append(line)
    return [[side.strip() for side in re.split(r" (?:=|\\approx) ", line)] for line in joined]


def test_every_side_of_every_equation_is_its_result() -> None:
    found, values = equations(fragments(part_on_paper(TABLE), 8)["worked"]), expected()
    letters = [name for name in values if name not in ("\\eta",) and not re.fullmatch(r"[itwb]_\{\d\}", name)]
    assert sorted(name for name, *_ in found) == sorted(letters)
    for name, in_letters, *sides in found:
        for side in (put_in(in_letters, values), *sides):
            assert number(side) == pytest.approx(values[name], rel=2e-6, abs=1e-9), (name, side)
        assert number(sides[-1]) == pytest.approx(values[name], rel=1e-7), name
        assert len(sides) > 1 or name.startswith(r"\mathrm{net}")


def test_a_course_sees_its_letters_and_none_of_ours() -> None:
    sources = fragments(part_on_paper(TABLE), 8)
    assert r"w_{5}^{\mathrm{new}} = w_{5} - \eta \delta_{o1} h_{1} \approx 0.4 - 0.5 \cdot" in sources["worked"]
    assert r"\delta_{o1} = o_{1} (1 - o_{1}) \left(o_{1} - t_{1}\right)" in sources["worked"]
    assert (
        r"\mathrm{net}_{h1} = w_{1} i_{1} + w_{2} i_{2} + b_{1} = 0.15 \cdot 0.05 + 0.2 \cdot 0.1 + 0.35 = 0.3775"
        in (sources["worked"])
    )
    for source in sources.values():
        assert not re.search(r"\^\{\([0-9l]\)\}|p_\{|e\^\{[0-9]", source)
    for name in ("forward-blank", "backward-blank", "forward", "backward", "statement"):
        assert r"\begin{array}{r}" not in sources[name]
    assert sources["forward-blank"].count(r"\underline") == 8
    assert sources["backward-blank"].count(r"\underline") == 1 + 2 + 2 + 4 + 4 + 2 + 4 + 4 + 1


def test_only_the_entries_that_are_asked_for_are_there() -> None:
    problem = part_on_paper(TABLE | {"cells": ["o2", "w5_new", "W1_new[2,1]"]})
    sources = fragments(problem, 8)
    assert sources["forward-blank"].count(r"\underline") == 1
    assert sources["backward-blank"].count(r"\underline") == 2
    assert "w_{5}^{\\mathrm{new}}$" in sources["backward"]
    assert "w_{3}^{\\mathrm{new}}$" in sources["backward"]
    assert "w_{6}^{\\mathrm{new}}" not in "".join(sources.values())
    assert "work out $w_{5}^{\\mathrm{new}}$ and $w_{3}^{\\mathrm{new}}$" in sources["statement"]
    worked = [name for name, *_ in equations(sources["worked"])]
    assert [name for name in worked if "new" in name] == [r"w_{5}^{\mathrm{new}}", r"w_{3}^{\mathrm{new}}"]


ROWS = {
    "orientation": "rows",
    "output": "sigmoid",
    "loss": "squared-error",
    "x": ["0.5", "0.8"],
    "y": [1],
    "eta": 1,
    "layers": [{"W": [["0.1", "0.3"], ["0.2", "0.4"]], "b": ["0.1", "0.1"]}, {"W": [["0.5"], ["0.6"]], "b": ["0.1"]}],
    "names": {"s": "z", "a1": "h", "a2": "yhat", "C": "loss"},
    "cells": ["z1", "h", "z2", "yhat", "loss", "delta1", "grad_W1", "grad_a1"],
}


def test_vectors_are_rows_where_the_course_has_rows() -> None:
    worked = fragments(part_on_paper(ROWS), 8)["worked"]
    assert (
        r"z^{(1)} = x W^{(1)} + b^{(1)} = \left[\begin{array}{rr} 0.5 & 0.8 \end{array}\right] "
        r"\left[\begin{array}{rr} 0.1 & 0.3 \\ 0.2 & 0.4 \end{array}\right]" in worked
    )
    assert r"h = \mathrm{ReLU}\bigl(z^{(1)}\bigr)" in worked
    assert r"\hat{y} = \sigma" in worked
    assert r"\frac{\partial \mathrm{loss}}{\partial W^{(1)}} = x^{\mathsf{T}} \delta^{(1)}" in worked
    assert r"\frac{\partial \mathrm{loss}}{\partial h} = \delta^{(2)} W^{(2)\mathsf{T}}" in worked
    table = fragments(part_on_paper(ROWS), 8)["forward"]
    assert r"$\displaystyle z^{(l)}$" in table
    assert r"\text{activation}" in table
    assert r"h = \left[\begin{array}{rr} 0.31 & 0.57 \end{array}\right]" in table
    assert r"\hat{y} \approx 0.64496965" in table


def test_numbers_of_layers_are_the_course_s() -> None:
    table = ROWS | {"names": {}, "numbering": {"neurons": 2}, "cells": ["s2", "a2", "delta3", "W1_new"]}
    sources = fragments(part_on_paper(table), 8)
    assert re.findall(r"^\$\\displaystyle (\d)\$ &", sources["forward"], re.MULTILINE) == ["2"]
    assert r"$\displaystyle s^{(l)}$" in sources["forward"]
    assert r"\delta^{(3)}" in sources["backward"]
    assert r"W^{(1)}_{\mathrm{new}}" in sources["backward"]


@pytest.mark.skipif(find_engine() is None, reason="no TeX engine is installed")
@pytest.mark.parametrize("table", [TABLE, ROWS], ids=["single names", "rows"])
def test_the_documents_compile(table: dict[str, object], tmp_path: Path) -> None:
    for name, source in documents("Own letters", [part_on_paper(table)], 8).items():
        assert compile_tex(write_tex(tmp_path / f"{name}.tex", source))


def test_sums_and_products_are_written_as_people_write_them() -> None:
    h, w, negative = (Scalar.of(latex) for latex in ("h", "w", "-0.5"))
    written = {
        "1 - h^2": 1 - h * h,
        r"2 \cdot \left(-0.5\right) h": 2 * negative * h,
        r"-0.5 h": negative * h,
        r"w - \left(h + w\right)": w - (h + w),
        r"\left(h - w\right) w": (h - w) * w,
        "h - w": 1 * (h - w),
        r"\left(h - w\right)^2": (h - w).squared(),
        r"\tfrac{1}{2} h": Fraction(1, 4) * (2 * h),
        r"-h": -h,
        "w": w + 0 * h,
    }
    assert {latex: scalar.latex for latex, scalar in written.items()} == {latex: latex for latex in written}
