"""Lines of a paragraph that begin with bullets are set as a list, however the reader came by them.

A reader leaves a paragraph whole whose first line only leads to its points, since all of it is one paragraph of the
source; for whoever reads the book the points below that line are a list like any other.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from pipeline.document import Block, Blocks, BulletList, Inlines, ListItem, Str
from pipeline.walk import expand_blocks, lines_of, paragraph_of, place_of

_BULLET: Final = re.compile(r"([-*•]) +(?=\S)")
_FEWEST: Final = 2  # points; a single line may begin with a dash for any reason


def with_points(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such run of lines as a ``BulletList``, what stands around it as paragraphs."""
    return expand_blocks(blocks, _divided)


def _divided(block: Block) -> Blocks:
    runs = [(pointed, list(lines)) for pointed, lines in groupby(lines_of(block), lambda line: bool(_point(line)))]
    if not any(pointed and len(lines) >= _FEWEST for pointed, lines in runs):
        return (block,)
    return tuple(_list(lines) if pointed else paragraph_of(lines) for pointed, lines in runs)


def _list(lines: list[Inlines]) -> BulletList:
    points = tuple(point for line in lines if (point := _point(line)))
    return BulletList(points, points[0].span)


def _point(line: Inlines) -> ListItem | None:
    """Return the point that a line is; None for one without a bullet."""
    first, *others = line
    bullet = _BULLET.match(first.text) if isinstance(first, Str) else None
    if not bullet:
        return None
    text = Str(bullet.string[bullet.end() :], place_of(first))
    return ListItem(bullet[1], (paragraph_of([(text, *others)]),), place_of(first))
