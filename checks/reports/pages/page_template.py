"""The templates of the pages. Whatever is put into one is escaped, and no character of it moves another.

Only what is `Markup` stands as it is: our style and our formulas.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checks.display import printable
from checks.judging.verdicts import MEANINGS, RIGHT
from checks.reports.awarded import awarded, points

FOLDER = Path(__file__).with_name("templates")


def filled_in(template: str, **values: object) -> str:
    """The page that the template makes of the values. Raises `jinja2.UndefinedError` where one is not given."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    environment.globals |= {"style": Markup(style), "meanings": MEANINGS, "right": RIGHT}  # noqa: S704  our own file
    environment.filters |= {"points": points, "awarded": awarded}
    return environment


def _shown(value: object) -> object:
    """The value as it is printed; Jinja escapes it afterwards."""
    return value if isinstance(value, Markup) else printable(" ".join(str(value).splitlines()))
