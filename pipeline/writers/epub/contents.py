"""The contents of the EPUB in levels: parts, posts, headings. nav.xhtml and toc.ncx show the same tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from pipeline.document import Heading, Inlines
from pipeline.walk import iter_blocks
from pipeline.writers.epub import pages
from pipeline.writers.epub.chapters import Chapter
from pipeline.writers.epub.publication import Publication, part_file
from pipeline.writers.metadata import identifier_of
from pipeline.writers.styles import markup_environment
from pipeline.writers.xhtml.blocks import plain_text, render_label
from pipeline.writers.xhtml.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; ``label`` is markup, ``text`` the same for a reader that shows plain text alone."""

    href: str
    label: Markup
    text: str
    children: tuple[Entry, ...] = ()


def entry(href: str, words: str, children: tuple[Entry, ...] = ()) -> Entry:
    """Return an entry whose words are plain text."""
    return Entry(href, Markup.escape(words), words, children)


def contents_of(publication: Publication) -> tuple[Entry, ...]:
    """Return the contents: the imprint, the posts, by part where there are parts, and the indexes."""
    book, words, rendering = publication.book, publication.phrases, publication.rendering()
    posts = {post: _post_entry(chapters, publication, rendering) for post, chapters in publication.chapters.items()}
    parts = tuple(
        entry(part_file(index), part.title, tuple(posts[post] for post in part.posts))
        for index, part in enumerate(book.parts)
    )
    back = (
        (pages.SERIES, words.series, bool(book.series)),
        (pages.EQUATIONS, words.equations, bool(book.equations)),
        (pages.TRUNCATED, words.truncated_list, bool(book.summary.truncated)),
        (pages.COLOPHON, words.colophon, True),
    )
    return (
        entry(pages.ABOUT, words.about),
        *(parts or posts.values()),
        *(entry(href, title) for href, title, present in back if present),
    )


def nav_page(publication: Publication, contents: tuple[Entry, ...]) -> str:
    """Return the navigation document: contents, landmarks, and the printed book's pages where there is one."""
    words = publication.phrases
    landmarks = (
        ("cover", pages.COVER, words.cover),
        ("toc", f"{pages.CONTENTS}#toc", words.contents),
        ("bodymatter", publication.beginning, publication.title),
    )
    return pages.render_page(
        "nav",
        publication,
        title=words.contents,
        matter="frontmatter",
        contents=contents,
        landmarks=landmarks,
        pages=[(publication.page_href(page), page.number) for page in chain.from_iterable(publication.pages.values())],
        page_source=words.page_source.format(title=publication.title),
    )


def ncx(publication: Publication, contents: tuple[Entry, ...]) -> str:
    """Return the contents for readers of EPUB 2."""
    order = {node.href: place for place, node in enumerate(_flatten(contents), start=1)}
    return (
        markup_environment()
        .get_template("epub/toc.ncx.j2")
        .render(
            language=publication.language,
            identifier=identifier_of(publication.metadata),
            title=publication.title,
            depth=_depth(contents),
            contents=contents,
            order=order,
        )
    )


def _post_entry(chapters: tuple[Chapter, ...], publication: Publication, rendering: Rendering) -> Entry:
    """The entry of a post with its headings under it; a mark stands in its link, as EPUB wants nothing beside that."""
    post = chapters[0].post
    label, text = pages.post_place(post, publication).label, pages.title_text(post, publication.phrases)
    if publication.book.marks_cut(post):
        words = publication.phrases
        mark = words.aside.format(words.excerpt)
        label += Markup('{}<span class="note">{}</span>').format(words.gap, mark)
        text += words.gap + mark
    headings = [
        (block.level, _titled(rendering.anchor_href(block.anchor), block.content, rendering))
        for chapter in chapters
        for block in iter_blocks(chapter.blocks)
        if isinstance(block, Heading) and block.anchor and plain_text(block.content)
    ]
    return Entry(publication.post_href(post.id), label, text, _nest(headings))


def _titled(href: str, content: Inlines, rendering: Rendering) -> Entry:
    return Entry(href, render_label(content, rendering), plain_text(content))


def _nest(headings: list[tuple[int, Entry]]) -> tuple[Entry, ...]:
    """Put each heading under the nearest one before it of a higher level."""
    nested: list[Entry] = []
    index = 0
    while index < len(headings):
        level, head = headings[index]
        end = index + 1
        while end < len(headings) and headings[end][0] > level:
            end += 1
        nested.append(Entry(head.href, head.label, head.text, _nest(headings[index + 1 : end])))
        index = end
    return tuple(nested)


def _flatten(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield every entry in reading order."""
    for node in entries:
        yield node
        yield from _flatten(node.children)


def _depth(entries: tuple[Entry, ...]) -> int:
    """Return how many levels the contents have."""
    return 1 + max((_depth(node.children) for node in entries), default=0) if entries else 0
