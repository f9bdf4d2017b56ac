"""What all pages of one EPUB share: the book, its words, and which file each id stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.book import ResolvedBook
from pipeline.config import Metadata
from pipeline.phrases import Phrases
from pipeline.writers.epub.chapters import Chapter
from pipeline.writers.metadata import title_of
from pipeline.writers.xhtml.rendering import Rendering

IMAGES = "images"

Chapters = Mapping[str, tuple[Chapter, ...]]
"""The files of each post, by the post's id."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A book as the pages of one EPUB; all of them lie in one folder, so a file's name is its address."""

    book: ResolvedBook
    metadata: Metadata  # the book's, cleaned
    phrases: Phrases
    addresses: Mapping[str, str]  # id of a post, heading, figure or equation → its file
    chapters: Chapters
    pages: Mapping[str, int]  # id of a post → its first page in the printed book, where there is one
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

    def chapter_rendering(self, chapter: Chapter) -> Rendering:
        """Return how the markup of a chapter's blocks is made."""
        return replace(
            self.rendering(),
            post_url=self.book.url_of(chapter.post),
            note_prefix=f"{chapter.anchor}-n",
            open_levels=chapter.open_levels,
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


def part_file(index: int) -> str:
    """Return the file of the page that opens a part, counted from 0."""
    return f"part-{index + 1}.xhtml"


def page_id(post: str) -> str:
    """Return the id of the mark where the page on which a post begins in the printed book begins."""
    return f"{post}-page"


def resource_href(name: str) -> str:
    """Return where a picture lies."""
    return f"{IMAGES}/{name}"
