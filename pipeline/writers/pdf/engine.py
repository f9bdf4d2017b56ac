"""XeLaTeX, run on text that nobody vouches for: no shell, no file outside a private folder, bounded in time and size.

Measured with TeX Live 2022: ``openin_any=p`` and ``openout_any=p`` keep TeX inside its folder, and
``SOURCE_DATE_EPOCH`` with ``FORCE_SOURCE_DATE`` gives the same bytes for the same text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
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


def run_xelatex(folder: Path, name: str, *, epoch: int, timeout: float, draft: bool = False) -> Run:
    """Run XeLaTeX on ``name``.tex in ``folder``; ``draft`` makes no PDF. An overlong run is interrupted."""
    command = [xelatex(), "-no-shell-escape", "-interaction=batchmode", *(["-no-pdf"] if draft else []), f"{name}.tex"]
    limits = Limits(seconds=int(timeout) + 1, memory=_MEMORY, file_size=_FILE_SIZE)
    process = subprocess.Popen(  # noqa: S603 - a fixed command; the text it reads is checked before
        confined(command, limits),
        cwd=folder,
        env=_environment(os.environ, epoch),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    timed_out = False
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        end(process)
    return Run(process.returncode, _read_log(folder / f"{name}.log"), timed_out)


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
