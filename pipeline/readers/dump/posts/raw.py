"""A post of a dump as its lines."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.dump.dates import DateLine
from pipeline.readers.dump.lines import Line
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as lines."""

    date: DateLine
    date_line: Line
    title: Line
    body: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """Where it begins."""
        first = min(self.date_line, self.title, key=lambda line: line.number)
        return first.strip().span
