"""Places of a dump where a post may begin: a day on a line of its own, and a title below or above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.fold import fold
from pipeline.readers.dump.dates import DateLine, parse_date_line, settled
from pipeline.readers.dump.lines import Line
from pipeline.readers.read_more import is_read_more

NOT_A_TITLE: Final = re.compile(r".*[。，；、,;]|.{30,}[^.]\.", re.DOTALL)
"""How running text ends, titles hardly ever."""
GAP: Final = 3
"""At most so many empty lines stand between a day and its title."""
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a post may begin."""

    date: DateLine
    row: int
    title: int  # the row of the title

    @property
    def begin(self) -> int:
        """The row where the post begins."""
        return min(self.row, self.title)

    @property
    def body(self) -> int:
        """The row where its body begins."""
        return max(self.row, self.title) + 1

    def like(self, other: Start) -> bool:
        """Whether both are laid out alike."""
        return self.date.form == other.date.form and (self.title > self.row + 1) == (other.title > other.row + 1)


def days_of(lines: tuple[Line, ...], deepest: int = 1) -> Iterator[tuple[int, DateLine]]:
    """Yield the days on lines of their own, each at most the ``deepest`` line below an empty one."""
    blank = -1
    for row, line in enumerate(lines):
        if line.blank:
            blank = row
        elif row - blank <= deepest and (date := parse_date_line(line.text)):
            yield row, date


def candidates(lines: tuple[Line, ...]) -> Iterator[Start]:
    """Yield every day that stands alone at the beginning of a chunk and has some text after it."""
    for row, date in days_of(lines):
        below = range(row + 1, min(row + 2 + GAP, len(lines)))
        title = next((candidate for candidate in below if not lines[candidate].blank), None)
        if title is not None and not _is_day_of_its_own(parse_date_line(lines[title].text), date):
            yield Start(date, row, title)


def _is_day_of_its_own(title: DateLine | None, date: DateLine) -> bool:
    """Whether what would be the title is a day written as ``date`` is; a diary's titles are days written otherwise."""
    return title is not None and title.form == date.form and (title.year is not None or date.year is None)


def title_above(lines: tuple[Line, ...], row: int, markers: Sequence[str]) -> int | None:
    """Return the row of the title above the day at ``row``, if there is one."""
    rows = range(row - 1, max(-1, row - 2 - GAP), -1)
    title = next((candidate for candidate in rows if not lines[candidate].blank), None)
    if title is None or is_read_more(lines[title].text, markers) or len(lines[title].text) > _LONGEST_TITLE:
        return None
    alone = title == 0 or lines[title - 1].blank
    return title if alone and not NOT_A_TITLE.fullmatch(lines[title].text.strip()) else None


def may_be_title(lines: tuple[Line, ...], row: int) -> bool:
    """Whether a line stands alone, as titles do, and does not end as running text does."""
    text = lines[row].text.strip()
    alone = row + 1 == len(lines) or lines[row + 1].blank
    return alone and len(text) <= _LONGEST_TITLE and not NOT_A_TITLE.fullmatch(text)


def named(line: Line) -> str:
    """Return a title as all its spellings are, without the marks of a heading."""
    return fold(line.text.lstrip("# \t"))


def text_of(lines: tuple[Line, ...], start: Start) -> str:
    """Return the line of the day."""
    return lines[start.row].text.strip()


def settled_starts(starts: tuple[Start, ...]) -> tuple[Start, ...]:
    """Return ``starts`` without those whose days may be two each, or are none as most of the others are written."""
    days = settled([start.date for start in starts])
    return tuple(replace(start, date=day) for start, day in zip(starts, days, strict=True) if day)
