"""`backcheck serve`: the students' self-check as a page of a server of one's own."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import add_data, positive, whole
from checks.commands.self_check_options import add_self_check, settings_of

if TYPE_CHECKING:
    from checks.assignment.assignment_file import AssignmentText


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_self_check(parser)
    add_data(parser)
    parser.add_argument(
        "--variants",
        metavar="DIR",
        type=Path,
        help="numbers of their own for each student, by a link each; the folder that variants wrote (no default)",
    )
    parser.add_argument(
        "--checks",
        metavar="N",
        type=whole,
        default=60,
        help="checks an hour for each client, 0 for any number (default: %(default)s)",
    )
    parser.add_argument("--port", metavar="N", type=whole, default=8000, help="where to listen (default: %(default)s)")
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="the address to listen at; 0.0.0.0 opens the page to the network, without accounts (default: %(default)s)",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        action="append",
        default=[],
        help="a name that the server goes by, such as check.example.edu; more than one may be given (no default)",
    )
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="take the client's address from the proxy on this machine (default: no)",
    )
    parser.add_argument(
        "-j", "--jobs", metavar="N", type=positive, default=2, help="checks at once (default: %(default)s)"
    )
    parser.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=positive,
        default=20,
        help="what a check may take (default: %(default)s)",
    )
    parser.add_argument(
        "--memory-limit",
        metavar="MB",
        type=positive,
        default=512,
        help="the memory that a check may take, on Linux (default: %(default)s)",
    )


def run(options: argparse.Namespace) -> int:
    """Serves until it is interrupted."""
    from checks.errors import CallError

    try:
        import python_multipart  # noqa: F401  starlette needs it for forms
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        message = "serve needs Starlette, uvicorn and python-multipart: install backcheck with its extra, '.[serve]'"
        raise CallError(message) from None
    import ipaddress

    from checks.program.data_folder import find_data
    from checks.selfcheck.server.app import SelfCheck, Serving
    from checks.selfcheck.server.guards import own_names
    from checks.selfcheck.server.listening import server_of
    from checks.selfcheck.server.sheets import Opening
    from checks.selfcheck.server.work import Work, begin_checking, judge

    text, own = assignments_of(options)
    settings = settings_of(options, options.checks)
    folder = find_data(options.data, text.parsed().id)
    opening = Opening(text, settings, folder.path, folder.sought, options.memory_limit, own)
    try:
        is_open = not ipaddress.ip_address(options.host).is_loopback
    except ValueError:
        is_open = options.host != "localhost"
    names = frozenset(own_names(options.name, is_open=is_open))
    serving = Serving(options.jobs, names, is_open, Work(begin_checking, judge, options.time_limit))
    check = SelfCheck(opening, serving)
    try:
        family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        listening = socket.create_server((options.host, options.port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise CallError(f"--host {options.host} --port {options.port}: cannot listen there: {error}") from None
    _tell_where(options, check.title, listening.getsockname()[1], is_open=is_open)
    server_of(check, behind_proxy=options.behind_proxy).run(sockets=[listening])
    return 0


def assignments_of(options: argparse.Namespace) -> tuple[AssignmentText, dict[str, AssignmentText]]:
    """The assignment, and each student's own by the token of the student's link. Raises `CallError`."""
    from checks.assignment.assignment_file import assignment_text

    if not options.variants:
        return assignment_text(options.assignment), {}
    from checks.commands.own_numbers import chosen_variants

    variants = chosen_variants(options)
    return variants.assignment, {token: one.assignment for token, one in variants.by_token.items()}


def _tell_where(options: argparse.Namespace, title: str, port: int, *, is_open: bool) -> None:
    """Where the page is, and what the caller has to know of it."""
    from checks.commands.telling import tell

    host = socket.gethostname() if is_open else options.host
    shown = f"[{host}]" if ":" in host else host
    link = "TOKEN/, with each student's token from manifest.json" if options.variants else ""
    print(f"{title}: http://{shown}:{port}/{link}   (Ctrl+C ends it)", flush=True)
    if is_open:
        tell(
            "this page is OPEN TO THE NETWORK: whoever reaches this machine may use it; it has no accounts, "
            "and no encryption of its own. Put it behind your web server (docs/self-check.md)."
        )
    if options.feedback == "full":
        tell("--feedback full tells the key to everybody who checks")
