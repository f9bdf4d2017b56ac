"""The line that tells that a post of a dump was cut, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.fold import fold
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.read_more import LONGEST, is_read_more, marker_start, markers_for

_AFTER: Final = 3  # short lines that may follow: tags, the number of comments
_LAST: Final = 20  # lines of a body among which the marker is, empty ones included


def markers_of(markers: Sequence[str], title: str, body: Sequence[Line]) -> tuple[str, ...]:
    """Return ``markers`` as ``markers_for`` does, with those that name the title only if the end of the body has it."""
    title = title.strip()
    named = any(fold(title) in fold(line.text) for line in body[-_LAST:] if len(line.text) <= LONGEST)
    return markers_for(markers, title if named else "")


def find_read_more(chunks: Sequence[Chunk], markers: Sequence[str]) -> int | None:
    """Return the index of the chunk that says that the post was cut: the last one, or with a few short lines after it.

    With more text after it such a line is part of the text: the post does not end there.
    """
    for index in range(len(chunks) - 1, max(-1, len(chunks) - 2 - _AFTER), -1):
        if is_read_more(chunks[index].text, markers):
            return index
        if len(chunks[index].text) > LONGEST:
            break
    return None


def set_apart(chunks: tuple[Chunk, ...], markers: Sequence[str]) -> tuple[Chunk, ...]:
    """Return ``chunks`` with the marker on a chunk of its own where the last one merely ends in it."""
    if not chunks or not markers:
        return chunks
    *before, last = chunks
    *lines, line = last.lines
    if lines and is_read_more(line.text, markers):
        return (*before, Chunk(tuple(lines)), Chunk((line,)))
    start = marker_start(line.text, markers)
    if start is None:
        return chunks
    cut = Line(line.path, line.number, line.column, line.text[:start])
    return (*before, Chunk((*lines, cut)), Chunk((line.drop(start),)))
