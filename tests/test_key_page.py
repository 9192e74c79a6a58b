"""The key for a course page: the same values as everywhere, as Markdown and as a page with MathML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from checks.reports.key_page import key_html, key_markdown
from tests.conftest import Outcome
from tests.on_paper import case_on_paper
from tests.worked_cases import LAYOUTS

Backcheck = Callable[..., Outcome]
VOID = {"meta"}


class Tags(HTMLParser):
    """Which tags are open, and all that there were with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("case", LAYOUTS)
def test_the_page_is_whole_and_needs_nothing_else(case: str) -> None:
    page = key_html("<b>50 % & more</b>", [case_on_paper(case)], 8)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "&lt;b&gt;50 % &amp; more&lt;/b&gt;: solution" in page
    assert not [tag for tag, _ in tags.seen if tag in ("script", "link", "img", "iframe")]
    assert not [attributes for _, attributes in tags.seen if {"src", "href", "onclick"} & set(attributes)]
    assert "\\" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL), "LaTeX that was not understood"
    assert sum(tag == "math" for tag, _ in tags.seen) > 5


def test_the_formulas_are_mathml(backcheck: Backcheck) -> None:
    page = backcheck("solve", "--format", "html", "--digits", "8").out
    assert "<msub><mi>p</mi><mrow><mn>1</mn></mrow></msub><mo>&#x02212;</mo><mn>4</mn>" in page
    assert (
        "<mn>1.9792598</mn><mo>&#x000D7;</mo><msup><mn>10</mn><mrow><mo>&#x02212;</mo><mn>32</mn></mrow></msup>" in page
    )


def test_markdown_has_a_row_for_each_cell(backcheck: Backcheck) -> None:
    text = backcheck("solve", "--format", "markdown", "--digits", "8").out
    row = r"| $\delta^{(2)}$ | $\left[\begin{array}{r} p_{2} \cr p_{1} - 4 p_{2} \end{array}\right]$ |"
    assert row in text
    assert "\\\\" not in text
    widths = {line.count(" | ") for line in text.splitlines() if line.startswith("| $")}
    assert widths == {2}


def test_a_title_is_text_in_markdown() -> None:
    problem = replace(case_on_paper("one layer"), prefix="a_b")
    assert key_markdown("*50 %* [x](y) | z", [problem], 8).startswith(r"# \*50 %\* \[x\]\(y\) \| z: solution")
