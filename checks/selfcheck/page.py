"""The page, whole: with nothing in its boxes, or, for a browser without script, with a student's answers and report.

At build time and at the server alone: it is made by templates, and needs what the core does without.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from checks.bounds import MAX_FILE_BYTES
from checks.judging.verdicts import MEANINGS, RIGHT, Verdict
from checks.reports.pages.key_formulas import mathml
from checks.reports.pages.page_template import FOLDER as TEMPLATES
from checks.reports.pages.page_template import filled_in
from checks.selfcheck.form import Box, FormCell
from checks.selfcheck.formula_tree import TAGS, MathTree
from checks.selfcheck.preview import preview
from checks.selfcheck.sheet import Sheet

STATIC = Path(__file__).with_name("static")
CARRIER = "carrier.js"

KINDS = (".md", ".tex", ".ipynb", ".html", ".docx", ".txt")
"""Suffixes of write-ups that both carriers read."""


@dataclass(frozen=True, slots=True)
class State:
    """What a page without script shows: the boxes as they were sent, the reply to a check, and a sentence."""

    boxes: Mapping[str, str] = field(default_factory=dict)
    reply: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""


def assets() -> dict[str, bytes]:
    """The files beside the page, by name, but for the carrier."""
    files = {path.name: path.read_bytes() for path in sorted(STATIC.glob("*.js")) if path.name != CARRIER}
    return files | {"page.css": (TEMPLATES / "page.css").read_bytes() + (STATIC / "selfcheck.css").read_bytes()}


def page_html(sheet: Sheet, carrier: str = "serve", head: str = "", state: State | None = None) -> str:
    """The page. `carrier` is `serve` or `page`; `head` is markup for its head, such as a policy."""
    shown = state or State()
    view = _View(sheet, shown)
    kinds = (*KINDS, ".pdf") if carrier == "serve" else KINDS
    return filled_in(
        "self_check.html.jinja",
        carrier=carrier,
        head=Markup(head),  # noqa: S704  ours
        title=sheet.assignment.title,
        notice=sheet.notice,
        form=sheet.form,
        formulas={cell.id: mathml(cell.latex) if cell.latex else "" for cell in sheet.form.cells.values()},
        has_outputs=any(cell.outputs for cell in sheet.form.cells.values()),
        has_letters=any(part.letters for part in sheet.form.parts),
        takes_result=any(part.takes_result for part in sheet.form.parts),
        kinds=" ".join(kinds),
        accept=",".join((*kinds, ".json")),
        values=shown.boxes,
        findings=view.findings,
        wrong=view.is_wrong,
        colour=view.colour,
        readings=view.readings(),
        report=view.report(),
        status=shown.said,
        footer=FOOTERS[sheet.settings.feedback],
        data=_data(sheet),
    )


FOOTERS = {
    "marks": "This page tells verdicts alone. What counts is what you hand in.",
    "hint": "This page says where to look; the key is not on it. What counts is what you hand in.",
    "full": "This page tells the key. What counts is what you hand in.",
}
"""What the page says of itself, by the level of feedback."""


def _data(sheet: Sheet) -> Markup:
    """What the page's script has to know, as JSON that closes no element."""
    meanings = {
        verdict.value: {"mark": meaning.mark, "colour": meaning.colour, "right": verdict in RIGHT}
        for verdict, meaning in MEANINGS.items()
    }
    told = {
        "id": sheet.assignment.id,
        "verdicts": meanings,
        "tags": sorted(TAGS),
        "grids": {cell.id: [box.id for box in cell.boxes] for cell in sheet.form.cells.values()},
        "most": MAX_FILE_BYTES,
    }
    return Markup(json.dumps(told).replace("<", "\\u003c"))  # noqa: S704  nothing in it ends the element


class _View:
    """What there is to show of a reply."""

    def __init__(self, sheet: Sheet, state: State) -> None:
        self._sheet, self._state = sheet, state
        self._entries = state.reply.get("report", {}).get("entries", [])
        self.findings = {one["name"]: {**one, "verdict": Verdict(one["verdict"])} for one in self._entries}

    def is_wrong(self, cell: FormCell, box: Box) -> bool:
        """Whether a box holds what is wrong or could not be read."""
        found = self.findings.get(cell.entry_of(box))
        return found is not None and found["verdict"] in (Verdict.WRONG, Verdict.UNREADABLE)

    def colour(self, cell: FormCell, box: Box) -> str:
        """The colour of a box's verdict."""
        found = self.findings.get(cell.entry_of(box))
        is_told = found is not None and found["verdict"] is not Verdict.MISSING
        return MEANINGS[found["verdict"]].colour if found and is_told else ""

    def readings(self) -> dict[str, Markup]:
        """How each cell is read, beside a report alone: a text may take long to read."""
        told: dict[str, Markup] = {}
        for cell in self._sheet.form.cells.values():
            if not self._entries or not any(box.id in self._state.boxes for box in cell.boxes):
                continue
            seen = preview(cell, self._state.boxes)
            if seen["math"] is not None:
                faults = Markup("").join(
                    Markup("<p><code>{}</code>: {}</p>").format(name, one["message"])
                    for name, one in seen["boxes"].items()
                    if one["message"]
                )
                told[cell.id] = Markup('<span class="label">read as</span> {}{}').format(
                    markup_of(seen["math"]), faults
                )
        return told

    def report(self) -> dict[str, Any] | None:
        """What stands below the boxes."""
        report = self._state.reply.get("report")
        if not report:
            return None
        known = {name for cell in self._sheet.form.cells.values() for name in (cell.id, *(b.id for b in cell.boxes))}
        problems = []
        for one in report["problems"]:
            place = ":".join(str(one[key]) for key in ("file", "line", "column") if one[key] is not None)
            problems.append({"place": place, "lines": one["message"].split("\n")})
        return {
            "score": f"{round(report['score'], 2):g}",
            "max_score": f"{round(report['max_score'], 2):g}",
            "others": [(name, found) for name, found in self.findings.items() if name not in known],
            "mistakes": report["mistakes"],
            "problems": problems,
        }


def markup_of(tree: MathTree | str) -> Markup:
    """The tree as MathML; tags are ours, texts are escaped."""
    if isinstance(tree, str):
        return escape(tree)
    tag, *inner = tree
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), Markup("").join(map(markup_of, inner)))  # noqa: S704  our tags
