r"""The names that stand before an equals sign, as they are written; what they mean comes later.

s^{(1)}   z_1   a_1'^{(2)}   \hat{y}   h'(s^{(1)})   \frac{\partial C}{\partial z^{(3)}}   dz^{[2]}   W_{new}^{(3)}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checks.writeups.scripts import NEW, Form, ReadName, Script, scripted
from checks.writeups.tokens import Token

_GREEK = frozenset({
    r"\delta", r"\Delta", r"\sigma", r"\varphi", r"\psi", r"\theta", r"\Theta", r"\eta", r"\alpha", r"\gamma",
    r"\epsilon", r"\lambda", r"\mu", r"\rho", r"\tau",
})  # fmt: skip
_WORDS = (
    "delta", "Delta", "yhat", "y_hat", "net", "out", "dz", "dZ", "ds", "dS", "da", "dA", "dW", "db", "act", "relu",
    "ReLU", "softmax", "Softmax", "sigmoid", "tanh", "eta", "lr", "grad",
)  # fmt: skip
_ACCENTS = {r"\hat": "hat", r"\widehat": "hat", r"\bar": "bar", r"\overline": "bar", r"\tilde": "tilde"}


MAX_INSIDE, MAX_GROUP = 4, 60
"""Names inside one another, and tokens in braces."""


class _NotAName(Exception):
    pass


def read_name(tokens: Sequence[Token]) -> ReadName | None:
    """The one name that the tokens are, None where they are none or more than one."""
    found = name_at(tokens, 0)
    return found[0] if found and found[1] == len(tokens) else None


def name_at(tokens: Sequence[Token], start: int) -> tuple[ReadName, int] | None:
    """The name that begins there, and where it ends; None where there begins none."""
    try:
        name, end = _Reader(tokens, start).name()
    except (_NotAName, IndexError):
        return None
    return replace(name, text="".join(one.text for one in tokens[start:end])), end


class _Reader:
    """A place in the tokens of one name."""

    def __init__(self, tokens: Sequence[Token], place: int, depth: int = 0) -> None:
        self.tokens, self.place, self.depth = tokens, place, depth
        if depth > MAX_INSIDE:
            raise _NotAName

    def here(self) -> str:
        return self.tokens[self.place].text if self.place < len(self.tokens) else ""

    def name(self) -> tuple[ReadName, int]:
        start = self.tokens[self.place].start
        if gradient := self.gradient():
            return replace(gradient, start=start), self.place
        name = self.scripts(ReadName(self.letter()))
        inner = self.argument()
        if inner is not None:
            name = replace(name, form=Form.FUNCTION, of=inner)
            name = self.scripts(name)
        elif name.letter in ("softmax", "Softmax", "sigmoid", "tanh", "act", "relu", "ReLU"):
            raise _NotAName
        return replace(name, start=start), self.place

    def letter(self) -> str:
        one = self.tokens[self.place]
        if accent := _ACCENTS.get(one.text):
            self.place += 1
            inner = self.group() if self.here() == "{" else [self.step()]
            if len(inner) != 1 or not inner[0].text.isalpha():
                raise _NotAName
            return inner[0].text + accent
        if one.word:
            if not one.text.isalpha():
                raise _NotAName
            self.place += 1
            return one.text
        if one.text in _GREEK:
            self.place += 1
            return one.text[1:]
        run = self.run_of_letters()
        for word in _WORDS:
            if run.startswith(word) and (len(run) == len(word) or word not in ("da", "ds", "db", "out", "net")):
                self.place += len(word)
                return word.replace("_", "")
        if not run:
            raise _NotAName
        self.place += 1
        return run[0]

    def run_of_letters(self) -> str:
        """The letters that stand here without space between them, but for a `d` and what it is the gradient in."""
        letters = ""
        for place in range(self.place, min(self.place + MAX_GROUP, len(self.tokens))):
            one = self.tokens[place]
            if not (len(one.text) == 1 and one.text.isalpha()) or one.word:
                break
            if letters and one.spaced and not (letters == "d" and self.is_scripted(place)):
                break
            letters += one.text
        return letters

    def is_scripted(self, place: int) -> bool:
        """Whether it is a letter of what gradients are taken in, and has a script."""
        following = self.tokens[place + 1].text if place + 1 < len(self.tokens) else ""
        return self.tokens[place].text in "zZsS" and following in ("^", "_")

    def step(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def group(self) -> list[Token]:
        """What stands in the braces that open here."""
        depth, start = 0, self.place
        while True:
            depth += {"{": 1, "}": -1}.get(self.here(), 0)
            self.place += 1
            if depth == 0:
                return list(self.tokens[start + 1 : self.place - 1])
            if self.place >= len(self.tokens) or self.place - start > MAX_GROUP:
                raise _NotAName

    def scripts(self, name: ReadName) -> ReadName:
        """Primes, what stands above and below, and numbers straight behind the letter."""
        while True:
            here, one = self.here(), self.tokens[self.place] if self.place < len(self.tokens) else None
            if one is None:
                return name
            if here == "'" and name.primes < MAX_GROUP:
                self.place += 1
                name = replace(name, primes=name.primes + 1)
            elif here in ("^", "_") and len(name.scripts) < MAX_GROUP:
                self.place += 1
                inner = self.group() if self.here() == "{" else self.bare_script()
                name = scripted(name, inner, raised=here == "^")
            elif one.is_number and not one.spaced and one.text.isdigit() and not name.scripts:
                self.place += 1
                name = replace(name, scripts=(*name.scripts, Script(int(one.text), False, False)))
            elif here == "(" and (number := self.in_brackets(")")) is not None and len(number) == 1:
                name = replace(name, scripts=(*name.scripts, Script(number[0], True, True)))
            elif here == "[" and not one.spaced and (number := self.in_brackets("]")) is not None:
                name = replace(name, index=number)
            elif one.word and here in NEW and not name.new:
                self.place += 1
                name = replace(name, new=True)
            else:
                return name

    def bare_script(self) -> list[Token]:
        """A script without braces: one token, or the letters of `new`."""
        following = list(self.tokens[self.place : self.place + 3])
        if [one.text for one in following] == ["n", "e", "w"]:
            self.place += 3
            return following
        return [self.step()]

    def in_brackets(self, closing: str) -> tuple[int, ...] | None:
        """The whole numbers in the brackets that open here, or None, and then the place is as before."""
        texts: list[str] = []
        for place in range(self.place + 1, min(self.place + 5, len(self.tokens))):
            if self.tokens[place].text == closing:
                numbers = [text for text in texts if text != ","]
                if numbers and all(text.isdigit() for text in numbers) and len(texts) == 2 * len(numbers) - 1:
                    self.place = place + 1
                    return tuple(map(int, numbers))
                return None
            texts.append(self.tokens[place].text)
        return None

    def argument(self) -> ReadName | None:
        """The name in brackets after a function's."""
        if self.here() != "(":
            return None
        place = self.place
        self.place += 1
        try:
            inner, self.place = _Reader(self.tokens, self.place, self.depth + 1).name()
        except (_NotAName, IndexError):
            self.place = place
            return None
        if self.here() != ")":
            self.place = place
            return None
        self.place += 1
        return inner

    def gradient(self) -> ReadName | None:
        r"""`\frac{\partial C}{\partial z}`, `dC/dz`, `\nabla_z C`; None where none begins here, the place as before."""
        place = self.place
        try:
            if self.here() == r"\frac":
                self.place += 1
                above, below = self.group(), self.group()
            elif self.here() in (r"\partial", "d"):
                self.place += 1
                above = [Token("d", 0, 0), self.step()]
                if self.here() != "/":
                    raise _NotAName
                self.place += 1
                inner, end = _Reader(self.tokens, self.place + 1, self.depth + 1).name()
                below = list(self.tokens[self.place : end])
                self.place = end
            else:
                return None
            if len(above) < 2 or above[0].text not in (r"\partial", "d") or len(above) > 4:
                raise _NotAName
            if not below or below[0].text not in (r"\partial", "d"):
                raise _NotAName
            inner, end = _Reader(below, 1, self.depth + 1).name()
            if end != len(below):
                raise _NotAName
            return ReadName(above[1].text, Form.GRADIENT, of=inner)
        except (_NotAName, IndexError):
            self.place = place
            return None
