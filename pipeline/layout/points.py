"""Lines of a paragraph that begin with bullets, or with numbers that count up from 1, are set as a list.

A reader leaves a paragraph whole whose first line only leads to its points, since all of it is one paragraph of the
source; for whoever reads the book the points below that line are a list like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pipeline.document import Block, Blocks, BulletList, Inlines, ListItem, OrderedList, Str
from pipeline.paragraphs import lines_of, paragraph_of, place_of
from pipeline.walk import expand_blocks

_BULLET: Final = re.compile(r"([-*•]) +(?=\S)")
_NUMBER: Final = re.compile(
    r"((?P<open>[（(])?(?P<number>[0-9]{1,2})(?(open)[)）](?! *式)|(?:、(?![0-9]+[、,和])|[)）](?! *式)|\.(?= ))))"
    r" *(?![0-9.]*$)(?=\S)"
)
_MORE: Final = "\ufffc"
_FEWEST: Final = 2  # points; a single line may begin with a dash or a number for any reason


def with_points(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such run of lines as a list, what stands around it as paragraphs."""
    return expand_blocks(blocks, _divided)


def _divided(block: Block) -> Blocks:
    runs = [(mark, tuple(lines)) for mark, lines in groupby(lines_of(block), _kind_of_mark)]
    if not any(len(lines) >= _FEWEST and _is_list(mark, lines) for mark, lines in runs):
        return (block,)
    return tuple(_set(runs))


def _set(runs: list[tuple[str, tuple[Inlines, ...]]]) -> Iterator[Block]:
    plain: list[Inlines] = []
    for mark, lines in runs:
        if not _is_list(mark, lines):
            plain += lines
            continue
        if plain:
            yield paragraph_of(plain)
            plain = []
        points = tuple(_point(line) for line in lines)
        yield (BulletList if mark == "bullet" else OrderedList)(points, points[0].span)
    if plain:
        yield paragraph_of(plain)


def _is_list(mark: str, lines: tuple[Inlines, ...]) -> bool:
    """Whether lines with this kind of mark are points: bullets are, and numbers that are those of a list."""
    if mark != "number":
        return mark == "bullet"
    numbers = [int(match["number"]) for line in lines if (match := _NUMBER.match(_beginning(line)))]
    return len(lines) >= _FEWEST and numbers == list(range(1, len(lines) + 1))


def _kind_of_mark(line: Inlines) -> str:
    """``"bullet"``, ``"number"``, or nothing."""
    beginning = _beginning(line)
    return "bullet" if _BULLET.match(beginning) else "number" if _NUMBER.match(beginning) else ""


def _beginning(line: Inlines) -> str:
    """Return the text that a line begins with, and a sign for whatever stands behind it, such as a formula."""
    first, *others = line
    return first.text + _MORE * bool(others) if isinstance(first, Str) else ""


def _point(line: Inlines) -> ListItem:
    """Return the point that a line with a mark is."""
    first, *others = line
    beginning = _beginning(line)
    mark = _BULLET.match(beginning) or _NUMBER.match(beginning)
    end = mark.end() if mark else 0
    text = Str(beginning[end:-1] if others else beginning[end:], place_of(first))
    content = (text, *others) if text.text else tuple(others)
    return ListItem(mark[1] if mark else "", (paragraph_of([content]),), place_of(first))
