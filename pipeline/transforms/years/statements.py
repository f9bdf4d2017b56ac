"""What a post itself says of its year: each statement leaves some years possible."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, assert_never

from pipeline.book import Post, PostDate
from pipeline.document import Blocks, Quote, Str
from pipeline.transforms.years import tables
from pipeline.transforms.years.chronology import OPEN
from pipeline.transforms.years.lunar import day_of, years_of
from pipeline.transforms.years.tables import Turn
from pipeline.walk import descend, iter_blocks, own_inlines, source_text

_LATE: Final = 11  # the month from which a coming year is greeted
_AROUND: Final = 60  # characters on either side of what may tell a year
_EARLY: Final = 3  # the month until which a year is greeted that has begun


@dataclass(frozen=True, slots=True)
class Statement:
    """The years that it leaves possible, and the words that say so."""

    years: frozenset[int]
    quote: str


def statements(post: Post, day: PostDate) -> Iterator[Statement]:
    """Yield what ``post``, written on the month and day of ``day``, says of its year."""
    title = source_text(post.title)
    text = tables.ELSEWHERE.sub("", f"{title}\n{own_text(post.blocks)}")
    near = _around(text, tables.DIGITS)
    if (day.month, day.day) == (2, 29):
        yield Statement(frozenset(year for year in OPEN if isleap(year)), "2-29")
    yield from _phrases(near, day)
    yield from _dates(near, day)
    yield from _citations(post, day)
    yield from _title_month(title, day)
    yield from _past(near, day)
    yield from _festivals(text, day)
    yield from _animals(text, day)


def own_text(blocks: Blocks) -> str:
    """The author's own words: neither quotations nor code nor formulas, a line for each run of text."""
    runs = (
        run
        for block in blocks
        if not isinstance(block, Quote)
        for own in iter_blocks((block,))
        for run in own_inlines(own)
    )
    return "\n".join("".join(inline.text for inline in descend(run) if isinstance(inline, Str)) for run in runs)


def _around(text: str, trigger: re.Pattern[str]) -> str:
    """Return the stretches of ``text`` around ``trigger``, so that the patterns need not read all of it."""
    pieces: list[str] = []
    done = 0
    for match in trigger.finditer(text):
        start, end = max(done, match.start() - _AROUND), match.end() + _AROUND
        if end > done:
            pieces.append(text[start:end] if start == done else "\n" + text[start:end])
            done = end
    return "".join(pieces)


def _phrases(text: str, day: PostDate) -> Iterator[Statement]:
    for pattern, turn in tables.STATEMENTS:
        for match in pattern.finditer(text):
            year = _turned(int(match["year"]), turn, day.month)
            if year is not None:
                yield Statement(frozenset({year}), match[0])


def _turned(year: int, turn: Turn, month: int) -> int | None:
    """The year of a post of ``month`` that speaks of ``year``; None when such words mean nothing in that month."""
    match turn:
        case Turn.SAME:
            return year
        case Turn.BEFORE:
            return year + 1
        case Turn.AFTER:
            return year - 1
        case Turn.COMING:
            return _at_new_year(year, month)
        case Turn.GOING:
            return _at_new_year(year + 1, month)
        case _:
            assert_never(turn)


def _at_new_year(coming: int, month: int) -> int | None:
    if month >= _LATE:
        return coming - 1
    return coming if month <= _EARLY else None


def _dates(text: str, day: PostDate) -> Iterator[Statement]:
    """A date in the text that is the post's own day, or the one that its words say."""
    for match in tables.DATED.finditer(text):
        told = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
        if told is None:
            continue
        own = told - timedelta(days=tables.DAYS.get(match["when"], 0))
        if (own.month, own.day) == (day.month, day.day):
            yield Statement(frozenset({own.year}), match[0])


def _citations(post: Post, day: PostDate) -> Iterator[Statement]:
    """The day of a post that the text cites, if it is the post's own, and the title too."""
    text, title = own_text(post.blocks), _letters(source_text(post.title))
    for match in (match for pattern in tables.CITED for match in pattern.finditer(text)):
        own = day_of(int(match["year"]), tables.MONTHS.index(match["month"]) + 1, int(match["day"]))
        if own is not None and (own.month, own.day) == (day.month, day.day) and title in _letters(match["title"]):
            yield Statement(frozenset({own.year}), match[0])


def _letters(text: str) -> str:
    """Return ``text`` without marks and spaces, which a citation may set otherwise."""
    return "".join(filter(str.isalnum, text)).casefold()


def _title_month(title: str, day: PostDate) -> Iterator[Statement]:
    """A monthly column stands within some weeks of its month."""
    match = tables.TITLE_MONTH.search(title)
    middle = day_of(int(match["year"]), int(match["month"]), 15) if match else None
    if match is None or middle is None:
        return
    for year in (middle.year - 1, middle.year, middle.year + 1):
        own = day_of(year, day.month, day.day)
        if own is not None and abs((own - middle).days) <= tables.COLUMN_DAYS:
            yield Statement(frozenset({year}), match[0])


def _past(text: str, day: PostDate) -> Iterator[Statement]:
    """What is past when the post is written gives the first year that it can be of."""
    for pattern, later in tables.PAST:
        years = [(int(match["year"]) + later, match[0]) for match in pattern.finditer(text)]
        if years:
            yield _since(*max(years))
    for match in tables.ARXIV.finditer(text):
        year, month = 2000 + int(match["year"]), int(match["month"])
        yield _since(year if month <= day.month else year + 1, match[0])


def _since(year: int, quote: str) -> Statement:
    return Statement(frozenset(own for own in OPEN if own >= year or year > tables.LAST), quote)


def _festivals(text: str, day: PostDate) -> Iterator[Statement]:
    if not any(name in text for name in tables.FESTIVALS):
        return
    told: set[tuple[int, int]] = set()
    for match in tables.TODAY.finditer(text):
        festival, offset = tables.FESTIVALS[match["name"]], tables.DAYS[match["when"]]
        told.add(festival)
        yield Statement(years_of(day.month, day.day, festival, (offset,)), match[0])
    for match in tables.GREETING.finditer(text):
        festival = tables.FESTIVALS[match["name"]]
        least, most = tables.GREETED.get(match["name"], tables.GREETED_DAYS)
        near = years_of(day.month, day.day, festival, range(least, most + 1))
        if near and festival not in told:  # else it greets in a quotation, or some other day
            yield Statement(near, match[0])


def _animals(text: str, day: PostDate) -> Iterator[Statement]:
    """Greetings of an animal's year, which begins between 21 January and 20 February."""
    for match in tables.ANIMAL.finditer(text):
        if day.month <= _EARLY:
            rat = tables.FIRST_RAT + tables.ANIMALS[match["animal"]]
            yield Statement(frozenset(year for year in OPEN if (year - rat) % 12 == 0), match[0])
