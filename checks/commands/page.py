"""`backcheck page`: the students' self-check as a static site, with Python in the browser."""

from __future__ import annotations

import argparse
import shlex
from contextlib import suppress
from pathlib import Path

from checks.commands.options import whole
from checks.commands.self_check_options import add_self_check, settings_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        required=True,
        help="folder of its own to write the site to; made where it is missing (no default)",
    )
    add_self_check(parser)
    parser.add_argument(
        "--show",
        metavar="PORT",
        type=whole,
        help="then show it at http://127.0.0.1:PORT/ until Ctrl+C (default: only say how)",
    )


def run(options: argparse.Namespace) -> int:
    """Writes the site and says how to look at it."""
    from checks.assignment.assignment_file import assignment_text
    from checks.commands.telling import tell
    from checks.site.registry_file import content_of, downloads_folder
    from checks.site.site_files import site_files
    from checks.site.site_folder import expect_free, write_site

    expect_free(options.out)
    folder = downloads_folder()
    files = site_files(
        assignment_text(options.assignment), settings_of(options), lambda pinned: content_of(pinned, folder, tell)
    )
    size = write_site(options.out, files)
    print(f"{options.out}: {len(files)} files, {size / 1e6:.1f} MB; put the folder on any web space, as it is.")
    print("It is for practice: whoever reads the program in it finds the key, as anybody with this program does.")
    if options.show is None:
        call = f"python -m http.server --bind 127.0.0.1 --directory {shlex.quote(str(options.out))}"
        print(f"To look at it here: {call}   and open http://127.0.0.1:8000/")
        return 0
    from checks.site.showing import shown

    with shown(options.out, options.show) as server:
        print(f"Shown at http://127.0.0.1:{server.server_port}/   (Ctrl+C ends it)", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0
