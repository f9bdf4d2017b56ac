"""Find the posts of a dump: a date line, a title, and a body up to the next such pair; the title may come first.

Where a dump ends in a day, all days may stand below the bodies.

Dumps are made by a program, so all posts of one look alike: the first tells how days are written and whether an empty
line stands before the title. A line inside a body that merely is a day differs in that, or in what follows it. Where
that is doubtful the body keeps the line, and a finding names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import Final

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.fold import fold
from pipeline.readers.dump.dates import SLASHED, DateLine, beside_day, labels_day, parse_date_line, settled
from pipeline.readers.dump.lines import Line
from pipeline.readers.read_more import is_read_more
from pipeline.source import Span

_NOT_A_TITLE: Final = re.compile(r".*[。，；、,;]|.{30,}[^.]\.", re.DOTALL)  # how running text ends, titles hardly ever
_LABEL: Final = re.compile(r"[\s:：(（|]")
_LONGEST_TITLE: Final = 200
_GAP: Final = 3  # at most so many empty lines stand between a day and its title
_FEWEST_ABOVE: Final = 2  # days with a title above them, for a dump that has its titles there, …
_MOSTLY_ABOVE: Final = 0.9  # … and the share of its days that must have one; the others are days inside bodies


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as lines."""

    date: DateLine
    date_line: Line
    title: Line
    body: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """Where it begins."""
        first = min(self.date_line, self.title, key=lambda line: line.number)
        return first.strip().span


@dataclass(frozen=True, slots=True)
class _Start:
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

    def like(self, other: _Start) -> bool:
        """Whether both are laid out alike."""
        return self.date.form == other.date.form and (self.title > self.row + 1) == (other.title > other.row + 1)


