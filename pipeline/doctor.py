"""Which programs a build may need are on this machine."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

import pypandoc

TEX_PACKAGES: Final = (
    "texlive-xetex texlive-lang-chinese texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended "
    "lmodern fonts-noto-cjk"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One program: whether it is there, and its version or how to install it."""

    name: str
    found: bool
    detail: str
    optional: bool


_PROGRAMS: Final = (
    ("xelatex", "for PDF: apt-get install " + TEX_PACKAGES),
    ("pdftotext", "to verify a PDF: apt-get install poppler-utils"),
    ("java", "for EPUBCheck in the tests: apt-get install default-jre-headless"),
    ("chromium", "for the browser tests: apt-get install chromium"),
)


def examine() -> tuple[Finding, ...]:
    """Look for every program; pandoc comes with the package and is the one that must be there."""
    return (_pandoc(), *(_program(name, install) for name, install in _PROGRAMS))


def _pandoc() -> Finding:
    try:
        version = pypandoc.get_pandoc_version()
    except OSError as error:
        return Finding("pandoc", found=False, detail=str(error), optional=False)
    return Finding("pandoc", found=True, detail=version, optional=False)


def _program(name: str, install: str) -> Finding:
    path = shutil.which(name)
    if path is None:
        return Finding(name, found=False, detail=install, optional=True)
    return Finding(name, found=True, detail=_version(path), optional=True)


def _version(path: str) -> str:
    """Return the first line that ``--version`` prints; empty when the program does not answer."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next(iter((done.stdout or done.stderr).splitlines()), "")
