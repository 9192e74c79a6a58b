"""How tests read a page: its elements with their text, and what every page of ours must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from checks.assignment.assignment_file import load_assignment
from checks.marking.checked import Checked
from checks.marking.checking import check_submission, make_reference
from checks.marking.class_notes import ClassNotes
from checks.marking.reference import Reference
from checks.reports.pages.pages_folder import PagesFolder
from checks.submissions.submission_file import find_submissions
from numeric import sample_folder
from tests.submissions import EXAMPLES

VOID = {"meta", "img", "link", "input"}
HEAD = "html|head|meta|title|style|body"
PARTS = "a|header|main|footer|nav|section|h1|h2|h3|p|span|bdi|strong|code|pre|ul|li|dl|div|dt|dd|details|summary"
TABLES = "table|caption|thead|tbody|tr|th|td|figure|figcaption|img"
FORMULAS = "math|mrow|mi|mn|mo|msup|msub|msubsup|mfrac|mspace|mtext|mstyle"
TAGS = set("|".join((HEAD, PARTS, TABLES, FORMULAS)).split("|"))
"""All tags that a page may have."""


@dataclass
class Element:
    """One element: its tag, its attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str]
    within: Element | None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def words(self) -> list[str]:
        """The words, those of different elements apart."""
        return [word for one in self.children for word in (one.split() if isinstance(one, str) else one.words)]

    def all(self, tag: str = "") -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                if tag in ("", child.tag):
                    yield child
                yield from child.all(tag)

    def ancestors(self) -> Iterator[Element]:
        if self.within:
            yield self.within
            yield from self.within.ancestors()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"</{tag}> within <{self.open.tag}>"
        assert self.open.within is not None
        self.open = self.open.within

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read(page: str) -> Element:
    """The page's root; all that is opened is closed."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open is reader.root
    return reader.root


def complaints(root: Element) -> list[str]:
    """What is the matter with a page: foreign tags, scripts, outside resources, faults that shut a reader out."""
    found = [f"<{one.tag}>" for one in root.all() if one.tag not in TAGS]
    every = list(root.all())
    found += [f"{name} of <{one.tag}>" for one in every for name in one.attributes if name.startswith("on")]
    for one in every:
        address = one.attributes.get("href") or one.attributes.get("src") or ""
        if address and not address.startswith(("#", "students/", "data:image/png;base64,")):
            found.append(f"address {address}")
        if one.tag == "img" and not one.attributes.get("alt"):
            found.append("an image without words")
        if one.tag == "th" and "scope" not in one.attributes:
            found.append(f"no scope: {one.text}")
        if one.tag == "table" and "aria-label" not in one.attributes and not list(one.all("caption")):
            found += (
                [] if any("aria-label" in above.attributes for above in one.ancestors()) else ["a table without name"]
            )
    ids = [one.attributes["id"] for one in every if "id" in one.attributes]
    found += [f"id twice: {name}" for name in set(ids) if ids.count(name) > 1]
    for attribute in ("aria-describedby", "aria-labelledby", "href"):
        targets = [one.attributes[attribute] for one in every if attribute in one.attributes]
        if attribute == "href":
            targets = [target[1:] for target in targets if target.startswith("#")]
        found += [f"no {target}" for target in targets if target not in ids]
    levels = [int(one.tag[1]) for one in every if one.tag in ("h1", "h2", "h3")]
    if levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        found.append(f"headings {levels}")
    for landmark in ("header", "main", "footer"):
        found += [] if sum(one.tag == landmark for one in every) == 1 else [landmark]
    (html,) = root.all("html")
    found += [] if html.attributes == {"lang": "en"} else ["no language"]
    return found


def sample_reference() -> Reference:
    """What the examples are held against."""
    return make_reference(load_assignment("sample"), sample_folder(), "")


def checked_examples(reference: Reference) -> list[Checked]:
    """The bundled examples, checked in full."""
    return [check_submission(one, reference) for one in find_submissions([EXAMPLES]).submissions]


def written(
    folder: Path, reference: Reference, checked: list[Checked], level: str = "full", notes: ClassNotes | None = None
) -> dict[str, Element]:
    """The pages by their names without suffix; none of them has anything the matter with it."""
    pages = PagesFolder(folder, reference, level)
    for one in checked:
        pages.add(one)
    assert pages.finish(notes or ClassNotes()) == folder / "index.html"
    roots = {path.stem: read(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    assert {name: found for name, root in roots.items() if (found := complaints(root))} == {}
    return roots