def split_posts(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[RawPost, ...]:
    """Return the posts of a dump in its order, and report text and days that belong to none of them."""
    if closed := _closed_by_days(lines):
        _report_beside([post.date_line for post in closed], reporter)
        return closed
    starts = _titled_above(lines, markers, reporter) or tuple(_starts(lines, markers, reporter))
    starts = _settled_or_reported(lines, starts, reporter)
    starts = _with_others(lines, starts, tuple(_written_otherwise(lines, starts, markers)), reporter)
    _report_preamble(lines[: starts[0].begin] if starts else (), reporter)
    _report_beside([lines[start.row] for start in starts], reporter)
    ends = (*(start.begin for start in starts[1:]), len(lines))
    return tuple(
        RawPost(start.date, lines[start.row], lines[start.title], _without_title(lines[start.body : end], start, lines))
        for start, end in zip(starts, ends, strict=False)
    )


def _closed_by_days(lines: tuple[Line, ...]) -> tuple[RawPost, ...]:
    """Return the posts of a dump whose days stand below their bodies, the last one at its end; none of any other.

    Each says more than its day, such as that something was posted then: a text may well end in a bare one.
    """
    last = next((row for row in range(len(lines) - 1, -1, -1) if not lines[row].blank), 0)
    closing = parse_date_line(lines[last].text) if lines else None
    if not closing or closing.form == SLASHED or not labels_day(lines[last].text):
        return ()
    posts: list[RawPost] = []
    begin = 0
    for row, date in ((row, date) for row, date in _days(lines) if date.form == closing.form and date.exists):
        title = next((place for place in range(begin, row) if not lines[place].blank), row)
        body = lines[title + 1 : row]
        named = _may_be_title(lines, title) and not parse_date_line(lines[title].text)
        if not named or not labels_day(lines[row].text) or all(line.blank for line in body):
            return ()
        posts.append(RawPost(date, lines[row], lines[title], body))
        begin = row + 1
    return tuple(posts) if begin > last else ()


def _without_title(body: tuple[Line, ...], start: _Start, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return a body without its first line if that says the title again, as headings of pages do; captions do twice."""
    first, second = islice(chain((row for row, line in enumerate(body) if not line.blank), (-1, -1)), 2)
    again = second > first + 1 and _named(body[first]) == _named(lines[start.title])
    return body[first + 1 :] if again and _named(body[second]) != _named(body[first]) else body


def _named(line: Line) -> str:
    """Return a title as all its spellings are, without the marks of a heading."""
    return fold(line.text.lstrip("# \t"))


def _settled(starts: tuple[_Start, ...]) -> tuple[_Start, ...]:
    """Return ``starts`` without those whose days may be two each, or are none as most of the others are written."""
    days = settled([start.date for start in starts])
    return tuple(replace(start, date=day) for start, day in zip(starts, days, strict=True) if day)


def _settled_or_reported(lines: tuple[Line, ...], starts: tuple[_Start, ...], reporter: Reporter) -> tuple[_Start, ...]:
    """Return the ``_settled`` of ``starts``, and report the others where the days tell which number is the month."""
    kept = _settled(starts)
    rows = {start.row for start in kept}
    for start in starts:
        if kept and start.row not in rows and start.date.form == kept[0].date.form:
            message = f"{_text(lines, start)!r} is not a day of the calendar, read like {_text(lines, kept[0])!r}"
            reporter.report(Code.DATE_IMPOSSIBLE, message, lines[start.row].span)
    return kept


def _report_beside(days: Sequence[Line], reporter: Reporter) -> None:
    told = [day for day in days if beside_day(day.text)]
    if told:
        lines, first = counted(len(told), "date line"), beside_day(told[0].text)
        message = f"what stands beside the day in {lines} of {told[0].path} ({first!r} first) is left out"
        reporter.report(Code.SITE_TEXT, message, told[0].strip().span)


def _starts(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> Iterator[_Start]:
    first: _Start | None = None
    last: _Start | None = None
    for start in _below_the_head(lines, tuple(_candidates(lines))):
        cut_before = is_read_more(_text_before(lines, start.row), markers)
        if last and start.row == last.title:
            continue
        if first and not start.like(first) and not (cut_before and _may_begin(lines, start)):
            continue
        if not start.date.exists:
            reporter.report(
                Code.DATE_IMPOSSIBLE, f"{_text(lines, start)!r} is not a day of the calendar", lines[start.row].span
            )
        elif first and not cut_before and not _may_be_title(lines, start.title):
            reporter.report(
                Code.DATE_IN_BODY, f"{_text(lines, start)!r} starts no post: no title follows", lines[start.row].span
            )
        else:
            first, last = first or start, start
            yield start


def _below_the_head(lines: tuple[Line, ...], starts: tuple[_Start, ...]) -> tuple[_Start, ...]:
    """Return ``starts`` from the first that tells how the dump writes its days.

    A day at the head, such as that of the export, tells nothing: no other is written so, and the next day, which is not
    alone in its form, follows it or the line below it. Nor does a day that may be two.
    """
    told = {day.form for day in settled([start.date for start in starts]) if day}
    forms = Counter(start.date.form for start in starts if _may_be_title(lines, start.title))
    for place, start in enumerate(starts):
        after = starts[place + 1 : place + 2]
        head = forms[start.date.form] == 1 and any(
            forms[next_.date.form] > 1 and all(line.blank for line in lines[start.body : next_.row]) for next_ in after
        )
        if not head and (start.date.form in told or not start.date.exists):
            return starts[place:]
    return ()


def _candidates(lines: tuple[Line, ...]) -> Iterator[_Start]:
    """Yield every day that stands alone at the beginning of a chunk and has some text after it."""
    for row, date in _days(lines):
        below = range(row + 1, min(row + 2 + _GAP, len(lines)))
        title = next((candidate for candidate in below if not lines[candidate].blank), None)
        if title is not None and not _is_day_of_its_own(parse_date_line(lines[title].text), date):
            yield _Start(date, row, title)


def _days(lines: tuple[Line, ...], deepest: int = 1) -> Iterator[tuple[int, DateLine]]:
    """Yield the days on lines of their own, each at most the ``deepest`` line below an empty one."""
    blank = -1
    for row, line in enumerate(lines):
        if line.blank:
            blank = row
        elif row - blank <= deepest and (date := parse_date_line(line.text)):
            yield row, date


def _is_day_of_its_own(title: DateLine | None, date: DateLine) -> bool:
    """Whether what would be the title is a day written as ``date`` is; a diary's titles are days written otherwise."""
    return title is not None and title.form == date.form and (title.year is not None or date.year is None)


def _titled_above(lines: tuple[Line, ...], markers: Sequence[str], reporter: Reporter) -> tuple[_Start, ...]:
    """Return the posts of a dump whose titles stand above their days; none when it is no such dump.

    Its first line is a title, and what stands above its days looks like titles more often than what stands below.
    """
    first = next(_days(lines, deepest=2), None)
    if not first or sum(not line.blank for line in lines[: first[0]]) != 1:
        return ()
    close = not lines[first[0] - 1].blank
    days = {
        row: date for row, date in _days(lines, deepest=2 if close else 1) if date.exists and date.form == first[1].form
    }
    titles = {row: _title_above(lines, row, markers) for row in days}
    above = {row: title for row, title in titles.items() if title is not None and (title == row - 1) == close}
    starts = [start for start in _candidates(lines) if start.row in days]
    again = {start.row for start in starts if _says_again(lines, start, above)}
    labels = Counter(_label(lines[start.title]) for start in starts)
    below = sum(
        start.row not in again
        and 2 * labels[_label(lines[start.title])] <= len(starts)
        and _may_be_title(lines, start.title)
        for start in starts
    )
    only = _only_post(lines, days)
    fewest = 1 if only or len(again) == len(days) else _FEWEST_ABOVE
    if len(above) < max(fewest, _MOSTLY_ABOVE * len(days)) or (len(above) <= below and not only):
        return ()
    if only:
        _report_title_above(lines[above[first[0]]], reporter)
    return tuple(_Start(days[row], row, title) for row, title in above.items())


def _label(line: Line) -> str:
    """Return how a line begins: what themes print below a day, and no title does, begins alike in all posts."""
    return _LABEL.split(line.text.strip(), maxsplit=1)[0]


def _says_again(lines: tuple[Line, ...], start: _Start, above: Mapping[int, int]) -> bool:
    """Whether the line below a day says what the title above it says, and so is the first heading of the body."""
    return start.row in above and _named(lines[start.title]) == _named(lines[above[start.row]])


def _only_post(lines: tuple[Line, ...], days: Collection[int]) -> bool:
    """Whether one of ``days`` is the only one with text below, and the title stands above then.

    That is where it says more than its day, or where running text stands below.
    """
    starts = tuple(_candidates(lines))
    if not (len(days) == len(starts) == 1 and starts[0].row in days) or settled([starts[0].date]) == (None,):
        return False
    below = lines[starts[0].title].text.strip()
    return labels_day(_text(lines, starts[0])) or _NOT_A_TITLE.fullmatch(below) is not None


def _report_title_above(title: Line, reporter: Reporter) -> None:
    message = f"{title.text.strip()!r}, above the only day, is taken for the title, not what stands below"
    reporter.report(Code.POST_INFERRED, message, title.strip().span)


def _written_otherwise(lines: tuple[Line, ...], starts: Sequence[_Start], markers: Sequence[str]) -> Iterator[_Start]:
    """Yield the days with a title, above or below as that of the first post, that are written otherwise than its day.

    All are below that post's day, and none of them is taken already, as a post's day or as its title.
    """
    if not starts:
        return
    first, taken = starts[0], {row for start in starts for row in (start.row, start.title)}
    candidates = _candidates(lines) if first.row < first.title else _titled_likewise(lines, first, markers)
    for start in candidates:
        if start.row < first.row:
            continue
        titled = start.title < start.row or _may_be_title(lines, start.title)
        if titled and start.date.exists and start.date.form != first.date.form and not taken & {start.row, start.title}:
            yield start


def _titled_likewise(lines: tuple[Line, ...], first: _Start, markers: Sequence[str]) -> Iterator[_Start]:
    """Yield every day with a title above it, as near as that of ``first``."""
    close = first.row - first.title == 1
    for row, date in _days(lines, deepest=2 if close else 1):
        title = _title_above(lines, row, markers)
        if title is not None and (title == row - 1) == close:
            yield _Start(date, row, title)


def _with_others(
    lines: tuple[Line, ...], starts: tuple[_Start, ...], others: tuple[_Start, ...], reporter: Reporter
) -> tuple[_Start, ...]:
    """Return ``starts`` with those that are written otherwise if they are posts; either way, report them."""
    told = _settled(others)
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
        message = f"{_text(lines, other)!r} {does}: {dated} {_text(lines, starts[0])!r}"
        reporter.report(code, message, lines[other.row].span)
    return together if posts else starts


def _form_changed(starts: tuple[_Start, ...], others: tuple[_Start, ...]) -> bool:
    """Whether a blog changed once how it writes its days: all ``others`` are alike, and behind all ``starts``."""
    return (
        len(starts) > 1
        and len(others) > 1
        and starts[-1].row < others[0].begin
        and all(other.like(others[0]) for other in others)
        and len({start.title > start.row + 1 for start in (starts[0], *others)}) == 1
    )


def _run_backwards(starts: Sequence[_Start]) -> bool:
    """Whether every day has a year, and each is earlier than the one before it.

    Later days may be those of additions to the last post, and are in the order of a diary; earlier ones fit neither.
    """
    days = [(start.date.year, start.date.month, start.date.day) for start in starts if start.date.year]
    return len(days) == len(starts) and all(one > next_ for one, next_ in pairwise(days))


def _any_empty(lines: tuple[Line, ...], starts: tuple[_Start, ...]) -> bool:
    """Whether one of ``starts`` has no text up to the next: so end letters, with a day and a place."""
    ends = (*(start.begin for start in starts[1:]), len(lines))
    bodies = (lines[start.body : end] for start, end in zip(starts, ends, strict=True))
    return any(all(line.blank for line in body) for body in bodies)


def _title_above(lines: tuple[Line, ...], row: int, markers: Sequence[str]) -> int | None:
    rows = range(row - 1, max(-1, row - 2 - _GAP), -1)
    title = next((candidate for candidate in rows if not lines[candidate].blank), None)
    if title is None or is_read_more(lines[title].text, markers) or len(lines[title].text) > _LONGEST_TITLE:
        return None
    alone = title == 0 or lines[title - 1].blank
    return title if alone and not _NOT_A_TITLE.fullmatch(lines[title].text.strip()) else None


def _may_be_title(lines: tuple[Line, ...], row: int) -> bool:
    """Whether a line stands alone, as titles do, and does not end as running text does."""
    text = lines[row].text.strip()
    alone = row + 1 == len(lines) or lines[row + 1].blank
    return alone and len(text) <= _LONGEST_TITLE and not _NOT_A_TITLE.fullmatch(text)


def _may_begin(lines: tuple[Line, ...], start: _Start) -> bool:
    return start.date.exists and _may_be_title(lines, start.title)


def _text(lines: tuple[Line, ...], start: _Start) -> str:
    return lines[start.row].text.strip()


def _text_before(lines: tuple[Line, ...], row: int) -> str:
    """Return the last line before ``row`` that is not blank; a dump leaves one empty line, rarely more."""
    above = range(row - 1, max(-1, row - 2 - _GAP), -1)
    return next((lines[candidate].text for candidate in above if not lines[candidate].blank), "")


def _report_preamble(lines: tuple[Line, ...], reporter: Reporter) -> None:
    text = [line for line in lines if not line.blank]
    if text:
        message = f"{counted(len(text), 'line')} before the first post left out"
        reporter.report(Code.TEXT_BEFORE_POSTS, message, text[0].span)
