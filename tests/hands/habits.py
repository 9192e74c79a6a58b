"""Six hands with different habits: how they name, number, lay out and round what they work out."""

from __future__ import annotations

from collections.abc import Callable

from tests.hands.desk import Desk, bracketed, put_together, row_of
from tests.hands.formulas import Entry, Frac, Num, Row, Sym, Tree, number_of, tex
from tests.hands.writeup import Aligned, Block, Code, Display, Heading, Para, WriteUp, chain

OUTPUTS = {"softmax": r"\mathrm{softmax}", "sigmoid": r"\sigma", "linear": ""}
SHORT = (("W1.shape", "(200, 784)"), ("b1.shape", "(200,)"), ("softmax", "[0.09, 0.24, 0.67]"), ("correct", "9790"))


def one_display(desk: Desk) -> WriteUp:
    """s, a, a', delta; a whole chain in one display; W with the index new below."""
    blocks: list[Block] = [Heading("Problem 1"), *short_answers(), Heading("Problem 2"), Para(("(a) Feed forward.",))]
    for l in range(1, desk.depth + 1):
        x = "x" if l == 1 else f"a^{{({l - 1})}}"
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        numbers = tex("@ @ + @", desk.W(l), before, desk.b(l))
        blocks.append(
            Display(chain(tex(f"s^{{({l})}}"), tex(f"W^{{({l})}} {x} + b^{{({l})}}"), numbers, desk.answers(f"s{l}")))
        )
        function = "h" if l < desk.depth else OUTPUTS[desk.output]
        inner = tex(f"{function}(s^{{({l})}})") if function else tex(f"s^{{({l})}}")
        blocks.append(Display(chain(tex(f"a^{{({l})}}"), inner, desk.answers(f"a{l}"))))
        if l < desk.depth:
            blocks.append(Display(chain(tex(f"a'^{{({l})}}"), tex(f"h'(s^{{({l})}})"), desk.answers(f"da{l}"))))
    blocks.append(Para(("(b) Backpropagation, with ", chain(tex(r"\eta"), desk.eta), ".")))
    last = desk.depth
    numbers = tex("@ - @", desk.copied(f"a{last}"), desk.y())
    names = tex(rf"\delta^{{({last})}}"), tex(f"a^{{({last})}} - y")
    blocks.append(Display(chain(*names, numbers, desk.answers(f"delta{last}"))))
    for l in range(last - 1, 0, -1):
        formula = tex(rf"a'^{{({l})}} \odot (W^{{({l + 1})}})^T \delta^{{({l + 1})}}")
        numbers = tex(
            r"@ \odot @ @", desk.copied(f"da{l}"), desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}")
        )
        blocks.append(Display(chain(tex(rf"\delta^{{({l})}}"), formula, numbers, desk.answers(f"delta{l}"))))
    for l in range(last, 0, -1):
        x = "x" if l == 1 else f"(a^{{({l - 1})}})"
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        formula = tex(rf"W^{{({l})}} - \eta \delta^{{({l})}} {x}^T")
        numbers = tex("@ - @ @ @", desk.W(l), desk.eta, desk.copied(f"delta{l}"), row_of(before))
        blocks.append(Display(chain(tex(f"W^{{({l})}}_{{new}}"), formula, numbers, desk.answers(f"W{l}_new"))))
        formula = tex(rf"b^{{({l})}} - \eta \delta^{{({l})}}")
        numbers = tex("@ - @ @", desk.b(l), desk.eta, desk.copied(f"delta{l}"))
        blocks.append(Display(chain(tex(f"b^{{({l})}}_{{new}}"), formula, numbers, desk.answers(f"b{l}_new"))))
    return WriteUp(tuple(blocks), SHORT)


def short_answers() -> list[Block]:
    """What Problem 1 asks for, in words."""
    return [
        Para(("The shapes are W1.shape = (200, 784) and b1.shape = (200,).",), bullet=True),
        Para(("softmax([0, 1, 2]) = [0.09, 0.24, 0.67]",), bullet=True),
        Para(("correct = 9790",), bullet=True),
    ]


