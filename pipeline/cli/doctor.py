"""Which programs a build may need are on this machine."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

import pypandoc

from pipeline.writers.pdf.engine import PACKAGES as TEX_PACKAGES


@dataclass(frozen=True, slots=True)
class ProgramCheck:
    """One program: whether it is there, and its version or how to install it."""

    name: str
    found: bool
    detail: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Program:
    """A program that a build or the tests may need; ``asks`` is how it tells its version."""

    name: str
    asks: str
    install: str


_PROGRAMS: Final = (
    Program("xelatex", "--version", f"for PDF: apt-get install {TEX_PACKAGES}"),
    Program("pdftotext", "-v", "to read a PDF back in the tests: apt-get install poppler-utils"),
    Program("java", "--version", "for EPUBCheck in the tests: apt-get install default-jre-headless"),
    Program("chromium", "--version", "for the browser in the tests: apt-get install chromium"),
)


def examine() -> tuple[ProgramCheck, ...]:
    """Look for every program; pandoc comes with the package and is the one that must be there."""
    return (_pandoc(), *(_find(program) for program in _PROGRAMS))


def _pandoc() -> ProgramCheck:
    try:
        version = pypandoc.get_pandoc_version()
    except OSError as error:
        return ProgramCheck("pandoc", found=False, detail=str(error), optional=False)
    return ProgramCheck("pandoc", found=True, detail=version, optional=False)


def _find(program: Program) -> ProgramCheck:
    path = shutil.which(program.name)
    if path is None:
        return ProgramCheck(program.name, found=False, detail=program.install, optional=True)
    return ProgramCheck(program.name, found=True, detail=_answer([path, program.asks]), optional=True)


def _answer(command: list[str]) -> str:
    """Return the first line that a program answers; empty when it does not."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - from PATH
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next(iter((done.stdout or done.stderr).splitlines()), "")
