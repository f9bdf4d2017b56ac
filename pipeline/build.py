"""The chain, readable top to bottom, and the only place that writes files.

bytes → SourceText → posts → transforms → formulas as MathML → ResolvedBook → writers → artefacts
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.book import Book, ResolvedBook
from pipeline.config import BuildConfig, Format
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.mathml.convert import convert_book
from pipeline.output import output_folder, write_file
from pipeline.readers.sources import read_sources
from pipeline.report import report_file
from pipeline.resolve import resolve
from pipeline.transforms import TRANSFORMS
from pipeline.writers.contract import File, WriterOptions
from pipeline.writers.formats import writer_of

Progress = Callable[[str], None]

_SLUG_BYTES: Final = 80  # well under the 255 bytes that file systems allow a name
_WITH_MATHML: Final = frozenset({Format.EPUB, Format.HTML})


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left on disk, the report last."""

    book: ResolvedBook
    paths: tuple[Path, ...]


def build(config: BuildConfig, reporter: Reporter, progress: Progress) -> Built:
    """Make every artefact that ``config`` asks for, and the report beside them.

    Raises:
        SourceError, MissingProgramError, ArtefactError: what could not be read, is not installed, or failed.
    """
    book = understand(config, reporter, progress, mathml=bool(_WITH_MATHML.intersection(config.formats)))
    if not book.posts:
        raise SourceError("no post was found in any source", help="a post begins with a date line and a title")
    resolved = resolve(book, reporter)
    with output_folder(config.out) as folder:
        files = write(resolved, reporter, progress)
        report = report_file(resolved, files, reporter)
        return Built(resolved, tuple(write_file(folder, file) for file in (*files, report)))


def understand(config: BuildConfig, reporter: Reporter, progress: Progress, *, mathml: bool) -> Book:
    """Read the sources and find out all there is to find out about them; ``mathml`` converts the formulas too."""
    progress("reading")
    sources = read_sources(config, reporter)
    book = Book(config, sources.posts, resources=sources.resources)
    for transform in TRANSFORMS:
        book = transform(book, reporter)
    if mathml:
        progress("converting formulas")
        book = convert_book(book, reporter, jobs=_jobs(config), cache=config.cache)
    return book


def write(book: ResolvedBook, reporter: Reporter, progress: Progress) -> tuple[File, ...]:
    """Return the files of every format asked for; the PDF comes first, because the EPUB's page list names its pages."""
    config = book.config
    options = WriterOptions(slug=slug_of(config), jobs=_jobs(config), cache=config.cache, progress=progress)
    files: list[File] = []
    for output in (format_ for format_ in Format if format_ in config.formats):
        progress(f"writing {output.value}")
        artefact = writer_of(output)(book, options, reporter)
        options = replace(options, pages=artefact.pages or options.pages)
        files.extend(artefact.files)
    return tuple(files)


def slug_of(config: BuildConfig) -> str:
    """Return the artefacts' file name without suffix: letters and digits of the slug or title, whatever the script."""
    wanted = unicodedata.normalize("NFC", config.slug or config.metadata.title)
    words = "".join(char.lower() if char.isalnum() else " " for char in wanted).split()
    cut = "-".join(words).encode()[:_SLUG_BYTES].decode(errors="ignore").strip("-")
    return cut or "book"


def _jobs(config: BuildConfig) -> int:
    return config.jobs or os.cpu_count() or 1
