"""Lines of a paragraph that begin with bullets are set as a list, however the reader came by them.

A reader leaves a paragraph whole whose first line only leads to its points, since all of it is one paragraph of the
source; for whoever reads the book the points below that line are a list like any other.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from pipeline.document import Block, Blocks, BulletList, Inlines, LineBreak, ListItem, Paragraph, Str
from pipeline.walk import expand_blocks, lines_of, paragraph_of, place_of

_BULLET: Final = re.compile(r"([-*•]) +(?=\S)")
_FEWEST: Final = 2  # points; a single line may begin with a dash for any reason


def with_points(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such run of lines as a ``BulletList``, what stands around it as paragraphs."""
    return expand_blocks(blocks, _divided)


def _divided(block: Block) -> Blocks:
    if not isinstance(block, Paragraph) or not any(isinstance(inline, LineBreak) for inline in block.content):
        return (block,)
    runs = [(pointed, tuple(lines)) for pointed, lines in groupby(lines_of(block.content), _is_point)]
    if not any(pointed and len(lines) >= _FEWEST for pointed, lines in runs):
        return (block,)
    return tuple(_list(lines) if pointed else paragraph_of(lines) for pointed, lines in runs)


def _is_point(line: Inlines) -> bool:
    return isinstance(line[0], Str) and _BULLET.match(line[0].text) is not None


def _list(lines: tuple[Inlines, ...]) -> BulletList:
    return BulletList(tuple(map(_point, lines)), place_of(lines[0]))


def _point(line: Inlines) -> ListItem:
    first, *others = line
    marker = _BULLET.match(first.text) if isinstance(first, Str) else None
    if marker is None or not isinstance(first, Str):
        return ListItem("", (paragraph_of((line,)),), place_of(line))
    text = Str(first.text[marker.end() :], first.span)
    return ListItem(marker[1], (paragraph_of(((text, *others),)),), place_of(line))
