"""Many documents through one pandoc, which is not trusted to survive them.

``worker.lua`` answers one request a line, so the document on which pandoc dies or stalls is known: it fails alone, and
a new process reads the rest. Starting pandoc takes longer than reading a short post, hence one process for many.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer
from typing import Any, Final, TypeAlias

from pipeline.pandoc import pandoc
from pipeline.sandbox import ENVIRONMENT, Limits, confined

Json: TypeAlias = Any  # a node of pandoc's JSON, whose shapes the conversion matches one by one

_WORKER: Final = Path(__file__).with_name("worker.lua")
_SECONDS: Final = 60.0  # for one document: a post of 100 kB takes 0.5 s
_MEMORY: Final = "1g"  # of heap, for pandoc; beyond it the process ends and the document fails
_LIMITS: Final = Limits(seconds=3600)  # of all documents together
_ILLEGAL: Final = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:\\u001b(?:\[[0-9;]*[A-Za-z])?|\\u00(?:0[0-8bcef]|1[0-9a-f])|\xef\xbf[\xbe\xbf])"
)
"""What XML cannot hold, as JSON writes it: documents spell it (``&#27;``); the colours of a terminal with it."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A document to read: text, or the bytes of a binary format such as docx."""

    content: str | bytes
    format: str  # pandoc's name with extensions: "html", "commonmark_x-smart"
    html_blocks: bool = False  # whether blocks of raw HTML in it are to be read too


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks of one document, as pandoc's JSON has them, and its metadata."""

    blocks: list[Json]
    meta: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a document could not be read."""

    reason: str


def parse(markups: Sequence[Markup], jobs: int = 1, seconds: float = _SECONDS) -> Iterator[Parsed | Failed]:
    """Yield what each document holds, in order; ``jobs`` processes share the work, ``seconds`` are for one document.

    Raises:
        MissingProgramError: there is no pandoc.
    """
    pandoc()
    queues = [_started(chunk, seconds) for chunk in _divide(markups, max(1, min(jobs, len(markups) // 4)))]
    for queue in queues:
        while isinstance(answer := queue.get(), bytes):
            yield _understood(answer)
        if answer:
            raise answer


def _started(markups: Sequence[Markup], seconds: float) -> SimpleQueue[bytes | BaseException | None]:
    """Return a queue that a thread fills with the answers to ``markups``; None, or what went wrong, ends it."""
    queue: SimpleQueue[bytes | BaseException | None] = SimpleQueue()

    def run() -> None:
        failure: BaseException | None = None
        try:
            for answer in _answers(markups, seconds):
                queue.put(answer)
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            failure = error
        queue.put(failure)

    Thread(target=run, daemon=True).start()
    return queue


@cache
def input_formats() -> frozenset[str]:
    """Return the names of the formats that pandoc reads.

    Raises:
        MissingProgramError: there is no pandoc.
    """
    command = [pandoc(), "--list-input-formats"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)  # noqa: S603 - ours
    return frozenset(listed.stdout.split())


def _divide(markups: Sequence[Markup], count: int) -> list[Sequence[Markup]]:
    """Cut into ``count`` runs of about the same number of characters."""
    total = sum(len(markup.content) for markup in markups)
    chunks: list[list[Markup]] = [[] for _ in range(count)]
    done = 0
    for markup in markups:
        chunks[min(done * count // max(total, 1), count - 1)].append(markup)
        done += len(markup.content)
    return [chunk for chunk in chunks if chunk] or [[]]


def _answers(markups: Sequence[Markup], seconds: float) -> Iterator[bytes]:
    """Yield one line of JSON a document; a document on which pandoc ends or stalls gets an error of the same shape."""
    done = 0
    while done < len(markups):
        worker = _Worker(markups[done:])
        try:
            while done < len(markups) and (answer := worker.answer(seconds)):
                yield answer
                done += 1
        finally:
            worker.close()
        if done < len(markups):
            yield json.dumps({"error": worker.ending(seconds)}).encode()
            done += 1


class _Worker:
    """One pandoc process, fed by a thread of its own because both pipes fill up."""

    def __init__(self, markups: Sequence[Markup]) -> None:
        command = [pandoc(), "lua", "-E", str(_WORKER), "+RTS", f"-M{_MEMORY}", "-RTS"]
        self.process = subprocess.Popen(  # noqa: S603 - our own script, and no word of a document in the command
            confined(command, _LIMITS),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # its warnings tell of losses that the conversion sees itself
            env=ENVIRONMENT,
        )
        self.stalled = False
        Thread(target=self._feed, args=(markups,), daemon=True).start()

    def _feed(self, markups: Sequence[Markup]) -> None:
        pipe = self.process.stdin
        if pipe is None:
            return
        with suppress(OSError, ValueError):  # the process ended, or was closed: the reading side knows
            for markup in markups:
                pipe.write(_request(markup))
            pipe.close()

    def answer(self, seconds: float) -> bytes:
        """Return the next line; empty when the process ended, or was ended for taking too long."""
        timer = Timer(seconds, self._stop)
        timer.start()
        try:
            line: bytes = self.process.stdout.readline() if self.process.stdout else b""
        finally:
            timer.cancel()
        return line if line.endswith(b"\n") else b""

    def _stop(self) -> None:
        self.stalled = True
        self.process.kill()

    def ending(self, seconds: float) -> str:
        """Say why there was no answer."""
        if self.stalled:
            return f"pandoc took longer than {seconds:g} s"
        return f"pandoc ended with status {self.process.returncode}"

    def close(self) -> None:
        """End the process; harmless when it has ended."""
        if self.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.2)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _request(markup: Markup) -> bytes:
    content = markup.content
    text = {"text": content} if isinstance(content, str) else {"hex": content.hex()}
    return json.dumps(text | {"format": markup.format, "html_blocks": markup.html_blocks}).encode() + b"\n"


def _understood(answer: bytes) -> Parsed | Failed:
    if b"\\u00" in answer or b"\xef\xbf" in answer:  # seldom, and the search is slow
        answer = _ILLEGAL.sub(rb"\1", answer)
    try:
        document = json.loads(answer)
    except RecursionError:
        return Failed("it is nested too deeply")
    if "error" in document:
        return Failed(str(document["error"]))
    return Parsed(document["blocks"], document["meta"])
