"""How the columns of a table share the line, judged by their cells before anything is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, TypeAlias

from pipeline.document import Inline, Inlines, LineBreak, Math, Str, Table
from pipeline.walk import descend
from pipeline.writers.latex.page import Page
from pipeline.writers.widths import between_relations, text_width, width_of

_NARROWEST_TABLE: Final = 0.7  # of the line; a table that needs more fills it
_NARROWEST_COLUMN: Final = 0.1  # of the line, unless it has many
_LONGEST_CELL: Final = 40  # characters beyond which a cell wraps rather than widens its column
_MOST_FOR_WORDS: Final = 0.3  # of the line, that a column gets because of its longest word
_FULL: Final = 0.4  # of a page: a taller cell is divided; how high text will be is known by half
_SHORT: Final = (8.0, 7.0, 6.0, 5.0, 4.0, 0.0)  # ems; a line of so many ideographs looks divided if it is
_WORD: Final = re.compile(r"[（《“]?[!-.0-~\u00a1-\u024f]{1,25}[/）》”，。、：；！？]?")
_CAPITAL: Final = 0.2  # ems by which capitals are wider than letters on average
_SMALLER: Final = 0.78  # of the size of the text; so small a formula may be that its column has no room for
_NOWHERE: Final = re.compile(r"(?!)")
_BRACKET: Final = re.compile(r"\s*(?=[（(])")

_Cell: TypeAlias = list[float]
"""How wide the lines are that the source divides a cell into, in characters; mostly there is one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The shares of the line that columns have, and the environment that sets them."""

    page: Page
    environment: str
    size: float  # of the text, in that of the book's
    between: float  # characters, on both sides of a cell together
    shares: tuple[float, ...] = ()

    @property
    def rooms(self) -> list[float]:
        """How many characters a line of a cell holds, column by column."""
        line = self.page.text_width / self.page.size
        return [max(share * line / self.size - self.between, 1) for share in self.shares]

    @property
    def most(self) -> list[float]:
        """How many characters a cell may have so that it does not fill a page, column by column."""
        lines = self.page.text_height / self.page.leading / self.size
        return [max(room * lines * _FULL, 1) for room in self.rooms]

    def share_for(self, width: float) -> float:
        """Return what a column takes of the line whose cells are so many characters wide."""
        return (width * self.size + self.between) * self.page.size / self.page.text_width

    def lines(self, row: tuple[Inlines, ...]) -> int:
        """Return how many lines a row has: as many as its tallest cell."""
        cells = zip(_cells(row), self.rooms, strict=False)
        return max((sum(max(ceil(width / room), 1) for width in lines) for lines, room in cells), default=1)

    def wraps(self, row: tuple[Inlines, ...]) -> bool:
        """Whether a cell has more than one line, so that rows have to be told apart."""
        return self.lines(row) > 1


def columns_of(table: Table, page: Page) -> Columns:
    """Columns are as wide as their longest cells where the line has room for all of them, be it in smaller text.

    Else they share the line by their longest cells; none gets much less than its equal part, or its words.
    """
    usual = Columns(page, "booktable", size=0.9, between=1.4)
    tight = Columns(page, "tighttable", size=0.8, between=1.0)
    for columns in (usual, tight):
        natural = _natural(table, columns)
        if sum(natural) <= 1:
            return replace(columns, shares=tuple(share / max(sum(natural), _NARROWEST_TABLE) for share in natural))
    return replace(usual, shares=_shared(table, usual))


def _natural(table: Table, columns: Columns) -> list[float]:
    """Return what each column takes of the line if none of its cells is wrapped."""
    rows = [_cells(row) for row in table.rows]
    needed = _needed(table, columns, 0)
    longest = [max((max(row[i]) for row in rows if i < len(row)), default=0) for i in range(len(needed))]
    return [max(columns.share_for(width), need) for width, need in zip(longest, needed, strict=True)]


def _shared(table: Table, columns: Columns) -> tuple[float, ...]:
    """Return shares of a line without room for all that is wanted: what is needed and a part of the rest."""
    needs = (_needed(table, columns, short) for short in _SHORT)
    needed = next((need for need in needs if sum(need) <= 1), _needed(table, columns, 0))
    lengths = [_longest_cell(table, column) + 2 for column in range(len(needed))]
    wanted = [max(length / sum(lengths), need) for length, need in zip(lengths, needed, strict=True)]
    spare, more = 1 - sum(needed), sum(wanted) - sum(needed)
    if more <= spare:
        return tuple(wanted)
    if spare <= 0:
        return tuple(need / sum(needed) for need in needed)
    return tuple(need + (share - need) * spare / more for need, share in zip(needed, wanted, strict=True))


def _needed(table: Table, columns: Columns, short: float) -> list[float]:
    """Return what each column needs of the line for what nothing may divide; of its lines, those that are so short."""
    count = max(map(len, table.rows))
    least = min(_NARROWEST_COLUMN, 0.8 / count)
    return [max(min(columns.share_for(_undivided(table, i, short)), _MOST_FOR_WORDS), least) for i in range(count)]


def _undivided(table: Table, column: int, short: float) -> float:
    """Return how wide a column's longest word, short line, or part of a formula is, in characters."""
    cells = [row[column] for row in table.rows if column < len(row)]
    lines = (width for cell in cells for width in _lines(cell, _BRACKET) if width <= short)
    parts = (width for cell in cells for inline in descend(cell) for width in _unbroken(inline))
    return max((*lines, *parts), default=0)


def _unbroken(inline: Inline) -> list[float]:
    match inline:
        case Str(text=text):
            return [text_width(word) + sum(map(str.isupper, word)) * _CAPITAL for word in _WORD.findall(text)]
        case Math(display=False):
            return [width * _SMALLER for width in between_relations(inline)]
        case _:
            return []


def _longest_cell(table: Table, column: int) -> float:
    cells = (row[column] for row in table.rows if column < len(row))
    return max((min(max(_lines(cell)), _LONGEST_CELL) for cell in cells), default=0)


def _cells(row: tuple[Inlines, ...]) -> list[_Cell]:
    return [_lines(cell) for cell in row]


def _lines(cell: Inlines, at: re.Pattern[str] = _NOWHERE) -> _Cell:
    """Return how wide the lines of a cell are; those that ``at`` finds a place in are divided there."""
    lines = [0.0]
    for inline in cell:
        match inline:
            case LineBreak():
                lines.append(0.0)
            case Str(text=text):
                first, *others = map(text_width, at.split(text))
                lines[-1] += first
                lines += others
            case _:
                lines[-1] += width_of((inline,))
    return lines
