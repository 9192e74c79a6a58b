"""What README and docs/ say is so: files are read, commands print what is shown, links lead somewhere.

A fenced block that begins with a comment naming a file, `# quiz.toml`, is that file. A block `console` is a session,
run among the files of its page; `...` alone on a line stands for lines left out. A block `toml` without a name has
keys of a [backprop] table, added to a usual one. A row of a table that begins with two pieces of code is a key, an
answer and the verdict.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from checks.assignment.assignment_file import AssignmentText
from checks.assignment.graph_table import KEYS as GRAPH_KEYS
from checks.assignment.hand_parts import MARKING_KEYS
from checks.assignment.mnist_part import MNIST_POINTS
from checks.command import COMMANDS
from checks.judging.comparison import compare
from exact.graphs.functions import FUNCTIONS
from exact.networks.losses import LOSSES
from exact.networks.names import NUMBERING
from exact.networks.optimizer_table import NAMES
from exact.networks.problem_table import KEYS as NETWORK_KEYS
from exact.networks.units import UNITS
from tests.conftest import Outcome

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))}

CASES = [
    case for text in PAGES.values() for case in re.findall(r"^\| `(.+?)` \| `(.+?)` \| (\w+) \|", text, re.MULTILINE)
]

USUAL = """
id = "fragment"
title = "Fragment"
[backprop]
"""
USUAL_KEYS = {
    "output": '"linear"',
    "x": "[1, 2]",
    "y": "[1, 0]",
    "eta": '"1/2"',
    "layers": "[{ W = [[1, 2], [3, -1]], b = [1, 1] }, { W = [[1, 0], [2, 1]], b = [0, 1] }]",
}


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, "" for none, and its text."""

    language: str
    file: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", PAGES[page], re.MULTILINE | re.DOTALL):
        name = re.match(r"# ([\w./-]+\.\w+)\n", text)
        body = text[name.end() :] if name and language == "csv" else text  # a table has no comments
        yield Block(language, name[1] if name else "", body)


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a session, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        while command.endswith("\\"):
            line, _, printed = printed.partition("\n")
            command = command[:-1] + line.strip()
        yield command.partition(" # ")[0], printed.rstrip("\n")


def is_printed(shown: str, out: str) -> bool:
    """Whether the output is what is shown, where `...` stands for any lines, or for none."""
    lines = [r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n" for line in shown.splitlines()]
    printed = "".join(f"{line.rstrip()}\n" for line in out.strip("\n").splitlines())
    return re.fullmatch("".join(lines), printed) is not None


@pytest.mark.parametrize("page", PAGES)
def test_a_session_prints_what_is_shown(page: str, backcheck: Callable[..., Outcome]) -> None:
    Path("checks").symlink_to(ROOT / "checks")
    for block in blocks(page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for line, shown in sessions(block.text):
                command, _, target = line.partition(" > ")
                program, *arguments = shlex.split(command)
                assert program == "backcheck"
                found = backcheck(*arguments)
                if target:
                    Path(target).write_text(found.out, encoding="utf-8")
                printed = found.err if target else found.out + found.err
                assert is_printed(shown, printed), f"{line}\nprints\n{printed}"


@pytest.mark.parametrize(
    "text", [block.text for page in PAGES for block in blocks(page) if block.language == "toml" and not block.file]
)
def test_keys_of_a_network_are_read(text: str) -> None:
    own = {"x", "y"} if "steps = [" in text else set(re.findall(r"^(\w+) = ", text, re.MULTILINE))
    missing = [f"{key} = {value}" for key, value in USUAL_KEYS.items() if key not in own]
    assert AssignmentText("fragment", "\n".join([USUAL, *missing, text])).parsed().hand_parts


@pytest.mark.parametrize(("key", "answer", "verdict"), CASES)
def test_a_case_of_a_table(key: str, answer: str, verdict: str) -> None:
    assert compare(key, answer).verdict == verdict


def test_the_tables_are_found() -> None:
    assert len(CASES) >= 15


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    for link in re.findall(r"\]\(([^)]+)\)", PAGES[page]):
        path, _, section = link.partition("#")
        target = folder / path if path else folder / page
        assert target.exists(), link
        if section:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert section in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}, link


def test_every_page_is_linked_from_the_readme() -> None:
    assert all(page == "README.md" or f"](docs/{page})" in PAGES["README.md"] for page in PAGES)


def test_the_readme_is_two_screens() -> None:
    assert len(PAGES["README.md"].splitlines()) <= 125


def test_the_partial_credit_that_is_shown_is_read() -> None:
    lines = re.findall(r"`((?:credit|at_most_lost) = \{.+?\})`", PAGES["verdicts.md"], re.DOTALL)
    assert len(lines) == 2
    text = (ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text(encoding="utf-8")
    (part,) = AssignmentText("hw", "\n".join([text, *(line.replace("\n", " ") for line in lines)])).parsed().hand_parts
    assert len(part.credit.shares) == 3
    assert part.credit.at_most_lost == {"a3": 2}


def test_every_option_of_the_command_is_told() -> None:
    words = {word for text in PAGES.values() for word in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)}
    options = {
        action.option_strings[-1]
        for name in COMMANDS
        for action in _subparser(name)._actions
        if action.option_strings and action.dest != "help"
    }
    assert not options - words


def _subparser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    import_module(f"checks.commands.{name}").add_arguments(parser)
    return parser


def test_every_key_and_word_of_an_assignment_is_told() -> None:
    words = set(re.findall(r"\w+", PAGES["assignments.md"]))
    keys = {*NETWORK_KEYS, *GRAPH_KEYS, *MARKING_KEYS, *FUNCTIONS, *NUMBERING, *UNITS, *NAMES, *MNIST_POINTS}
    assert not keys - words
    assert all(loss in PAGES["assignments.md"] for loss in LOSSES)
