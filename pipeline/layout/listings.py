"""Paragraphs that are nothing but lines of code are set as listings, however the reader came by them.

A reader leaves code whose indentation the source damaged as lines of code in a paragraph, because nobody can tell any
more where its blocks begin; for whoever reads the book they are a listing all the same.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from pipeline.document import Block, Blocks, CodeBlock, InlineCode, LineBreak, Paragraph
from pipeline.walk import change_siblings, source_text

_COMMAND: Final = re.compile(r"\S[ (]\S")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")


def with_listings(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every run of such paragraphs as one ``CodeBlock``, an empty line between two of them.

    A command alone is one too, but not in a point or a quotation, beside others that are single words.
    """
    joined = change_siblings(blocks, lambda side: tuple(block for run in _runs(side) for block in _joined(run)))
    return tuple(map(_command, joined))


def _command(block: Block) -> Block:
    """Return a line of code as a listing if it has several words."""
    if isinstance(block, Paragraph) and _code_in(block) and _COMMAND.search(text := source_text(block.content)):
        return CodeBlock(text, block.span)
    return block


def _runs(blocks: Blocks) -> list[Blocks]:
    return [tuple(run) for _, run in groupby(blocks, _code_in)]


def _code_in(block: object) -> bool:
    """Whether a block is a paragraph of code, line by line; tags of HTML alone are what a source left between texts."""
    if not isinstance(block, Paragraph) or not all(
        isinstance(inline, InlineCode | LineBreak) for inline in block.content
    ):
        return False
    lines = [inline.text for inline in block.content if isinstance(inline, InlineCode)]
    return not all(map(_TAG.fullmatch, lines))


def _joined(run: Blocks) -> Blocks:
    """A run of code as one listing; a line of code that stands alone stays what it is."""
    paragraphs = [block for block in run if isinstance(block, Paragraph) and _code_in(block)]
    text = "\n\n".join(source_text(paragraph.content) for paragraph in paragraphs)
    return (CodeBlock(text, paragraphs[0].span),) if "\n" in text else run
