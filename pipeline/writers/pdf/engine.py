"""XeLaTeX, run on text that nobody vouches for: no shell, no file outside a private folder, bounded in time and size.

Measured with TeX Live 2022: ``openin_any=p`` and ``openout_any=p`` keep TeX inside its folder, and
``SOURCE_DATE_EPOCH`` with ``FORCE_SOURCE_DATE`` gives the same bytes for the same text.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Final

from pipeline.errors import MissingProgramError
from pipeline.sandbox import Limits, confined, end

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


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of the engine ended; ``log`` is what TeX wrote about it."""

    status: int
    log: str
    timed_out: bool = False


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder for one book, with no way back to its name in what is made there."""
    with TemporaryDirectory(prefix="pipeline-") as name:
        yield Path(name)


def xelatex() -> str:
    """Return the path of the engine.

    Raises:
        MissingProgramError: it is not installed.
    """
    found = shutil.which("xelatex")
    if not found:
        raise MissingProgramError("PDF needs xelatex, which is not installed", help=f"apt-get install {PACKAGES}")
    return found


def run_xelatex(
    tex: Path, *, epoch: int, timeout: float, draft: bool = False, page: Callable[[int], None] | None = None
) -> Run:
    """Run XeLaTeX on ``tex`` in its folder; ``draft`` makes no PDF. An overlong run is interrupted.

    ``page`` is called with the number of each page when it is set, from a thread of its own.
    """
    mode = "nonstopmode" if page else "batchmode"  # only the first tells of pages; the log is the same
    command = [xelatex(), "-no-shell-escape", f"-interaction={mode}", *(["-no-pdf"] if draft else []), tex.name]
    limits = Limits(seconds=int(timeout) + 1, memory=_MEMORY, file_size=_FILE_SIZE)
    process = subprocess.Popen(  # noqa: S603 - a fixed command; the text it reads is checked before
        confined(command, limits),
        cwd=tex.parent,
        env=_environment(os.environ, epoch),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if page else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watcher = Thread(target=_tell_pages, args=(process.stdout, page), daemon=True) if page else None
    if watcher:
        watcher.start()
    timed_out = False
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        end(process)
    if watcher:
        watcher.join(_PATIENCE)
    return Run(process.returncode, _read_log(tex.with_suffix(".log")), timed_out)


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


def _read_log(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
