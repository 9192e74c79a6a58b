"""Claims: what each chain of equations says, before it is known of which cell: a name, values, their witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checks.writeups.document import BlockKind, Document
from checks.writeups.equations import MAX_FORMULA, MAX_MEMBERS, Equation, Member, equations
from checks.writeups.formulas import BIASES, WEIGHTS, Evidence, evidence
from checks.writeups.kinds_of_names import HINTS
from checks.writeups.names import name_at, read_name
from checks.writeups.printed import MAX_NAMES, printed_values
from checks.writeups.scripts import NEW, Form, ReadName
from checks.writeups.splitting import split
from checks.writeups.tokens import Token, tokens_of
from checks.writeups.values import Element, ReadValue, read_value

_HADAMARD = frozenset({r"\odot"})
MAX_PREFIX = 40
"""The tokens of a problem's id."""

MAX_CLAIMS = 2_000
"""Chains of equations, and values in words, of one document that are read."""

_SAYS_NEW = re.compile(r"new|updated|neu|next|upd|t\+1|[\^_]\{?[+*]")
"""What may say so of a name; most formulas have nothing like it."""

UPDATED = "it is of a pass with updated parameters"
MARKED = "the mark over its name may mean another one"

_BREAKS = frozenset({",", ";", ".", ":", r"\to", r"\Rightarrow"})


