"""Lines of a source: the pieces that every rule of the dump reader works on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.source import SourceText


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its newline; ``start`` is the offset of its first character in the source."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset just after its last character."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on it."""
        return not self.text or self.text.isspace()


def split_lines(source: SourceText) -> tuple[Line, ...]:
    """Return every line of ``source``, blank ones too; only ``\\n`` ends a line."""
    lines = []
    start = 0
    for text in source.text.split("\n"):
        lines.append(Line(start, text))
        start += len(text) + 1
    return tuple(lines)
