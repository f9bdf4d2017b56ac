"""Dumps whose titles stand above their days, as some blogs print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.readers.dump.dates import labels_day, settled
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.posts.starts import (
    NOT_A_TITLE,
    Start,
    candidates,
    days_of,
    may_be_title,
    named,
    text_of,
    title_above,
)

_LABEL: Final = re.compile("[:：|]|(?<=于) ")
_FEWEST_ABOVE: Final = 2  # days with a title above them, for a dump that has its titles there, …
_MOSTLY_ABOVE: Final = 0.9  # … and the share of its days that must have one; the others are days inside bodies


def titled_above(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[Start, ...]:
    """Return the posts of a dump whose titles stand above their days; none when it is no such dump.

    Its first line is a title, and what stands above its days looks like titles more often than what stands below.
    """
    first = next(days_of(lines, deepest=2), None)
    if not first or sum(not line.blank for line in lines[: first[0]]) != 1:
        return ()
    close = not lines[first[0] - 1].blank
    dated = days_of(lines, deepest=2 if close else 1)
    days = {row: date for row, date in dated if date.exists and date.form == first[1].form}
    titles = {row: title_above(lines, row, markers) for row in days}
    above = {row: title for row, title in titles.items() if title is not None and (title == row - 1) == close}
    starts = [start for start in candidates(lines) if start.row in days]
    again = {start.row for start in starts if _says_again(lines, start, above)}
    labels = Counter(_label(lines[start.title]) for start in starts)
    below = sum(
        start.row not in again
        and 2 * labels[_label(lines[start.title])] <= len(starts)
        and may_be_title(lines, start.title)
        for start in starts
    )
    only = _only_post(lines, days)
    fewest = 1 if only or len(again) == len(days) else _FEWEST_ABOVE
    if len(above) < max(fewest, _MOSTLY_ABOVE * len(days)) or (len(above) <= below and not only):
        return ()
    if only:
        _report_title_above(lines[min(above.values())], reporter)
    return tuple(Start(days[row], row, title) for row, title in above.items())


def _label(line: Line) -> str:
    """Return how a line begins: what themes print below a day has the same label in all posts ("分类: 数学")."""
    return _LABEL.split(line.text.strip(), maxsplit=1)[0]


def _says_again(lines: tuple[Line, ...], start: Start, above: Mapping[int, int]) -> bool:
    """Whether the line below a day says what the title above it says, and so is the first heading of the body."""
    return start.row in above and named(lines[start.title]) == named(lines[above[start.row]])


def _only_post(lines: tuple[Line, ...], days: Collection[int]) -> bool:
    """Whether one of ``days`` is the only one with text below, and the title stands above then.

    That is where it says more than its day, or where running text stands below.
    """
    starts = tuple(candidates(lines))
    if not (len(days) == len(starts) == 1 and starts[0].row in days) or settled([starts[0].date]) == (None,):
        return False
    below = lines[starts[0].title].text.strip()
    return labels_day(text_of(lines, starts[0])) or NOT_A_TITLE.fullmatch(below) is not None


def _report_title_above(title: Line, reporter: Reporter) -> None:
    message = f"{title.text.strip()!r}, above the only day, is taken for the title, not what stands below"
    reporter.report(Code.POST_INFERRED, message, title.strip().span)