@dataclass(frozen=True, slots=True)
class Written:
    """A value of a chain: which member it is, what it says, and where it begins and ends in the document.

    `tokens` are those of a member with numbers that is no plain value.
    """

    number: int
    value: ReadValue
    start: int
    end: int
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one chain says.

    `names` are those in it, the first mostly the one that it is about; `evidence` what formulas beside them are.
    `plain` are its plain values and `worked` those of other members with numbers, in order. `unread` is a member, by
    its number, that could not be read; `arrow`: it says what becomes of a name. `loose`: numbers stand after it.
    `aside` is why it may be no answer; `prefix` the word and point before the name, which may be a problem's id; `step`
    the step of a calculation that has several, 0 where it is not known.
    """

    names: tuple[ReadName, ...]
    evidence: tuple[Evidence, ...]
    plain: tuple[Written, ...]
    worked: tuple[Written, ...]
    unread: tuple[int, ...] = ()
    arrow: bool = False
    loose: bool = False
    start: int = 0
    aside: str = ""
    prefix: str = ""
    step: int = 0

    @property
    def last(self) -> Written | None:
        """The value that it ends with."""
        return self.plain[-1] if self.plain else None


def claims(document: Document) -> tuple[Claim, ...]:
    """All claims of a document, in the order in which they stand."""
    found = [_claim(equation) for equation in equations(document)[: MAX_CLAIMS + 1]]
    for block in document.blocks:
        if len(found) > MAX_CLAIMS:
            break
        if block.kind in (BlockKind.TEXT, BlockKind.PRINTED):
            found += _in_words(document.text_of(block), block.start, is_printed=block.kind is BlockKind.PRINTED)
    return tuple(sorted(found, key=lambda claim: claim.start))


def is_whole(document: Document, found: Sequence[Claim]) -> bool:
    """Whether all of the document was read, nothing of it being beyond the bounds."""
    if len(found) > MAX_CLAIMS or sum(len(one.plain) + len(one.worked) for one in found) > MAX_MEMBERS // 2:
        return False
    return all(_is_within_bounds(document.text_of(block), block.kind) for block in document.blocks)


def _is_within_bounds(text: str, kind: BlockKind) -> bool:
    if kind in (BlockKind.TEXT, BlockKind.PRINTED):
        return len(text) < MAX_NAMES or text.count("=") + text.count(":") < MAX_NAMES
    return len(text) <= MAX_FORMULA


def _claim(equation: Equation) -> Claim:
    names: list[ReadName] = []
    proofs: list[Evidence] = []
    plain: list[Written] = []
    worked: list[Written] = []
    unread: list[int] = []
    arrow = runs_on = False
    for number, member in enumerate(equation.members):
        arrow |= member.relation in (r"\leftarrow", ":=")
        name = _name_of(member, is_first=number == 0)
        if name is not None:
            names.append(name)
            if number and name.form is Form.FUNCTION and (found := evidence(member.tokens)):
                proofs.append(found)
            continue
        if found := evidence(member.tokens):
            proofs.append(found)
            continue
        value = read_value(member.tokens)
        if value is not None and value.plain:
            plain.append(Written(number, value, member.start, member.end))
            continue
        value = value or _hadamard(member.tokens)
        if value is not None:
            worked.append(Written(number, value, member.start, member.end, member.tokens))
        elif any(one.is_number for one in member.tokens):
            unread.append(number)
            runs_on |= _ends_in_name(member.tokens)
    loose = any(read_value(member.tokens) is not None or len(member.tokens) > 1 for member in equation.loose)
    at = equation.name.start
    aside = _why_another(names[0] if names else None, equation)
    said = tuple(names), tuple(proofs), tuple(plain), tuple(worked), tuple(unread)
    return Claim(*said, arrow, loose or runs_on, at, aside, _prefix(equation.name.tokens))


def _prefix(tokens: Sequence[Token]) -> str:
    """`conv` of `conv.Z`."""
    points = [place for place, one in enumerate(tokens[:MAX_PREFIX]) if one.text == "."]
    before = tokens[: points[0]] if points else ()
    text = "".join(one.text for one in before)
    return text if text.isidentifier() and not any(one.spaced for one in before[1:]) else ""


def _why_another(name: ReadName | None, equation: Equation) -> str:
    """Why it is of something else than the cell of that letter: a mark over the name, parameters that are new."""
    if name is not None and name.letter.endswith(("tilde", "bar")):
        return MARKED
    is_of_parameter = name is not None and (name.letter in WEIGHTS | BIASES or (name.new and name.letter not in HINTS))
    return UPDATED if not is_of_parameter and any(_has_updated(one.tokens) for one in equation.members) else ""


def _has_updated(tokens: Sequence[Token]) -> bool:
    """Whether a name that is said to be new stands in a formula."""
    if not _SAYS_NEW.search("".join(one.text for one in tokens)):
        return False
    return any(
        found is not None and found[0].new
        for place, one in enumerate(tokens)
        if one.text.isalpha() and one.text not in NEW and (found := name_at(tokens, place))
    )


def _ends_in_name(tokens: Sequence[Token]) -> bool:
    """Whether a value and then a name stand there, so that what follows is of that name."""
    return any(
        tokens[place - 1].text in (")", "]", r"\end") or tokens[place - 1].is_number
        for place in range(1, len(tokens))
        if (found := name_at(tokens, place)) and found[1] == len(tokens) and read_value(tokens[:place]) is not None
    )


def _name_of(member: Member, *, is_first: bool) -> ReadName | None:
    """The name that the member is; of the first one the name that it ends with, after words or a comma."""
    tokens = member.tokens
    if name := read_name(tokens):
        return name
    if is_first:
        for place in range(len(tokens) - 1):
            if tokens[place].word or tokens[place].text in _BREAKS:
                found = name_at(tokens, place + 1)
                if found and found[1] == len(tokens):
                    return found[0]
    return None


def _hadamard(tokens: Sequence[Token]) -> ReadValue | None:
    """The value of a product entry by entry."""
    parts = split(tokens, _HADAMARD)
    if len(parts) < 2:
        return None
    values = [read_value(part) for _, part in parts]
    total = values[0]
    for factor in values[1:]:
        if total is None or factor is None:
            return None
        value = factor.turned() if factor.shape == total.shape[::-1] != total.shape else factor
        if value.shape != total.shape:
            return None
        rows = tuple(
            tuple(_times(one, other) for one, other in zip(row, others, strict=True))
            for row, others in zip(total.rows, value.rows, strict=True)
        )
        total = ReadValue(rows, True, total.flat and value.flat, False)
    return total


def _times(one: Element, other: Element) -> Element:
    value = None if one.value is None or other.value is None else one.value * other.value
    size = None if one.size is None or other.size is None else one.size * other.size
    return Element(f"{one.text} * {other.text}", value, None, 0, size)


def _in_words(text: str, offset: int, *, is_printed: bool) -> Iterator[Claim]:
    """The values that stand behind a name and an equals sign in words, or in what a program printed."""
    for found in printed_values(text, is_printed=is_printed):
        called, _, step = found.name.partition("@")
        number = re.match(r"\d*", step)
        called += step[number.end() :] if number else ""
        name = read_name(tokens_of(called, offset + found.start))
        if name is not None:
            written = Written(1, found.value, offset + found.value_start, offset + found.value_end)
            begin = offset + found.start
            said = Claim((name,), (), (written,), (), loose=found.loose, start=begin, prefix=found.prefix)
            yield replace(said, step=int(number.group() or 0) if number else 0)
