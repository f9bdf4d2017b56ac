"""Footnotes as Markdown has them: "[^1]" in the text, and "[^1]: …" at the end of the post.

They are read where each is unambiguous: every label is defined once and marked once, in a paragraph, and nothing but
such definitions ends the post. Otherwise nothing changes, and the marks stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.document import Blocks, Inline, Inlines, Note, Paragraph, Str
from pipeline.readers.dump.chunks import split_chunks
from pipeline.readers.dump.inlines import parse_inlines
from pipeline.readers.dump.lines import Chunk, Line, stripped
from pipeline.source import Span
from pipeline.walk import iter_blocks, iter_inlines, map_blocks

_LABEL: Final = r"\[\^(?!\w-\w\])(?P<label>[0-9]{1,3}|[^\W\d_][\w-]{1,40})\]"  # no class of characters: [^x], [^a-z]
_DEFINITION: Final = re.compile(rf"[ \t]{{0,3}}{_LABEL}:[ \t]*(?=\S)")
_MARK: Final = re.compile(_LABEL)


@dataclass(frozen=True, slots=True)
class Notes:
    """The definitions that end a post, and the lines above them."""

    above: tuple[Line, ...]
    defined: Mapping[str, Blocks]

    def settled(self, blocks: Blocks) -> bool:
        """Whether each label is marked once in ``blocks``, in a paragraph, and outside links and headings."""
        anywhere = sorted(label for inline in iter_inlines(blocks) for label in _marks(inline))
        running = (block.content for block in iter_blocks(blocks) if isinstance(block, Paragraph))
        in_text = sorted(label for content in running for inline in content for label in _marks(inline))
        return anywhere == in_text == sorted(self.defined)

    def placed(self, blocks: Blocks) -> Blocks:
        """Return ``blocks`` with a ``Note`` in the place of each mark."""
        return map_blocks(blocks, self._noted)

    def _noted(self, inline: Inline) -> Inlines:
        if not isinstance(inline, Str):
            return (inline,)
        pieces: list[Inline] = []
        position = 0
        for match in _MARK.finditer(inline.text):
            pieces += _piece(inline, position, match.start())
            pieces.append(Note(self.defined[match["label"]], _at(inline, match.start())))
            position = match.end()
        return (*pieces, *_piece(inline, position, len(inline.text)))


def find_notes(lines: Sequence[Line]) -> Notes | None:
    """Return the notes that end a post; None where it defines none, or one of them twice."""
    rows = [row for row, line in enumerate(lines) if "[^" in line.text and _DEFINITION.match(line.text)]
    if not rows:
        return None
    chunks = split_chunks(lines[rows[0] :])
    if (rows[0] and not lines[rows[0] - 1].blank) or not all(_DEFINITION.match(chunk.text) for chunk in chunks):
        return None
    defined: dict[str, Blocks] = {}
    for label, text in (found for chunk in chunks for found in _definitions(chunk)):
        if label in defined:
            return None
        defined[label] = (Paragraph(parse_inlines(text), text.span),)
    return Notes(tuple(lines[: rows[0]]), defined)


def _definitions(chunk: Chunk) -> Iterator[tuple[str, Chunk]]:
    """Yield the labels of a chunk's definitions, and the text of each."""
    matches = {row: match for row, line in enumerate(chunk.lines) if (match := _DEFINITION.match(line.text))}
    for row, end in pairwise((*matches, len(chunk.lines))):
        first = chunk.lines[row].drop(matches[row].end())
        yield matches[row]["label"], stripped((first, *chunk.lines[row + 1 : end]))


def _marks(inline: Inline) -> Iterator[str]:
    if isinstance(inline, Str):
        yield from (match["label"] for match in _MARK.finditer(inline.text))


def _piece(text: Str, start: int, end: int) -> Inlines:
    return (Str(text.text[start:end], _at(text, start)),) if start < end else ()


def _at(text: Str, offset: int) -> Span:
    return Span(text.span.path, text.span.line, text.span.column + offset)
