"""Comments and strings of several lines: prose, Chinese often, that tells nothing about the code around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.readers.dump.code_layout import has_paragraph
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.prose import has_cjk

_COMMENT: Final = ("/*", "*/")
_QUOTES: Final = ('"""', "'''")
_OPENING: Final = (_COMMENT[0], *_QUOTES)
_FARTHEST: Final = 12  # chunks, in which what a chunk opens must end


def with_open_strings(chunks: Sequence[Chunk], code: Sequence[bool]) -> list[bool]:
    """Return ``code`` with what stands in a comment or a string that a chunk of code opens and a later one ends."""
    listed = list(code)
    begun, closing = 0, ""
    for index, chunk in enumerate(chunks):
        if closing and (index - begun > _FARTHEST or has_paragraph(chunk)):
            closing = ""
        if not closing and not code[index] and not chunk.text.startswith(_OPENING):
            continue
        states = list(_states(chunk, closing))
        if closing and "" in states:
            listed[begun:index] = [True] * (index - begun)
            listed[index] = True
        if not closing or "" in states:
            begun = index
        closing = states[-1]
    return listed


def _states(chunk: Chunk, closing: str) -> Iterator[str]:
    """Yield, behind each line, what would end the comment or the string that is open there."""
    for line in chunk.lines:
        text = line.text.strip()
        if not closing:
            closing = _closing(text)
        elif _ends(text, closing) and not has_cjk(text.rpartition(closing)[2]):
            closing = ""
        yield closing


def only_comments(chunk: Chunk) -> bool:
    """Whether nothing but such comments is in a chunk."""
    return not _outside(chunk)


def uncommented(chunk: Chunk) -> Chunk:
    """Return a chunk without the lines of such comments; as it was where it has no others."""
    lines = _outside(chunk)
    return Chunk(lines) if lines and len(lines) < len(chunk.lines) else chunk


def _outside(chunk: Chunk) -> tuple[Line, ...]:
    """Return the lines outside comments, those with code before a string among them; what does not end is none."""
    if not any(mark in chunk.text for mark in _OPENING):
        return chunk.lines
    told: list[Line] = []
    comment: list[Line] = []
    closing = ""
    for line in chunk.lines:
        text = line.text.strip()
        if closing:
            comment.append(line)
            if _ends(text, closing):
                closing, comment = "", []
        elif text.startswith(_COMMENT[0]) and text.endswith(_COMMENT[1]):
            continue
        elif closing := _closing(text):
            (comment if text.startswith(_OPENING) else told).append(line)
        else:
            told.append(line)
    return (*told, *comment)


def _closing(text: str) -> str:
    """Return what ends the comment or string that a line begins and leaves open; nothing where it begins none."""
    opening, closing = _COMMENT
    if text.startswith(opening):
        return "" if closing in text else closing
    return next((quotes for quotes in _QUOTES if text.count(quotes) % 2), "")


def _ends(text: str, closing: str) -> bool:
    return text.endswith(closing) if closing == _COMMENT[1] else text.count(closing) % 2 == 1
