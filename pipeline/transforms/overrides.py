"""What book.toml says of single posts: another title, a year, an address, or to leave the post out."""

from __future__ import annotations

from dataclasses import replace

from pipeline.book import Book, Post, PostDate
from pipeline.codes import Code
from pipeline.config import PostOverride
from pipeline.diagnostics import Reporter
from pipeline.document import Inlines, Str
from pipeline.fold import fold
from pipeline.walk import source_text


def overrides(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with ``config.posts`` applied; a later entry for the same post wins where both speak."""
    posts = book.posts
    for override in book.config.posts:
        named = _key(override)
        if not any(named in _names(post) for post in posts):
            reporter.report(Code.OVERRIDE_UNUSED, f"no post is called {override.post!r}")
        posts = tuple(
            _apply(post, override) if named in _names(post) else post
            for post in posts
            if not (override.skip and named in _names(post))
        )
    return replace(book, posts=posts)


def _key(override: PostOverride) -> str:
    return fold(override.post)


def _names(post: Post) -> tuple[str, str]:
    return fold(post.id), fold(source_text(post.title))


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