def over_displays(desk: Desk) -> WriteUp:
    """Layers counted from 0; every member of a chain in a display of its own, which begins with its sign."""
    desk.style = "pmatrix"
    blocks: list[Block] = [Heading("Solution")]

    def spread(*members: Tree, last: str = "=") -> None:
        blocks.append(Display(chain(members[0], members[1])))
        blocks.extend(Display(chain(member, relations=("=",))) for member in members[2:-1])
        blocks.append(Display(chain(members[-1], relations=(last,))))

    for l in range(1, desk.depth + 1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        x = "x" if l == 1 else f"a^{{({l - 2})}}"
        spread(
            tex(f"z^{{({l - 1})}}"),
            tex(f"W^{{({l - 1})}} {x} + b^{{({l - 1})}}"),
            tex("@ @ + @", desk.W(l), before, desk.b(l)),
            desk.answers(f"s{l}"),
        )
        function = r"\sigma" if l < desk.depth else r"\mathrm{softmax}"
        last = {"linear": tex(f"z^{{({l - 1})}}"), "sigmoid": tex(rf"\sigma(z^{{({l - 1})}})")}
        formula = tex(f"{function}(z^{{({l - 1})}})") if l < desk.depth else last.get(desk.output)
        spread(
            tex(f"a^{{({l - 1})}}"),
            formula or tex(rf"\mathrm{{softmax}}(z^{{({l - 1})}})"),
            desk.answers(f"a{l}"),
            last=r"\approx",
        )
        if l < desk.depth:
            blocks.append(Display(chain(tex(rf"\sigma'(z^{{({l - 1})}})"), desk.answers(f"da{l}"))))
    for l in range(desk.depth, 0, -1):
        if l == desk.depth:
            formula, numbers = tex(f"a^{{({l - 1})}} - y"), tex("@ - @", desk.copied(f"a{l}"), desk.y())
        else:
            formula = tex(rf"\sigma'(z^{{({l - 1})}}) \odot W^{{({l})T}} \delta^{{({l})}}")
            parts = desk.copied(f"da{l}"), desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}")
            numbers = tex(r"@ \odot @ @", *parts)
        spread(tex(rf"\delta^{{({l - 1})}}"), formula, numbers, desk.answers(f"delta{l}"))
    for l in range(desk.depth, 0, -1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        x = "x^T" if l == 1 else f"a^{{({l - 2})T}}"
        spread(
            tex(f"W^{{({l - 1}),new}}"),
            tex(rf"W^{{({l - 1})}} - \eta \delta^{{({l - 1})}} {x}"),
            tex("@ - @ @ @", desk.W(l), desk.eta, desk.copied(f"delta{l}"), row_of(before)),
            desk.answers(f"W{l}_new"),
        )
        spread(
            tex(f"b^{{({l - 1}),new}}"),
            tex(rf"b^{{({l - 1})}} - \eta \delta^{{({l - 1})}}"),
            tex("@ - @ @", desk.b(l), desk.eta, desk.copied(f"delta{l}")),
            desk.answers(f"b{l}_new"),
        )
    return WriteUp(tuple(blocks))


def aligned(desk: Desk) -> WriteUp:
    """The layer below the letter; rows aligned at their signs; a left arrow for the update."""
    desk.style, desk.digits = "array", 5
    blocks: list[Block] = [Heading("2. Backpropagation by hand")]

    def rows(*members: Tree, relations: tuple[str, ...] = ()) -> None:
        marks = relations or ("=",) * (len(members) - 2)
        first = chain(members[0], members[1], relations=("", r"\leftarrow" if relations else "="))
        blocks.append(
            Aligned((first, *(chain(m, relations=(mark,)) for m, mark in zip(members[2:], marks, strict=True))))
        )

    for l in range(1, desk.depth + 1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        x = "x" if l == 1 else f"a_{l - 1}"
        numbers = tex("@ @ + @", desk.W(l), before, desk.b(l))
        rows(tex(f"z_{l}"), tex(f"W_{l} {x} + b_{l}"), numbers, desk.answers(f"s{l}"))
        function = "f" if l < desk.depth else OUTPUTS[desk.output]
        formula = tex(f"{function}(z_{l})") if function else tex(f"z_{l}")
        blocks.append(Aligned((chain(tex(f"a_{l}"), formula), chain(desk.answers(f"a{l}"), relations=(r"\approx",)))))
        if l < desk.depth:
            blocks.append(
                Aligned((chain(tex(f"a_{l}'"), tex(f"f'(z_{l})")), chain(desk.answers(f"da{l}"), relations=("=",))))
            )
    for l in range(desk.depth, 0, -1):
        if l == desk.depth:
            formula, numbers = tex(f"a_{l} - y"), tex("@ - @", desk.copied(f"a{l}"), desk.y())
        else:
            formula = tex(rf"(W_{l + 1}^T \delta_{l + 1}) \odot f'(z_{l})")
            parts = desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}"), desk.copied(f"da{l}")
            numbers = tex(r"(@ @) \odot @", *parts)
        rows(tex(rf"\delta_{l}"), formula, numbers, desk.answers(f"delta{l}"))
    for l in range(desk.depth, 0, -1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        x = "x^T" if l == 1 else f"a_{l - 1}^T"
        numbers = tex("@ - @ @ @", desk.W(l), desk.eta, desk.copied(f"delta{l}"), row_of(before))
        rows(
            tex(f"W_{l}"),
            tex(rf"W_{l} - \eta \delta_{l} {x}"),
            numbers,
            desk.answers(f"W{l}_new"),
            relations=("=", "="),
        )
        numbers = tex("@ - @ @", desk.b(l), desk.eta, desk.copied(f"delta{l}"))
        rows(tex(f"b_{l}"), tex(rf"b_{l} - \eta \delta_{l}"), numbers, desk.answers(f"b{l}_new"), relations=("=", "="))
    return WriteUp(tuple(blocks))


def bullets(desk: Desk) -> WriteUp:
    """Formulas in the words of a list, vectors in square brackets, results bold; h for a, the outputs yhat."""
    desk.style = "list"
    blocks: list[Block] = [Heading("Forward pass")]

    def bullet(*members: Tree, bold: bool = True) -> None:
        first, rest = chain(*members[:-1]), chain(members[-1])
        star = "**" if bold else ""
        blocks.append(Para((first, " = " + star, rest, star), bullet=True))

    h = lambda l: r"\hat{y}" if l == desk.depth else f"h_{l}"  # noqa: E731
    for l in range(1, desk.depth + 1):
        x = "x" if l == 1 else h(l - 1)
        blocks.append(Para((chain(tex(f"z_{l}"), tex(f"W_{l} {x} + b_{l}"), desk.answers(f"s{l}")),), bullet=True))
        function = r"\mathrm{act}" if l < desk.depth else OUTPUTS[desk.output] or r"\mathrm{id}"
        blocks.append(Para((chain(tex(h(l)), tex(f"{function}(z_{l})"), desk.answers(f"a{l}")),), bullet=True))
        if l < desk.depth:
            blocks.append(
                Para((chain(tex(rf"\mathrm{{act}}'(z_{l})"), desk.answers(f"da{l}")), " (slopes)"), bullet=True)
            )
    blocks.append(Heading("Backward pass"))
    for l in range(desk.depth, 0, -1):
        if l == desk.depth:
            members = tex(rf"\Delta_{l}"), tex(r"\hat{y} - y"), tex("@ - @", desk.copied(f"a{l}"), desk.y())
        else:
            formula = tex(rf"\mathrm{{act}}'(z_{l}) \odot W_{l + 1}^T \Delta_{l + 1}")
            parts = desk.copied(f"da{l}"), desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}")
            members = tex(rf"\Delta_{l}"), formula, tex(r"@ \odot @ @", *parts)
        bullet(*members, desk.answers(f"delta{l}"))
    blocks.append(Para(("Updates:",)))
    for l in range(desk.depth, 0, -1):
        x = "x^T" if l == 1 else f"{h(l - 1)}^T"
        bullet(tex(f"W_{l}^{{new}}"), tex(rf"W_{l} - \eta \Delta_{l} {x}"), desk.answers(f"W{l}_new"))
        bullet(tex(f"b_{l}^{{new}}"), tex(rf"b_{l} - \eta \Delta_{l}"), desk.answers(f"b{l}_new"), bold=False)
    return WriteUp(tuple(blocks))


def by_component(desk: Desk) -> WriteUp:
    """Every number by itself, with its sum written out."""
    blocks: list[Block] = [Heading("Problem 2 (a)")]
    show = lambda *members: blocks.append(Display(chain(*members)))  # noqa: E731

    def terms(pairs: list[tuple[Tree, Tree]]) -> list[Tree]:
        return [Row((bracketed(one), bracketed(other))) for one, other in pairs]

    def numbers(name: str) -> list[Tree]:
        return [desk.number(x) for x in desk.cell(name)]

    for l in range(1, desk.depth + 1):
        before = numbers("x" if l == 1 else f"a{l - 1}")
        for i, weights in enumerate(desk.given.W[l - 1]):
            pairs = list(zip([Num(w) for w in weights], before, strict=True))
            total = put_together([*terms(pairs), bracketed(Num(desk.given.b[l - 1][i]))], "+")
            show(tex(f"s_{i + 1}^{{({l})}}"), total, desk.answer(f"s{l}", i))
        for i, s in enumerate(numbers(f"s{l}")):
            formula = activation(desk, l, i, s)
            show(tex(f"a_{i + 1}^{{({l})}}"), *formula, desk.answer(f"a{l}", i))
            if l < desk.depth:
                show(tex(f"a_{i + 1}'^{{({l})}}"), tex("h'(@)", s), desk.answer(f"da{l}", i))
    blocks.append(Heading("Problem 2 (b)"))
    for l in range(desk.depth, 0, -1):
        for i in range(len(desk.cell(f"delta{l}"))):
            if l == desk.depth:
                a = numbers(f"a{l}")[i]
                difference = Row((a, Sym("-"), Num(desk.given.y[i])))
                show(
                    tex(rf"\delta_{i + 1}^{{({l})}}"),
                    tex(f"a_{i + 1}^{{({l})}} - y_{i + 1}"),
                    difference,
                    desk.answer(f"delta{l}", i),
                )
            else:
                pairs = [(Num(row[i]), d) for row, d in zip(desk.given.W[l], numbers(f"delta{l + 1}"), strict=True)]
                total = Row((numbers(f"da{l}")[i], bracketed(put_together(terms(pairs), "+"))))
                show(tex(rf"\delta_{i + 1}^{{({l})}}"), total, desk.answer(f"delta{l}", i))
    for l in range(desk.depth, 0, -1):
        before = numbers("x" if l == 1 else f"a{l - 1}")
        for i, weights in enumerate(desk.given.W[l - 1]):
            delta = numbers(f"delta{l}")[i]
            for j, w in enumerate(weights):
                total = Row((Num(w), Sym("-"), desk.eta, bracketed(delta), bracketed(before[j])))
                show(tex(f"w_{{{i + 1}{j + 1}}}^{{({l}),new}}"), total, desk.answer(f"W{l}_new", i, j))
            total = Row((Num(desk.given.b[l - 1][i]), Sym("-"), desk.eta, bracketed(delta)))
            show(tex(f"b_{i + 1}^{{({l}),new}}"), total, desk.answer(f"b{l}_new", i))
    return WriteUp(tuple(blocks))


def activation(desk: Desk, l: int, i: int, s: Tree) -> list[Tree]:
    """How a number of a comes about, in numbers."""
    if l == desk.depth and desk.output == "softmax":
        powers = [tex("e^{@}", desk.number(x)) for x in desk.cell(f"s{l}")]
        return [Frac(powers[i], put_together(powers, "+"))]
    kind = desk.hidden if l < desk.depth else desk.output
    if kind == "relu":
        return [tex(r"\max(0, @)", s)]
    if kind == "sigmoid":
        return [Frac(Num("1"), tex("1 + e^{-(@)}", s))]
    return [tex("h(@)", s)] if l < desk.depth else [tex(f"s_{i + 1}^{{({l})}}")]


def printouts(desk: Desk) -> WriteUp:
    """A notebook: numpy's printouts, vectors as rows, x W + b."""
    desk.turned, desk.digits = True, 8
    blocks: list[Block] = [Heading("Backpropagation by hand, checked with numpy")]

    def cell(source: str, name: str, answers: str) -> None:
        blocks.append(
            Code(f"{source}\nprint('{name} =', {name})", (f"{name} = ", *printed(desk, answers, len(name) + 3)))
        )

    for l in range(1, desk.depth + 1):
        x = "x" if l == 1 else f"a{l - 1}"
        blocks.append(
            Para((f"Layer {l}: ", chain(tex(f"z_{l}"), tex(f"{x[0]}{'_' + x[1:] if l > 1 else ''} W_{l} + b_{l}"))))
        )
        cell(f"z{l} = {x} @ W{l} + b{l}", f"z{l}", f"s{l}")
        cell(f"a{l} = f(z{l})", f"a{l}", f"a{l}")
        if l < desk.depth:
            cell(f"da{l} = df(z{l})", f"da{l}", f"da{l}")
    for l in range(desk.depth, 0, -1):
        source = f"a{l} - y" if l == desk.depth else f"d{l + 1} @ W{l + 1}.T * da{l}"
        cell(f"d{l} = {source}", f"d{l}", f"delta{l}")
    for l in range(desk.depth, 0, -1):
        x = "x" if l == 1 else f"a{l - 1}"
        cell(f"W{l}_new = W{l} - eta * {x}.T @ d{l}", f"W{l}_new", f"W{l}_new")
        cell(f"b{l}_new = b{l} - eta * d{l}", f"b{l}_new", f"b{l}_new")
    return WriteUp(tuple(blocks))


def printed(desk: Desk, name: str, indent: int) -> list[str | Entry]:
    """A cell as numpy prints it, columns under one another."""
    rows = desk.answers(name).rows
    texts = [[number_of(cell.value) for cell in row if isinstance(cell, Entry)] for row in rows]
    width = max(len(text) for row in texts for text in row)
    pieces: list[str | Entry] = ["["]
    for i, row in enumerate(rows):
        pieces.append("[" if i == 0 else "\n" + " " * (indent + 1) + "[")
        for j, one in enumerate(row):
            assert isinstance(one, Entry)
            pieces += [" " * ((j > 0) + width - len(texts[i][j])), one]
        pieces.append("]")
    return [*pieces, "]"]


HABITS: dict[str, Callable[[Desk], WriteUp]] = {
    "one display": one_display,
    "over displays": over_displays,
    "aligned": aligned,
    "bullets": bullets,
    "by component": by_component,
    "printouts": printouts,
}
