"""The chain, readable top to bottom, and the only place that writes into the output folder.

bytes → SourceText → posts → transforms → formulas as MathML → ResolvedBook → writers → artefacts
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from pipeline.background import in_background
from pipeline.book import Book, ResolvedBook
from pipeline.codes import Code
from pipeline.config import REPORT_NAME, BuildConfig, Format
from pipeline.diagnostics import Reporter, counted
from pipeline.errors import ArtefactError, SourceError
from pipeline.mathml.convert import convert_book
from pipeline.output import clear_pages, output_folder, refuse_to_replace, refuse_twins, set_aside, write_file
from pipeline.readers.files import bytes_of, files_read
from pipeline.readers.sites import Site
from pipeline.readers.sources import read_sources
from pipeline.report import report_file
from pipeline.resolve import resolve
from pipeline.transforms import TRANSFORMS
from pipeline.verify.artefacts import artefact_losses, books_of, format_of, whole_books
from pipeline.verify.compare import Loss
from pipeline.verify.expected import expected_of
from pipeline.verify.source import reading_losses, transform_losses
from pipeline.writers.contract import File, WriterOptions
from pipeline.writers.formats import report_writer, writer_of
from pipeline.writers.html.seal import is_sealed
from pipeline.writers.metadata import identified

Progress = Callable[[str], None]

_SLUG_BYTES: Final = 80  # well under the 255 bytes that file systems allow a name
_REPORT: Final = Path(REPORT_NAME).stem  # what report.html is called too
_WITH_MATHML: Final = frozenset({Format.EPUB, Format.HTML})


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left on disk, the report last."""

    book: ResolvedBook
    paths: tuple[Path, ...]


def build(config: BuildConfig, reporter: Reporter, progress: Progress) -> Built:
    """Make every artefact that ``config`` asks for, and the report beside them.

    Raises:
        SourceError, MissingProgramError, ArtefactError: what could not be read, is not installed, or failed; an
            artefact that lacks something of its source is left beside an older one, never in its place.
        UsageError: an artefact has the name and the place of a source.
    """
    with output_folder(config.out, slug_of(config)) as folder:
        mathml = bool(_WITH_MATHML.intersection(config.formats))
        book, lost_before = _understood(config, reporter, progress, mathml=mathml)
        resolved = _resolved(book, reporter)
        files, lost_in_writing = write(resolved, reporter, progress)
        files = (*files, report_file(resolved, files, reporter))
        refuse_twins(files)
        sources = files_read(config)
        refuse_to_replace(sources, folder, files)
        paths = tuple(write_file(folder, file) for file in files)
        _refuse_losses(lost_before + lost_in_writing)
        if Format.HTML in config.formats:
            clear_pages(folder, slug_of(config), (*paths, *sources), is_sealed)
    return Built(resolved, paths)


def understand(config: BuildConfig, reporter: Reporter, progress: Progress, *, mathml: bool) -> Book:
    """Read the sources and find out all there is to find out about them; ``mathml`` converts the formulas too."""
    return _understood(config, reporter, progress, mathml=mathml)[0]


def _understood(config: BuildConfig, reporter: Reporter, progress: Progress, *, mathml: bool) -> tuple[Book, int]:
    """Return what ``understand`` does, and how many things of the sources were lost on the way."""
    progress("reading")
    sources = read_sources(config, reporter)
    book = Book(_described(config, sources.site), sources.posts, resources=sources.resources)
    jobs = config.processes
    with in_background(partial(reading_losses, sources.dumps, sources.posts), jobs) as lost_in_reading:
        for transform in TRANSFORMS:
            book = transform(book, reporter)
        book = identified(book)
        with in_background(partial(transform_losses, sources.posts, book.posts), jobs) as lost_in_transforms:
            if mathml:
                progress("converting formulas")
                book = convert_book(book, reporter, jobs=jobs, cache=config.cache)
            lost = _report_losses((*lost_in_reading(), *lost_in_transforms()), "the source", reporter)
    return book, lost


def _described(config: BuildConfig, site: Site) -> BuildConfig:
    """Return ``config`` with the metadata of the ``site`` where it has none of its own.

    The files are called as the sources are all the same, and so is a book of which nothing tells the title.
    """
    metadata = config.metadata
    found = replace(
        metadata,
        title=metadata.title or site.title or config.name,
        author=metadata.author or site.author,
        source_name=metadata.source_name or (site.title if metadata.title else ""),
        source_url=metadata.source_url or site.url,
    )
    return replace(config, slug=slug_of(config), metadata=found)


