"""What scanning, haste and tools do to a write-up: damages to its formulas, one here and one there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.hands.files import Typed
from tests.hands.formulas import Entry, Mat, Num, Row, Script, Span, Sym, Text, Tree, walk
from tests.hands.writeup import Aligned, Block, Chain, Display, Para, Picture, WriteUp, chain, chains

Change = Callable[[Tree], Tree]


def mapped(tree: Tree, change: Change) -> Tree:
    """The tree with every part changed, the inner ones first."""
    match tree:
        case Entry(name, value):
            return change(Entry(name, mapped(value, change)))
        case Row(items):
            return change(Row(tuple(mapped(item, change) for item in items)))
        case Script(base, sub, sup):
            parts = [part if part is None else mapped(part, change) for part in (sub, sup)]
            return change(Script(mapped(base, change), *parts))
        case Mat(rows, style):
            return change(Mat(tuple(tuple(mapped(cell, change) for cell in row) for row in rows), style))
        case _:
            return change(tree)


def replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with one part of it in the place of another."""
    return mapped(tree, lambda one: new if one == old else one)


def at(write_up: WriteUp, number: int, *blocks: Block) -> WriteUp:
    """The write-up with other blocks in the place of one."""
    return replace(write_up, blocks=(*write_up.blocks[:number], *blocks, *write_up.blocks[number + 1 :]))


def displayed(write_up: WriteUp, fits: Callable[[Chain], bool]) -> Iterator[tuple[int, Display]]:
    for number, block in enumerate(write_up.blocks):
        if isinstance(block, Display) and fits(block.chain):
            yield number, block


def in_chain(one: Chain, number: int, change: Callable[[str, Tree], tuple[str, Tree]]) -> Chain:
    """The chain with one member changed."""
    members = list(one.members)
    members[number] = change(*members[number])
    return Chain(tuple(members))


def with_chain(block: Block, old: Chain, new: Chain) -> Block:
    match block:
        case Display():
            return Display(new)
        case Aligned(rows):
            return Aligned(tuple(new if row is old else row for row in rows))
        case Para(pieces, bullet):
            return Para(tuple(new if piece is old else piece for piece in pieces), bullet)
        case _:
            return block


def any_chain(write_up: WriteUp, chance: random.Random, fits: Callable[[Chain], bool]) -> tuple[int, Chain] | None:
    found = [(n, one) for n, block in enumerate(write_up.blocks) for one in chains(block) if fits(one)]
    return chance.choice(found) if found else None


def changing_name(old: str, make: Change) -> Callable[[WriteUp, random.Random], WriteUp]:
    """Changes the first member of a chain that holds a sign."""

    def damage(write_up: WriteUp, chance: random.Random) -> WriteUp:
        holds = lambda one: not one.members[0][0] and Sym(old) in walk(one.members[0][1])  # noqa: E731
        found = any_chain(write_up, chance, holds)
        if found is None:
            return write_up
        number, one = found
        new = in_chain(one, 0, lambda relation, tree: (relation, mapped(tree, make)))
        return at(write_up, number, with_chain(write_up.blocks[number], one, new))

    return damage


def changing_member(
    fits: Callable[[Tree], bool], make: Callable[[Tree, random.Random], Tree]
) -> Callable[[WriteUp, random.Random], WriteUp]:
    """Changes a member in the middle of a chain, one that holds no answer."""

    def damage(write_up: WriteUp, chance: random.Random) -> WriteUp:
        found = [
            (n, one, m)
            for n, block in enumerate(write_up.blocks)
            for one in chains(block)
            for m, (relation, member) in enumerate(one.members)
            if (m or relation) and fits(member) and not any(isinstance(node, Entry) for node in walk(member))
        ]
        if not found:
            return write_up
        number, one, place = chance.choice(found)
        new = in_chain(one, place, lambda relation, tree: (relation, make(tree, chance)))
        return at(write_up, number, with_chain(write_up.blocks[number], one, new))

    return damage


def holds(sign: str) -> Callable[[Tree], bool]:
    return lambda tree: Sym(sign) in walk(tree)


def swapped_sign(old: str, new: str) -> Change:
    return lambda tree: Sym(new) if tree == Sym(old) else tree


