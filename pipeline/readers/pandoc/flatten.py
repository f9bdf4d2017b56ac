"""Blocks as lines of inlines, for places that hold no blocks, such as a cell of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    InlineCode,
    Inlines,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Str,
    Strong,
    Table,
)
from pipeline.paragraphs import joined_lines


def flattened(blocks: Blocks) -> Inlines:
    """Return the lines of ``blocks`` with a line break between each two."""
    return joined_lines(line for block in blocks for line in _lines(block) if line)


def _lines(block: Block) -> Iterator[Inlines]:
    match block:
        case Paragraph(content=content):
            yield content
        case Heading(content=content, span=span):
            yield (Strong(content, span),)
        case Equation(math=math):
            yield (math,)
        case Figure(caption=caption, image=image):
            yield (image,) if image else ()
            yield caption
        case BulletList(items=items) | OrderedList(items=items):
            for item in items:
                yield (Str(f"{item.marker} ", item.span), *flattened(item.blocks))
        case DefinitionList(items=definitions):
            for definition in definitions:
                yield definition.term
                yield flattened(definition.blocks)
        case Quote(blocks=blocks):
            yield flattened(blocks)
        case CodeBlock(text=text, span=span):
            yield from ((InlineCode(line, span),) for line in text.split("\n"))
        case Table(rows=rows):
            for row in rows:
                yield tuple(inline for cell in row for inline in (*cell, Str(" ", block.span)))
        case Rule():
            pass
        case ReadMore(text=text, span=span):
            yield (Str(text, span),)
        case _:
            assert_never(block)
