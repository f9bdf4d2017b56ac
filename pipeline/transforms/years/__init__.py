"""Conclude the year of a post whose source gives a day alone; silent where nothing tells it.

A post says some things itself (``statements``), and posts are linked: one mentions another, which is older; the
parts of a series follow one another; a dump may be in order. All of that leaves years possible for every post
(``chronology``), and a year is concluded where one is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.book import Book, Post, PostDate
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.phrases import Phrases, phrases_for
from pipeline.transforms.years.chronology import OPEN, Narrowing, Years, propagate
from pipeline.transforms.years.precedence import constraints_of
from pipeline.transforms.years.statements import Statement, statements
from pipeline.walk import source_text

_SHOWN: Final = 2  # statements of the post itself that its evidence quotes


@dataclass(frozen=True, slots=True)
class _Told:
    """What a post itself leaves possible, and the statements that matter."""

    years: Years
    statements: tuple[Statement, ...] = ()


def years(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with a year on the dates whose year something tells; ``PostDate.evidence`` says what."""
    told = {post.id: _told(post, post.date, reporter) for post in book.posts if post.date}
    left, narrowings = propagate({post: known.years for post, known in told.items()}, constraints_of(book.posts))
    phrases = phrases_for(book.config.metadata.language)
    names = {post.id: phrases.post_title.format(source_text(post.title)) for post in book.posts}
    posts: list[Post] = []
    for post in book.posts:
        date = post.date
        if date is None or date.year is not None or len(left[post.id]) != 1:
            posts.append(post)
            continue
        evidence = phrases.year_and.join(_evidence(told[post.id], narrowings.get(post.id, []), names, phrases))
        posts.append(_dated(post, replace(date, year=min(left[post.id]), evidence=evidence), reporter))
    return replace(book, posts=tuple(posts))


def _told(post: Post, date: PostDate, reporter: Reporter) -> _Told:
    if date.year is not None:
        return _Told(frozenset({date.year}))
    left, used = OPEN, list[Statement]()
    for statement in statements(post, date):
        left &= statement.years
        if statement.years != OPEN and statement.quote not in {other.quote for other in used}:
            used.append(statement)
    if not left:
        quotes = ", ".join(repr(statement.quote) for statement in used)
        message = f"no year fits everything that {source_text(post.title)!r} says: {quotes}"
        reporter.report(Code.YEAR_DOUBTFUL, message, post.span, post=post.id)
        return _Told(OPEN)
    strongest = sorted(used, key=lambda statement: len(statement.years))
    return _Told(left, tuple(strongest[:_SHOWN]))


def _evidence(told: _Told, narrowings: list[Narrowing], names: dict[str, str], phrases: Phrases) -> Iterator[str]:
    """Yield the words of the post itself, then the last of the posts that it was found to be earlier or later than."""
    quotes = [statement.quote for statement in told.statements]
    last = {narrowing.earlier: narrowing for narrowing in narrowings} if len(told.years) > 1 else {}
    quotes += [narrowing.quote for narrowing in last.values() if narrowing.quote]
    if quotes:
        yield phrases.year_said.format(phrases.year_said_also.join(quotes))
    for narrowing in sorted(last.values(), key=lambda narrowing: not narrowing.earlier):
        if not narrowing.quote:
            phrase = phrases.year_not_before if narrowing.earlier else phrases.year_not_after
            yield phrase.format(names[narrowing.other])


def _dated(post: Post, date: PostDate, reporter: Reporter) -> Post:
    message = f"{source_text(post.title)!r} is from {date.year}: {date.evidence}"
    reporter.report(Code.YEAR_INFERRED, message, post.span, post=post.id)
    return replace(post, date=date)
