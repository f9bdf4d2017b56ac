"""A source text with passages replaced before another program reads it, and the way back to the places in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.source import SourceText, Span, line_starts


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text[start:end]`` is to be replaced."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What ``source`` became. ``_pieces`` says where each piece of ``text`` begins, and where in the source it did."""

    source: SourceText
    text: str
    _lines: tuple[int, ...]
    _starts: tuple[int, ...]
    _origins: tuple[tuple[int, bool], ...]  # offset in the source, and whether the piece is a replacement

    def locate(self, line: int, column: int) -> Span:
        """Return the place in the source of a line and column of ``text``; those of a replacement are its start's."""
        start = self._lines[min(line, len(self._lines)) - 1]
        offset = min(start + column - 1, len(self.text))
        piece = bisect_right(self._starts, offset) - 1
        origin, replaced = self._origins[piece]
        beyond = 0 if replaced else offset - self._starts[piece]
        return self.source.span(min(origin + beyond, len(self.source.text)))


def rewrite(source: SourceText, edits: Iterable[Edit], start: int = 0) -> Rewritten:
    """Apply ``edits`` to what follows ``start``; of two that overlap, the one that begins first counts."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, bool]] = []
    length, done = 0, start

    def add(piece: str, origin: int, *, replaced: bool) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            origins.append((origin, replaced))
            length += len(piece)

    for edit in sorted(edits):
        if edit.start >= done:
            add(source.text[done : edit.start], done, replaced=False)
            add(edit.replacement, edit.start, replaced=True)
            done = edit.end
    add(source.text[done:], done, replaced=False)
    text = "".join(pieces)
    return Rewritten(source, text, line_starts(text), tuple(starts) or (0,), tuple(origins) or ((start, False),))
