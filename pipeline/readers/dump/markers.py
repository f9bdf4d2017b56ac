"""The line that tells that a post was cut: "点击阅读全文...", "Read more »"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.fold import fold
from pipeline.readers.dump.lines import Chunk, Line

_AROUND: Final = " \t\u3000.…。·>»→›～~—-[]()【】（）<«"
_LONGEST: Final = 80
_AFTER: Final = 3  # short lines that may follow: tags, the number of comments
_LAST: Final = 20  # lines of a body among which the marker is, empty ones included
_ELLIPSES: Final = ("[...]", "[…]")  # all that some programs leave at a cut
_CUT: Final = ("…", "...", "…]", "...]")  # how text ends where a marker follows it on the same line


def is_read_more(text: str, markers: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``markers``, with at most dots, arrows and brackets around it.

    A marker in brackets, such as "(more…)", is none without them.
    """
    if len(text) > _LONGEST:
        return False
    return not _folded(tuple(markers)).isdisjoint((fold(text.strip(_AROUND)), fold(text)))


def markers_of(markers: Sequence[str], title: str, body: Sequence[Line]) -> tuple[str, ...]:
    """Return ``markers`` and an ellipsis in brackets; also what they read with the title behind, if the end has it.

    "Continue reading “How to count”" is such a marker. Without any markers nothing is one.
    """
    if not markers:
        return ()
    title = title.strip()
    named = any(fold(title) in fold(line.text) for line in body[-_LAST:] if len(line.text) <= _LONGEST)
    titled = (f"{marker} {mark}{title}{mark}" for marker in markers for mark in ("", '"', "'")) if named else ()
    return (*markers, *_ELLIPSES, *titled)


def find_read_more(chunks: Sequence[Chunk], markers: Sequence[str]) -> int | None:
    """Return the index of the chunk that says that the post was cut: the last one, or with a few short lines after it.

    With more text after it such a line is part of the text: the post does not end there.
    """
    for index in range(len(chunks) - 1, max(-1, len(chunks) - 2 - _AFTER), -1):
        if is_read_more(chunks[index].text, markers):
            return index
        if len(chunks[index].text) > _LONGEST:
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
    start = _marker_start(line, markers)
    if start is None:
        return chunks
    cut = Line(line.path, line.number, line.column, line.text[:start])
    return (*before, Chunk((*lines, cut)), Chunk((line.drop(start),)))


def _marker_start(line: Line, markers: Sequence[str]) -> int | None:
    """Return where on ``line`` a marker begins that ends it, after text that was visibly broken off."""
    if not any(cut in line.text for cut in _CUT):
        return None
    lowered = line.text.casefold()
    for marker in markers:
        start = lowered.rfind(marker.casefold())
        broken_off = marker in _ELLIPSES or line.text[: max(start, 0)].rstrip().endswith(_CUT)
        if start > 0 and broken_off and is_read_more(line.text[start:], markers):
            return start
    return None


@lru_cache(maxsize=8)
def _folded(markers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(marker if marker[:1] in "([" else marker.strip(_AROUND)) for marker in markers) - {""}
