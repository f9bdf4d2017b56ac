"""Run work in forked child processes while this one continues.

A child is a fork, so it has the whole book without a copy being sent; what it finds out comes back through a pipe.
Nodes are slow to send (measured: 14 µs a node), so a child is for work that comes back as bytes or as a few lines.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import Final, TypeVar

T = TypeVar("T")
A = TypeVar("A")

FORKS: Final = sys.platform == "linux"
"""Whether forking is safe and cheap, as it is on Linux alone."""


@contextmanager
def in_background(work: Callable[[], T], jobs: int) -> Iterator[Callable[[], T]]:
    """Start ``work`` in a child, and yield a function that waits for its result, or raises what it raised.

    With a single job, on systems that do not fork, and where no more processes are allowed, the work is done here,
    when its result is asked for. So it is when a child ends without a result.
    """
    if jobs <= 1 or not FORKS:
        yield work
        return
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_child, args=(work, theirs), daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        theirs.close()
        yield work
        return
    theirs.close()
    try:
        yield partial(_result, work, ours)
    finally:
        ours.close()
        process.kill()
        process.join()


def _result(work: Callable[[], T], connection: Connection) -> T:
    try:
        result: T | Exception = connection.recv()
    except (EOFError, OSError):
        return work()
    if isinstance(result, Exception):
        raise result
    return result


def _child(work: Callable[[], object], connection: Connection) -> None:
    """Send what ``work`` returns or raises, and exit without running the exit handlers of the parent."""
    try:
        connection.send(_outcome(work))
    finally:
        os._exit(0)


def _outcome(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the result is asked for
        return error


def parallel_map(function: Callable[[A], T], items: Sequence[A], jobs: int) -> list[T]:
    """Return ``function`` of each item, in order; the items are divided among as many processes as there are jobs."""
    jobs = max(1, min(jobs, len(items)))
    stretches = [items[len(items) * job // jobs : len(items) * (job + 1) // jobs] for job in range(jobs)]
    first, *others = (partial(_all, function, stretch) for stretch in stretches)
    with ExitStack() as children:
        waiting = [children.enter_context(in_background(work, jobs)) for work in others]
        results = first()
        for wait in waiting:
            results += wait()
    return results


def _all(function: Callable[[A], T], items: Sequence[A]) -> list[T]:
    return [function(item) for item in items]
