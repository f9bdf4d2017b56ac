"""Days with a title that are written otherwise than those of the posts found: a blog may change once how it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.posts.starts import (
    Start,
    candidates,
    days_of,
    may_be_title,
    settled_starts,
    text_of,
    title_above,
)


def with_others(
    lines: tuple[Line, ...], starts: tuple[Start, ...], markers: Sequence[str], reporter: Reporter
) -> tuple[Start, ...]:
    """Return ``starts`` with those that are written otherwise if they are posts; either way, report them."""
    others = tuple(_written_otherwise(lines, starts, markers))
    told = settled_starts(others)
    together = (*starts, *told)
    posts = (
        len(told) == len(others)
        and _form_changed(starts, told)
        and _run_backwards(together)
        and not _any_empty(lines, together)
    )
    code, does = (Code.POST_INFERRED, "starts a post") if posts else (Code.DATE_IN_BODY, "starts no post")
    dated = "from here on days are written otherwise than" if posts else "the others are dated like"
    for other in others[: 1 if posts else None]:
        message = f"{text_of(lines, other)!r} {does}: {dated} {text_of(lines, starts[0])!r}"
        reporter.report(code, message, lines[other.row].span)
    return together if posts else starts


def _written_otherwise(lines: tuple[Line, ...], starts: Sequence[Start], markers: Sequence[str]) -> Iterator[Start]:
    """Yield the days with a title, above or below as that of the first post, that are written otherwise than its day.

    All are below that post's day, and none of them is taken already, as a post's day or as its title.
    """
    if not starts:
        return
    first, taken = starts[0], {row for start in starts for row in (start.row, start.title)}
    likely = candidates(lines) if first.row < first.title else _titled_likewise(lines, first, markers)
    for start in likely:
        if start.row < first.row:
            continue
        titled = start.title < start.row or may_be_title(lines, start.title)
        if titled and start.date.exists and start.date.form != first.date.form and not taken & {start.row, start.title}:
            yield start


def _titled_likewise(lines: tuple[Line, ...], first: Start, markers: Sequence[str]) -> Iterator[Start]:
    """Yield every day with a title above it, as near as that of ``first``."""
    close = first.row - first.title == 1
    for row, date in days_of(lines, deepest=2 if close else 1):
        title = title_above(lines, row, markers)
        if title is not None and (title == row - 1) == close:
            yield Start(date, row, title)


def _form_changed(starts: tuple[Start, ...], others: tuple[Start, ...]) -> bool:
    """Whether a blog changed once how it writes its days: all ``others`` are alike, and behind all ``starts``."""
    return (
        len(starts) > 1
        and len(others) > 1
        and starts[-1].row < others[0].begin
        and all(other.like(others[0]) for other in others)
        and len({start.title > start.row + 1 for start in (starts[0], *others)}) == 1
    )


def _run_backwards(starts: Sequence[Start]) -> bool:
    """Whether every day has a year, and each is earlier than the one before it.

    Later days may be those of additions to the last post, and are in the order of a diary; earlier ones fit neither.
    """
    days = [(start.date.year, start.date.month, start.date.day) for start in starts if start.date.year]
    return len(days) == len(starts) and all(one > next_ for one, next_ in pairwise(days))


def _any_empty(lines: tuple[Line, ...], starts: tuple[Start, ...]) -> bool:
    """Whether one of ``starts`` has no text up to the next: so end letters, with a day and a place."""
    ends = (*(start.begin for start in starts[1:]), len(lines))
    bodies = (lines[start.body : end] for start, end in zip(starts, ends, strict=True))
    return any(all(line.blank for line in body) for body in bodies)
