"""XeLaTeX, run on text that nobody vouches for: no shell, no file outside a private folder, bounded in time and size.

Measured with TeX Live 2022: ``openin_any=p`` and ``openout_any=p`` keep TeX inside its folder, and
``SOURCE_DATE_EPOCH`` with ``FORCE_SOURCE_DATE`` gives the same bytes for the same text. Packages and fonts take 0.8 s
of every run; an engine that was begun reads them while the rest of its text is still being written.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from pipeline.errors import MissingProgramError
from pipeline.sandbox import Limits, confined, end
from pipeline.signals import held
from pipeline.writers.contract import File
from pipeline.writers.pdf.log import missing_font

PACKAGES: Final = (
    "texlive-xetex texlive-lang-chinese texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended "
    "lmodern fonts-noto-cjk fonts-dejavu-core"
)
_MEMORY: Final = 3 << 30
_FILE_SIZE: Final = 1 << 30
_KEPT: Final = (
    "PATH",
    "HOME",
    "TEXMFHOME",
    "TEXMFVAR",
    "TEXMFCONFIG",
    "FONTCONFIG_PATH",
    "FONTCONFIG_FILE",
    "XDG_CACHE_HOME",
)
_PAGE: Final = re.compile(rb"\[(\d+)(?=\D)")  # how TeX begins to tell of a page (tex.web, section 638)
_PATIENCE: Final = 5.0  # seconds for what TeX said last
_TAIL: Final = 16  # bytes in which a page may have been told by half
_FIRST: Final = "book.tex"
_REST: Final = "rest.tex"
_WAITING: Final = rf"\read-1 to\go \{{mode}}\input{{{{{_REST}}}}}"
"""Behind the beginning of a text: read a line from standard input, which comes when the rest is there."""


class MissingFontError(MissingProgramError):
    """A font is not installed, for want of which TeX would go on and complain of every character."""

    def __init__(self, font: str, advice: str = f"apt-get install {PACKAGES}") -> None:
        super().__init__(f"PDF needs the font {font}, which is not installed", help=advice)
        self.font = font


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the engine ended; ``log`` is what TeX wrote about it, ``pdf`` what it made, if it made anything.

    ``pages`` is what it wrote down of pages when it set them (``printed_pages`` reads it).
    """

    status: int
    log: str
    pdf: bytes = field(default=b"", repr=False)
    timed_out: bool = False
    pages: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A run that waits for the rest of its text."""

    process: subprocess.Popen[bytes]
    folder: Path
    watcher: Thread | None


@dataclass(slots=True)
class Engine:
    """XeLaTeX for texts that begin alike; made by ``engine``."""

    start: str
    folder: Path
    epoch: int
    timeout: float
    draft: bool
    page: Callable[[int], None] | None
    _numbers: Iterator[int] = field(default_factory=count, repr=False)
    _begun: _Begun | None = None

    def begin(self) -> _Begun:
        """Begin the next run now: XeLaTeX reads the beginning of the text, and waits."""
        with held():
            self._begun = self._begun or self._start()
        return self._begun

    def run(self, rest: str, files: Iterable[File] = ()) -> Run:
        """Return how the run went on to the end of ``rest``, with ``files`` beside it; an overlong one is interrupted.

        The log numbers lines as those of the whole text.

        Raises:
            MissingProgramError: XeLaTeX or a font is not installed.
        """
        begun = self.begin()
        (begun.folder / _REST).write_text("%\n" * self.start.count("\n") + rest, encoding="utf-8")
        for file in files:
            (begun.folder / file.name).write_bytes(file.content)
        timed_out = _go_on(begun, self.timeout)
        self._begun = None
        tex = begun.folder / _FIRST
        log, pages = (_read(tex.with_suffix(suffix)).decode(errors="replace") for suffix in (".log", ".pages"))
        if font := missing_font(log):
            raise MissingFontError(font)
        return Run(begun.process.returncode, log, _read(tex.with_suffix(".pdf")), timed_out, pages)

    def end(self) -> None:
        """End a run that nobody wants to go on."""
        if self._begun:
            _end(self._begun)

    def _start(self) -> _Begun:
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        mode = "nonstopmode" if self.page else "batchmode"  # only the first tells of pages; the log is the same
        (folder / _FIRST).write_text(f"{self.start}{_WAITING.format(mode=mode)}\n", encoding="utf-8")
        command = [
            xelatex(),
            "-no-shell-escape",
            "-interaction=scrollmode",
            *(["-no-pdf"] if self.draft else []),
            _FIRST,
        ]
        limits = Limits(seconds=int(self.timeout) + 1, memory=_MEMORY, file_size=_FILE_SIZE)
        process = subprocess.Popen(  # noqa: S603 - a fixed command; the text it reads is checked before
            confined(command, limits),
            cwd=folder,
            env=_environment(os.environ, self.epoch),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if self.page else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        watcher = Thread(target=_tell_pages, args=(process.stdout, self.page), daemon=True) if self.page else None
        if watcher:
            watcher.start()
        return _Begun(process, folder, watcher)


@contextmanager
def engine(
    start: str, *, epoch: int, timeout: float, draft: bool = False, page: Callable[[int], None] | None = None
) -> Iterator[Engine]:
    """Make an engine for texts that begin with ``start``, in a private folder that is gone afterwards.

    ``timeout`` are the seconds that the rest of a text may take; ``draft`` makes no PDF; ``page`` is called with the
    number of each page when it is set, from a thread of its own.
    """
    with held():
        private = TemporaryDirectory(prefix="pipeline-")
    with private as name:
        made = Engine(start, Path(name), epoch, timeout, draft, page)
        try:
            yield made
        finally:
            made.end()


def xelatex() -> str:
    """Return the path of the engine.

    Raises:
        MissingProgramError: it is not installed.
    """
    found = shutil.which("xelatex")
    if not found:
        raise MissingProgramError("PDF needs xelatex, which is not installed", help=f"apt-get install {PACKAGES}")
    return found


def _go_on(begun: _Begun, timeout: float) -> bool:
    """Let a run go on for at most ``timeout`` seconds; return whether it would have taken longer."""
    if begun.process.stdin:
        with suppress(BrokenPipeError), begun.process.stdin as line:  # of a run that has ended already
            line.write(b"\n")
    try:
        begun.process.wait(timeout)
    except subprocess.TimeoutExpired:
        return True
    finally:
        _end(begun)
    return False


def _end(begun: _Begun) -> None:
    """End a run, however far it is; one that waits for its line ends because there will be none."""
    if begun.process.stdin:
        begun.process.stdin.close()
    end(begun.process)
    if begun.watcher:
        begun.watcher.join(_PATIENCE)


def _tell_pages(terminal: BufferedReader, page: Callable[[int], None]) -> None:
    """Read what TeX says to its end; of all the numbers in it, those of pages count up from 1."""
    told, last = b"", 0
    with terminal:
        while chunk := terminal.read1():
            told = told[-_TAIL:] + chunk
            for match in _PAGE.finditer(told):
                if int(match[1]) == last + 1:
                    last += 1
                    page(last)


def _environment(outer: Mapping[str, str], epoch: int) -> dict[str, str]:
    return {
        **{name: outer[name] for name in _KEPT if name in outer},
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "TEXINPUTS": ".:",
        "max_print_line": "10000",
        "error_line": "254",
        "half_error_line": "238",
    }


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
