r"""Formulas that are trees of elements, as Word (OMML) and browsers (MathML) hold them, as LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

BAR = r"\bar"
CROSSED_OUT = r"\cancel{}"
"""A command that no reader of values knows: what it stands in is not read."""

UNSEEN = frozenset({"strike", "dstrike", "vanish"})
"""Properties of words that are crossed out or hidden."""

WITHDRAWN = frozenset({"del", "moveFrom"})
"""What a tracked change takes away."""

_DELIMITERS = {"[": r"\left[", "]": r"\right]", "(": r"\left(", ")": r"\right)"}
_ACCENTS = {
    "̂": r"\hat", "^": r"\hat", "ˆ": r"\hat", "̃": r"\tilde", "~": r"\tilde", "˜": r"\tilde", "⃗": r"\vec", "→": r"\vec",
}  # fmt: skip
_BRACES = frozenset({"⏞", "⏟", "̲", "_"})
"""What stands over or under a formula and says nothing of it."""


@dataclass(slots=True)
class Element:
    """An element with its text and those in it; `attributes` are the few that matter."""

    tag: str
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    encoding: str = ""
    value: str = ""

    def first(self, tag: str) -> Element | None:
        """The first element of that name directly in this one."""
        return next((one for one in self.children if one.tag == tag), None)

    def all(self, tag: str) -> list[Element]:
        """All elements of that name directly in this one."""
        return [one for one in self.children if one.tag == tag]


Writer = Callable[[Element], str]


def latex_of_mathml(element: Element) -> str:
    """The formula in LaTeX: the TeX that it carries, else what its elements say."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag == "annotation" and one.encoding == "application/x-tex":
            return "".join(one.text)
        waiting += reversed(one.children)
    return _mathml(element)


def _mathml(one: Element) -> str:
    parts = [_mathml(child) for child in one.children if not child.tag.startswith("annotation")]
    match one.tag, parts:
        case ("msup", [base, sup]):
            base = base.strip()
            return f"{base}^{{{sup}}}" if base.isalnum() or base[:1] == "\\" else f"{{{base}}}^{{{sup}}}"
        case ("msub", [base, sub]):
            return f"{base}_{{{sub}}}"
        case ("msubsup", [base, sub, sup]):
            return f"{base}_{{{sub}}}^{{{sup}}}"
        case ("mfrac", [above, below]):
            return rf"\frac{{{above}}}{{{below}}}"
        case ("msqrt", _):
            return rf"\sqrt{{{''.join(parts)}}}"
        case ("mover" | "munder" as tag, [base, accent]):
            mark = accent.strip()
            accents = _ACCENTS if tag == "mover" else {}
            return base if mark in _BRACES else f"{accents.get(mark, BAR)}{{{base}}}"
        case ("menclose", _) if "strike" in one.value:
            return CROSSED_OUT
        case ("mphantom", _):
            return " "
        case ("mtable", _) if any(sign in row for row in parts for sign in _RELATIONS):
            return _ROW.join(parts)
        case ("mtable", _):
            return rf"\begin{{matrix}}{_ROW.join(parts)}\end{{matrix}}"
        case ("mtr", _):
            return " & ".join(parts)
        case ("mtext", _):
            return rf"\text{{{''.join(one.text)}}}"
        case ("mspace", _):
            return " "
    text = "".join(one.text).strip()
    if one.tag == "mi" and len(text) > 1 and text.isalpha() and text.isascii():
        return rf"\mathrm{{{text}}}"
    return text + "".join(parts) + " " * (one.tag in ("mo", "mn"))


_ROW = r" \\ "
_RELATIONS = "=≈≡←"


def is_unseen(about: Element | None) -> bool:
    """Whether properties say that what they are of is crossed out or hidden."""
    return about is not None and any(
        one.tag in UNSEEN and one.value.lower() not in ("0", "false", "off") for one in about.children
    )


def latex_of_omml(one: Element) -> str:
    """The formula in LaTeX; elements that say nothing known give what they hold."""
    if one.tag in WITHDRAWN:
        return ""
    if is_unseen(one.first("rPr")):
        return CROSSED_OUT
    writer = _OMML.get(one.tag)
    return writer(one) if writer else _all(one.children)


def _all(elements: Sequence[Element]) -> str:
    return "".join(map(latex_of_omml, elements))


def _part(one: Element, tag: str) -> str:
    held = one.first(tag)
    return "" if held is None else _all(held.children)


def _run(one: Element) -> str:
    return "".join("".join(part.text) for part in one.all("t"))


def _base(one: Element) -> str:
    base = _part(one, "e")
    return f"{{{base}}}" if len(base.split()) > 1 or "^" in base or "_" in base else base


def _delimited(one: Element) -> str:
    about = one.first("dPr")
    begin, end = ("(", ")")
    if about is not None:
        begin = found.value if (found := about.first("begChr")) is not None else begin
        end = found.value if (found := about.first("endChr")) is not None else end
    inner = " , ".join(_all(held.children) for held in one.all("e"))
    return f"{_DELIMITERS.get(begin, begin)}{inner}{_DELIMITERS.get(end, end)}"


def _accented(one: Element) -> str:
    about = one.first("accPr")
    mark = found.value if about is not None and (found := about.first("chr")) is not None else "̂"
    return f"{_ACCENTS.get(mark, BAR)}{{{_part(one, 'e')}}}"


def _barred(one: Element) -> str:
    """A bar over a formula means something, one under it is a look."""
    about = one.first("barPr")
    place = about.first("pos") if about is not None else None
    return f"{BAR}{{{_part(one, 'e')}}}" if place is not None and place.value == "top" else _part(one, "e")


def _boxed(one: Element) -> str:
    about = one.first("borderBoxPr")
    is_struck = about is not None and any(part.tag.startswith("strike") for part in about.children)
    return CROSSED_OUT if is_struck else _part(one, "e")


def _phantom(one: Element) -> str:
    about = one.first("phantPr")
    shown = about.first("show") if about is not None else None
    return " " if shown is not None and shown.value.lower() in ("0", "off", "false") else _part(one, "e")


def _matrix(one: Element) -> str:
    rows = [" & ".join(_all(cell.children) for cell in row.all("e")) for row in one.all("mr")]
    return rf"\begin{{matrix}}{_ROW.join(rows)}\end{{matrix}}"


def _rows(one: Element) -> str:
    rows = [_all(row.children) for row in one.all("e")]
    return (
        rf"\begin{{matrix}}{_ROW.join(rows)}\end{{matrix}}" if all("=" not in row for row in rows) else _ROW.join(rows)
    )


_OMML: Mapping[str, Writer] = {
    "r": _run,
    "t": lambda one: "".join(one.text),
    "f": lambda one: rf"\frac{{{_part(one, 'num')}}}{{{_part(one, 'den')}}}",
    "sSup": lambda one: f"{_base(one)}^{{{_part(one, 'sup')}}}",
    "sSub": lambda one: f"{_base(one)}_{{{_part(one, 'sub')}}}",
    "sSubSup": lambda one: f"{_base(one)}_{{{_part(one, 'sub')}}}^{{{_part(one, 'sup')}}}",
    "d": _delimited,
    "acc": _accented,
    "bar": _barred,
    "borderBox": _boxed,
    "phant": _phantom,
    "m": _matrix,
    "eqArr": _rows,
    "rad": lambda one: rf"\sqrt{{{_part(one, 'e')}}}",
    "func": lambda one: f"{_part(one, 'fName')} {_part(one, 'e')}",
}
