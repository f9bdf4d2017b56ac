"""Each format and how it is read back: one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Final, assert_never
from urllib.parse import unquote

from pipeline.config import BuildConfig, Format
from pipeline.errors import SourceError
from pipeline.phrases import phrases_for
from pipeline.verify.compare import Loss
from pipeline.verify.epub import verify_epub
from pipeline.verify.expected import Expected
from pipeline.verify.html import site_pages, verify_html
from pipeline.verify.pandoc import verify_pandoc
from pipeline.verify.pdf import verify_pdf
from pipeline.writers.contract import File
from pipeline.writers.latex.page import page_of

_REPORT: Final = "report.html"
_LINK: Final = re.compile(rb'href="([^"#\s]+\.html)["#]')
_READ_BACK: Final = {
    ".epub": Format.EPUB,
    ".html": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".odt": Format.ODT,
    ".md": Format.MARKDOWN,
    ".typ": Format.TYPST,
    ".txt": Format.PLAIN,
}
"""The formats that can be read back, by how their files are called."""


def format_of(path: PurePath) -> Format | None:
    """Return the format that a file's name tells; None for one that cannot be read back."""
    return _READ_BACK.get(path.suffix.lower())


def whole_books(paths: Sequence[Path]) -> list[Path]:
    """Return ``paths``, with its pages in place of a folder, and with those of a site whose front page alone is named.

    Raises:
        SourceError: a path is not there, or a folder has no page.
    """
    if absent := next((path for path in paths if not path.exists()), None):
        raise SourceError(f"{absent}: no such file or folder", help="check the path: it should be a book made earlier")
    named = list(dict.fromkeys(page for path in paths for page in (_pages_in(path) if path.is_dir() else [path])))
    folders = {page.resolve().parent for page in named}
    alone = (page for page in named if page.resolve().with_suffix("") not in folders)
    return [*named, *(page for front in alone for page in _pages_behind(front))]


def _pages_in(folder: Path) -> list[Path]:
    pages = sorted(folder.glob("*.html"))
    if not pages:
        raise SourceError(f"{folder}: there is no page in this folder", help="name the files of the books in it")
    return pages


def _pages_behind(front: Path) -> Iterator[Path]:
    """Yield the pages that a page links to in the folder that is called as it is: those of its site, if it has one."""
    inner = front.with_suffix("")
    if format_of(front) is Format.HTML and inner.is_dir():
        with suppress(OSError):  # whoever reads it next says why it cannot be read
            links = dict.fromkeys(_LINK.findall(front.read_bytes()))
            pages = (front.parent / unquote(link.decode(errors="replace")) for link in links)
            yield from (page for page in pages if page.parent == inner and page.is_file())


def books_of(paths: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """Return the files of each book: pages of one folder are one, with the front page beside it; others each their own.

    The report of a build is left out, unless it is the only page.
    """
    pages = [path for path in paths if format_of(path) is Format.HTML]
    others = [path for path in paths if format_of(path) is not Format.HTML]
    return (*((path,) for path in others), *_sites([page for page in pages if page.name != _REPORT] or pages))


def _sites(pages: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    places = {page: page.resolve() for page in pages}
    folders = {place.parent for place in places.values()}
    sites: dict[Path, list[Path]] = {}
    for page, place in places.items():
        inner = place.with_suffix("")
        sites.setdefault(inner if inner in folders else place.parent, []).append(page)
    yield from map(tuple, sites.values())


def artefact_losses(
    output: Format, files: Sequence[File], expected: Expected, config: BuildConfig, *, jobs: int = 1
) -> tuple[Loss, ...]:
    """Return what an artefact, made as ``config`` says, lacks of what is expected; ``jobs`` processes may look at once.

    Raises:
        ArtefactError: it cannot be read at all.
    """
    match output:
        case Format.EPUB:
            return tuple(loss for file in files for loss in verify_epub(file.content, expected, jobs=jobs))
        case Format.HTML:
            return verify_html(site_pages(files, expected), expected)
        case Format.PDF:
            body, cut = _text_area(config), phrases_for(config.metadata.language).truncated
            return tuple(loss for file in files for loss in verify_pdf(file.content, expected, body, cut, jobs=jobs))
        case Format.DOCX | Format.ODT | Format.MARKDOWN | Format.TYPST | Format.PLAIN:
            cut = phrases_for(config.metadata.language).truncated
            written = (file for file in files if format_of(PurePath(file.name)) is output)  # the others are pictures
            return tuple(loss for file in written for loss in verify_pandoc(file.content, output, expected, cut))
        case _:
            assert_never(output)


def _text_area(config: BuildConfig) -> tuple[float, float]:
    """Where the text of a page begins and ends, with what its first and last line have above and below them."""
    page = page_of(config.pdf, config.metadata.language)
    return page.top - 0.3 * page.leading, page.top + page.text_height + 0.5 * page.leading
