"""The body of a post to blocks: chunks of lines between blank ones, each tried by every rule in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.document import (
    Block,
    Blocks,
    Equation,
    Figure,
    Heading,
    Inlines,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    ReadMore,
)
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Line
from pipeline.readers.dump.markers import is_read_more
from pipeline.source import SourceText


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines without a blank one between them."""

    lines: tuple[Line, ...]
    text: str

    @property
    def start(self) -> int:
        return self.lines[0].start + len(self.lines[0].text) - len(self.lines[0].text.lstrip())

    @property
    def end(self) -> int:
        return self.lines[-1].end


_MARKER: Final = re.compile(r"[0-9]{1,3}(?:、|[.．][ \t]+(?![0-9]))|[（(][0-9]{1,3}[)）]")
_CLOSING: Final = tuple("。,，;；:：.、~～…>")


def parse_blocks(source: SourceText, lines: Sequence[Line], markers: Sequence[str]) -> Blocks:
    """Return the blocks that ``lines`` hold."""
    chunks = _chunks(lines)
    blocks: list[Block] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        span = source.span(chunk.start)
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        content = parse_inlines(source, chunk.start, chunk.end)
        index += 1
        if is_read_more(chunk.text, markers):
            blocks.append(ReadMore(chunk.text.strip(), span))
        elif following and following.text.strip() == chunk.text.strip():
            blocks.append(Figure(content, span))
            index += 1
        elif match := _MARKER.match(chunk.text):
            start = chunk.start + match.end()
            item = ListItem(match[0], (Paragraph(parse_inlines(source, start, chunk.end), source.span(start)),), span)
            if blocks and isinstance(blocks[-1], OrderedList):
                blocks[-1] = OrderedList((*blocks[-1].items, item), blocks[-1].span)
            else:
                blocks.append(OrderedList((item,), span))
        elif len(content) == 1 and isinstance(content[0], Math) and content[0].display:
            blocks.append(Equation(content[0]))
        elif _heading_like(chunk, content) and following and not is_read_more(following.text, markers):
            blocks.append(Heading(1, content, span))
        else:
            blocks.append(Paragraph(content, span))
    return tuple(blocks)


def _heading_like(chunk: Chunk, content: Inlines) -> bool:
    text = chunk.text.strip()
    return len(chunk.lines) == 1 and len(text) <= 60 and not text.endswith(_CLOSING) and not text.startswith("<")


def _chunks(lines: Sequence[Line]) -> tuple[Chunk, ...]:
    chunks: list[Chunk] = []
    run: list[Line] = []
    for line in (*lines, Line(0, "")):
        if not line.blank:
            run.append(line)
        elif run:
            chunks.append(Chunk(tuple(run), "\n".join(line.text for line in run).strip()))
            run = []
    return tuple(chunks)
