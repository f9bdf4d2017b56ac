"""Find the posts of a dump: a date line, a title, a body up to the next such pair."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.dump.dates import DateLine, parse_date_line
from pipeline.readers.dump.lines import Line


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as lines."""

    date: DateLine
    date_line: Line
    title: Line
    body: tuple[Line, ...]


def split_posts(lines: tuple[Line, ...]) -> tuple[RawPost, ...]:
    """Return the posts of a dump in its order."""
    starts = [start for index in range(len(lines)) if (start := _start(lines, index))]
    ends = [index for index, _, _ in starts[1:]] + [len(lines)]
    return tuple(
        RawPost(date, lines[index], lines[title], lines[title + 1 : end])
        for (index, title, date), end in zip(starts, ends, strict=True)
    )


def _start(lines: tuple[Line, ...], index: int) -> tuple[int, int, DateLine] | None:
    if index and not lines[index - 1].blank:
        return None
    date = parse_date_line(lines[index].text)
    if date is None:
        return None
    for title in range(index + 1, min(index + 4, len(lines))):
        if not lines[title].blank:
            return (index, title, date)
    return None
