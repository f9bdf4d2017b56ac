"""What all pages of one EPUB share: the book, its words, and which file each id stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from pipeline.book import ResolvedBook
from pipeline.config import Metadata
from pipeline.phrases import Phrases
from pipeline.writers.contract import PagePlace, PrintedPage
from pipeline.writers.epub.chapters import Chapter
from pipeline.writers.metadata import title_of
from pipeline.writers.xhtml.rendering import Rendering

IMAGES = "images"

Chapters = Mapping[str, tuple[Chapter, ...]]
"""The files of each post, by the post's id."""

_PAGE_BREAK: Final = '<span epub:type="pagebreak" role="doc-pagebreak" id="{id}" aria-label="{number}"></span>'


@dataclass(frozen=True, slots=True)
class Publication:
    """A book as the pages of one EPUB; all of them lie in one folder, so a file's name is its address."""

    book: ResolvedBook
    metadata: Metadata  # the book's, cleaned
    phrases: Phrases
    addresses: Mapping[str, str]  # id of a post, heading, figure or equation → its file
    chapters: Chapters
    pages: Mapping[str, tuple[PrintedPage, ...]]  # id of a post or a part → its pages in print, where there are any
    embeds_font: bool = False  # whether the book brings its own font for formulas

    @property
    def title(self) -> str:
        """The book's title; a book without one is named after its source, else by what it is."""
        return title_of(self.metadata, self.phrases)

    @property
    def language(self) -> str:
        """The book's language, BCP 47."""
        return self.metadata.language

    @property
    def beginning(self) -> str:
        """The file in which the text begins: the page of the first part, else the first post."""
        return part_file(0) if self.book.parts else self.post_href(self.book.posts[0].id)

    def post_href(self, post: str) -> str:
        """Return the address of a post."""
        return self.addresses[post]

    def anchor_href(self, anchor: str) -> str:
        """Return the address of a heading, a figure or an equation."""
        return f"{self.addresses.get(anchor, '')}#{anchor}"

    def page_href(self, page: PrintedPage) -> str:
        """Return the address of the mark where a printed page begins."""
        chapters = self.chapters.get(page.post, ())
        files = (each.file for each in reversed(chapters) if each.first or each.blocks_before < page.place.block)
        return f"{next(files, f'{page.post}.xhtml')}#{_page_id(page)}"

    def opening_page(self, name: str) -> Markup:
        """Return the mark of the printed page that a post or a part begins with; empty where none is known."""
        return Markup(self._page_breaks(name).get(PagePlace(), ""))  # noqa: S704 - an id of ours and a number

    def _page_breaks(self, name: str) -> dict[PagePlace, str]:
        """Return the marks of the printed pages that begin in a post or with a part, each at its place."""
        marks: dict[PagePlace, str] = {}
        for page in self.pages.get(name, ()):
            mark = _PAGE_BREAK.format(id=_page_id(page), number=page.number)
            marks[page.place] = marks.get(page.place, "") + mark
        return marks

    def chapter_rendering(self, chapter: Chapter) -> Rendering:
        """Return how the markup of a chapter's blocks is made."""
        return replace(
            self.rendering(),
            post_url=self.book.url_of(chapter.post),
            note_prefix=f"{chapter.anchor}-n",
            open_levels=chapter.open_levels,
            page_breaks=self._page_breaks(chapter.post.id),
            blocks_before=chapter.blocks_before,
        )

    def rendering(self) -> Rendering:
        """Return how markup is made in this book."""
        return Rendering(
            post_href=self.post_href,
            anchor_href=self.anchor_href,
            resource_href=resource_href,
            phrases=self.phrases,
            epub_types=True,
            breaks=True,
            alttext=self.book.config.epub.math != "mathml",
        )


def part_name(index: int) -> str:
    """Return what the page that opens a part is called, in print too; parts are counted from 0."""
    return f"part-{index + 1}"


def part_file(index: int) -> str:
    """Return the file of the page that opens a part."""
    return f"{part_name(index)}.xhtml"


def _page_id(page: PrintedPage) -> str:
    return f"{page.post}-page-{page.number}"


def resource_href(name: str) -> str:
    """Return where a picture lies."""
    return f"{IMAGES}/{name}"
