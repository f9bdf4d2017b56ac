"""What book.toml says of single posts: another title, a year, an address, or to leave the post out."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from pipeline.book import Book, Post, PostDate
from pipeline.codes import Code
from pipeline.config import PostOverride
from pipeline.diagnostics import Reporter
from pipeline.document import Inlines, Str
from pipeline.fold import fold
from pipeline.walk import source_text


def overrides(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with ``config.posts`` applied, in their order; what does nothing is reported."""
    named = {fold(override.post) for override in book.config.posts}
    posts: list[Post] = []
    found: set[str] = set()
    for post in book.posts:
        names = {fold(post.id), fold(source_text(post.title))} & named
        own = [override for override in book.config.posts if fold(override.post) in names] if names else []
        found |= names
        if not any(override.skip for override in own):
            _report_years(post, own, reporter)
            posts.append(reduce(_apply, own, post))
    for number, override in enumerate(book.config.posts):
        if fold(override.post) not in found:
            place = book.config.places.get(f"post.{number}.post")
            reporter.report(Code.OVERRIDE_UNUSED, f"no post is called {override.post!r}", place)
    return replace(book, posts=tuple(posts))


def _report_years(post: Post, own: list[PostOverride], reporter: Reporter) -> None:
    for override in own:
        if override.year is not None and post.date is None:
            message = f"{override.post!r} has no date, so its year cannot be set to {override.year}"
            reporter.report(Code.OVERRIDE_UNUSED, message, post.span, post=post.id)


def _apply(post: Post, override: PostOverride) -> Post:
    return replace(
        post,
        title=_title(post, override.title),
        date=_dated(post.date, override.year),
        url=override.url or post.url,
    )


def _title(post: Post, title: str) -> Inlines:
    return (Str(title, post.span),) if title else post.title


def _dated(date: PostDate | None, year: int | None) -> PostDate | None:
    """A year that the reader of the book's configuration states is stated, not inferred: it has no evidence."""
    return replace(date, year=year, evidence="") if date and year is not None else date