def prime_for_one(tree: Tree) -> Tree:
    """`s'` for s^(1)."""
    if isinstance(tree, Script) and tree.sup is not None:
        inside = [node for node in walk(tree.sup) if isinstance(node, Num)]
        if [node.text for node in inside] == ["1"]:
            return Row((Script(tree.base, tree.sub, Sym("'")),))
    return tree


def odd_layer(tree: Tree) -> Tree:
    """`a^{i2}` for a^(2)."""
    if isinstance(tree, Script) and isinstance(tree.sup, Row):
        inside = [node for node in walk(tree.sup) if isinstance(node, Num)]
        if len(inside) == 1:
            return Script(tree.base, tree.sub, Row((Sym("i"), inside[0])))
    return tree


def without_new(tree: Tree) -> Tree:
    if isinstance(tree, Script) and tree.sub == Text("new"):
        return replace(tree, sub=None)
    if isinstance(tree, Script) and tree.sup is not None and Text("new") in walk(tree.sup):
        return replace(tree, sup=mapped(tree.sup, lambda node: Row(()) if node in (Text("new"), Sym(",")) else node))
    return tree


def one_minus_lost(tree: Tree, chance: random.Random) -> Tree:
    """A minus is lost in a product that is right further on."""
    negative = [node for node in walk(tree) if isinstance(node, Num) and node.text.startswith("-")]
    if not negative:
        return tree
    chosen = chance.choice(negative)
    done = False

    def change(node: Tree) -> Tree:
        nonlocal done
        if node is chosen and not done:
            done = True
            return Num(chosen.text[1:])
        return node

    return mapped(tree, change)


def row_lost(tree: Tree, chance: random.Random) -> Tree:
    mats = [node for node in walk(tree) if isinstance(node, Mat) and len(node.rows) > 1]
    if not mats:
        return tree
    chosen = chance.choice(mats)
    gone = chance.randrange(len(chosen.rows))
    left = Mat(tuple(row for n, row in enumerate(chosen.rows) if n != gone), chosen.style)
    return mapped(tree, lambda node: left if node == chosen else node)


def split_in_columns(tree: Tree, chance: random.Random) -> Tree:  # noqa: ARG001
    """One matrix as its columns, side by side."""
    for node in walk(tree):
        if isinstance(node, Mat) and len(node.rows) > 1 and len(node.rows[0]) == 2:
            columns = Row(tuple(Mat(tuple((row[j],) for row in node.rows), node.style) for j in range(2)))
            return replaced(tree, node, columns)
    return tree


def with_dimension(tree: Tree, chance: random.Random) -> Tree:
    """A label of the dimensions behind a matrix."""
    mats = [node for node in walk(tree) if isinstance(node, Mat)]
    if not mats:
        return tree
    chosen = chance.choice(mats)
    n, m = len(chosen.rows), len(chosen.rows[0])
    label = chance.choice(
        (Row((Num(str(n)), Sym(r"\times"), Num(str(m)))), Text("H2"), Row((Num("1"), Sym("+"), Num("2"))))
    )
    return mapped(tree, lambda node: Script(chosen, label) if node == chosen else node)


def relation_misread(write_up: WriteUp, chance: random.Random) -> WriteUp:
    """`:` for `=`."""
    found = any_chain(write_up, chance, lambda one: len(one.members) > 1)
    if found is None:
        return write_up
    number, one = found
    place = chance.randrange(1, len(one.members))
    new = in_chain(one, place, lambda _, tree: (":", tree))
    return at(write_up, number, with_chain(write_up.blocks[number], one, new))


def minus_as_equals(tree: Tree, chance: random.Random) -> Tree:  # noqa: ARG001
    return mapped(tree, lambda node: Sym("=") if node == Sym("-") else node)


def side_note(write_up: WriteUp, chance: random.Random) -> WriteUp:
    note = chance.choice((r"(2 \times 1)", r"1 + 2", "H2", "ReLU"))
    from tests.hands.formulas import tex

    place = chance.randrange(len(write_up.blocks))
    return at(write_up, place, Display(chain(tex(note))), write_up.blocks[place])


