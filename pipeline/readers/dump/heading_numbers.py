"""Which points of a post are no points of lists but number its headings: "1. Introduction"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.lists import marked_rows, marker_of
from pipeline.readers.dump.prose import ending

_DEEPEST: Final = 4  # series inside one another that are kept in mind
_PART: Final = re.compile(r"\s*(?P<number>[0-9]{1,3})\.(?P<part>[12])(?=[.\s\u3400-\u9fff])")
_FEWEST: Final = 2  # points that number headings, and before a number may be missing


@dataclass(slots=True)
class _Series:
    """Points of one kind that count up."""

    fits: bool  # whether each of them may be a heading
    last: int  # the number of the last one
    told: bool = True  # whether each has text of its own below it
    divided: bool = False  # whether parts of one stand below it, the first right there: "2.1" below "2.", and "2.2"
    chunks: list[int] = field(default_factory=list)

    @property
    def heads(self) -> bool:
        """Whether each of them looks like a heading with text of its own below it."""
        return self.fits and self.told

    def expects(self, number: int) -> bool:
        """Whether ``number`` goes on with this series; one number may be missing among headings."""
        missing = self.heads and len(self.chunks) >= _FEWEST
        return self.last < number <= self.last + 1 + missing


def heading_points(
    chunks: Sequence[Chunk], weights: Sequence[int | None], *, longest: int, usual: int
) -> frozenset[int]:
    """Return the chunks whose marker numbers a heading.

    Those of a series count up from one or nought, and no colon announces them; each has text of its own below it, or
    one of them parts with numbers.

    Args:
        chunks: those of the post.
        weights: what each would weigh as a heading; None for one that cannot be one.
        longest: what a heading of a series may weigh.
        usual: what half of them may weigh.
    """
    found: set[int] = set()
    for series in _all_series(chunks, weights, longest):
        sizes = [weights[index] or 0 for index in series.chunks]
        headed = series.fits and (series.told or series.divided)
        if len(sizes) >= _FEWEST and headed and median(sizes) <= usual:
            found.update(series.chunks)
    return frozenset(found)


def _all_series(chunks: Sequence[Chunk], weights: Sequence[int | None], longest: int) -> list[_Series]:
    """Return the series of a post; a list inside a section, or at the end, is one of its own."""
    found: list[_Series] = []
    open_series: defaultdict[str, list[_Series]] = defaultdict(list)
    for index, chunk in enumerate(chunks):
        marker = marker_of(chunk.lines[0])
        if not marker or marker.number is None:
            continue
        stack = open_series[marker.kind]
        size = weights[index]
        fits, told = size is not None and size <= longest, _has_text(chunks, index)
        heads = fits and told
        sentence_above = weights[index - 1] is None
        above = None if heads and sentence_above else index - 1
        series = _continued(stack, marker.number, above, heads=heads)
        if series is None:
            series = _Series(marker.number <= 1 and not _announced(chunks, index), marker.number)
            stack[:] = [*(outer for outer in stack if outer.heads), series][-_DEEPEST:]
            found.append(series)
        series.fits &= fits
        series.told &= told
        series.divided |= _is_divided(chunks, weights, index, marker.number)
        series.chunks.append(index)
        series.last = _last_number(chunk)
    return found


def _continued(stack: list[_Series], number: int, above: int | None, *, heads: bool) -> _Series | None:
    """Return the series that ``number`` goes on with, and close those inside it.

    It is that of the point right above, where ``above`` tells a place to look at; else the innermost that expects the
    number, rather one of its like.
    """
    expecting = [series for series in stack if series.expects(number)]
    neighbours = [series for series in expecting if series.chunks[-1] == above]
    alike = [series for series in expecting if series.heads == heads]
    chosen = next((found[-1] for found in (neighbours, alike, expecting) if found), None)
    if chosen:
        del stack[stack.index(chosen) + 1 :]
    return chosen


def _last_number(chunk: Chunk) -> int:
    _row, marker = marked_rows(chunk)[-1][-1]
    return marker.number or 0


def _has_text(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether something else than the next point follows."""
    if index + 1 == len(chunks):
        return False
    own, following = marker_of(chunks[index].lines[0]), marker_of(chunks[index + 1].lines[0])
    return not (own and following and own.continued_by(following))


def _is_divided(chunks: Sequence[Chunk], weights: Sequence[int | None], index: int, number: int) -> bool:
    """Whether headings of two parts follow whose numbers go on with that of the point: "2.1 Data", not "2.1、".

    The first stands right there and has text below it: lists have such numbers as well, and so have tables of contents.
    """
    first, text = index + 1, index + 2
    if text >= len(chunks) or weights[first] is None or _part(chunks[first], number) != "1":
        return False
    if marker_of(chunks[text].lines[0]) or _part(chunks[text], number):
        return False
    below = zip(chunks[text:], weights[text:], strict=True)
    return next((part for chunk, size in below if size is not None and (part := _part(chunk, number))), "") == "2"


def _part(chunk: Chunk, number: int) -> str:
    """Return of which of its first parts a chunk has the number; nothing for others."""
    match = _PART.match(chunk.text)
    return match["part"] if match and int(match["number"]) == number else ""


def _announced(chunks: Sequence[Chunk], index: int) -> bool:
    return index > 0 and ending(chunks[index - 1].text) in ":："
