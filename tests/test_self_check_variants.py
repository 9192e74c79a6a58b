"""The self-check's server with numbers of their own for each student: whose link it is decides what is held against."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from checks.assignment.assignment_file import AssignmentText
from checks.assignment.bundled import DEFAULT
from checks.commands.serve import assignments_of
from checks.selfcheck.page import page_html
from checks.selfcheck.server.sheets import Opening, Sheets
from checks.selfcheck.sheet import Settings
from checks.variants.variants_file import load_variants
from tests.conftest import Outcome
from tests.self_check import QUIZ, keys_of, served, text_of
from tests.test_self_check_server import asked, form_of, verdict

ROSTER = "id,name\nada1,Ada\nben2,Ben\ncy3,Cy\n"


def varied(backcheck: Callable[..., Outcome], folder: Path) -> Path:
    (folder / "quiz.toml").write_text(QUIZ, encoding="utf-8")
    (folder / "class.csv").write_text(ROSTER, encoding="utf-8")
    call = ("variants", "--assignment", folder / "quiz.toml", "--roster", folder / "class.csv", "--out", folder / "own")
    outcome = backcheck(*call)
    assert (folder / "own" / "manifest.json").exists(), outcome
    return folder / "own"


def answers(text: AssignmentText) -> dict[str, str]:
    """The right answers, by plain arithmetic on the numbers that the student's assignment gives."""
    (part,) = text.parsed().hand_parts
    x, y, z = (int(str(part.naming.calculation.given[name].entries[0])) for name in "xyz")
    return {"q": str(x + y), "f": str((x + y) * z), "grad_x": str(z)}


def test_everybody_is_held_to_their_own_numbers(backcheck: Callable[..., Outcome], tmp_path: Path) -> None:
    variants = load_variants(varied(backcheck, tmp_path))
    own = {one.token: one.assignment for one in variants.variants}
    assert len({tuple(answers(text).values()) for text in own.values()}) == 3
    ada, ben, _ = own
    with served(variants.assignment, own=own) as address:
        for token in (ada, ben):
            for whose in (ada, ben):
                body, headers = form_of(answers(own[whose]))
                status, _, reply = asked(address, f"{token}/check", body, headers)
                right = [verdict(json.loads(reply), name) == "exact" for name in ("q", "f", "grad_x")]
                assert status == 200
                assert all(right) == (token == whose)
            assert asked(address, f"{token}/")[0] == 200
            assert asked(address, f"{token}/page.js")[0] == 200
            assert asked(address, f"{token}/save", *form_of({"f": "3"}))[2].count(b"f = 3") == 1
        body = json.dumps({"kind": "preview", "cell": "f", "boxes": {"f": "1/0"}, "token": ben}).encode()
        status, _, reply = asked(address, f"{ada}/read", body, {"Content-Type": "application/json"})
        assert (status, b"unreadable" in reply) == (200, True)
        for nobody in ("", "x/", "check/", "x/page.js", f"{ada[:-1]}/", "../page.js"):
            assert asked(address, nobody)[0] == 404
        assert asked(address, ada)[:2][1]["location"].endswith(f"/{ada}/"), "a link whose last sign is lost"
        assert asked(address, "x/check", *form_of({"f": "3"}))[0] == 404


def test_a_process_makes_the_sheet_behind_each_link() -> None:
    texts = {f"t{n}": text_of(QUIZ.replace("x = -2", f"x = {n}")) for n in range(5)}
    held = Sheets(Opening(text_of(QUIZ), Settings(), None, "", own=texts))
    for token in [*texts, *texts]:
        assert keys_of(held.of(token))["q"][0] == str(int(token[1:]) + 5)
        assert keys_of(held.of(token))["grad_x"][0] == "-4"
    assert held.of("") is held.common


def test_a_page_works_out_no_key_of_a_student() -> None:
    held = Sheets(Opening(text_of(QUIZ), Settings(), None, "", own={"t": text_of(QUIZ)}))
    page_html(held.of("t"))
    assert "reference" not in vars(held.of("t"))


def test_the_command_takes_the_folder_and_refuses_another(backcheck: Callable[..., Outcome], tmp_path: Path) -> None:
    text, own = assignments_of(argparse.Namespace(variants=varied(backcheck, tmp_path), assignment=DEFAULT))
    assert text.parsed().id == "quiz3"
    assert len(own) == 3
    outcome = backcheck("serve", "--variants", tmp_path / "nowhere", "--port", "0")
    assert outcome.status == 2
    assert "nowhere" in outcome.err
    (tmp_path / "other.toml").write_text(QUIZ.replace("x = -2", "x = 2"), encoding="utf-8")
    outcome = backcheck("serve", "--variants", tmp_path / "own", "--assignment", tmp_path / "other.toml", "--port", "0")
    assert outcome.status == 2
    assert "was made from another assignment" in outcome.err
