"""Comments and strings of several lines: prose, Chinese often, that tells nothing about the code around them."""

from __future__ import annotations

from typing import Final

from pipeline.readers.dump.lines import Chunk, Line

_COMMENT: Final = ("/*", "*/")
_QUOTES: Final = ('"""', "'''")
_OPENING: Final = (_COMMENT[0], *_QUOTES)


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
