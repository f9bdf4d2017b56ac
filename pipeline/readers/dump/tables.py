"""Tables of aligned columns: lines cut by tabs, or by two spaces and more, at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import east_asian_width

from pipeline.document import Alignment, Cell, Table
from pipeline.readers.dump.inlines import parse_line
from pipeline.readers.dump.lines import Chunk, Line
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.prose import blotted

_DASHES: Final = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?")
_CELL: Final = re.compile(r"\S+(?: \S+)*")
_GAP: Final = re.compile(r"\S(?:  |\t)")
_UNDERLINE: Final = re.compile(r"[-=─]{2,}")
_NUMBER: Final = re.compile(r"[-+±~$¥€£]?[0-9][0-9.,]*(?:%|‰|[a-zA-Z]{1,2})?")
_LONGEST: Final = 400  # characters of a row
_FORMULA: Final = re.compile(r"\0+")
SOLID: Final = re.compile(r"\s*[-=─]{5,}\s*")  # a rule across all columns
_FEWEST: Final = 3  # rows, or with tabs columns: two lines with a wide space each are no table
_SENTENCES: Final = frozenset("。！？.!?;；")

_Row = tuple[tuple[int, int], ...]


def drawn_with_pipes(chunk: Chunk) -> bool:
    """Whether the second line of a chunk or one below it is the row of dashes of a table drawn with pipes."""
    return any("|" in line.text and _DASHES.fullmatch(line.text.strip()) for line in chunk.lines[1:])


def parse_table(chunk: Chunk) -> Table | None:
    """Return the table that a chunk is, or None."""
    ruled = len(chunk.lines) > _FEWEST and SOLID.fullmatch(chunk.lines[1].text) is not None
    if ruled:
        chunk = Chunk((chunk.lines[0], *chunk.lines[2:]))
    if len(chunk.lines) < 2 or not all(_may_be_row(line) for line in chunk.lines):  # noqa: PLR2004 - two rows
        return None
    rows = [_cut(line) for line in chunk.lines]
    if len(rows) < _FEWEST and not _two_rows(chunk.lines, rows):
        return None
    if len(rows[0]) < _FEWEST and all(map(marker_of, chunk.lines)):  # points with a tab behind their marks
        return None
    if len(rows[0]) == len(rows[1]) - 1 and chunk.lines[0].indent:
        rows[0] = ((0, 0), *rows[0])  # the corner of a table with a head on both sides
    columns = len(rows[0])
    if columns < 2 or any(len(row) != columns for row in rows) or not _aligned(chunk, rows):  # noqa: PLR2004 - two columns
        return None
    return _table(chunk, rows, ruled=ruled)


def _two_rows(lines: tuple[Line, ...], rows: list[_Row]) -> bool:
    """Whether two lines alone are a table: no sentences, cut by tabs into three columns and more, or into numbers."""
    tabs = all("\t" in line.text.strip() and line.text.rstrip()[-1] not in _SENTENCES for line in lines)
    numeric = all(map(_NUMBER.fullmatch, _texts(lines[1], rows[1])))
    return tabs and (numeric or len(rows[0]) >= _FEWEST)


def _may_be_row(line: Line) -> bool:
    return len(line.text) <= _LONGEST and _GAP.search(line.text) is not None


def _cut(line: Line) -> _Row:
    """Return where the cells of a line stand; formulas are never cut."""
    text = blotted(line.text)
    if "\t" in line.text.strip():
        return tuple(match.span() for match in re.compile(r"[^\t]+").finditer(text) if match[0].strip())
    return tuple(match.span() for match in _CELL.finditer(text))


def _aligned(chunk: Chunk, rows: list[_Row]) -> bool:
    """Whether each column begins or ends at one place on the screen; tabs always line up."""
    if all("\t" in line.text.strip() for line in chunk.lines):
        return True
    screens = [_screen(line.text) for line in chunk.lines]
    for column in range(len(rows[0])):
        starts = {screen[row[column][0]] for screen, row in zip(screens, rows, strict=True)}
        ends = {screen[row[column][1]] for screen, row in zip(screens, rows, strict=True)}
        if len(starts) > 1 and len(ends) > 1:
            return False
    return True


def _screen(text: str) -> list[int]:
    """Return the column on a screen of each character of ``text``, and of its end: wide characters take two."""
    columns = [0]
    for character in text:
        columns.append(columns[-1] + (2 if east_asian_width(character) in "WF" else 1))
    return columns


def _table(chunk: Chunk, rows: list[_Row], *, ruled: bool) -> Table:
    underlined = len(rows) > 1 and all(_UNDERLINE.fullmatch(text) for text in _texts(chunk.lines[1], rows[1]))
    kept = [index for index in range(len(rows)) if not (underlined and index == 1)]
    cells = tuple(tuple(_cell(chunk.lines[index], *span) for span in rows[index]) for index in kept)
    head, *body = [_texts(chunk.lines[index], rows[index]) for index in kept]
    numeric = [_all(_NUMBER, column) for column in zip(*body, strict=True)]
    headed = ruled or underlined or _is_head(head, body)
    alignments = tuple(Alignment.RIGHT if number else Alignment.DEFAULT for number in numeric)
    return Table(cells, alignments, chunk.span, header_rows=int(headed))


def _is_head(head: list[str], body: list[list[str]]) -> bool:
    """Whether a row of words stands above a column that is all numbers, or all formulas."""
    return any(
        any(_all(kind, column) for column in zip(*body, strict=True)) and not any(map(kind.fullmatch, head))
        for kind in (_NUMBER, _FORMULA)
    )


def _all(kind: re.Pattern[str], texts: Iterable[str]) -> bool:
    return all(map(kind.fullmatch, texts))


def _texts(line: Line, row: _Row) -> list[str]:
    text = blotted(line.text)
    return [text[start:end].strip() for start, end in row]


def _cell(line: Line, start: int, end: int) -> Cell:
    return parse_line(Line(line.path, line.number, line.column + start, line.text[start:end]))
