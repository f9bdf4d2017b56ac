"""Find the posts of a dump: a date line, a title, and a body up to the next such pair.

Dumps are made by a program, so all posts of one look alike: the first tells how days are written and whether an empty
line stands before the title. A line inside a body that merely is a day differs in that, or in what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.diagnostics import Code, Reporter
from pipeline.readers.dump.dates import DateLine, parse_date_line
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.markers import is_read_more

_NOT_A_TITLE: Final = re.compile(r".*[。，；、,;]|.{30,}[^.]\.", re.DOTALL)  # how running text ends, titles hardly ever
_LONGEST_TITLE: Final = 200
_GAP: Final = 3  # at most so many empty lines stand between a day and its title


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as lines."""

    date: DateLine
    date_line: Line
    title: Line
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    """A place where a post may begin."""

    date: DateLine
    row: int
    title: int  # the row of the title

    def like(self, other: _Start) -> bool:
        """Whether both are laid out alike."""
        return self.date.form == other.date.form and (self.title > self.row + 1) == (other.title > other.row + 1)


def split_posts(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[RawPost, ...]:
    """Return the posts of a dump in its order, and report text and days that belong to none of them."""
    starts = tuple(_starts(lines, markers, reporter))
    _report_preamble(lines[: starts[0].row] if starts else (), reporter)
    ends = (*(start.row for start in starts[1:]), len(lines))
    return tuple(
        RawPost(start.date, lines[start.row], lines[start.title], lines[start.title + 1 : end])
        for start, end in zip(starts, ends, strict=False)
    )


def _starts(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> Iterator[_Start]:
    first: _Start | None = None
    for start in _candidates(lines):
        cut_before = is_read_more(_text_before(lines, start.row), markers)
        if first and not start.like(first):
            continue
        if not start.date.exists:
            reporter.report(Code.DATE_IMPOSSIBLE, f"{_text(lines, start)!r} is no day", lines[start.row].span)
        elif first and not cut_before and not _may_be_title(lines, start.title):
            reporter.report(Code.DATE_IN_BODY, f"{_text(lines, start)!r} begins no post here", lines[start.row].span)
        else:
            first = first or start
            yield start


def _candidates(lines: tuple[Line, ...]) -> Iterator[_Start]:
    """Yield every day that stands alone at the beginning of a chunk and has some text after it."""
    above_blank = True
    for row, line in enumerate(lines):
        if above_blank and not line.blank and (date := parse_date_line(line.text)):
            below = range(row + 1, min(row + 2 + _GAP, len(lines)))
            title = next((candidate for candidate in below if not lines[candidate].blank), None)
            if title is not None and not parse_date_line(lines[title].text):
                yield _Start(date, row, title)
        above_blank = line.blank


def _may_be_title(lines: tuple[Line, ...], row: int) -> bool:
    """Whether a line stands alone, as titles do, and does not end as running text does."""
    text = lines[row].text.strip()
    alone = row + 1 == len(lines) or lines[row + 1].blank
    return alone and len(text) <= _LONGEST_TITLE and not _NOT_A_TITLE.fullmatch(text)


def _text(lines: tuple[Line, ...], start: _Start) -> str:
    return lines[start.row].text.strip()


def _text_before(lines: tuple[Line, ...], row: int) -> str:
    """Return the last line before ``row`` that is not blank; a dump leaves one empty line, rarely more."""
    above = range(row - 1, max(-1, row - 2 - _GAP), -1)
    return next((lines[candidate].text for candidate in above if not lines[candidate].blank), "")


def _report_preamble(lines: tuple[Line, ...], reporter: Reporter) -> None:
    text = [line for line in lines if not line.blank]
    if text:
        reporter.report(Code.TEXT_BEFORE_POSTS, f"{len(text)} lines before the first post are left out", text[0].span)
