"""Two hands that were finished before there was a reader, and that it was never tuned on."""

from __future__ import annotations

from tests.hands.desk import Desk, bracketed, put_together, row_of
from tests.hands.formulas import Num, Row, Sym, Tree, tex
from tests.hands.writeup import Aligned, Block, Chain, Display, Heading, Para, WriteUp, chain


def square_brackets(desk: Desk) -> WriteUp:
    """Layers in square brackets, gradients dz and dW, `:=`; results in words between the displays."""
    desk.style = "array"
    blocks: list[Block] = [Heading("Problem 2"), Para(("We begin with ", chain(tex("a^{[0]}"), tex("x")), "."))]
    for l in range(1, desk.depth + 1):
        blocks.append(Para((f"Layer {l}:",)))
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        blocks.append(
            Display(
                chain(
                    tex(f"z^{{[{l}]}}"),
                    tex(f"W^{{[{l}]}} a^{{[{l - 1}]}} + b^{{[{l}]}}"),
                    tex("@ @ + @", desk.W(l), before, desk.b(l)),
                    desk.answers(f"s{l}"),
                )
            )
        )
        function = rf"g^{{[{l}]}}(z^{{[{l}]}})"
        blocks.append(Display(chain(tex(f"a^{{[{l}]}}"), tex(function), desk.answers(f"a{l}"))))
        if l < desk.depth:
            slope = tex(rf"g'^{{[{l}]}}(z^{{[{l}]}})")
            blocks.append(Para(("The derivative is ", chain(slope, desk.answers(f"da{l}")), " here.")))
    blocks.append(Heading("Backward pass"))
    last = desk.depth
    output = chain(
        tex(f"dz^{{[{last}]}}"),
        tex(f"a^{{[{last}]}} - y"),
        tex("@ - @", desk.copied(f"a{last}"), desk.y()),
        desk.answers(f"delta{last}"),
    )
    blocks.append(Display(output))
    for l in range(last - 1, 0, -1):
        product = tex(
            r"@ @ \odot @", desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}"), desk.copied(f"da{l}")
        )
        blocks.append(
            Display(
                chain(
                    tex(f"dz^{{[{l}]}}"),
                    tex(rf"{{W^{{[{l + 1}]}}}}^{{T}} dz^{{[{l + 1}]}} \odot g'^{{[{l}]}}(z^{{[{l}]}})"),
                    product,
                    desk.answers(f"delta{l}"),
                )
            )
        )
    blocks.append(Para(("Now the parameters, with ", chain(tex(r"\alpha"), desk.eta), ":")))
    for l in range(last, 0, -1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        weights = tex("@ - @ @ @", desk.W(l), desk.eta, desk.copied(f"delta{l}"), row_of(before))
        blocks.append(
            Display(
                chain(
                    tex(f"W^{{[{l}]}}"),
                    tex(rf"W^{{[{l}]}} - \alpha dz^{{[{l}]}} a^{{[{l - 1}]T}}"),
                    weights,
                    desk.answers(f"W{l}_new"),
                    relations=("", ":=", "=", "="),
                )
            )
        )
        biases = tex("@ - @ @", desk.b(l), desk.eta, desk.copied(f"delta{l}"))
        members = (tex(f"b^{{[{l}]}}"), tex(rf"b^{{[{l}]}} - \alpha dz^{{[{l}]}}"), biases, desk.answers(f"b{l}_new"))
        blocks.append(Display(chain(*members, relations=("", ":=", "=", "="))))
    return WriteUp(tuple(blocks))


def inputs_are_layer_one(desk: Desk) -> WriteUp:
    """The inputs are layer 1, so that the weights of the layer l lead to net of l + 1; unit by unit, then together."""
    desk.style = "pmatrix"
    blocks: list[Block] = [Heading("Forward"), Display(chain(tex("o^{(1)}"), tex("x"), desk.x()))]
    for l in range(1, desk.depth + 1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        rows = [chain(tex(f"net^{{({l + 1})}}"), tex(f"W^{{({l})}} o^{{({l})}} + b^{{({l})}}"))]
        sums = [_sum(desk, l, unit) for unit in range(len(desk.cell(f"s{l}")))]
        rows.append(chain(desk.vector(sums), relations=("=",)))
        rows.append(chain(desk.answers(f"s{l}"), relations=("=",)))
        rows[1:1] = [chain(tex("@ @ + @", desk.W(l), before, desk.b(l)), relations=("=",))]
        blocks.append(Aligned(tuple(rows)))
        function = r"\varphi" if l < desk.depth else {"softmax": r"\mathrm{softmax}"}.get(desk.output, r"\psi")
        blocks.append(
            Aligned(
                (
                    chain(tex(f"o^{{({l + 1})}}"), tex(f"{function}(net^{{({l + 1})}})")),
                    chain(desk.answers(f"a{l}"), relations=(r"\approx",)),
                )
            )
        )
        if l < desk.depth:
            name = tex(rf"\varphi'(net^{{({l + 1})}})")
            blocks.append(Aligned((chain(name), chain(desk.answers(f"da{l}"), relations=("=",)))))
    blocks.append(Heading("Backward"))
    for l in range(desk.depth, 0, -1):
        name = tex(rf"\frac{{\partial C}}{{\partial net^{{({l + 1})}}}}")
        rows: list[Chain] = []
        if l == desk.depth:
            rows.append(chain(name, tex(f"o^{{({l + 1})}} - t")))
            rows.append(chain(tex("@ - @", desk.copied(f"a{l}"), desk.y()), relations=("=",)))
        else:
            behind = rf"\frac{{\partial C}}{{\partial net^{{({l + 2})}}}}"
            rows.append(chain(name, tex(rf"\varphi'(net^{{({l + 1})}}) \odot W^{{({l + 1})T}} {behind}")))
            numbers = tex(
                r"@ \odot @ @", desk.copied(f"da{l}"), desk.W(l + 1, transposed=True), desk.copied(f"delta{l + 1}")
            )
            rows.append(chain(numbers, relations=("=",)))
        rows.append(chain(desk.answers(f"delta{l}"), relations=("=",)))
        blocks.append(Aligned(tuple(rows)))
    for l in range(desk.depth, 0, -1):
        before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
        gradient = rf"\frac{{\partial C}}{{\partial net^{{({l + 1})}}}}"
        rows = [
            chain(tex(f"W^{{({l})}}_{{new}}"), tex(rf"W^{{({l})}} - \eta {gradient} o^{{({l})T}}")),
            chain(tex("@ - @ @ @", desk.W(l), desk.eta, desk.copied(f"delta{l}"), row_of(before)), relations=("=",)),
            chain(desk.answers(f"W{l}_new"), relations=("=",)),
        ]
        blocks.append(Aligned(tuple(rows)))
        rows = [
            chain(tex(f"b^{{({l})}}_{{new}}"), tex(rf"b^{{({l})}} - \eta {gradient}")),
            chain(tex("@ - @ @", desk.b(l), desk.eta, desk.copied(f"delta{l}")), relations=("=",)),
            chain(desk.answers(f"b{l}_new"), relations=("=",)),
        ]
        blocks.append(Aligned(tuple(rows)))
    return WriteUp(tuple(blocks))


def _sum(desk: Desk, l: int, unit: int) -> Row:
    """A row of W times what comes in, written out."""
    weights = desk.given.W[l - 1][unit]
    before = desk.x() if l == 1 else desk.copied(f"a{l - 1}")
    values: list[Tree] = [row[0] for row in before.rows]
    terms: list[Tree] = [
        Row((bracketed(Num(weight)), Sym(r"\cdot"), bracketed(value)))
        for weight, value in zip(weights, values, strict=True)
    ]
    return put_together([*terms, bracketed(Num(desk.given.b[l - 1][unit]))], "+")


HELD_OUT = {"square brackets": square_brackets, "inputs are layer one": inputs_are_layer_one}
