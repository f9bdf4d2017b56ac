"""Which files a SOURCE means: itself, or the posts in a folder, but for drafts and what an earlier build left there."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.codes import Code
from pipeline.config import STDIN, BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.readers.books import without_books
from pipeline.readers.folders import drafts_of, files_of, others_of
from pipeline.readers.resources import Home
from pipeline.source import Span

_NAME_IT: Final = "name the dump itself"


def homes_of(source: Path, config: BuildConfig, reporter: Reporter) -> tuple[Home, ...]:
    """Return the files that a source means, each with its folder; posts of a folder that stay out are reported.

    Raises:
        SourceError: it is a folder without a post.
    """
    if source == STDIN or not source.is_dir():
        return (Home(source, source.parent),)
    for draft in drafts_of(source):
        reporter.report(Code.POST_LEFT_OUT, f"{draft} is a draft", Span(str(draft), 1, 1))
    named = [place.resolve() for place in config.sources if place != source]
    for other in _not_built(others_of(source), source, config.out):
        if any(other.resolve().is_relative_to(place) for place in named):
            continue
        message = f"{other} is not one of its site's posts; name it as a source to include it"
        reporter.report(Code.POST_LEFT_OUT, message, Span(str(other), 1, 1))
    files = _files(source, config.out)
    if not files:
        raise SourceError(f"{source}: no post in this folder", help=_nothing_left(source, config.out))
    return tuple(Home(file, source) for file in files)


def files_read(config: BuildConfig) -> tuple[Path, ...]:
    """Return the files that the sources of ``config`` mean, each of a folder's, whether they are there or not."""
    return tuple(file for source in config.sources for file in _files(source, config.out))


def _files(source: Path, out: Path) -> tuple[Path, ...]:
    if source == STDIN or not source.is_dir():
        return (source,)
    return _not_built(files_of(source), source, out)


def _not_built(files: Iterable[Path], source: Path, out: Path) -> tuple[Path, ...]:
    """Return ``files`` without the artefacts of earlier builds, and without all that is in ``out`` inside a source."""
    return without_books(_not_in_out(files, source, out), source)


def _not_in_out(files: Iterable[Path], source: Path, out: Path) -> tuple[Path, ...]:
    inside, built = source.resolve(), out.resolve()
    if built == inside or not built.is_relative_to(inside):
        return tuple(files)
    return tuple(file for file in files if not file.resolve().is_relative_to(built))


def _nothing_left(source: Path, out: Path) -> str:
    """Return what to do about a folder of which nothing is read, and why, where something is in it."""
    files = files_of(source)
    if not files:
        return _NAME_IT
    outside = _not_in_out(files, source, out)
    reason = "is a book that the report beside it lists" if outside else f"is in {out}, where the books go"
    return f"{(outside or files)[0]} {reason}; {_NAME_IT}"


def bytes_of(path: Path) -> bytes:
    """Return what a file holds, or standard input where ``path`` is ``-``.

    Raises:
        SourceError: it cannot be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}", help="check the path and its permissions") from error
