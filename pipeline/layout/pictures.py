"""A paragraph that is a picture and emphasised words is a figure: so Jekyll's posts and many others write captions."""

from __future__ import annotations

from pipeline.document import Block, Blocks, Emph, Figure, Image, Paragraph
from pipeline.paragraphs import is_blank
from pipeline.walk import change_blocks


def with_captioned_pictures(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such paragraph as a figure, unless its picture is lost: then all of it is text."""
    return change_blocks(blocks, _captioned)


def _captioned(block: Block) -> Block:
    match block:
        case Paragraph(content=(Image() as image, *others)) if image.resource:
            words = [inline for inline in others if not is_blank(inline)]
        case _:
            return block
    match words:
        case [Emph(content=caption)]:
            return Figure(caption, block.span, image)
        case _:
            return block
