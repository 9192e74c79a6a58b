"""HTML: its words, formulas by the TeX they carry or their MathML, preformatted text. Nothing is fetched or run."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from checks.errors import NotReadError
from checks.writeups.document import Document
from checks.writeups.markup_text import BEGINS_QUOTATION, ENDS_QUOTATION, MarkupText
from checks.writeups.math_elements import Element, latex_of_mathml
from checks.writeups.page_styles import MAX_DEPTH, MAX_STEPS, TOO_MANY, Look, Named, Rules, looks, named, rules_of

_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote",
    "dt", "dd", "body", "header", "footer", "figure", "hr",
})  # fmt: skip
_UNSEEN = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "iframe", "object", "select", "textarea"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_WITHDRAWN = frozenset({"del", "s", "strike"})
_EMPTY = frozenset(
    {"br", "img", "hr", "meta", "link", "input", "wbr", "col", "area", "base", "embed", "source", "track"}
)


def read_web_page(text: str, file: str) -> Document:
    """The document that an HTML file is. Raises `NotReadError`."""
    reader = _Reader(rules_of(text))
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.written.document(file)


@dataclass(slots=True)
class _Open:
    """An element that has begun, and whether what it holds is not seen.

    `formulas` is how many stood before it; `in_columns`: its parts are beside one another. `is_beside`: the formulas of
    it are beside those before it in its parent, which is not written down yet.
    """

    tag: str
    is_hidden: bool
    formulas: int
    in_columns: bool = False
    is_beside: bool = False
    is_display: bool = False


class _Reader(HTMLParser):
    """Writes down what is seen of a page."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(convert_charrefs=True)
        self.rules, self.steps = rules, 0
        self.written = MarkupText()
        self.open: list[_Open] = []
        self.path: list[Named] = []  # the same elements as rules name them
        self.displays = 0
        self.math: list[Element] = []
        self.tex: list[str] | None = None
        self.printed: list[str] | None = None
        self.written.mark(1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.seen("\n")
        if tag in _EMPTY or len(self.open) > MAX_DEPTH:
            return
        classes = given.get("class", "").split()
        is_tex = tag == "script" and given.get("type", "").startswith("math/tex")
        hidden = (tag in _UNSEEN and not is_tex) or "katex-html" in classes or "MathJax_Preview" in classes
        hidden = hidden or "hidden" in given or "MathJax" in classes or tag in _WITHDRAWN
        self.path.append(named(tag, classes, given.get("id", "")))
        self.steps += self.rules.steps(self.path)
        if self.steps > MAX_STEPS:
            raise NotReadError(TOO_MANY)
        self.begin(tag, looks(given.get("style", "")) | self.rules.looks(self.path), is_hidden=hidden)
        if "katex-display" in classes or (tag == "math" and given.get("display") == "block"):
            self.displays += 1
            self.open[-1].is_display = True
        if self.is_hidden():
            return
        if is_tex:
            self.tex = []
            self.displays += "mode=display" in given["type"]
        elif tag == "math":
            self.math = [Element("math")]
        elif self.math:
            if len(self.math) < MAX_DEPTH:
                self.math.append(Element(tag, encoding=given.get("encoding", ""), value=given.get("notation", "")))
        elif tag == "pre":
            self.printed = []
        elif tag in _BLOCKS:
            self.written.put("\n\n" + "- " * (tag == "li") + "# " * (tag in _HEADINGS))
            self.written.put(BEGINS_QUOTATION * (tag == "blockquote"))
            self.written.mark(self.getpos()[0])
        elif tag in ("sup", "sub"):
            self.seen("^{" if tag == "sup" else "_{")

    def begin(self, tag: str, seen_as: frozenset[Look], *, is_hidden: bool) -> None:
        """An element is open from here on."""
        parent = self.open[-1] if self.open else _Open("", False, 0)
        is_cell = tag in _CELLS or Look.BESIDE in seen_as or parent.in_columns
        new = _Open(tag, is_hidden or Look.HIDDEN in seen_as, self.written.formulas, Look.IN_COLUMNS in seen_as)
        new.is_beside = is_cell and self.written.formulas > parent.formulas
        self.open.append(new)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and those in it that have no end of their own."""
        if not any(one.tag == tag for one in self.open):
            return
        while self.open:
            last = self.open[-1]
            self.closed(last.tag, seen=not self.is_hidden())
            self.displays -= last.is_display and self.displays > 0
            self.open.pop()
            self.path.pop()
            if last.tag == tag:
                return

    def closed(self, tag: str, *, seen: bool) -> None:
        """What an element that ends was for is written down."""
        if seen and tag == "script" and self.tex is not None:
            self.put_formula("".join(self.tex))
            self.tex, self.displays = None, 0
        elif seen and tag == "math" and self.math:
            self.formula()
        elif seen and self.math and len(self.math) > 1 and self.math[-1].tag == tag:
            inner = self.math.pop()
            self.math[-1].children.append(inner)
        elif seen and tag == "pre" and self.printed is not None:
            self.written.printed("".join(self.printed))
            self.printed = None
        elif seen and tag in ("sup", "sub") and not self.math:
            self.seen("}")
        elif seen and tag in _BLOCKS and not self.math:
            self.written.put("\n\n" + ENDS_QUOTATION * (tag == "blockquote"))
            self.written.mark(self.getpos()[0])

    def formula(self) -> None:
        """Writes down the formula that ends here."""
        while len(self.math) > 1:
            inner = self.math.pop()
            self.math[-1].children.append(inner)
        self.written.mark(self.getpos()[0])
        self.put_formula(latex_of_mathml(self.math[0]))
        self.math = []

    def put_formula(self, tex: str) -> None:
        """Writes down a formula, and before it that it is beside others."""
        self.written.is_beside = any(one.is_beside for one in self.open)
        for one in self.open:
            one.is_beside = False
        self.written.formula(tex, is_display=self.displays > 0)

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self.is_hidden():
            self.seen(data)

    def seen(self, text: str) -> None:
        """Text that a reader of the page sees, where it belongs."""
        if self.tex is not None:
            self.tex.append(text)
        elif self.math:
            self.math[-1].text.append(text)
        elif self.printed is not None:
            self.printed.append(text)
        elif text.strip() or self.open:
            self.written.mark(self.getpos()[0])
            self.written.put(text if text == "\n" else " ".join(text.split("\n")))

    def is_hidden(self) -> bool:
        """Whether what stands here is not seen."""
        return any(one.is_hidden for one in self.open)

    def finish(self) -> None:
        """Writes down what the page did not end."""
        for text in (self.printed, self.tex):
            if text:
                self.written.put("\n\n" + "".join(text))
        if self.math:
            self.formula()
