"""The command as a process: what it loads, how it writes, how it fails."""

from __future__ import annotations

import os
import subprocess

import pytest

from checks.command import COMMANDS
from numeric import PARAMETERS_FILE
from tests.processes import Done, call_of, did, ran
from tests.submissions import ROOT, Backcheck


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere"], "backcheck: nowhere: no such file or folder"),
        (["check", "."], "no submission here; expected answers.txt, answers.json, result.json"),
        (["check", ".", "--assignment", "nope"], "backcheck: nope: no such assignment"),
        (["solve", "--digits", "0"], "argument --digits: expected a whole number from 1 to 10000, not '0'"),
        (["verify", "--data", "nowhere"], f"nowhere/{PARAMETERS_FILE}: no such file"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_fault_of_the_call_is_one_message_and_status_2(
    backcheck: Backcheck, arguments: list[str], message: str
) -> None:
    outcome = backcheck(*arguments)
    assert outcome.status == 2
    assert message in " ".join(outcome.err.split("\n"))
    assert "Traceback" not in outcome.err


LOADED = """
import sys
from checks.command import main
try:
    main({})
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], *([name, "--help"] for name in COMMANDS), ["verify", "--assignment", "sample"]]
)
def test_help_and_verify_load_neither_sympy_nor_matplotlib(arguments: list[str]) -> None:
    done = did(LOADED.format(arguments))
    assert done.returncode == 0, done.stderr
    loaded = done.stderr.split()
    assert not {"sympy", "matplotlib"} & set(loaded)
    if "verify" in arguments:
        assert "numeric.evaluation" in loaded or "--help" in arguments
        assert not {"flint", "mpmath", "checks.assignment.hand_parts"} & set(loaded)
    if "--help" in arguments:
        assert not {"exact", "numeric", "flint", "numpy", "msgspec"} & set(loaded)
    if "--help" in arguments and arguments[0] in COMMANDS:
        options = [
            line
            for line in done.stdout.replace("\n                        ", " ").splitlines()
            if line.startswith("  --")
        ]
        assert options
        assert all("default" in line for line in options), options


def examples_on_a_console(**variables: str) -> Done:
    """The check of the examples, where these variables are set and no other says anything of colour."""
    others = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return ran("check", "checks/examples", "--assignment", "sample", environment=others | variables)


def test_output_for_a_console_without_unicode_or_colour() -> None:
    plain = examples_on_a_console(PYTHONIOENCODING="ascii", COLUMNS="50")
    assert plain.returncode == 1
    assert plain.stdout.isascii()
    assert "\x1b" not in plain.stdout
    assert max(len(line) for line in plain.stdout.splitlines()) <= 50
    assert "  x W3_new[3,1]: wrong" in plain.stdout
    coloured = examples_on_a_console(FORCE_COLOR="1", PYTHONIOENCODING="utf-8")
    assert "\x1b[31m✗" in coloured.stdout
    assert "\x1b" not in examples_on_a_console(NO_COLOR="1").stdout


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        call_of("solve"),
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
