"""Dumps whose titles stand below their days, as most do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.readers.dump.dates import settled
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.posts.starts import GAP, Start, candidates, may_be_title, text_of
from pipeline.readers.read_more import is_read_more


def titled_below(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> Iterator[Start]:
    """Yield the posts that begin with a day and a title, and report days that begin none."""
    first: Start | None = None
    last: Start | None = None
    for start in _below_the_head(lines, tuple(candidates(lines))):
        cut_before = is_read_more(_text_before(lines, start.row), markers)
        if last and start.row == last.title:
            continue
        if first and not start.like(first) and not (cut_before and _may_begin(lines, start)):
            continue
        if not start.date.exists:
            reporter.report(
                Code.DATE_IMPOSSIBLE, f"{text_of(lines, start)!r} is not a day of the calendar", lines[start.row].span
            )
        elif first and not cut_before and not may_be_title(lines, start.title):
            reporter.report(
                Code.DATE_IN_BODY, f"{text_of(lines, start)!r} starts no post: no title follows", lines[start.row].span
            )
        else:
            first, last = first or start, start
            yield start


def _below_the_head(lines: tuple[Line, ...], starts: tuple[Start, ...]) -> tuple[Start, ...]:
    """Return ``starts`` from the first that tells how the dump writes its days.

    A day at the head, such as that of the export, tells nothing: no other is written so, and the next day, which is not
    alone in its form, follows it or the line below it. Nor does a day that may be two.
    """
    told = {day.form for day in settled([start.date for start in starts]) if day}
    forms = Counter(start.date.form for start in starts if may_be_title(lines, start.title))
    for place, start in enumerate(starts):
        after = starts[place + 1 : place + 2]
        head = forms[start.date.form] == 1 and any(
            forms[next_.date.form] > 1 and all(line.blank for line in lines[start.body : next_.row]) for next_ in after
        )
        if not head and (start.date.form in told or not start.date.exists):
            return starts[place:]
    return ()


def _may_begin(lines: tuple[Line, ...], start: Start) -> bool:
    return start.date.exists and may_be_title(lines, start.title)


def _text_before(lines: tuple[Line, ...], row: int) -> str:
    """Return the last line before ``row`` that is not blank; a dump leaves one empty line, rarely more."""
    above = range(row - 1, max(-1, row - 2 - GAP), -1)
    return next((lines[candidate].text for candidate in above if not lines[candidate].blank), "")
