r"""How the names of a calculation are spelled by students: `w_5^{new}`, `dL/dw5`, `\frac{\partial L}{\partial w_5}`.

A name is reduced to its letters, digits and primes; brackets, braces, carets, underscores and backslashes are only
typography. Own names of a course keep their case; the canonical ones have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from exact.calculation.naming import Naming
from exact.calculation.quantity import Quantity

Entry = tuple[str, int | None]
"""A cell by its canonical name, and the place of an entry in it, None for the whole."""

COSTS = ("C", "L", "J", "E", "loss", "cost", "Loss", "Cost")
"""What the cost may be called in a gradient, as far as nothing else is."""

_ACCENT = re.compile(r"\\(hat|bar|tilde|widehat|overline|vec)\s*(?:\{\s*\\?([A-Za-z]+)\s*\}|\\?([A-Za-z]))")
_FRACTION = re.compile(r"\\[dt]?frac")
_TYPOGRAPHY = re.compile(
    r"\\(?:mathrm|mathbf|mathit|text|textbf|boldsymbol|bm|operatorname|left|right|big|Big|,|;|!|:)(?![a-z])|[\s\\{}()^_$*]"
)
_TWO_LABELS = re.compile(r"_\{([A-Za-z0-9_]+)\s*,\s*([A-Za-z0-9_]+)\}")
"""The subscript of a weight that bears the labels of both its ends, as in w_{1,3} or w_{O1,H2}."""
_PRIMES = re.compile(r"prime|[’′‘`]")
_SIGNS = {"∂": "partial", "∇": "nabla", "ŷ": "yhat", "Δ": "Delta", "⁺": "+"}
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξρστφχψω",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "phi",
            "chi",
            "psi",
            "omega",
        ],
        strict=True,
    )
)
_WORDS = {**_SIGNS, **_GREEK}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
_NAMED_ACCENTS = {"widehat": "hat", "overline": "bar"}


@lru_cache(4_096)
def reduced(text: str) -> str:
    r"""The letters, digits and primes of a name.

    >>> reduced(r"\frac{\partial L}{\partial w_{5}}"), reduced(r"\hat{y}^{(1)}"), reduced("W_3^{new}")
    ('fracpartialLpartialw5', 'yhat1', 'W3new')
    """
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    text = _ACCENT.sub(_accented, _FRACTION.sub(r"\\frac", text.translate(_SUBSCRIPTS)))
    return _PRIMES.sub("'", _TYPOGRAPHY.sub("", text))


def _accented(match: re.Match[str]) -> str:
    return (match[2] or match[3]) + _NAMED_ACCENTS.get(match[1], match[1])


class Spellings:
    """All spellings of the cells of one calculation, and of the entries that have names of their own."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming

    def find(self, text: str) -> Entry | None:
        """The cell or entry that a text, without an index behind it, is a name of."""
        key = reduced(text)
        if self.naming.is_own_throughout:
            others = self.exact.get(key) or self.subscripted.get(key)
        else:
            others = self.canonical.get(key.lower())
        return self.own.get(key) or others or self._by_two_labels(text)

    def _by_two_labels(self, text: str) -> Entry | None:
        """The entry that is named by two labels, w13 for w_{1,3}; where w is a cell those are an index, not a name."""
        without, labelled = _TWO_LABELS.subn("", text)
        if not labelled or self.find(without):
            return None
        return self.own.get(reduced(_TWO_LABELS.sub(r"\1\2", text)))

    @cached_property
    def own(self) -> dict[str, Entry]:
        """The spellings of what the course names, and of what derives from that; its own names first."""
        direct: dict[str, Entry] = {}
        derived: dict[str, Entry] = {}
        naming = self.naming
        for quantity in naming.calculation.cells:
            name = quantity.name
            if name in naming.cells:
                _put(direct, self._of(naming.cell(name), naming.latex_of(name)), (name, None))
            elif self._is_named(name):
                _put(derived, self._derived(quantity, self._base(quantity, None)), (name, None))
            for place in range(quantity.size):
                if (name, place) in naming.entries:
                    _put(direct, self._of(naming.entry(name, place), naming.entry_latex(name, place)), (name, place))
                elif naming.own_entry(name, place):
                    _put(derived, self._derived(quantity, self._base(quantity, place)), (name, place))
            if quantity.factor is not None:
                _put(derived, self._factor(quantity), (name, None))
            if quantity.gradient_of:
                self._put_gradients(derived, quantity)
        return derived | direct

    @cached_property
    def exact(self) -> dict[str, Entry]:
        """The spellings of canonical names whose case counts, and of what derives from them."""
        found: dict[str, Entry] = {}
        for quantity in self.naming.calculation.cells:
            _put(found, {reduced(quantity.name)}, (quantity.name, None))
            if quantity.origin is not None:
                _put(found, self._derived(quantity, {reduced(quantity.origin.base)}), (quantity.name, None))
        return found

    @cached_property
    def subscripted(self) -> dict[str, Entry]:
        """The spellings of a vector's entries with the index as a subscript, z_2, and of what derives from them."""
        found: dict[str, Entry] = {}
        for quantity in self.naming.calculation.cells:
            for place in range(quantity.size if len(quantity.shape) == 1 else 0):
                index = place + self.naming.first
                if quantity.origin is None:
                    _put(found, {reduced(f"{quantity.name}{index}")}, (quantity.name, place))
                else:
                    bases = {reduced(f"{quantity.origin.base}{index}")}
                    _put(found, self._derived(quantity, bases), (quantity.name, place))
        return found

    @cached_property
    def canonical(self) -> dict[str, Entry]:
        """The canonical spellings, in small letters."""
        found: dict[str, Entry] = {}
        cells = self.naming.calculation.cells
        for quantity in cells:
            spelled = {re.sub(r"_each$", "", quantity.name), *quantity.also}
            _put(found, {reduced(one).lower() for one in spelled}, (quantity.name, None))
        for quantity in cells:
            spelled = self._derived(quantity, {reduced(quantity.origin.base)}) if quantity.origin else set()
            if quantity.gradient_of:
                spelled |= set(_gradients(reduced(quantity.gradient_of), self._costs()))
            _put(found, {one.lower() for one in spelled}, (quantity.name, None))
        return found

    def _put_gradients(self, table: dict[str, Entry], quantity: Quantity) -> None:
        """The gradient by what the course calls in its own way: dL/dz1 is delta1."""
        of, naming = quantity.gradient_of, self.naming
        if of in naming.cells:
            names = self._of(naming.cell(of), naming.latex_of(of))
            _put(table, {one for name in names for one in _gradients(name, self._costs())}, (quantity.name, None))
        for place in range(quantity.size):
            if (of, place) in naming.entries:
                names = self._of(naming.entry(of, place), naming.entry_latex(of, place))
                _put(table, {one for name in names for one in _gradients(name, self._costs())}, (quantity.name, place))

    def _of(self, name: str, latex: str) -> set[str]:
        return {reduced(name), reduced(latex)}

    def _is_named(self, name: str) -> bool:
        """Whether the name of the cell derives from one that the course gives."""
        quantity = self.naming.calculation.by_name.get(name)
        return name in self.naming.cells or (
            quantity is not None and quantity.origin is not None and self._is_named(quantity.origin.base)
        )

    def _base(self, quantity: Quantity, place: int | None) -> set[str]:
        """The spellings of what the quantity's name is made of."""
        if quantity.origin is None:
            return set()
        base, naming = quantity.origin.base, self.naming
        if place is None:
            return self._of(naming.cell(base), naming.latex_of(base))
        return self._of(naming.own_entry(base, place), naming.entry_latex(base, place))

    def _derived(self, quantity: Quantity, bases: set[str]) -> set[str]:
        """The spellings of a gradient, a step, a new value, or of a cell of a later step."""
        plain, _, step = (quantity.origin.pattern if quantity.origin else "{}").partition("@")
        spelled: set[str] = set()
        for base in bases:
            if plain.startswith("grad_"):
                spelled |= set(_gradients(base, self._costs()))
            elif plain.startswith("step_"):
                spelled |= {f"step{base}", f"Delta{base}"}
            elif plain.endswith("_new"):
                spelled |= {f"{base}new", f"new{base}", f"{base}'", f"{base}+"}
            elif kept := re.fullmatch(r"([mv](?:hat)?)_\{\}", plain):
                spelled.add(f"{kept[1]}{base}")
            else:
                spelled.add(base)
        return {f"{one}@{step}" for one in spelled} if step else spelled

    def _factor(self, quantity: Quantity) -> set[str]:
        (of, place), (by, at) = quantity.factor or (("", 0), ("", 0))
        naming = self.naming
        tops = self._of(naming.entry(of, place), naming.entry_latex(of, place))
        bottoms = self._of(naming.entry(by, at), naming.entry_latex(by, at))
        return {one for top in tops for bottom in bottoms for one in _quotients(top, bottom)}

    def _costs(self) -> set[str]:
        own = {reduced(self.naming.cell(self.naming.calculation.cost))}
        taken = {*self.naming.cells.values(), *self.naming.entries.values()} - own
        return own | {cost for cost in COSTS if cost not in taken}


def _gradients(of: str, costs: set[str]) -> Iterator[str]:
    """The spellings of a gradient."""
    yield from (f"grad{of}", f"nabla{of}", f"d{of}")
    for cost in costs:
        yield f"nabla{of}{cost}"
        yield from _quotients(cost, of)


def _quotients(top: str, bottom: str) -> Iterator[str]:
    yield from (f"d{top}/d{bottom}", f"partial{top}/partial{bottom}")
    yield from (f"fracpartial{top}partial{bottom}", f"fracd{top}d{bottom}")


def _put(table: dict[str, Entry], spelled: set[str], entry: Entry) -> None:
    """The first that is called so stays."""
    for one in spelled:
        table.setdefault(one, entry)
