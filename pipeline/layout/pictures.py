"""A paragraph that is a picture and emphasised words is a figure: so Jekyll's posts and many others write captions."""

from __future__ import annotations

from pipeline.document import Block, Blocks, Emph, Figure, Image, Paragraph
from pipeline.walk import change_blocks, is_blank


def with_captioned_pictures(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such paragraph as a figure, unless its picture is lost: then all of it is text."""
    return change_blocks(blocks, _captioned)


def _captioned(block: Block) -> Block:
    if not isinstance(block, Paragraph) or not isinstance(block.content[0], Image):
        return block
    match [inline for inline in block.content if not is_blank(inline)]:
        case [Image() as image, Emph(content=caption)] if image.resource:
            return Figure(caption, block.span, image)
        case _:
            return block
