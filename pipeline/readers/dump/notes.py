"""Footnotes as Markdown has them, "[^1]" in the text and "[^1]: …" at the end of the post, or as "[1]" and "[1] …".

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
_NUMBER: Final = r"\[(?P<label>[0-9]{1,3})\]"
_CITED: Final = re.compile(r"(?:^|[\s见見在由从從据據按如参參考献獻及和与與、(（])\[[0-9]{1,3}\]")
"""A number that is a word of its sentence: as in [1], 见[1]."""
_SENTENCE_END: Final = frozenset("。.!?！？…”」』)）")
"""How the text above numbered notes ends; a line that ends otherwise may be the title of a bibliography."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How notes are written."""

    definition: re.Pattern[str]
    mark: re.Pattern[str]


_MARKDOWN: Final = _Form(re.compile(rf"[ \t]{{0,3}}{_LABEL}:[ \t]*(?=\S)"), re.compile(_LABEL))
_NUMBERED: Final = _Form(re.compile(rf"[ \t]{{0,3}}{_NUMBER}[ \t]*(?=[^\s:：(\[])"), re.compile(_NUMBER))


@dataclass(frozen=True, slots=True)
class Notes:
    """The definitions that end a post, and the lines above them."""

    above: tuple[Line, ...]
    defined: Mapping[str, Blocks]
    mark: re.Pattern[str]

    def settled(self, blocks: Blocks) -> bool:
        """Whether each label is marked once in ``blocks``, in a paragraph, and outside links and headings."""
        anywhere = sorted(label for inline in iter_inlines(blocks) for label in self._marks(inline))
        running = (block.content for block in iter_blocks(blocks) if isinstance(block, Paragraph))
        in_text = sorted(label for content in running for inline in content for label in self._marks(inline))
        return anywhere == in_text == sorted(self.defined)

    def placed(self, blocks: Blocks) -> Blocks:
        """Return ``blocks`` with a ``Note`` in the place of each mark."""
        return map_blocks(blocks, self._noted)

    def _marks(self, inline: Inline) -> Iterator[str]:
        if isinstance(inline, Str):
            yield from (match["label"] for match in self.mark.finditer(inline.text))

    def _noted(self, inline: Inline) -> Inlines:
        if not isinstance(inline, Str):
            return (inline,)
        pieces: list[Inline] = []
        position = 0
        for match in self.mark.finditer(inline.text):
            pieces += _piece(inline, position, match.start())
            pieces.append(Note(self.defined[match["label"]], _at(inline, match.start())))
            position = match.end()
        return (*pieces, *_piece(inline, position, len(inline.text)))


def find_notes(lines: Sequence[Line]) -> Notes | None:
    """Return the notes that end a post; None where it defines none, or one of them twice."""
    notes = _notes(lines, _MARKDOWN) or _notes(lines, _NUMBERED)
    if notes and notes.mark is _NUMBERED.mark:
        above = next((line.text.rstrip() for line in reversed(notes.above) if not line.blank), "")
        in_order = [*notes.defined] == [str(number) for number in range(1, len(notes.defined) + 1)]
        cited = any(_CITED.search(line.text) for line in notes.above)
        return notes if in_order and not cited and above[-1:] in _SENTENCE_END else None
    return notes


def _notes(lines: Sequence[Line], form: _Form) -> Notes | None:
    rows = [row for row, line in enumerate(lines) if "[" in line.text and form.definition.match(line.text)]
    if not rows:
        return None
    chunks = split_chunks(lines[rows[0] :])
    if (rows[0] and not lines[rows[0] - 1].blank) or not all(form.definition.match(chunk.text) for chunk in chunks):
        return None
    defined: dict[str, Blocks] = {}
    for label, text in (found for chunk in chunks for found in _definitions(chunk, form)):
        if label in defined:
            return None
        defined[label] = (Paragraph(parse_inlines(text), text.span),)
    return Notes(tuple(lines[: rows[0]]), defined, form.mark)


def _definitions(chunk: Chunk, form: _Form) -> Iterator[tuple[str, Chunk]]:
    """Yield the labels of a chunk's definitions, and the text of each."""
    matches = {row: match for row, line in enumerate(chunk.lines) if (match := form.definition.match(line.text))}
    for row, end in pairwise((*matches, len(chunk.lines))):
        first = chunk.lines[row].drop(matches[row].end())
        yield matches[row]["label"], stripped((first, *chunk.lines[row + 1 : end]))


def _piece(text: Str, start: int, end: int) -> Inlines:
    return (Str(text.text[start:end], _at(text, start)),) if start < end else ()


def _at(text: Str, offset: int) -> Span:
    return Span(text.span.path, text.span.line, text.span.column + offset)
