"""Where `backcheck check` lets submissions be checked: in which processes, what it keeps of them, and its bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from checks.commands.options import usual_jobs

if TYPE_CHECKING:
    from checks.running.class_run import Checker, ClassRun, Progress
    from checks.running.setup import Setup
    from checks.running.spare_store import SpareStore
    from checks.running.store_file import Store


def store_of(options: argparse.Namespace, setup: Setup) -> Store | SpareStore:
    """The store that is asked for, or the usual one, which may fail."""
    from checks.commands.telling import tell
    from checks.running.spare_store import SpareStore
    from checks.running.store_file import Store, default_store

    if options.store or options.no_store:
        return Store.opened(None if options.no_store else options.store, setup.digest())
    return SpareStore(default_store(), setup.digest(), tell)


def check_class(class_run: ClassRun, options: argparse.Namespace, setup: Setup) -> None:
    """Checks what the store does not hold, with a bar on a terminal."""
    from checks.running.forked import Forks, can_fork

    count = len(class_run.submissions)
    usual = usual_jobs(count)
    checker: Checker
    if options.dask:
        from checks.running.cluster import on_cluster

        checker = partial(on_cluster, setup=setup, address=options.dask)
    elif usual == 1 and not options.jobs and can_fork():
        checker = Forks(class_run.reference, setup).check
    else:
        from checks.running.pool import in_processes

        checker = partial(in_processes, setup=setup, processes=min(options.jobs or usual, count))
    with _bar(count) as update:
        class_run.check(checker, update)


@contextmanager
def _bar(count: int) -> Iterator[Progress]:
    """A bar on a terminal; gives what tells it of progress."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # its thread would be in the way of forks
    with tqdm(total=count, unit="submission", leave=False) as bar:
        yield bar.update
