"""Pairs of expressions with letters, equal by textbook identities or nearly equal by one mistake.

Trees here are nested tuples that know nothing of how equality is decided; mpmath sees to it that a pair is what it is
said to be.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath

from exact.letters.symbolic import Function, Letter, Symbolic, symbolic

Tree = tuple[Any, ...]

LETTERS = ("x", "w", "t")
FUNCTIONS = ("exp", "ln", "tanh", "sigmoid")
ONE, TWO = ("number", Fraction(1)), ("number", Fraction(2))


def random_tree(chance: random.Random, depth: int) -> Tree:
    """A sum, product, fraction, power or function; of letters and small numbers at the bottom."""
    if depth == 0 or chance.random() < 0.12:
        if chance.random() < 0.75:
            return ("letter", chance.choice(LETTERS))
        return ("number", Fraction(chance.choice([-3, -2, -1, 1, 2, 3, 5]), chance.choice([1, 1, 1, 2, 3])))
    below = lambda: random_tree(chance, depth - 1)  # noqa: E731
    kind = chance.choices(("+", "-", "*", "/", "^", "function"), (5, 3, 5, 2, 1, 4))[0]
    if kind == "^":
        return ("^", below(), chance.choice([2, 3]))
    if kind == "function":
        return (chance.choice(FUNCTIONS), below())
    return (kind, below(), below())


def rewritten(tree: Tree, chance: random.Random, times: int) -> Tree:
    """The tree after so many identities, each used at some place."""
    for _ in range(times):
        tree = _somewhere(tree, chance, lambda node: chance.choice(_identities(node, chance)))
    return tree


def with_mistake(tree: Tree, chance: random.Random) -> Tree:
    """The tree with a sign, a factor, a letter or a power changed somewhere."""
    return _somewhere(tree, chance, lambda node: chance.choice(_mistakes(node, chance)))


def _somewhere(tree: Tree, chance: random.Random, change: Callable[[Tree], Tree]) -> Tree:
    places = [i for i, part in enumerate(tree) if isinstance(part, tuple)]
    if not places or chance.random() < 0.3:
        return change(tree)
    place = chance.choice(places)
    return (*tree[:place], _somewhere(tree[place], chance, change), *tree[place + 1 :])


def _identities(node: Tree, chance: random.Random) -> list[Tree]:
    letter = ("letter", chance.choice(LETTERS))
    found: list[Tree] = [
        ("-", ("+", node, letter), letter),
        ("*", TWO, ("/", node, TWO)),
        ("-", ("number", Fraction(0)), ("*", ("number", Fraction(-1)), node)),
        ("/", ("*", node, ("+", letter, TWO)), ("+", letter, TWO)),
    ]
    match node:
        case ("+" | "*" as kind, a, b):
            found += [(kind, b, a)] * 2
        case ("-", a, b):
            found += [
                ("*", ("number", Fraction(-1)), ("-", b, a)),
                ("+", a, ("*", ("number", Fraction(-1)), b)),
            ]
        case ("/", a, b):
            found += [("*", a, ("^", b, -1)), ("/", ("*", a, letter), ("*", b, letter))]
        case ("sigmoid", u):
            found += [
                ("/", ONE, ("+", ONE, ("exp", ("*", ("number", Fraction(-1)), u)))),
                ("/", ("exp", u), ("+", ONE, ("exp", u))),
                ("-", ONE, ("sigmoid", ("*", ("number", Fraction(-1)), u))),
                ("/", ("+", ONE, ("tanh", ("/", u, TWO))), TWO),
            ]
        case ("tanh", u):
            up, down = ("exp", u), ("exp", ("*", ("number", Fraction(-1)), u))
            found += [
                ("/", ("-", up, down), ("+", up, down)),
                ("-", ("*", TWO, ("sigmoid", ("*", TWO, u))), ONE),
                ("*", ("number", Fraction(-1)), ("tanh", ("*", ("number", Fraction(-1)), u))),
            ]
        case ("exp", ("+", a, b)):
            found += [("*", ("exp", a), ("exp", b))] * 2
        case ("exp", ("ln", u)):
            found += [u]
        case ("exp", u):
            found += [
                ("/", ONE, ("exp", ("*", ("number", Fraction(-1)), u))),
                ("^", ("exp", ("/", u, TWO)), 2),
            ]
        case ("ln", ("*", a, b)):
            found += [("+", ("ln", a), ("ln", b))]
        case ("ln", u):
            found += [
                ("*", ("number", Fraction(-1)), ("ln", ("/", ONE, u))),
                ("+", ("ln", ("/", u, TWO)), ("ln", TWO)),
                ("-", ("ln", ("*", u, ("exp", letter))), letter),
            ]
        case ("^", a, 2):
            found += [("*", a, a)] * 2
        case ("^", a, 3):
            found += [("*", a, ("^", a, 2))]
    match node:
        case ("*", ("+" | "-" as kind, a, b), c) | ("*", c, ("+" | "-" as kind, a, b)):
            found += [(kind, ("*", a, c), ("*", b, c))] * 3
        case ("/", ("+" | "-" as kind, a, b), c):
            found += [(kind, ("/", a, c), ("/", b, c))] * 3
        case ("^", ("+", a, b), 2):
            found += [("+", ("^", a, 2), ("+", ("*", TWO, ("*", a, b)), ("^", b, 2)))] * 3
    return found


def _mistakes(node: Tree, chance: random.Random) -> list[Tree]:
    found: list[Tree] = [
        ("*", ("number", Fraction(-1)), node),
        ("*", ("number", Fraction(chance.choice([2, 3, -2]))), node),
        ("^", node, 2),
        ("*", node, ("letter", chance.choice(LETTERS))),
    ]
    match node:
        case ("letter", name):
            others = [other for other in LETTERS if other != name]
            found += [("letter", chance.choice(others))] * 4
        case ("number", value):
            found += [("number", value + 1), ("number", -value)] * 2
        case ("+", a, b):
            found += [("-", a, b), a]
        case ("-", a, b):
            found += [("-", b, a), ("+", a, b)]
        case ("*", a, b):
            found += [a, b]
        case ("/", a, b):
            found += [("/", b, a), a]
        case ("tanh", u):
            found += [("sigmoid", u)]
        case ("sigmoid", u):
            found += [("tanh", u), ("-", ONE, ("sigmoid", u))]
    return found


def in_mpmath(tree: Tree, point: dict[str, mpmath.mpf]) -> mpmath.mpf:
    """The value; raises ValueError or ZeroDivisionError where there is none."""
    match tree:
        case ("number", value):
            return mpmath.mpf(value.numerator) / value.denominator
        case ("letter", name):
            return point[name]
        case ("^", base, exponent):
            return in_mpmath(base, point) ** exponent
        case ("+" | "-" | "*" | "/" as kind, a, b):
            left, right = in_mpmath(a, point), in_mpmath(b, point)
            return {"+": mpmath.fadd, "-": mpmath.fsub, "*": mpmath.fmul, "/": mpmath.fdiv}[kind](left, right)
        case (name, argument):
            value = in_mpmath(argument, point)
            if name == "ln" and value <= 0:
                raise ValueError
            if name != "ln" and abs(value) > 10_000:
                raise ValueError
            sigmoid = lambda u: 1 / (1 + mpmath.exp(-u))  # noqa: E731
            return {"exp": mpmath.exp, "ln": mpmath.log, "tanh": mpmath.tanh, "sigmoid": sigmoid}[name](value)
    raise AssertionError(tree)


def in_symbols(tree: Tree) -> Symbolic:
    """The tree as the decider takes it."""
    match tree:
        case ("number", value):
            return symbolic(value)
        case ("letter", name):
            return Letter(name)
        case ("^", base, exponent):
            return in_symbols(base) ** exponent
        case ("+", a, b):
            return in_symbols(a) + in_symbols(b)
        case ("-", a, b):
            return in_symbols(a) - in_symbols(b)
        case ("*", a, b):
            return in_symbols(a) * in_symbols(b)
        case ("/", a, b):
            return in_symbols(a) / in_symbols(b)
        case (name, argument):
            return Function(name, in_symbols(argument))
    raise AssertionError(tree)


def agree(left: Tree, right: Tree, chance: random.Random) -> bool | None:
    """Whether mpmath sees no difference at points where both have values; None where it finds no such points."""
    seen = 0
    with mpmath.workdps(80):
        for _ in range(60):
            point = {name: mpmath.mpf(chance.randint(-300, 300)) / 128 for name in LETTERS}
            try:
                a, b = in_mpmath(left, point), in_mpmath(right, point)
            except (ValueError, ZeroDivisionError, OverflowError):
                continue
            if abs(a) > 1e30 or abs(b) > 1e30:
                continue
            seen += 1
            if abs(a - b) > mpmath.mpf(10) ** -35 * (1 + abs(a) + abs(b)):
                return False
            if seen == 4:
                break
    return True if seen >= 2 else None


def equal_pair(chance: random.Random) -> tuple[Tree, Tree]:
    """Two expressions that are equal where both have values."""
    while True:
        tree = random_tree(chance, chance.choice([2, 3, 3, 4]))
        other = rewritten(tree, chance, chance.randint(2, 8))
        found = agree(tree, other, chance)
        assert found is not False, (tree, other)
        if found:
            return tree, other


def different_pair(chance: random.Random) -> tuple[Tree, Tree]:
    """Two expressions that one mistake keeps apart."""
    while True:
        tree, other = equal_pair(chance)
        wrong = with_mistake(other, chance)
        if agree(tree, wrong, chance) is False:
            return tree, wrong