def picture_between(write_up: WriteUp, chance: random.Random) -> WriteUp:
    found = list(displayed(write_up, lambda one: len(one.members) > 2))
    if not found:
        return write_up
    number, block = chance.choice(found)
    cut = chance.randrange(1, len(block.chain.members))
    first, rest = block.chain.members[:cut], block.chain.members[cut:]
    return at(write_up, number, Display(Chain(first)), Picture("img-3.jpeg"), Display(Chain(rest)))


def last_repeated(write_up: WriteUp, chance: random.Random) -> WriteUp:
    found = any_chain(write_up, chance, lambda one: any(isinstance(node, Entry) for node in walk(one.members[-1][1])))
    if found is None:
        return write_up
    number, one = found
    new = Chain((*one.members, ("=", one.members[-1][1])))
    return at(write_up, number, with_chain(write_up.blocks[number], one, new))


def corrected_later(write_up: WriteUp, chance: random.Random) -> WriteUp:
    """An answer stands once more, with another number."""
    found = any_chain(
        write_up,
        chance,
        lambda one: not one.members[0][0] and any(isinstance(node, Entry) for node in walk(one.members[-1][1])),
    )
    if found is None:
        return write_up
    number, one = found
    answers = [node for node in walk(one.members[-1][1]) if isinstance(node, Entry) and isinstance(node.value, Num)]
    if not answers:
        return write_up
    chosen = chance.choice(answers)
    other = Entry(chosen.name, Num(f"{float(chosen.value.text) + 2:.6g}"))  # type: ignore[union-attr]
    value = mapped(one.members[-1][1], lambda node: other if node == chosen else node)
    again = Display(chain(one.members[0][1], value))
    return replace(write_up, blocks=(*write_up.blocks[: number + 1], again, *write_up.blocks[number + 1 :]))


def function_lost(write_up: WriteUp, chance: random.Random) -> WriteUp:
    """`a = [5; -5] = [5; 0]`: what stood around the first is lost."""
    found = [
        (number, block)
        for number, block in displayed(write_up, lambda one: len(one.members) == 3)
        if Sym("h") in walk(block.chain.members[1][1]) and isinstance(block.chain.members[2][1], Mat)
    ]
    if not found:
        return write_up
    number, block = chance.choice(found)
    name, _, (relation, value) = block.chain.members
    plain = mapped(value, lambda node: node.value if isinstance(node, Entry) else node)
    other = mapped(plain, lambda node: Num("-5") if node == Num("0") else node)
    return at(write_up, number, Display(Chain((name, ("=", other), (relation, value)))))


DAMAGES: dict[str, Callable[[WriteUp, random.Random], WriteUp]] = {
    "S for delta": changing_name(r"\delta", swapped_sign(r"\delta", "S")),
    "s for delta": changing_name(r"\delta", swapped_sign(r"\delta", "s")),
    "a prime for 1, s": changing_name("s", prime_for_one),
    "a prime for 1, b": changing_name("b", prime_for_one),
    "a prime for 1, W": changing_name("W", prime_for_one),
    "an odd layer": changing_name("a", odd_layer),
    "gamma for eta": changing_member(holds(r"\eta"), lambda tree, _: mapped(tree, swapped_sign(r"\eta", r"\gamma"))),
    "a delta left out": changing_member(
        holds(r"\eta"), lambda tree, _: mapped(tree, lambda node: Row(()) if node == Sym(r"\delta") else node)
    ),
    "new left out": changing_name("W", without_new),
    "h for h'": changing_member(
        holds("'"), lambda tree, _: mapped(tree, lambda node: Row(()) if node == Sym("'") else node)
    ),
    "a minus lost": changing_member(lambda tree: True, one_minus_lost),  # noqa: ARG005
    "a row lost": changing_member(lambda tree: True, row_lost),  # noqa: ARG005
    "split in columns": changing_member(lambda tree: True, split_in_columns),  # noqa: ARG005
    "a dimension": changing_member(lambda tree: True, with_dimension),  # noqa: ARG005
    "= for -": changing_member(holds("-"), minus_as_equals),
    ": for =": relation_misread,
    "a side note": side_note,
    "a picture between": picture_between,
    "the last repeated": last_repeated,
    "corrected later": corrected_later,
    "relu( lost": function_lost,
}
"""What may happen to a write-up's formulas."""


