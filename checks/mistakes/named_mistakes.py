"""The mistakes of one problem, each once, with the entries that show it and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checks.judging.findings import Finding
from checks.mistakes.advice import advice


@dataclass(frozen=True, slots=True)
class NamedMistake:
    """A mistake, of one layer where that matters; the names of its entries; what explains the same ones.

    `note` is the explanation, or the hint where not everything is told; `detail` has what was found of a mistake that
    is in no list, by name.
    """

    id: str
    layer: int | None
    entries: tuple[str, ...]
    alternatives: tuple[str, ...]
    note: str
    detail: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The id, with the layer where there is one."""
        return self.id if self.layer is None else f"{self.id} (layer {self.layer})"


def named_mistakes(findings: Iterable[Finding], level: str) -> list[NamedMistake]:
    """One item for each mistake and layer, in the order in which they show, as the level of feedback tells them."""
    items: dict[object, NamedMistake] = {}
    for finding in findings:
        for name in finding.mistakes:
            words = advice()[name]
            note = words.explanation if level == "full" else words.hint
            told = (_found(finding.detail), note, _deciding(finding))
            new = NamedMistake(name, finding.layer, (), (), " ".join(filter(None, told)), finding.detail)
            key = name, finding.layer, finding.detail
            item = items.setdefault(key, new)
            items[key] = replace(
                item,
                entries=(*item.entries, finding.name),
                alternatives=tuple(dict.fromkeys((*item.alternatives, *finding.alternatives))),
            )
    return list(items.values())


def _found(detail: tuple[tuple[str, str], ...]) -> str:
    """What was found, in a sentence."""
    match dict(detail):
        case {"number": number, "given": given, "read_as": read_as}:
            return f"{number}: you worked with {read_as}; the problem says {given}."
        case {"formula": formula}:
            return f"What stands there is {formula}."
    return ""


def _deciding(finding: Finding) -> str:
    """What would tell the mistake from those that explain the same entries."""
    if not finding.deciding:
        return ""
    return f"It may also be {' or '.join(finding.alternatives)}: {finding.deciding}."
