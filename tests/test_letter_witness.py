"""Keys in letters derived a second time: confirmed by the decision whether expressions are equal, for all values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.commands.solve_witness import confirmations
from exact.networks import steps
from exact.witness.confirmation import Confirmation, How
from tests.conftest import Outcome
from tests.processes import did
from tests.test_letter_arrays import LAYER, NETWORK
from tests.test_letter_assignments import CASES, HINGE, LOGISTIC, MATRICES, assignment_of

ROOT = Path(__file__).parents[1]

TEXTS = {
    **{name: text for name, (text, _) in CASES.items()},
    "a layer": LAYER,
    "a network": NETWORK,
    "a hinge": HINGE,
    "matrices": MATRICES,
}


def confirmed(text: str, folder: Path) -> tuple[Confirmation, ...]:
    (part,) = assignment_of(text, folder).hand_parts
    return confirmations(part)


@pytest.mark.parametrize("case", TEXTS)
def test_keys_in_letters_are_confirmed(case: str, tmp_path: Path) -> None:
    found = confirmed(TEXTS[case], tmp_path)
    assert found
    assert {one.how for one in found} == {How.EXACT}


def test_a_broken_formula_is_told_with_a_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backcheck: Callable[..., Outcome]
) -> None:
    monkeypatch.setattr(steps, "output_delta", lambda _: steps.Step("output-delta", steps.minus(steps.y, steps.a)))
    found = confirmed(LOGISTIC, tmp_path)
    assert {one.cell for one in found if one.how is How.DIFFERENT} == {"delta1", "grad_W1", "grad_b1", "W1_new"}
    assert {one.cell for one in found if one.how is How.EXACT} == {"s1", "a1"}
    told = backcheck("solve", "--witness", "--assignment", tmp_path / "assignment.toml")
    assert told.status == 1
    assert "2 of 6 entries confirmed by a second derivation" in told.out
    assert "delta1[1]: the key has 1 at y = 2, w1 = 3" in told.out


def test_an_assumption_that_is_broken_shows(tmp_path: Path) -> None:
    """The witness takes the branch that is assumed, not that of the numbers that stand in for letters."""
    off = HINGE.replace('"1 - y s < 0", "s < 0"', '"1 - y s > 0", "s > 0"')
    assert {one.how for one in confirmed(off, tmp_path)} == {How.EXACT}


@pytest.mark.parametrize("command", ["solve", "solve --letters", "compare --letters x x x", "check {} --exit-zero"])
def test_no_other_command_loads_sympy(command: str) -> None:
    arguments = command.format(ROOT / "checks" / "examples").split()
    program = f"import sys; from checks.command import main; main({arguments!r}); assert 'sympy' not in sys.modules"
    done = did(program)
    assert "AssertionError" not in done.stderr
    assert done.stdout
