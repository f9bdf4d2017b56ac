"""The numbers that a page prints beside the lines of code: a dump has them above the code, or before each line.

They tell where a listing begins and ends, whatever it holds, so it is put between fences and they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.readers.dump.chunks import may_fence
from pipeline.readers.dump.code import code_like
from pipeline.readers.dump.lines import Chunk, Line

_FENCE: Final = "```"
_NUMBERED: Final = re.compile(r"[ \t]*(?P<number>[0-9]{1,5})(?:[ \t]|$)")
_GAP: Final = 2  # empty lines at most between the numbers and the code
_CERTAIN: Final = 3  # numbers of one listing; fewer are believed beside such a one

_Listing: TypeAlias = tuple[int, int, tuple[Line, ...]]
"""Its first row, the row after its last one, and its lines without their numbers."""


def without_gutters(lines: Sequence[Line], post: str, reporter: Reporter) -> tuple[Line, ...]:
    """Return the lines of a post with each listing whose lines are numbered between fences, without the numbers."""
    found = [] if any(may_fence(line.text) for line in lines) else list(_listings(lines))
    if not any(len(code) >= _CERTAIN for _start, _end, code in found):
        return tuple(lines)
    first = lines[found[0][0]]
    message = f"the numbers of the lines of {counted(len(found), 'listing')} are left out"
    reporter.report(Code.SITE_TEXT, message, first.strip().span, post=post)
    kept: list[Line] = []
    row = 0
    for start, end, code in found:
        kept += (*lines[row:start], _fence(lines[start]), *code, _fence(lines[end - 1]))
        row = end
    return (*kept, *lines[row:])


def _fence(line: Line) -> Line:
    return Line(line.path, line.number, line.column, _FENCE)


def _listings(lines: Sequence[Line]) -> Iterator[_Listing]:
    row = 0
    while row < len(lines):
        found = (_below_numbers(lines, row) or _behind_numbers(lines, row)) if _number(lines[row]) == 1 else None
        if found:
            yield found
        row = found[1] if found else row + 1


def _below_numbers(lines: Sequence[Line], row: int) -> _Listing | None:
    """Return the code below a column of numbers, as many lines as these are, with an empty one or nothing after it."""
    start = row
    while start < len(lines) and lines[start].text.strip() == str(start - row + 1):
        start += 1
    count = start - row
    while start < len(lines) and lines[start].blank and start - row < count + _GAP:
        start += 1
    end = start + count
    if not count or end > len(lines) or lines[start].blank or _number(lines[start]) == count + 1:
        return None
    if end < len(lines) and not (lines[end].blank or lines[end - 1].blank):
        return None
    while lines[end - 1].blank:
        end -= 1
    code = tuple(lines[start:end])
    return (row, end, code) if _reads_as_code(code) else None


def _behind_numbers(lines: Sequence[Line], row: int) -> _Listing | None:
    """Return the code behind the numbers with which all lines up to an empty one begin, if it reads as code."""
    end = row
    while end < len(lines) and _number(lines[end]) == end - row + 1:
        end += 1
    if end - row < _CERTAIN or (end < len(lines) and not lines[end].blank):
        return None
    code = tuple(line.drop(match.end()) for line in lines[row:end] if (match := _NUMBERED.match(line.text)))
    return (row, end, code) if _reads_as_code(code) else None


def _reads_as_code(lines: Sequence[Line]) -> bool:
    told = tuple(line for line in lines if not line.blank)
    return bool(told) and code_like(Chunk(told))


def _number(line: Line) -> int | None:
    """Return the number with which a line begins."""
    match = _NUMBERED.match(line.text)
    return int(match["number"]) if match else None
