"""Find the posts of a dump: a date line, a title, and a body up to the next such pair; the title may come first.

Where a dump ends in a day, all days may stand below the bodies.

Dumps are made by a program, so all posts of one look alike: the first tells how days are written and whether an empty
line stands before the title. A line inside a body that merely is a day differs in that, or in what follows it. Where
that is doubtful the body keeps the line, and a finding names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.readers.dump.dates import beside_day
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.posts.closed_by_days import closed_by_days
from pipeline.readers.dump.posts.raw import RawPost
from pipeline.readers.dump.posts.starts import Start, named, settled_starts, text_of
from pipeline.readers.dump.posts.titled_above import titled_above
from pipeline.readers.dump.posts.titled_below import titled_below
from pipeline.readers.dump.posts.written_otherwise import with_others

__all__ = ["RawPost", "split_posts"]


def split_posts(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[RawPost, ...]:
    """Return the posts of a dump in its order, and report text and days that belong to none of them."""
    posts = closed_by_days(lines) or _opened_by_days(lines, markers, reporter)
    _report_beside([post.date_line for post in posts], reporter)
    return _titled_once(posts, reporter)


def _opened_by_days(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[RawPost, ...]:
    starts = titled_above(lines, markers, reporter) or tuple(titled_below(lines, markers, reporter))
    starts = with_others(lines, _settled_or_reported(lines, starts, reporter), markers, reporter)
    _report_preamble(lines[: starts[0].begin] if starts else (), reporter)
    ends = (*(start.begin for start in starts[1:]), len(lines))
    return tuple(
        RawPost(start.date, lines[start.row], lines[start.title], lines[start.body : end])
        for start, end in zip(starts, ends, strict=False)
    )


def _settled_or_reported(lines: tuple[Line, ...], starts: tuple[Start, ...], reporter: Reporter) -> tuple[Start, ...]:
    """Return ``starts`` without days that may be two or are none, and report these where others tell the month."""
    kept = settled_starts(starts)
    rows = {start.row for start in kept}
    for start in starts:
        if kept and start.row not in rows and start.date.form == kept[0].date.form:
            message = f"{text_of(lines, start)!r} is not a day of the calendar, read like {text_of(lines, kept[0])!r}"
            reporter.report(Code.DATE_IMPOSSIBLE, message, lines[start.row].span)
    return kept


def _titled_once(posts: tuple[RawPost, ...], reporter: Reporter) -> tuple[RawPost, ...]:
    """Return ``posts`` without titles that are said again, and report these."""
    once = tuple(replace(post, body=_without_title(post)) for post in posts)
    twice = [post for post, kept in zip(posts, once, strict=True) if len(kept.body) < len(post.body)]
    if twice:
        first = twice[0].title.strip()
        message = f"the title stands twice in {counted(len(twice), 'post')} of {first.path}, and is printed once"
        reporter.report(Code.SITE_TEXT, f"{message} ({first.text!r} first)", first.span)
    return once


def _without_title(post: RawPost) -> tuple[Line, ...]:
    """Return a body without its first line if that says the title again, as headings of pages do; captions do twice."""
    first, second = islice(chain((row for row, line in enumerate(post.body) if not line.blank), (-1, -1)), 2)
    again = second > first + 1 and named(post.body[first]) == named(post.title)
    below = post.body[first + 1 :]
    return below if again and all(named(line) != named(post.title) for line in below) else post.body


def _report_beside(days: Sequence[Line], reporter: Reporter) -> None:
    told = [day for day in days if beside_day(day.text)]
    if told:
        lines, first = counted(len(told), "date line"), beside_day(told[0].text)
        message = f"what stands beside the day in {lines} of {told[0].path} ({first!r} first) is left out"
        reporter.report(Code.SITE_TEXT, message, told[0].strip().span)


def _report_preamble(lines: tuple[Line, ...], reporter: Reporter) -> None:
    text = [line for line in lines if not line.blank]
    if text:
        message = f"{counted(len(text), 'line')} before the first post left out"
        reporter.report(Code.TEXT_BEFORE_POSTS, message, text[0].span)
