"""A line beside a table that numbers it, "表1 常用导数" or "Table 1: Derivatives", captions it from above or below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.document import Block, Blocks, LineBreak, Paragraph, Table
from pipeline.walk import change_siblings, source_text

_LABEL: Final = re.compile(
    r"(?:表格?|table|tab\.)\s*(?:[0-9]+(?:[-.][0-9]+)?|[一二三四五六七八九十]+|[IVX]+\b)"
    r"(?:\s*[:：.．、\u3000]\s*\S.*|\s+(?!显示|顯示|展示|说明|說明|表示|给出|給出|列出|总结|總結|比较了|[是为為中和与與、]"
    r"|(?:is|are|was|were|shows?|gives?|lists?|and|in|to|of|summari[sz]es|compares?)\b).*[^。．.!！?？:：,，;；\s])?",
    re.IGNORECASE,
)
"""A number, and after a sign or a space what the table holds; no sentence about the table of that number."""
_LONGEST_CAPTION: Final = 200


def with_captioned_tables(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such line in its table."""
    return change_siblings(blocks, lambda siblings: tuple(_captioned(siblings)))


def _captioned(blocks: Blocks) -> Iterator[Block]:
    """Yield the blocks of a run; a line between two tables without a caption may be either's, and stays where it is."""
    index = 0
    while index < len(blocks):
        match blocks[index : index + 3]:
            case (Paragraph(content=words) as line, Table(caption=()) as table, *_) if _labels(line):
                yield replace(table, caption=words)
                index += 2
            case (Table(caption=()), Paragraph() as line, Table(caption=())) if _labels(line):
                yield from blocks[index : index + 3]
                index += 3
            case (Table(caption=()) as table, Paragraph(content=words) as line, *_) if _labels(line):
                yield replace(table, caption=words)
                index += 2
            case _:
                yield blocks[index]
                index += 1


def _labels(line: Paragraph) -> bool:
    """Whether a paragraph is one line that numbers a table."""
    text = source_text(line.content).strip()
    broken = any(isinstance(inline, LineBreak) for inline in line.content)
    return not broken and len(text) <= _LONGEST_CAPTION and _LABEL.fullmatch(text) is not None
