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
from pipeline.transforms.years.chronology import OPEN, Step, Years, settle
from pipeline.transforms.years.precedence import links_of
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
    settled, steps = settle({post: known.years for post, known in told.items()}, links_of(book.posts))
    phrases = phrases_for(book.config.metadata.language)
    names = {post.id: phrases.post_title.format(source_text(post.title)) for post in book.posts}
    posts: list[Post] = []
    for post in book.posts:
        date = post.date
        if date is None or date.year is not None or len(settled[post.id]) != 1:
            posts.append(post)
            continue
        evidence = phrases.year_and.join(_evidence(told[post.id], steps.get(post.id, []), names, phrases))
        posts.append(_dated(post, replace(date, year=min(settled[post.id]), evidence=evidence), reporter))
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
        message = f"{source_text(post.title)!r} says things that no year fits: {quotes}"
        reporter.report(Code.YEAR_DOUBTFUL, message, post.span, post=post.id)
        return _Told(OPEN)
    strongest = sorted(used, key=lambda statement: len(statement.years))
    return _Told(left, tuple(strongest[:_SHOWN]))


def _evidence(told: _Told, steps: list[Step], names: dict[str, str], phrases: Phrases) -> Iterator[str]:
    """Yield the words of the post itself, then the last of the posts that it was found to be earlier or later than."""
    quotes = [statement.quote for statement in told.statements]
    last = {step.earlier: step for step in steps} if len(told.years) > 1 else {}
    quotes += [step.quote for step in last.values() if step.quote]
    if quotes:
        yield phrases.year_said.format(phrases.year_said_also.join(quotes))
    for step in sorted(last.values(), key=lambda step: not step.earlier):
        if not step.quote:
            phrase = phrases.year_not_before if step.earlier else phrases.year_not_after
            yield phrase.format(names[step.other])


def _dated(post: Post, date: PostDate, reporter: Reporter) -> Post:
    message = f"{source_text(post.title)!r} is of {date.year}: {date.evidence}"
    reporter.report(Code.YEAR_INFERRED, message, post.span, post=post.id)
    return replace(post, date=date)
