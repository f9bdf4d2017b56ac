"""Files on disk, whole or not at all: whoever kills a build finds the old artefact or the new one, never a torn one."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.errors import ArtefactError, UsageError
from pipeline.writers.contract import File

_PART: Final = ".pipeline-part"  # a suffix that no other program uses


@contextmanager
def output_folder(folder: Path, slug: str) -> Iterator[Path]:
    """Make ``folder``, hold it against other builds, and clear what a killed build of ``slug`` left behind.

    The lock is an advisory ``flock`` on the folder itself, so it vanishes with the process. It is released explicitly,
    because forked children share the handle. A folder that was made for a build that wrote nothing is removed.

    Raises:
        ArtefactError: the folder cannot be made, or another build is writing into it.
    """
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise ArtefactError(f"{folder}: {error.strerror}", help="name another folder with --out") from error
    try:
        _lock(folder, handle)
        for leftover in _leftovers(folder, slug):
            leftover.unlink(missing_ok=True)
        yield folder
    finally:
        if made:
            with suppress(OSError):  # it is not empty
                folder.rmdir()
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _lock(folder: Path, handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArtefactError(f"{folder}: another build is writing here", help="wait for it, or use --out") from error


def _leftovers(folder: Path, slug: str) -> tuple[Path, ...]:
    """Parts in ``folder``, and in those that the book has in it for a site's pages and for pictures."""
    places = (folder, folder / slug, folder / f"{slug}-images")
    return tuple(part for place in places for part in place.glob(f".*{_PART}"))


def clear_pages(folder: Path, slug: str, kept: Iterable[Path], made: Callable[[bytes], bool]) -> None:
    """Delete the pages of earlier builds in ``folder/slug``, except those ``kept``, and the folder if that empties it.

    ``made`` tells from a page's content whether a build wrote it. Other files and links stay.

    Raises:
        ArtefactError: a page cannot be read or taken away.
    """
    pages, used = folder / slug, {path.resolve() for path in kept}
    if pages.is_symlink() or not pages.is_dir():
        return
    try:
        for page in sorted(pages.glob("*.html")):
            if page.is_file() and not page.is_symlink() and page.resolve() not in used and made(page.read_bytes()):
                page.unlink()
    except OSError as error:
        raise ArtefactError(f"{error.filename}: {error.strerror}", help="it is a page of an earlier build") from error
    with suppress(OSError):  # it is not empty
        pages.rmdir()


def refuse_to_replace(sources: Iterable[Path], folder: Path, files: Iterable[File]) -> None:
    """Make sure that no file written under ``folder`` replaces one of ``sources``, links resolved.

    Raises:
        UsageError: one would.
    """
    read = {source.resolve() for source in sources}
    for path in (folder / file.name for file in files):
        if path.resolve() in read:
            raise UsageError(
                f"{path}: the book would replace a file that it is made of",
                help="name another folder with --out, or another slug in book.toml",
            )


def refuse_twins(files: Iterable[File]) -> None:
    """Make sure that no two files of a build have the same name.

    Raises:
        ArtefactError: two have.
    """
    for name, times in Counter(file.name for file in files).items():
        if times > 1:
            raise ArtefactError(f"{times} files of the book are called {name}", help="set another slug in book.toml")


def set_aside(file: File) -> File:
    """Return ``file`` under a name that says that something is missing in it, and that no good artefact has."""
    stem, dot, suffix = file.name.rpartition(".")
    return replace(file, name=f"{stem}.incomplete{dot}{suffix}")


def write_file(folder: Path, file: File) -> Path:
    """Write one file under ``folder`` through a temporary sibling, and return its path.

    Raises:
        ArtefactError: the disk is full, the folder is read-only, …; an older file of that name is untouched.
    """
    path = folder / file.name
    part = path.with_name(f".{path.name}{_PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(file.content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # a disk that cannot be written to cannot be tidied either
            part.unlink(missing_ok=True)
        raise ArtefactError(f"{path}: {error.strerror}", help="the file that was there before is untouched") from error
    return path
