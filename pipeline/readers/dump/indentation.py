"""The indentation of code, which a dump may have damaged: told from the lines, and restored as far as they tell it.

Such a dump had a listing indented as a whole, cut it at its empty lines and trimmed each piece. So the first line of a
piece lost all white space before it, and the other lines kept theirs, with that of the whole listing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from pipeline.readers.dump.code import sessions
from pipeline.readers.dump.code_tables import (
    CLOSING_TAG,
    COMMENT,
    CONTINUES,
    GOES_ON,
    HEADER,
    LITERAL,
    PROMPT,
    STATEMENT,
    TAG,
    TRAILING,
)
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.prose import single_line

_STEP: Final = 4  # columns by which a block is indented
_PYTHON: Final = ">>>"  # whose answers begin at the left


def damaged(chunk: Chunk) -> bool:
    """Whether the first line lost its indentation: the others are indented more than it can ask for."""
    first, *others = chunk.lines
    least = min((line.indent for line in others), default=0)
    if first.indent or not least:
        return False
    if TAG.match(first.text) and CLOSING_TAG.search(first.text):
        return True
    if PROMPT.match(first.text) and not first.text.startswith(_PYTHON):  # others' answers may begin anywhere
        return any(PROMPT.match(line.text) for line in others)
    if not STATEMENT.fullmatch(first.text) or _goes_on(first, others[0]):
        return False
    text = _uncommented(first)
    return least >= 2 * _STEP or not (text.endswith((":", "{", "[", ",")) or HEADER.fullmatch(text))


def with_indentation(chunks: Sequence[Chunk], code: Sequence[bool]) -> tuple[Chunk, ...]:
    """Return ``chunks`` with each damaged listing indented as it was, as far as its lines tell.

    Args:
        chunks: those of a body.
        code: which of them are code.
    """
    found: list[Chunk] = []
    for listed, run in groupby(zip(chunks, code, strict=True), itemgetter(1)):
        together = [chunk for chunk, _ in run]
        for listing in sessions(together) if listed else ():
            found += _restored(listing)
        found += () if listed else together
    return tuple(found)


def _restored(listing: Sequence[Chunk]) -> Sequence[Chunk]:
    """Return a listing with the first line of each piece where it belongs, and without the indentation of all of it.

    It stays as it is where a first line has white space before it, or a line below one has none: nobody trimmed that.
    """
    pieces = [chunk for chunk in listing if not single_line(chunk)]
    if any(chunk.lines[0].indent for chunk in listing) or not any(map(damaged, pieces)):
        return listing
    outermost = min((_least(chunk) for chunk in pieces if not _opens(chunk)), default=0)
    common = min(min(_least(chunk), _first_indent(chunk, outermost)) for chunk in pieces)
    if common <= 0:
        return listing
    return [chunk if single_line(chunk) else _moved(chunk, outermost, common) for chunk in listing]


def _moved(chunk: Chunk, outermost: int, common: int) -> Chunk:
    """Return a piece with its first line indented again, and without the indentation that is ``common``."""
    indents = (_first_indent(chunk, outermost), *(line.indent for line in chunk.lines[1:]))
    return Chunk(tuple(_at(line, indent - common) for line, indent in zip(chunk.lines, indents, strict=True)))


def _at(line: Line, indent: int) -> Line:
    """Return a line that begins where it did, with ``indent`` spaces before its text."""
    return Line(line.path, line.number, line.column, " " * indent + line.text.lstrip())


def _least(chunk: Chunk) -> int:
    """Return the indentation that all lines below the first one have in common."""
    return min((line.indent for line in chunk.lines[1:] if not line.blank), default=0)


def _first_indent(chunk: Chunk, outermost: int) -> int:
    """Return where the first line of a piece stood: as far right as the second one, or less where it opens something.

    That is a step, or as much as aligns the second line with what stands behind an open bracket.
    """
    second = chunk.lines[1].indent
    if not _opens(chunk):
        return second
    aligned = second - _behind_bracket(chunk.lines[0])
    return aligned if outermost <= aligned < second - _STEP else max(second - _STEP, outermost)


def _opens(chunk: Chunk) -> bool:
    """Whether the first line opens a block or a bracket, or goes on, so that the second one stands further right."""
    first, second = chunk.lines[:2]
    if COMMENT.match(first.text):
        return False
    text = _uncommented(first)
    opens = text.endswith(":") or HEADER.fullmatch(text) is not None
    return opens or _behind_bracket(first) > 0 or _goes_on(first, second)


def _behind_bracket(line: Line) -> int:
    """Return the offset behind the last bracket that a line leaves open; 0 where it closes all that it opens."""
    bare = LITERAL.sub(lambda match: "_" * len(match[0]), _uncommented(line))
    closed = 0
    for offset in range(len(bare), 0, -1):
        closed += (bare[offset - 1] in ")]}") - (bare[offset - 1] in "([{")
        if closed < 0:
            return offset
    return 0


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a statement is not at its end, so that what follows is indented."""
    text = _uncommented(line)
    open_bracket = text.count("(") > text.count(")")
    return open_bracket or bool(GOES_ON.search(text) or CONTINUES.match(following.text.lstrip()))


def _uncommented(line: Line) -> str:
    behind_strings = max(map(line.text.rfind, "\"'")) + 1
    comment = TRAILING.search(line.text, behind_strings)
    return line.text[: comment.start() if comment else None].rstrip()
