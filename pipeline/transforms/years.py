"""Conclude the year of a post whose source gives a day alone; silent where nothing tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from lunardate import LunarDate

from pipeline.book import Book, Post, PostDate
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Str
from pipeline.walk import descend, iter_inlines, source_text

_FIRST: Final = 2000
_LAST: Final = 2035
_EVE: Final = ("今天是年三十", "今天是除夕", "今天年三十", "今天除夕")


def years(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with a year on the dates whose year something in the post tells."""
    return replace(book, posts=tuple(_dated(post, reporter) for post in book.posts))


def _dated(post: Post, reporter: Reporter) -> Post:
    day = post.date
    if day is None or day.year is not None:
        return post
    found = _eve(post, day)
    if found is None:
        return post
    reporter.report(
        Code.YEAR_INFERRED, f"{source_text(post.title)!r} is of {found.year}: {found.evidence}", post.span, post=post.id
    )
    return replace(post, date=found)


def _eve(post: Post, day: PostDate) -> PostDate | None:
    text = "".join(i.text for i in (*descend(post.title), *iter_inlines(post.blocks)) if isinstance(i, Str))
    phrase = next((phrase for phrase in _EVE if phrase in text), None)
    if phrase is None:
        return None
    fitting = [year for year in range(_FIRST, _LAST) if _is_eve(year, day.month, day.day)]
    return replace(day, year=fitting[0], evidence=f"文中说“{phrase}”") if len(fitting) == 1 else None


def _is_eve(year: int, month: int, day: int) -> bool:
    new_year: date = LunarDate(year, 1, 1).to_solar_date()
    eve = new_year - timedelta(days=1)
    return (eve.month, eve.day) == (month, day)
