"""`backcheck variants`: a problem of its own for each student of a roster."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_seed

if TYPE_CHECKING:
    from checks.roster.directory import Known
    from checks.variants.making import Maker
    from checks.variants.variant import Variant, Variants


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    parser.add_argument(
        "--roster",
        metavar="CSV",
        type=Path,
        required=True,
        help="who takes the course: ids, names, e-mails (no default)",
    )
    add_seed(parser)
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        required=True,
        help="the variants; those of an earlier run are kept (no default)",
    )
    parser.add_argument("--pdf", action="store_true", help="make a PDF of each worksheet, too (default: LaTeX alone)")


def run(options: argparse.Namespace) -> int:
    """Writes the folder, and says what staff should know of it."""
    from tqdm import tqdm

    from checks.assignment.assignment_file import assignment_text
    from checks.commands.telling import tell
    from checks.errors import CallError
    from checks.roster.directory import Directory
    from checks.roster.roster_file import load_roster
    from checks.variants.making import Maker, numbers_of
    from checks.variants.variant import Variants
    from checks.variants.variants_file import has_manifest, load_variants, refuse_another, save_variants

    text, roster, out = assignment_text(options.assignment), load_roster(options.roster), options.out
    maker = Maker(text, options.seed)
    kept: tuple[Variant, ...] = ()
    if has_manifest(out):
        before = load_variants(out)
        refuse_another(before, out, text)
        if before.seed != options.seed:
            raise CallError(
                f"{out}: its variants were drawn with --seed {before.seed}; expected the same, or another folder"
            )
        kept = before.variants
    directory = Directory(one.known for one in kept)
    new = [known for known in roster.known if not directory.find(known.student)]
    _refuse_doubled(new, kept, options.roster)
    taken = {numbers_of([part.naming.calculation.given for part in one.assignment.parsed().hand_parts]) for one in kept}
    made = list(kept)
    folders = {one.folder for one in kept}
    for known in tqdm(new, unit="student", leave=False, disable=not sys.stderr.isatty()):
        folder = _folder(known.student.id or known.student.email or known.student.name, folders)
        variant, numbers = maker.variant(known, folder, taken)
        taken.add(numbers)
        folders.add(folder)
        made.append(variant)
    variants = Variants(text, options.seed, tuple(made))
    try:
        save_variants(variants, out, text.parsed().id)
        _hand_out(variants.variants[len(kept) :], out, with_pdf=options.pdf)
    except OSError as error:
        raise CallError(f"{error.filename or out}: cannot be written: {error.strerror or error}") from None
    for line in _told(variants, len(kept), len(taken), maker, out):
        print(line)
    gone = len(kept) - (len(roster.known) - len(new))
    if gone > 0:
        tell(f"{gone} of the students there are not in {options.roster}; their variants are kept")
    return 0


def _refuse_doubled(new: list[Known], kept: tuple[Variant, ...], roster: Path) -> None:
    """Raises `CallError` for a student who has the id of another one with a variant."""
    from checks.errors import CallError

    by_id = {one.student.id: one.student for one in kept if one.student.id}
    for known in new:
        if known.student.id in by_id:
            other = by_id[known.student.id]
            raise CallError(f"{roster}: {known.student} has the id of {other}, who has a variant already")


def _folder(name: str, taken: set[str]) -> str:
    from checks.reports.pages.page_names import page_name

    return page_name(name, taken)


def _hand_out(variants: tuple[Variant, ...], out: Path, *, with_pdf: bool) -> None:
    """Writes what each student is given."""
    from tqdm import tqdm

    from checks.errors import CallError
    from checks.reports.handouts import handouts
    from checks.variants.variants_file import HANDOUTS
    from exact.writing.latex.tex_file import NO_ENGINE, TexError, compile_tex, write_tex

    has_pdf = True
    for one in tqdm(variants, unit="worksheet", leave=False, disable=not sys.stderr.isatty()):
        for name, text in handouts(one).items():
            path = write_tex(out / HANDOUTS / one.folder / name, text)
            if with_pdf and path.suffix == ".tex":
                try:
                    has_pdf = compile_tex(path) is not None
                except TexError as error:
                    raise CallError(str(error)) from None
    if with_pdf and not has_pdf:
        print(NO_ENGINE)


def _told(variants: Variants, kept: int, different: int, maker: Maker, out: Path) -> list[str]:
    """How many variants there are, and how many of them are unlike the assignment."""
    from checks.variants.variants_file import HANDOUTS, MANIFEST

    count = len(variants.variants)
    lines = [f"{out / HANDOUTS}: worksheets and answers.txt of {_students(count - kept)}, to be handed out"]
    lines.append(f"{out / MANIFEST}: whose is which, with tokens, for staff alone; {count} in all")
    if not maker.by_formula:
        return lines
    lines.append(f"{different} different problems, by the formulas of `vary`")
    remarks = [kinds for one in variants.variants[kept:] if (kinds := maker.unlike(one))]
    if remarks:
        often = Counter(kind for kinds in remarks for kind in set(kinds)).most_common(3)
        told = ", ".join(f"{kind} ({number})" for kind, number in often)
        lines.append(
            f"of {_students(len(remarks))} the numbers have what the assignment has not: {told}; "
            "`backcheck inspect` says where"
        )
    return lines


def _students(count: int) -> str:
    return f"{count} student{'s' * (count != 1)}"
