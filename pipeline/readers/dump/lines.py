"""Lines of a source and runs of them: the pieces that every rule of the dump reader works on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.source import SourceText, Span

_TAB = 4  # columns a tab stands for where indentation is compared


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its newline, or the rest of one; ``column`` is where it begins, from 1."""

    path: str
    number: int
    column: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on it."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """How far its first character stands from the left; a tab counts as four."""
        blanks = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(blanks) + (_TAB - 1) * blanks.count("\t")

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.at(0)

    def at(self, offset: int) -> Span:
        """Return the place of its character at ``offset``."""
        return Span(self.path, self.number, self.column + offset)

    def drop(self, count: int) -> Line:
        """Return it without its first ``count`` characters."""
        return Line(self.path, self.number, self.column + count, self.text[count:])

    def strip(self) -> Line:
        """Return it without the white space around it."""
        text = self.text.strip()
        if text == self.text:
            return self
        return Line(self.path, self.number, self.column + len(self.text) - len(self.text.lstrip()), text)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that follow one another, as one text; usually they stand between blank lines."""

    lines: tuple[Line, ...]
    text: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join the lines and index where each begins."""
        starts, position = [], 0
        for line in self.lines:
            starts.append(position)
            position += len(line.text) + 1
        object.__setattr__(self, "text", "\n".join(line.text for line in self.lines))
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.lines[0].strip().span

    def at(self, offset: int) -> Span:
        """Return the place of the character of ``text`` at ``offset``."""
        row = bisect_right(self._starts, offset) - 1
        line = self.lines[row]
        return Span(line.path, line.number, line.column + offset - self._starts[row])

    def row(self, offset: int) -> int:
        """Return which of its lines the character of ``text`` at ``offset`` stands on, from 0."""
        return bisect_right(self._starts, offset) - 1


def split_lines(source: SourceText) -> tuple[Line, ...]:
    """Return every line of ``source``, blank ones too; only ``\\n`` ends a line."""  # noqa: D301 - one escape
    return tuple(Line(source.path, number, 1, text) for number, text in enumerate(source.text.split("\n"), 1))


def stripped(lines: Sequence[Line]) -> Chunk:
    """Return ``lines`` as running text: without the white space that begins and ends each of them."""
    return Chunk(tuple(line.strip() for line in lines))
