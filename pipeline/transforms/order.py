"""The order of the posts, and the parts of the book: one for each year where every year is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from pipeline.book import Book, Part, Post
from pipeline.config import Sort
from pipeline.diagnostics import Reporter
from pipeline.phrases import phrases_for


def order(book: Book, _reporter: Reporter) -> Book:
    """Return ``book`` in the order that ``config.sort`` asks for, divided into years where ``config.parts`` allows."""
    posts = book.posts if book.config.sort is Sort.SOURCE else tuple(sorted(book.posts, key=_day))
    return replace(book, posts=posts, parts=_parts(book, posts) if book.config.parts else ())


def _day(post: Post) -> tuple[bool, int, int, int]:
    """Posts whose year is unknown come last, in the order of the source."""
    date = post.date
    if date is None or date.year is None:
        return True, 0, 0, 0
    return False, date.year, date.month, date.day


def _parts(book: Book, posts: tuple[Post, ...]) -> tuple[Part, ...]:
    """Parts by year, if there is more than one and the order never comes back to a year it has left."""
    title = phrases_for(book.config.metadata.language).year
    runs = [(year, tuple(post.id for post in run)) for year, run in groupby(posts, key=_year)]
    years = [year for year, _ in runs]
    if len(years) < 2 or None in years or len(set(years)) < len(years):  # noqa: PLR2004 - one part divides nothing
        return ()
    return tuple(Part(title.format(year=year), ids) for year, ids in runs)


def _year(post: Post) -> int | None:
    return post.date.year if post.date else None
