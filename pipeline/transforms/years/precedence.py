"""Which posts are older than which: by mentions, by the numbers of a series, by the order of a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import sqrt
from typing import Final

from pipeline.book import Post, PostDate, by_source
from pipeline.transforms.series import series_of
from pipeline.transforms.titles import Mention, titles_of
from pipeline.transforms.years import tables
from pipeline.transforms.years.chronology import Constraint
from pipeline.transforms.years.statements import own_text

_UNLIKELY: Final = 3.5  # standard deviations from what a source in no order would show
_MONTH: Final = 30.44  # days


def constraints_of(posts: tuple[Post, ...]) -> tuple[Constraint, ...]:
    """Return what orders the posts that have a date, two at a time."""
    dated = tuple(post for post in posts if post.date is not None)
    dates = {post.id: post.date for post in dated if post.date is not None}
    return (*_by_mention(dated, dates), *_by_series(dated, dates), *_by_source(dated, dates))


def _follows(earlier: str, later: str, dates: Mapping[str, PostDate]) -> Constraint:
    return Constraint(earlier, later, least=int(_day(dates[later]) < _day(dates[earlier])))


def _day(date: PostDate) -> tuple[int, int]:
    return date.month, date.day


def _by_mention(posts: tuple[Post, ...], dates: Mapping[str, PostDate]) -> Iterator[Constraint]:
    """A post is not older than the posts that it mentions, unless they mention it too: then one was edited later."""
    titles = titles_of(posts)
    texts = {post.id: own_text(post.blocks) for post in posts}
    found = {post: [mention for mention in titles.find(text) if mention.post != post] for post, text in texts.items()}
    pairs = {(mention.post, post) for post, mentions in found.items() for mention in mentions}
    for post, mentions in found.items():
        for mention in mentions:
            if (post, mention.post) not in pairs:
                yield _follows(mention.post, post, dates)
                yield from _told_apart(post, mention, texts[post], dates)


def _told_apart(post: str, mention: Mention, text: str, dates: Mapping[str, PostDate]) -> Iterator[Constraint]:
    """Yesterday's post, last week's post, last year's post: how far apart the two are."""
    before = text[max(0, mention.start - 40) : mention.start - 1]
    title = text[mention.start - 1 : mention.end + 1]
    if said := tables.LAST_YEAR.search(before):
        yield Constraint(mention.post, post, least=1, most=1, quote=said[0] + title)
    for pattern, most in tables.NEAR:
        if said := pattern.search(before):
            years = [gap for gap in (0, 1) if 0 <= _days(dates[mention.post], dates[post], gap) <= most]
            yield from (Constraint(mention.post, post, least=gap, most=gap, quote=said[0] + title) for gap in years)


def _days(earlier: PostDate, later: PostDate, years: int) -> float:
    """About how many days lie between two dates whose years differ by ``years``."""
    return years * 365.25 + (later.month - earlier.month) * _MONTH + later.day - earlier.day


def _by_series(posts: tuple[Post, ...], dates: Mapping[str, PostDate]) -> Iterator[Constraint]:
    for run in series_of(posts):
        yield from (_follows(one.id, next_.id, dates) for one, next_ in pairwise(run.posts))


def _by_source(posts: tuple[Post, ...], dates: Mapping[str, PostDate]) -> Iterator[Constraint]:
    """A source that goes back to an earlier day much more seldom than chance would is in order."""
    for group in by_source(posts).values():
        ids = [post.id for post in group]
        for order in (ids, ids[::-1]):
            if _is_sorted([_day(dates[post]) for post in order]):
                yield from (_follows(one, next_, dates) for one, next_ in pairwise(order))


def _is_sorted(days: list[tuple[int, int]]) -> bool:
    """Whether the days rise, but for the turns of the years.

    Falls in a random order are distributed by the Eulerian numbers: mean (n - 1) / 2, variance (n + 1) / 12.
    """
    falls = sum(later < earlier for earlier, later in pairwise(days))
    return falls <= (len(days) - 1) / 2 - _UNLIKELY * sqrt((len(days) + 1) / 12)
