"""What the page's template is given: every word and address ready, nothing left to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from pipeline.book import Part, Post, ResolvedBook, Truncated
from pipeline.document import MATHML_NAMESPACE
from pipeline.phrases import Phrases
from pipeline.posts import plain_title
from pipeline.walk import iter_blocks, texts_of
from pipeline.writers.dates import date_text, year_note
from pipeline.writers.imprint import Fact, about, caveats, edition, facts
from pipeline.writers.metadata import title_of
from pipeline.writers.xhtml.blocks import render_blocks, render_title
from pipeline.writers.xhtml.rendering import Rendering

_NAMESPACE: Final = re.compile(rf'(<math[^>]*?) xmlns="{re.escape(MATHML_NAMESPACE)}"')
_BLOCKS: Final = "p|div|h[1-6]|[uod]l|li|d[td]|figure|figcaption|blockquote|table|caption|thead|tbody|tr|aside"
_BETWEEN: Final = re.compile(rf"(</?(?:{_BLOCKS})\b[^>]*)>\n(?=<)")


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post as the contents, a footer or a list names it."""

    href: str
    label: Markup
    date: str
    cut: bool
    url: str  # where it stands on the web, if that is known


@dataclass(frozen=True, slots=True)
class SeriesStep:
    """One place in a series."""

    mark: str
    href: str
    title: str
    here: bool


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The series of a post, with all its places that are in the book."""

    name: str
    places: tuple[SeriesStep, ...]


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as the page shows it."""

    id: str
    href: str
    title: Markup
    plain: str
    date: str
    evidence: str
    cut: bool
    url: str
    series: SeriesView | None
    body: Markup
    mentions: tuple[PostLink, ...]
    previous: PostLink | None
    next: PostLink | None


@dataclass(frozen=True, slots=True)
class PartLinks:
    """A part in the contents; a book without parts is one without a title."""

    href: str
    title: str
    posts: tuple[PostLink, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part with its posts in full."""

    id: str
    title: str
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True)
class BookView:
    """The book as every page of it speaks of it."""

    phrases: Phrases
    language: str
    title: str
    subtitle: str
    author: str
    description: str
    source_name: str
    count: str
    facts: tuple[Fact, ...]
    about: tuple[str, ...]
    caveats: tuple[str, ...]
    cut: tuple[PostLink, ...]
    parts: tuple[PartLinks, ...]


def book_view(book: ResolvedBook, page: Rendering) -> BookView:
    """Return the book as a page speaks of it; ``page`` says what addresses posts have there."""
    data, phrases = book.config.metadata, page.phrases
    return BookView(
        phrases=phrases,
        language=data.language,
        title=title_of(data, phrases),
        subtitle=data.subtitle,
        author=data.author,
        description=data.description,
        source_name=data.source_name,
        count=phrases.page.count.format(posts=len(book.posts), formulas=book.summary.formulas),
        facts=(*facts(data, phrases), *edition(data, phrases)),
        about=about(book, phrases),
        caveats=tuple(caveats(book, phrases)),
        cut=tuple(_link(book, post, page) for post in book.summary.truncated),
        parts=_parts(book, page),
    )


def post_view(book: ResolvedBook, post: Post, page: Rendering, place: int, *, text_alone: bool) -> PostView:
    """Return one post, ``place`` in the book counted from 0; ``page`` is fitted to the post by the caller.

    ``text_alone`` gives its words and TeX without structure, as a page to search in needs them.
    """
    phrases, posts = page.phrases, book.posts
    return PostView(
        id=post.id,
        href=page.post_href(post.id),
        title=render_title(post.title, replace(page, links=False)),
        plain=plain_title(post),
        date=date_text(post.date, phrases),
        evidence=year_note(post.date, phrases),
        cut=isinstance(post.status, Truncated),
        url=post.url,
        series=_series(book, post, page),
        body=_text(post) if text_alone else _as_html(render_blocks(post.blocks, page)),
        mentions=tuple(_link(book, other, page) for other in book.backlinks.get(post.id, ())),
        previous=_link(book, posts[place - 1].id, page) if place else None,
        next=_link(book, posts[place + 1].id, page) if place + 1 < len(posts) else None,
    )


def part_views(book: ResolvedBook, posts: tuple[PostView, ...]) -> tuple[PartView, ...]:
    """Return ``posts`` under the parts that they belong to; parts that have none of them are left out."""
    shown = {post.id: post for post in posts}
    if not book.parts:
        return (PartView("", "", posts),)
    views = (
        PartView(part_id(part), part.title, tuple(shown[post] for post in part.posts if post in shown))
        for part in book.parts
    )
    return tuple(view for view in views if view.posts)


def part_id(part: Part) -> str:
    """Return the id of a part, made from its title, so that it stays when other parts come and go."""
    return "part-" + "-".join(part.title.split())


def _as_html(markup: Markup) -> Markup:
    """Leave out what a browser would only have to read: a large page opens sooner and takes less memory.

    HTML knows ``<math>`` without its namespace. A line that ends within a tag leaves no text between two blocks.
    """
    shorter = _NAMESPACE.sub(r"\1", str(markup))
    return Markup(_BETWEEN.sub(r"\1\n>", shorter))  # noqa: S704 - less of the same


def _text(post: Post) -> Markup:
    """Every paragraph of a post as one line of text, formulas as their TeX."""
    lines = ("\n".join(texts_of(block)) for block in iter_blocks(post.blocks))
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines if line.strip())


def _link(book: ResolvedBook, post_id: str, page: Rendering) -> PostLink:
    post = book.post(post_id)
    label = render_title(post.title, replace(page, data_tex=False, links=False))
    return PostLink(
        href=page.post_href(post.id),
        label=label,
        date=date_text(post.date, page.phrases),
        cut=book.marks_cut(post),
        url=post.url,
    )


def _parts(book: ResolvedBook, page: Rendering) -> tuple[PartLinks, ...]:
    if not book.parts:
        return (PartLinks("", "", tuple(_link(book, post.id, page) for post in book.posts)),)
    return tuple(
        PartLinks(
            page.anchor_href(part_id(part)),
            part.title,
            tuple(_link(book, post, page) for post in part.posts),
        )
        for part in book.parts
    )


def _series(book: ResolvedBook, post: Post, page: Rendering) -> SeriesView | None:
    if post.series is None:
        return None
    steps = (
        SeriesStep(mark, page.post_href(part.id), plain_title(part), here=part.id == post.id)
        for mark, part in book.series_of(post)
    )
    return SeriesView(post.series.name, tuple(steps))
