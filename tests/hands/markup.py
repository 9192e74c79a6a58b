"""Formulas as Word and as browsers hold them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.hands.formulas import Entry, Frac, Mat, Num, Row, Script, Sym, Text, Tree, latex, marks
from tests.hands.writeup import Chain

PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
)

SIGNS = {
    r"\delta": "δ", r"\Delta": "Δ", r"\eta": "η", r"\alpha": "α", r"\odot": "⊙", r"\approx": "≈", r"\leftarrow": "←",
    r"\sigma": "σ", r"\varphi": "φ", r"\psi": "ψ", r"\partial": "∂", r"\cdot": "·", r"\times": "×", r"\max": "max",
    r"\equiv": "≡", "-": "−", "'": "′", r"\gamma": "γ", r"\hat": "^", r"\circ": "∘", r"\quad": " ",
}  # fmt: skip


def sign(tex: str) -> str:
    """A sign as one character or word."""
    if tex.startswith(r"\mathbf{"):
        return tex[8:-1]
    return SIGNS.get(tex, tex)


def chain_latex(*chains: Chain) -> str:
    rows = [" ".join(f"{relation} {latex(member)}".strip() for relation, member in one.members) for one in chains]
    joined = r" \\ ".join(rows)
    return rows[0] if len(rows) == 1 else rf"\begin{{aligned}}{joined}\end{{aligned}}"


def mathml(*chains: Chain, display: bool = False) -> str:
    """KaTeX's output: MathML that carries the TeX, and the same once more for the eye."""
    source = chain_latex(*chains)
    shown = "".join(f"<mo>{escape(sign(relation))}</mo><mtext>...</mtext>" for relation, _ in chains[0].members)
    return (
        f'<span class="katex{"-display" if display else ""}"><span class="katex-mathml"><math><semantics>'
        f"<mrow>{shown}</mrow>"
        f'<annotation encoding="application/x-tex">{escape(source)}</annotation></semantics></math></span>'
        f'<span class="katex-html" aria-hidden="true"><span>{escape(source.replace(chr(92), ""))}</span></span></span>'
    )


def omml(one: Chain) -> str:
    """An equation of Word's editor."""
    parts = []
    for relation, member in one.members:
        parts += [_text(sign(relation))] if relation else []
        parts.append(_omml(member))
    return f"<m:oMath>{''.join(parts)}</m:oMath>"


def _text(text: str) -> str:
    return f"<m:r><m:t>{escape(text)}</m:t></m:r>"


def _omml(tree: Tree) -> str:
    match tree:
        case Entry(_, value):
            return _omml(value)
        case Num(text):
            mantissa, _, power = text.partition("e")
            shown = mantissa.replace("-", "−")
            if not power:
                return _text(shown)
            raised = (
                f"<m:sSup><m:e>{_text('10')}</m:e><m:sup>{_text(str(int(power)).replace('-', '−'))}</m:sup></m:sSup>"
            )
            return _text(f"{shown}×") + raised
        case Sym(tex):
            return _text(sign(tex))
        case Text(text):
            return _text(text)
        case Row(items):
            return _row(items)
        case Frac(over, under):
            return f"<m:f><m:num>{_omml(over)}</m:num><m:den>{_omml(under)}</m:den></m:f>"
        case Script(base):
            return _scripted(tree, _omml(base))
        case Mat(rows, style):
            if style in ("list", "nested"):
                opening, row_break, cell_break, closing = marks(rows, style)
                text = row_break.join(cell_break.join("@" for _ in row) for row in rows)
                cells = [_omml(cell) for row in rows for cell in row]
                pieces = (opening + text + closing).split("@")
                return "".join(_text(piece) + cell for piece, cell in zip(pieces, [*cells, ""], strict=True))
            inner = "".join(f"<m:mr>{''.join(f'<m:e>{_omml(cell)}</m:e>' for cell in row)}</m:mr>" for row in rows)
            begin, end = ("(", ")") if style == "pmatrix" else ("[", "]")
            about = f'<m:dPr><m:begChr m:val="{begin}"/><m:endChr m:val="{end}"/></m:dPr>'
            return f"<m:d>{about}<m:e><m:m>{inner}</m:m></m:e></m:d>"


def _scripted(one: Script, base: str) -> str:
    below = f"<m:sub>{_omml(one.sub)}</m:sub>" if one.sub else ""
    above = f"<m:sup>{_omml(one.sup)}</m:sup>" if one.sup else ""
    kind = "sSubSup" if one.sub and one.sup else "sSub" if one.sub else "sSup"
    return f"<m:{kind}><m:e>{base}</m:e>{below}{above}</m:{kind}>"


def _row(items: Sequence[Tree]) -> str:
    """Items side by side; what a script behind brackets is of stands in an element of its own, as Word has it."""
    parts: list[str] = []
    begun: list[int] = []
    for item in items:
        if isinstance(item, Script) and item.base == Sym(")") and begun:
            begin = begun.pop()
            parts[begin:] = [_scripted(item, f"<m:d><m:e>{''.join(parts[begin + 1 :])}</m:e></m:d>")]
            continue
        if item == Sym("("):
            begun.append(len(parts))
        elif item == Sym(")") and begun:
            begun.pop()
        parts.append(_omml(item))
    return "".join(parts)
