"""Which member of a chain `a = b ≈ c` is the answer."""

from __future__ import annotations

from checks.judging.judge import contradicts, is_rounding
from checks.language.ambiguities import told
from checks.language.evaluate import evaluate
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Chain, Node, same


def judged_member(node: Node, scope: Scope) -> tuple[Node, str]:
    """The first member that all later ones equal, or are roundings of; and a remark on one that they contradict.

    The last member qualifies in any case, so a chain whose members disagree is judged by what it ends with. A node
    that is no chain is its own only member. Raises `AnswerError` as `evaluate` does, and where a value in brackets
    beside another is not that one again: nobody can tell whether their product was meant.
    """
    if not isinstance(node, Chain):
        return node, ""
    values = [evaluate(member, scope) for member in node.members]
    if node.restated and (
        same(*node.members[-2:])  # nobody says 2 once more as 2: `2 (2)` may be 4
        or not (is_rounding(values[-1], values[-2]) or is_rounding(values[-2], values[-1]))
    ):
        raise AnswerError(told("a value beside another in brackets"), node.members[-1].position)
    for place, value in enumerate(values):
        if all(is_rounding(later, value) for later in values[place + 1 :]):
            contradicted = any(contradicts(earlier, value) for earlier in values[:place])
            remark = "what stands before it in the chain says something else" if contradicted else ""
            return node.members[place], remark
    raise AssertionError("the last member has none after it")
