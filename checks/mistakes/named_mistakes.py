"""The mistakes of one problem, each once, with the entries that show it and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checks.judging.findings import Finding
from checks.mistakes.advice import advice


@dataclass(frozen=True, slots=True)
class NamedMistake:
    """A mistake, of one layer where that matters; the names of its entries; what explains the same ones.

    `note` is the explanation, or the hint where not everything is told.
    """

    id: str
    layer: int | None
    entries: tuple[str, ...]
    alternatives: tuple[str, ...]
    note: str

    @property
    def title(self) -> str:
        """The id, with the layer where there is one."""
        return self.id if self.layer is None else f"{self.id} (layer {self.layer})"


def named_mistakes(findings: Iterable[Finding], level: str) -> list[NamedMistake]:
    """One item for each mistake and layer, in the order in which they show, as the level of feedback tells them."""
    items: dict[tuple[str, int | None], NamedMistake] = {}
    for finding in findings:
        for name in finding.mistakes:
            words = advice()[name]
            note = words.explanation if level == "full" else words.hint
            new = NamedMistake(name, finding.layer, (), (), " ".join(filter(None, (note, _deciding(finding)))))
            item = items.setdefault((name, finding.layer), new)
            items[name, finding.layer] = replace(
                item,
                entries=(*item.entries, finding.name),
                alternatives=tuple(dict.fromkeys((*item.alternatives, *finding.alternatives))),
            )
    return list(items.values())


def _deciding(finding: Finding) -> str:
    """What would tell the mistake from those that explain the same entries."""
    if not finding.deciding:
        return ""
    return f"It may also be {' or '.join(finding.alternatives)}: {finding.deciding}."
