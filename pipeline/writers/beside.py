"""One piece of work in a process of its own, while the writer goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

T = TypeVar("T")
A = TypeVar("A")


@contextmanager
def beside(function: Callable[[A], T], argument: A, jobs: int) -> Iterator[Callable[[], T]]:
    """Begin ``function(argument)`` and yield what waits for its result, and raises what it raised.

    With one job alone the work is done here, when its result is asked for.
    """
    if jobs <= 1:
        yield partial(function, argument)
        return
    with ProcessPoolExecutor(1) as executor:
        yield executor.submit(function, argument).result
