"""Dumps whose days stand below the bodies, as 博客园 prints them."""

from __future__ import annotations

from pipeline.readers.dump.dates import SLASHED, beside_day, parse_date_line
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.posts.raw import RawPost
from pipeline.readers.dump.posts.starts import days_of, may_be_title


def closed_by_days(lines: tuple[Line, ...]) -> tuple[RawPost, ...]:
    """Return the posts of a dump whose days stand below their bodies, the last one at its end; none of any other.

    Each has more beside it, such as how often the post was read: a text may well end in the day when it was changed.
    """
    last = next((row for row in range(len(lines) - 1, -1, -1) if not lines[row].blank), 0)
    closing = parse_date_line(lines[last].text) if lines else None
    if not closing or closing.form == SLASHED or not beside_day(lines[last].text):
        return ()
    posts: list[RawPost] = []
    begin = 0
    for row, date in ((row, date) for row, date in days_of(lines) if date.form == closing.form and date.exists):
        title = next((place for place in range(begin, row) if not lines[place].blank), row)
        body = lines[title + 1 : row]
        named = may_be_title(lines, title) and not parse_date_line(lines[title].text)
        if not named or not beside_day(lines[row].text) or all(line.blank for line in body):
            return ()
        posts.append(RawPost(date, lines[row], lines[title], body))
        begin = row + 1
    return tuple(posts) if begin > last else ()
