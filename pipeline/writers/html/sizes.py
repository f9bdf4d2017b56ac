"""How high each post will be, estimated, so that a browser can lay out a long page without looking at all of it.

``content-visibility: auto`` skips what is far from the window, and needs a height in its place; a wrong one makes the
scroll bar drift. The estimate has two parts, because a window's width changes only one of them: the width of the text
in em, which the style sheet divides by the em a line holds, and the lines of everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, assert_never

from pipeline.book import Post
from pipeline.document import (
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Inlines,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Table,
)
from pipeline.writers.widths import width_of

_LOOSE: Final = 1.12  # lines are not full where a word or a formula would not fit
_PARTIAL_LINE: Final = 0.5  # the last line of a paragraph is half full, on average
_FRAME: Final = 7.0  # lines of a post's date, title and footer; its padding is not part of the size that CSS asks for
_ROW: Final = re.compile(r"\\\\|\\cr\b")
_TALL: Final = re.compile(r"\\(?:d?frac|sum|int|prod|begin|binom|left|underbrace|overbrace|lim|max|min)\b")


@dataclass(frozen=True, slots=True)
class Extent:
    """What a piece of a page takes up: ``text`` em of running text, and ``rest`` lines."""

    text: float = 0.0
    rest: float = 0.0

    def __add__(self, other: Extent) -> Extent:
        return Extent(self.text + other.text, self.rest + other.rest)


def extent_of(post: Post) -> Extent:
    """Return the estimated extent of a post with its title and footer."""
    return _blocks(post.blocks) + Extent(width_of(post.title) * 1.7, _FRAME)


def _blocks(blocks: Iterable[Block]) -> Extent:
    return sum(map(_block, blocks), Extent())


def _block(block: Block) -> Extent:
    match block:
        case Paragraph(content=content):
            return _paragraph(content)
        case Heading(content=content):
            return Extent(width_of(content) * 1.2, 1.6)
        case Equation(math=math):
            return Extent(0, _display(math))
        case Figure(caption=caption, image=image):
            return Extent(width_of(caption), 3.5 if image is None else 14)
        case BulletList(items=items) | OrderedList(items=items) | DefinitionList(items=items):
            return sum((_blocks(item.blocks) for item in items), Extent(0, 0.5))
        case Quote(blocks=blocks):
            return _blocks(blocks) + Extent(0, 1)
        case CodeBlock(text=text):
            return Extent(0, text.count("\n") * 0.75 + 2.5)
        case Table(rows=rows):
            return Extent(0, len(rows) * 1.4 + 2)
        case Rule() | ReadMore():
            return Extent(0, 1.8)
        case _:
            assert_never(block)


def _paragraph(content: Inlines) -> Extent:
    displays = [inline for inline in content if isinstance(inline, Math) and inline.display]
    lines = _PARTIAL_LINE * (1 + len(displays)) + sum(map(_display, displays))
    return Extent(width_of(content) * _LOOSE + 2, lines)


def _display(math: Math) -> float:
    rows = 1 + len(_ROW.findall(math.tex))
    return 0.7 + rows * (1.25 if _TALL.search(math.tex) else 0.9)