def on_answers(make: Callable[[Tree, random.Random], Tree]) -> Callable[[WriteUp, random.Random], WriteUp]:
    """Damages the member that the answers stand in."""

    def damage(write_up: WriteUp, chance: random.Random) -> WriteUp:
        found = any_chain(write_up, chance, lambda one: any(isinstance(node, Mat) for node in walk(one.members[-1][1])))
        if found is None:
            return write_up
        number, one = found
        new = in_chain(one, len(one.members) - 1, lambda relation, tree: (relation, make(tree, chance)))
        return at(write_up, number, with_chain(write_up.blocks[number], one, new))

    return damage


DAMAGES |= {
    "a dimension behind the answer": on_answers(with_dimension),
    "a row of the answer lost": on_answers(row_lost),
    "the answer split in columns": on_answers(split_in_columns),
}

EACH = 6
"""Damages in one write-up."""


def damaged(write_up: WriteUp, chance: random.Random, count: int = EACH) -> WriteUp:
    """The write-up with several damages of different kinds."""
    for kind in chance.sample(list(DAMAGES), count):
        write_up = DAMAGES[kind](write_up, chance)
    return write_up


def mathpix(text: Typed) -> Typed:
    r"""`\( \)` and `\[ \]` for dollars, arrays for the other matrices."""
    return substituted(
        text,
        (
            (r"\$\$\n(.*?)\n\$\$", r"\\[\n\1\n\\]"),
            (r"(?<!\$)\$([^$\n]+)\$(?!\$)", r"\\( \1 \\)"),
        ),
    )


def spaced_out(text: Typed) -> Typed:
    """Every character of a display by itself."""
    parts, spans, place = [], list[Span](), 0
    starts: list[int] = []
    inside = False
    for piece in re.findall(r"\$\$\n|\n\$\$|\\begin\{[a-z]+\}|\\end\{[a-z]+\}|\\[A-Za-z]+|\\\\|.|\n", text.text):
        shown = piece
        if piece.strip() == "$$":
            inside = piece.startswith("$$")
        elif inside and piece.strip():
            shown = piece + " "
        elif inside:
            shown = ""
        starts += [place] * len(piece)
        parts.append(shown)
        place += len(shown)
    starts.append(place)
    spans = [Span(span.name, starts[span.start], starts[span.end]) for span in text.spans]
    return Typed("".join(parts), tuple(spans))


def substituted(text: Typed, rules: tuple[tuple[str, str], ...]) -> Typed:
    """The text with patterns replaced; the answers are followed by marks that stand around them meanwhile."""
    marked, shift = text.text, 0
    for number, span in enumerate(sorted(text.spans, key=lambda span: span.start)):
        begin, end = f"\ue000{number}\ue001", "\ue002"
        marked = marked[: span.start + shift] + begin + marked[span.start + shift :]
        shift += len(begin)
        marked = marked[: span.end + shift] + end + marked[span.end + shift :]
        shift += len(end)
    for pattern, new in rules:
        marked = re.sub(pattern, new, marked, flags=re.DOTALL)
    ordered = sorted(text.spans, key=lambda span: span.start)
    plain, spans, open_one = "", [], (0, 0)
    for piece in re.findall(r"\ue000\d+\ue001|\ue002|[^\ue000\ue002]+", marked):
        if piece[0] == "\ue000":
            open_one = int(piece[1:-1]), len(plain)
        elif piece == "\ue002":
            spans.append(Span(ordered[open_one[0]].name, open_one[1], len(plain)))
        else:
            plain += piece
    return Typed(plain, tuple(spans))


def bare_breaks(text: Typed) -> Typed:
    r"""A bare `\\` between the members of displays."""
    return substituted(text, ((r"(\\end\{[bp]matrix\}) = (\\begin)", r"\1 \\\\ = \2"),))


TOOLS = {"mathpix": mathpix, "spaced out": spaced_out, "bare breaks": bare_breaks}
"""What tools do to a whole text."""
