"""Decoded source text and the places in it.

Everything downstream speaks of places as ``Span``: a path, a line and a column, both counted from 1, columns in
characters (not bytes, not screen cells), which is what editors show.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path


def path_text(path: Path) -> str:
    """Return how messages and titles name a file; what of its name is no UTF-8 is shown as such."""
    return os.fsencode(path).decode("utf-8", "replace")


def line_starts(text: str) -> tuple[int, ...]:
    """Return where each line begins; ``splitlines`` would also split on VT, FF, NEL and U+2028."""
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return tuple(starts)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something starts in a source."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class SourceText:
    r"""One source as text: newlines are ``\n`` alone, and every character is one that XML 1.0 can hold.

    ``path`` is shown in messages, as the user gave it. Of the artefacts, only the reports contain it.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _lines: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the line starts once."""
        object.__setattr__(self, "_starts", line_starts(self.text))

    def span(self, offset: int) -> Span:
        """Return the place of the character at ``offset`` (0 ≤ offset ≤ length)."""
        row = bisect_right(self._starts, offset) - 1
        return Span(self.path, row + 1, offset - self._starts[row] + 1)

    def line(self, number: int) -> str:
        """Return line ``number`` (from 1) without its newline; empty when there is no such line.

        A line is cut out once: a long one may have as many findings as characters.
        """
        if not 1 <= number <= len(self._starts):
            return ""
        if number not in self._lines:
            start = self._starts[number - 1]
            end = self.text.find("\n", start)
            self._lines[number] = self.text[start:] if end < 0 else self.text[start:end]
        return self._lines[number]
