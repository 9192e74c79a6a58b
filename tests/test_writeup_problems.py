"""Which problem of an assignment an answer is for: told by ids and headings, and to be confirmed where it is not."""

from __future__ import annotations

import pytest

from checks.assignment.assignment import read_assignment
from checks.writeups.claims import claims
from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from checks.writeups.steps import in_steps
from tests.hands.problems import PROBLEMS

HOMEWORK = PROBLEMS["homework"]
OTHER_X = {**HOMEWORK, "x": [2, 1, 1]}

ONE = r"$$ s^{(1)} = W^{(1)} x + b^{(1)} = [[1, -2, 1], [3, 4, -2]] [1; -1; 1] + [1; -2] = [5; -5] $$"
TWO = ONE.replace("[1; -1; 1]", "[2; 1; 1]").replace("[5; -5]", "[2; 6]")
SURE = {"5", "-5"}, {"2", "6"}
UNCLEAR = "which problem it belongs to is not clear"

Read = dict[str, tuple[set[str], set[str]]]


def read(ids: tuple[str, str], text: str, kind: str = "md") -> Read:
    """The values and doubts of each problem."""
    tables = [{**table, "id": name} for name, table in zip(ids, (HOMEWORK, OTHER_X), strict=True)]
    assignment = read_assignment({"id": "t", "title": "T", "backprop": tables})
    found: Read = {name: (set(), set()) for name in ids}
    for one in read_document(open_document(text.encode(), f"hw.{kind}"), assignment).answers:
        found[one.name.prefix][0].add(one.text)
        found[one.name.prefix][1].add(one.doubt)
    return found


CLEAR: dict[str, tuple[tuple[str, str], str, str]] = {
    "ids as headings": (("relu", "two_layers"), "md", f"# relu\n\n{ONE}\n\n# two_layers\n\n{TWO}"),
    "ids in words": (("relu", "two_layers"), "md", f"## ReLU\n\n{ONE}\n\n## Two layers\n\n{TWO}"),
    "numbers": (("p2", "p3"), "md", f"# Problem 2\n\n(a) Forward.\n\n{ONE}\n\n# Problem 3\n\n{TWO}"),
    "letters": (("p2a", "p2b"), "md", f"# Problem 2 (a)\n\n{ONE}\n\n# Problem 2 (b)\n\n{TWO}"),
    "letters below a number": (("q2_a", "q2_b"), "md", f"# Question 2\n\n## (a)\n\n{ONE}\n\n## (b)\n\n{TWO}"),
    "bold letters": (("p2a", "p2b"), "md", f"**2a)** We get\n\n{ONE}\n\n**2b)**\n\n{TWO}"),
    "sections": (("p2", "p3"), "tex", f"\\section{{Problem 2}}\n\n{ONE}\n\n\\section{{Problem 3}}\n\n{TWO}"),
    "headings of a page": (("p2", "p3"), "html", "<h2>Problem 2</h2><p>s1 = [5, -5]</p><h2>3.</h2><p>s1 = [2, 6]</p>"),
    "ids before names": (("relu", "two_layers"), "md", "relu.s1 = [5, -5]\n\ntwo_layers.s1 = [2, 6]"),
    "ids before names win over headings": (("p2", "p3"), "md", "# Problem 3\n\np2.s1 = [5, -5]\n\np3.s1 = [2, 6]"),
    "sub-headings go on": (("p2", "p3"), "md", f"# Problem 2\n\n## Forward pass\n\n{ONE}\n\n# Problem 3\n\n{TWO}"),
}


@pytest.mark.parametrize("case", CLEAR)
def test_the_problem_is_known(case: str) -> None:
    ids, kind, text = CLEAR[case]
    assert read(ids, text, kind) == {ids[0]: (SURE[0], {""}), ids[1]: (SURE[1], {""})}


NOT_CLEAR: dict[str, str] = {
    "no heading": "{}",
    "the heading of a homework": "# Homework 2\n\n{}",
    "of another homework": "# Problem 3 of homework 1\n\n{}",
    "a heading that ends the problem": "# Problem 3\n\nsee scan\n\n# Appendices\n\n{}",
    "another problem's number": "# Problem 2\n\nsee scan\n\n# Problem 7\n\n{}",
    "a number in words": "In problem 2 this was asked.\n\n{}",
}


@pytest.mark.parametrize("case", NOT_CLEAR)
def test_what_is_not_clear_is_to_be_confirmed_for_the_problem_whose_numbers_it_has(case: str) -> None:
    text = NOT_CLEAR[case]
    nothing: tuple[set[str], set[str]] = set(), set()
    assert read(("p2", "p3"), text.format(ONE)) == {"p2": (SURE[0], {UNCLEAR}), "p3": nothing}
    assert read(("p2", "p3"), text.format(TWO)) == {"p2": nothing, "p3": (SURE[1], {UNCLEAR})}


def test_under_the_heading_of_another_problem_nothing_is_certain() -> None:
    found = read(("p2", "p3"), f"# Problem 2\n\n{TWO}\n\n# Problem 3\n\n{ONE}".replace("x + b^{(1)}", "x"))
    assert all("" not in doubts for _, doubts in found.values())


@pytest.mark.parametrize(
    "command", [r"\section", r"\section*", r"\section[short]", r"\subsection* [short] ", r"\paragraph[short]"]
)
def test_a_latex_heading_may_have_a_short_title(command: str) -> None:
    text = f"{command}{{Problem 2}}\n\n{ONE}\n\n{command}{{Problem 3}}\n\n{TWO}"
    assert read(("p2", "p3"), text, "tex") == {"p2": (SURE[0], {""}), "p3": (SURE[1], {""})}
    document = open_document(text.replace("Problem 2", "Step 1").replace("Problem 3", "Step 2").encode(), "hw.tex")
    assert [claim.step for claim in in_steps(document, claims(document))] == [1, 2]


def test_a_latex_heading_needs_no_blank_line_before_it() -> None:
    text = f"\\section{{Problem 2}}\n{ONE}\nThat is all.\n\\section{{Problem 3}}\n{TWO}"
    assert read(("p2", "p3"), text, "tex") == {"p2": (SURE[0], {""}), "p3": (SURE[1], {""})}
