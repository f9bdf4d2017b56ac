"""What a writer is: a function from a resolved book to the files it becomes. Writers return bytes and write nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pipeline.book import ResolvedBook
from pipeline.diagnostics import Reporter


@dataclass(frozen=True, slots=True)
class File:
    """One file of an artefact; ``name`` is relative to the output folder, with ``/`` between folders."""

    name: str
    content: bytes = field(repr=False)


class PagePlace(NamedTuple):
    """Where a page can begin in a post: a block, and what of it.

    Blocks are counted from 1 as ``iter_blocks`` yields them, without rules, which begin nothing; 0 is the post's head.
    Its parts, counted from 0, are the texts and displays of a paragraph, the lines of code, the rows of a table, and
    the terms of a list.
    """

    block: int = 0
    part: int = 0


class PrintedPage(NamedTuple):
    """A page of the printed book: its number, and what begins there first."""

    number: int
    post: str  # its id, or that of a part's own page, such as part-1
    place: PagePlace = PagePlace()


@dataclass(frozen=True, slots=True)
class Artefact:
    """What a writer made: usually one file, a small site where a page was split."""

    files: tuple[File, ...]
    pages: tuple[PrintedPage, ...] = ()  # those of its parts and posts, in order, where the artefact has pages


def _silent(_message: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """What a writer may use besides the book: never the clock or the locale; of the machine, its programs and fonts."""

    slug: str  # file name of the artefacts, without suffix
    jobs: int = 1  # worker processes it may start
    cache: Path | None = None  # folder it may keep results in, or None
    pages: tuple[PrintedPage, ...] = ()  # of the PDF, when one was built before
    progress: Callable[[str], None] = _silent  # one short line for whoever waits


Writer: TypeAlias = Callable[[ResolvedBook, WriterOptions, Reporter], Artefact]
