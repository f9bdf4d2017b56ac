r"""Tables as LaTeX: columns share the line, and a row that is taller than a page goes on in the next.

A longtable breaks between rows alone, so what a page has no room for would be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from math import ceil
from typing import Final

from pipeline.document import (
    Alignment,
    Container,
    Inline,
    InlineCode,
    Inlines,
    Math,
    Note,
    Str,
    Table,
)
from pipeline.walk import descend
from pipeline.writers.latex.columns import Columns, columns_of
from pipeline.writers.latex.inlines import inlines_to_latex
from pipeline.writers.latex.setting import FormulaSetter, Setting, begins
from pipeline.writers.widths import width_of

_COLUMN: Final = {
    Alignment.DEFAULT: r"\raggedright",
    Alignment.LEFT: r"\raggedright",
    Alignment.CENTER: r"\centering",
    Alignment.RIGHT: r"\raggedleft",
}
_COMFORTABLE: Final = 8  # columns that a line has room for at the usual size
_RULES: Final = 2.0  # lines that rules and their space take, and that lines are less full than they may be
_MOST_TOGETHER: Final = 0.5  # of a page: a taller table, or row, is divided
_PHRASE: Final = re.compile(r"[^\s。；，、！？]*[\s。；，、！？]*")


def table_to_latex(table: Table, setting: Setting, number: int | None = None) -> str:
    """Return a table with its caption; nothing for one without columns. ``number`` is that of the block.

    Of the head no page is noted: longtable copies it to every page.
    """
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ""
    found = columns_of(table, setting.page)
    gap = "\\addlinespace[.25em]\n" if any(map(found.wraps, table.rows)) else ""
    rows = [divided_row(row, found.most) for row in table.rows]
    header = table.header_rows if all(len(row) == 1 for row in rows[: table.header_rows]) else 0
    starts = ("" if part < header else begins(number, part) for part in range(len(rows)))
    lines = [
        [_line(first, setting, start), *(_line(piece, setting) for piece in rest)]
        for (first, *rest), start in zip(rows, starts, strict=True)
    ]
    rule = "\\midrule" if _noted(table.rows[:header]) else "\\midrule\\endhead"
    head = "\n".join(line for rows in lines[:header] for line in rows) + f"\n{rule}\n" if header else ""
    body = f"\n{gap}".join("\n".join(rows) for rows in lines[header:])
    caption = rf"\tablecaption{{{inlines_to_latex(table.caption, setting)}}}" + "\n" if table.caption else ""
    name, crowd = (found.environment, "") if columns <= _COMFORTABLE else ("crowdedtable", f"{{{columns}}}")
    room = f"{{{_lines_together(table, found)}}}"
    specification = "".join(
        rf"{_column(table, column)}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep}}"
        for column, share in enumerate(found.shares)
    )
    return f"{caption}\\begin{{{name}}}{crowd}{room}{{{specification}}}\n{head}{body}".rstrip() + f"\n\\end{{{name}}}"


def _lines_together(table: Table, found: Columns) -> int:
    """Return how many lines of the book's text should stand on one page: a small table, the first rows of another."""
    most = found.page.text_height / found.page.leading * _MOST_TOGETHER
    rows = [found.lines(row) * found.size for row in table.rows]
    whole = sum(rows) + _RULES
    return ceil(whole if whole <= most else min(sum(rows[: table.header_rows + 1]) + _RULES, most))


def _noted(rows: Iterable[tuple[Inlines, ...]]) -> bool:
    """Whether a cell has a note: what longtable repeats on every page loses those."""
    return any(isinstance(inline, Note) for row in rows for cell in row for inline in descend(cell))


def _line(row: tuple[Inlines, ...], setting: Setting, beginning: str = "") -> str:
    setting = replace(setting, formula=partial(_in_cell, setting.formula), in_cell=True)
    cells = [inlines_to_latex(cell, setting).strip() for cell in row]
    filled = next((place for place, cell in enumerate(cells) if cell), None)
    return " & ".join(beginning * (place == filled) + cell for place, cell in enumerate(cells)) + r" \\"


def _in_cell(formula: FormulaSetter, math: Math, indent: int, number: int | None) -> str:
    tex = formula(math, indent, number)
    return rf"\incell{{{tex}}}" if tex and not math.display else tex


def _column(table: Table, column: int) -> str:
    alignment = table.alignments[column] if column < len(table.alignments) else Alignment.DEFAULT
    return rf">{{{_COLUMN[alignment]}\arraybackslash}}"


def divided_row(row: tuple[Inlines, ...], most: list[float]) -> list[tuple[Inlines, ...]]:
    """Divide a row in which a cell is too long: what is left of it goes on in rows that hold nothing else.

    The text stays in its order: the next cell begins beside the end of the one before it.
    """
    rows: list[list[Inlines]] = [[() for _ in row]]
    for column, cell in enumerate(row):
        first, *rest = _pieces(cell, most[column])
        rows[-1][column] = first
        for piece in rest:
            rows.append([() for _ in row])
            rows[-1][column] = piece
    return [tuple(cells) for cells in rows]


def _pieces(cell: Inlines, most: float) -> list[Inlines]:
    """Divide a cell into pieces of at most so many characters, at the ends of phrases; mostly there is one."""
    if width_of(cell) <= most:
        return [cell]
    pieces: list[list[Inline]] = [[]]
    width = 0.0
    for inline in _phrases(cell, most):
        width += width_of((inline,))
        if width > most / 2 and pieces[-1]:  # smaller ones fill their pages better
            pieces.append([])
            width = width_of((inline,))
        pieces[-1].append(inline)
    return [tuple(piece) for piece in pieces]


def _phrases(inlines: Inlines, most: float) -> Iterator[Inline]:
    """Divide text into phrases, and what is longer than ``most`` wherever it may be."""
    for inline in inlines:
        if isinstance(inline, Str | InlineCode):
            for phrase in filter(None, _PHRASE.findall(inline.text)):
                size = len(phrase) if width_of((replace(inline, text=phrase),)) <= most else max(int(most), 1)
                yield from (replace(inline, text=phrase[at : at + size]) for at in range(0, len(phrase), size))
        elif isinstance(inline, Container):
            for phrase in _phrases(inline.content, most):
                yield replace(inline, content=(phrase,))
        else:
            yield inline
