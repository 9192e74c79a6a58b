r"""What a formula beside a name says it is: `W x + b`, `h(s)`, `h'(s)`, `a - y`, `h'(s) ⊙ W^T δ`, `W - η δ a^T`.

The formula is a second witness: it tells S^3 that is a delta from S^1 that is a pre-activation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.writeups.cells import Kind
from checks.writeups.names import name_at
from checks.writeups.scripts import Form, ReadName
from checks.writeups.splitting import depths, split
from checks.writeups.tokens import Token

WEIGHTS = frozenset({"W", "w", "Theta", "theta"})
BIASES = frozenset({"b", "bias", "B"})
TARGETS = frozenset({"y", "t", "Y", "T"})
RATES = frozenset({"eta", "alpha", "gamma", "epsilon", "lr", "lambda", "mu", "rho"})
DELTAS = frozenset({"delta", "Delta", "dz", "dZ", "ds", "dS"})
HADAMARD = frozenset({r"\odot", "*", r"\cdot", r"\times"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a formula is the step of; `by` is the name in it that tells the layer, as it is written."""

    kind: Kind
    by: ReadName | None = None


def evidence(tokens: Sequence[Token]) -> Evidence | None:
    """What the formula is, None where it holds numbers alone or is none of the steps."""
    terms = _terms(tokens)
    found = [_names_in(term) for _, term in terms]
    names = [name for part in found for name in part]
    if not names or any(one.text == r"\begin" for one in tokens):
        return None
    first = found[0][0] if found[0] else None
    letters = {name.letter for name in names}
    if first and len(terms) > 1 and (letters & RATES or _has_gradient(names[1:])):
        if first.letter in WEIGHTS:
            return Evidence(Kind.W_NEW, first)
        if first.letter in BIASES:
            return Evidence(Kind.B_NEW, first)
    if any(name.new for name in names):
        return None  # of a pass with the updated parameters
    weights = [name for name in names if name.letter in WEIGHTS and name.form is Form.PLAIN]
    transposed = any(name.transposed for name in weights) or "T" in {one.text for one in tokens}
    if len(terms) == 2 and terms[1][0] == "-" and all(len(part) == 1 for part in found):
        one, other = found[0][0], found[1][0]
        if other.letter in TARGETS or (one.letter in TARGETS and other.letter not in TARGETS):
            return Evidence(Kind.DELTA, one if other.letter in TARGETS else other)
    if weights and (transposed or any(one.text == r"\odot" for one in tokens)) and _is_backward(names):
        return Evidence(Kind.DELTA, weights[0])
    if weights and len(weights) == 1 and not letters & RATES and not _is_backward(names):
        return Evidence(Kind.S, weights[0])
    if len(names) == 1 and names[0].form is Form.FUNCTION and len(terms) == 1:
        return Evidence(Kind.DA if names[0].primes else Kind.A, names[0].of)
    if len(terms) == 1 and len(names) == 1 and tokens[0].word and tokens[0].text.lower() in ("relu", "softmax"):
        return Evidence(Kind.A, names[0])
    return None


def _is_backward(names: Sequence[ReadName]) -> bool:
    return any(name.letter in DELTAS or name.form is Form.GRADIENT for name in names)


def _has_gradient(names: Sequence[ReadName]) -> bool:
    return any(name.form is Form.GRADIENT or name.letter in ("dW", "db", "grad") for name in names)


def _terms(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    return [part for part in split(tokens, frozenset({"+", "-"})) if part[1]]


def _names_in(tokens: Sequence[Token]) -> list[ReadName]:
    """The names in a term, in order; those inside brackets too."""
    found: list[ReadName] = []
    place = 0
    while place < len(tokens):
        name = name_at(tokens, place)
        if name is None:
            place += 1
            continue
        found.append(name[0])
        place = max(name[1], place + 1)
    return found


def is_symbolic(tokens: Sequence[Token]) -> bool:
    """Whether the formula holds letters beside numbers: words, functions and units apart."""
    return any(one.text.isalpha() and not one.word for one, _ in depths(tokens)) or any(
        one.text[0] == "\\" and one.text[1:] in RATES | DELTAS for one in tokens
    )
