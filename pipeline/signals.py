"""Orderly shutdown: SIGTERM and SIGHUP raise ``Ended``, so that clean-up runs as it does after an error."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Final

_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

_CAUGHT: Final[list[int]] = []  # the signal that this process was asked to end by

_HELD: Final[list[bool]] = []  # one for each beginning that is under way


class Ended(BaseException):
    """A signal asked this process to end; ``status`` is what shells expect of a program that it ended.

    No ``except Exception`` may hold it up.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.status = 128 + number


def end_in_order() -> None:
    """From now on, raise ``Ended`` where one of the signals arrives; one that is ignored, as under nohup, stays so."""
    for number in _ENDING:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, partial(_end, os.getpid()))


@contextmanager
def held() -> Iterator[None]:
    """Defer signals while a process or a folder is made whose clean-up is not arranged yet."""
    _HELD.append(True)
    try:
        yield
    finally:
        _HELD.pop()
        raise_if_ended()


def raise_if_ended() -> None:
    """Raise ``Ended`` for a signal that arrived while it was deferred, or whose exception a library swallowed."""
    for number in _CAUGHT:
        raise Ended(number)


def _end(owner: int, number: int, _frame: FrameType | None) -> None:
    """Handle a signal: a forked child just exits; after the first one, others are ignored, so that clean-up ends."""
    if os.getpid() != owner:
        os._exit(128 + number)
    for other in _ENDING:
        signal.signal(other, signal.SIG_IGN)
    _CAUGHT.append(number)
    if _HELD:
        return
    raise Ended(number)