def _resolved(book: Book, reporter: Reporter) -> ResolvedBook:
    if not book.posts:
        raise SourceError("no post was found in any source", help="a post begins with a date line and a title")
    return resolve(book, reporter)


def write(book: ResolvedBook, reporter: Reporter, progress: Progress) -> tuple[tuple[File, ...], int]:
    """Return the files of every format asked for, and how many things of ``book`` they lack.

    The PDF comes first, because the EPUB's page list names its pages.
    """
    config = book.config
    options = WriterOptions(slug=slug_of(config), jobs=config.processes, cache=config.cache, progress=progress)
    expected = expected_of(book if _WITH_MATHML.intersection(config.formats) else _for_proof(book, config.formats))
    files: list[File] = []
    lost = 0
    for output in (format_ for format_ in Format if format_ in config.formats):
        progress(f"writing {output.value}")
        artefact = writer_of(output)(book, options, reporter)
        options = replace(options, pages=artefact.pages or options.pages)
        losses = artefact_losses(output, artefact.files, expected, config, jobs=options.jobs)
        lost += _report_losses(losses, output.value, reporter)
        files.extend(map(set_aside, artefact.files) if losses else artefact.files)
    if Format.HTML in config.formats:
        files.extend(report_writer()(book, options, reporter).files)
    return tuple(dict.fromkeys(files)), lost  # formats that show the same pictures beside them share these


def _for_proof(book: ResolvedBook, formats: Collection[Format]) -> ResolvedBook:
    """Return ``book`` with its formulas as MathML where a PDF is to be read back, which has no other use for it."""
    if Format.PDF not in formats:
        return book
    config = book.config
    converted = convert_book(Book(config, book.posts), Reporter(), jobs=config.processes, cache=config.cache)
    return replace(book, posts=converted.posts)


def _report_losses(losses: tuple[Loss, ...], where: str, reporter: Reporter) -> int:
    """Report what was lost, and return how many things that are."""
    for loss in losses:
        reporter.report(Code.CONTENT_LOST, f"{where}: {loss.message}", loss.span, post=loss.post or None)
    return len(losses)


def _refuse_losses(lost: int) -> None:
    if lost:
        raise ArtefactError(
            f"the book lacks {counted(lost, 'thing')} that its sources hold (listed above)",
            help="what was made is in the files named .incomplete; older artefacts are unchanged",
        )


def verify_artefacts(
    paths: Sequence[Path], config: BuildConfig, reporter: Reporter, progress: Progress
) -> ResolvedBook:
    """Report what artefacts made earlier lack of the sources of ``config``, and return the book of these.

    A site's pages may come in any order, or be named by its front page or its folder. Of an artefact that cannot be
    read, all is missing.

    Raises:
        SourceError: a source or a file cannot be read, no source has a post, or a format cannot be read back.
    """
    known = [(files, _format_read_back(files[0])) for files in books_of(whole_books(paths))]
    book = _resolved(understand(config, reporter, progress, mathml=False), reporter)
    config = book.config  # with the language that was found
    expected = expected_of(_for_proof(book, [output for _, output in known]))
    for book_paths, output in known:
        name = str(book_paths[0])
        progress(f"verifying {name}")
        files = [File(str(path), bytes_of(path)) for path in book_paths]
        try:
            _report_losses(artefact_losses(output, files, expected, config, jobs=config.processes), name, reporter)
        except ArtefactError as error:
            reporter.report(Code.CONTENT_LOST, f"{name}: {error}")
    return book


def _format_read_back(path: Path) -> Format:
    output = format_of(path)
    if output is None:
        help_line = "verify a book in one of these formats; the suffix of its name tells which it is"
        raise SourceError(
            f"{path}: only EPUB, PDF, HTML, docx, odt, .md, .typ and .txt can be read back", help=help_line
        )
    return output


def slug_of(config: BuildConfig) -> str:
    """Return the artefacts' file name without suffix: letters and digits of slug, title or source, whatever the script.

    A book that is called as the report beside it has ``-book`` after its name.
    """
    wanted = unicodedata.normalize("NFC", config.slug or config.metadata.title or config.name)
    words = "".join(char.lower() if char.isalnum() else " " for char in wanted).split()
    cut = "-".join(words).encode()[:_SLUG_BYTES].decode(errors="ignore").strip("-")
    return f"{cut}-book" if cut == _REPORT else cut or "book"
