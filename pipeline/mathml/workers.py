"""Many formulas over many processes. A formula that hangs or brings its process down costs itself alone."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_int
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawValue
from types import FrameType
from typing import Final, TypeAlias

from pipeline.background import FORKS
from pipeline.mathml.conversion import Conversion, Formula

SECONDS: Final = 2.0
"""How long one formula may take."""

_BATCH: Final = 64
"""Formulas a worker gets at a time: enough to make messages cheap, few enough to share evenly."""
_PATIENCE: Final = 10.0
"""Seconds for a batch: a worker stops a formula in time by itself, unless it hangs outside Python."""
_TOO_SLOW: Final = Conversion(None, error=f"the conversion takes more than {SECONDS:.0f} seconds")
_CRASHED: Final = Conversion(None, error="the conversion ended without a result")

Convert: TypeAlias = Callable[[Formula], Conversion]


class TooSlowError(BaseException):
    """A formula took its time. No ``except Exception`` of a converter may swallow it."""


@dataclass(slots=True)
class _Worker:
    """A process at work on the formulas from ``start`` up to ``end``; ``begun`` counts those it has begun.

    That number lies in memory that both share without a lock: the worker writes it, and we set it between batches.
    """

    process: multiprocessing.process.BaseProcess
    connection: Connection
    begun: c_int
    start: int
    end: int
    deadline: float


def convert_all(formulas: Sequence[Formula], convert: Convert, jobs: int) -> list[Conversion]:
    """Return what ``convert`` makes of each formula, in order."""
    return _Pool(formulas, convert, max(1, min(jobs, -(-len(formulas) // _BATCH)))).run() if formulas else []


class _Pool:
    def __init__(self, formulas: Sequence[Formula], convert: Convert, jobs: int) -> None:
        self.formulas = formulas
        self.convert = convert
        self.jobs = jobs
        self.results: list[Conversion] = [_CRASHED] * len(formulas)
        self.todo = [(start, min(start + _BATCH, len(formulas))) for start in range(0, len(formulas), _BATCH)][::-1]
        self.context: BaseContext = multiprocessing.get_context("fork" if FORKS else "spawn")
        self.idle: list[_Worker] = []

    def run(self) -> list[Conversion]:
        working: list[_Worker] = []
        try:
            while self.todo or working:
                while self.todo and len(working) < self.jobs:
                    working.append(self.assign())
                working = list(self.collect(working))
        finally:
            for worker in (*working, *self.idle):
                _stop(worker)
        return self.results

    def assign(self) -> _Worker:
        """Give the next batch to a worker, a new one if none is free."""
        start, end = self.todo.pop()
        worker = self.idle.pop() if self.idle else self.hire()
        worker.start, worker.end = start, end
        worker.begun.value = 0
        worker.deadline = time.monotonic() + _PATIENCE
        worker.connection.send(list(self.formulas[start:end]))
        return worker

    def hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        begun = RawValue(c_int, 0)
        process = self.context.Process(target=_work, args=(theirs, begun, self.convert), daemon=True)  # type: ignore[attr-defined]  # typeshed gives Process to its subclasses alone
        process.start()
        theirs.close()
        return _Worker(process, ours, begun, 0, 0, 0.0)

    def collect(self, working: list[_Worker]) -> Iterator[_Worker]:
        """Take the results that are there, deal with the dead and the late, and yield who works on."""
        ready = wait([worker.connection for worker in working], timeout=0.5)
        for worker in working:
            if worker.connection in ready:
                self.receive(worker)
            elif time.monotonic() > worker.deadline:
                self.give_up(worker, _TOO_SLOW)
            else:
                yield worker

    def receive(self, worker: _Worker) -> None:
        try:
            results: list[Conversion] = worker.connection.recv()
        except (EOFError, OSError):
            self.give_up(worker, _CRASHED)
            return
        self.results[worker.start : worker.end] = results
        self.idle.append(worker)

    def give_up(self, worker: _Worker, verdict: Conversion) -> None:
        """End a worker; the formula it was at is to blame, and the others of its batch are done again."""
        _stop(worker)
        culprit = worker.start + max(0, worker.begun.value - 1)
        self.results[culprit] = verdict
        self.todo += [
            (start, end) for start, end in ((culprit + 1, worker.end), (worker.start, culprit)) if start < end
        ]


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(connection: Connection, begun: c_int, convert: Convert) -> None:
    """Convert batches until the other side hangs up."""
    limited = hasattr(signal, "setitimer")
    if limited:
        signal.signal(signal.SIGALRM, _ring)
    try:
        while True:
            connection.send([_convert(formula, convert, begun, limited=limited) for formula in connection.recv()])
    except (EOFError, OSError, KeyboardInterrupt):
        connection.close()


def _convert(formula: Formula, convert: Convert, begun: c_int, *, limited: bool) -> Conversion:
    begun.value += 1
    if not limited:
        return convert(formula)
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            return convert(formula)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except TooSlowError:
        return _TOO_SLOW


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
