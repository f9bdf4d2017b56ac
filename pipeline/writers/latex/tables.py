r"""Tables as LaTeX: columns share the line, and a row that is taller than a page goes on in the next.

A longtable breaks between rows alone, so what a page has no room for would be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.document import (
    Alignment,
    Code,
    Emph,
    Inline,
    Inlines,
    Link,
    Math,
    Note,
    PostRef,
    Str,
    Strikeout,
    Strong,
    Table,
)
from pipeline.walk import descend
from pipeline.writers.latex.inlines import inlines_to_latex, plain_text
from pipeline.writers.latex.page import Page
from pipeline.writers.latex.setting import FormulaSetter, Setting
from pipeline.writers.widths import LATIN, width_of

_COLUMN: Final = {
    Alignment.DEFAULT: r"\raggedright",
    Alignment.LEFT: r"\raggedright",
    Alignment.CENTER: r"\centering",
    Alignment.RIGHT: r"\raggedleft",
}
_NARROWEST_TABLE: Final = 30  # characters that share the whole line
_COMFORTABLE: Final = 8  # columns that a line has room for at the usual size
_LONGEST_CELL: Final = 40  # characters beyond which a cell wraps rather than widens its column
_MOST_FOR_WORDS: Final = 0.3  # of the line, that a column gets because of its longest word
_SMALL: Final = 0.9  # size of a table's text, in that of the book's
_BETWEEN: Final = 1.4  # characters that the space between columns takes
_FULL: Final = 0.4  # of a page: a taller cell is divided; how high text will be is known by half
_SHORT: Final = 6.0  # ems; a cell of so many ideographs is one word, or looks divided if it is
_WORD: Final = re.compile(r"[!-~\u00a1-\u024f]{1,25}")
_PHRASE: Final = re.compile(r"[^\s。；，、！？]*[\s。；，、！？]*")


def table_to_latex(table: Table, setting: Setting) -> str:
    """Return a table with its caption; nothing for one without columns."""
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ""
    shares = _shares(table, columns, setting.page)
    most = [_room(share, setting.page) for share in shares]
    in_line = [_in_line(share, setting.page) for share in shares]
    gap = "\\addlinespace[.25em]\n" if any(_wraps(row, in_line) for row in table.rows) else ""
    lines = [[_line(row, setting) for row in divided_row(row, most)] for row in table.rows]
    header = table.header_rows if all(len(rows) == 1 for rows in lines[: table.header_rows]) else 0
    rule = "\\midrule" if _noted(table.rows[:header]) else "\\midrule\\endhead"
    head = "\n".join(line for rows in lines[:header] for line in rows) + f"\n{rule}\n" if header else ""
    body = f"\n{gap}".join("\n".join(rows) for rows in lines[header:])
    caption = rf"\tablecaption{{{inlines_to_latex(table.caption, setting)}}}" + "\n" if table.caption else ""
    name, crowd = ("booktable", "") if columns <= _COMFORTABLE else ("crowdedtable", f"{{{columns}}}")
    specification = "".join(
        rf"{_column(table, column)}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep}}"
        for column, share in enumerate(shares)
    )
    return f"{caption}\\begin{{{name}}}{crowd}{{{specification}}}\n{head}{body}".rstrip() + f"\n\\end{{{name}}}"


def _noted(rows: Iterable[tuple[Inlines, ...]]) -> bool:
    """Whether a cell has a note: what longtable repeats on every page loses those."""
    return any(isinstance(inline, Note) for row in rows for cell in row for inline in descend(cell))


def _line(row: tuple[Inlines, ...], setting: Setting) -> str:
    setting = replace(setting, formula=partial(_in_cell, setting.formula))
    return " & ".join(inlines_to_latex(cell, setting).strip() for cell in row) + r" \\"


def _wraps(row: tuple[Inlines, ...], in_line: list[float]) -> bool:
    """Whether a cell has more than one line, so that rows have to be told apart."""
    return any(width_of(cell) > room for cell, room in zip(row, in_line, strict=False))


def _in_cell(formula: FormulaSetter, math: Math, indent: int, number: int | None) -> str:
    tex = formula(math, indent, number)
    return rf"\incell{{{tex}}}" if tex and not math.display else tex


def _shares(table: Table, columns: int, page: Page) -> list[float]:
    """Columns share the line's width by their longest cells; none gets much less than its equal part, or its words."""
    lengths = [_longest_cell(table, column) + 2 for column in range(columns)]
    total = max(sum(lengths), _NARROWEST_TABLE)
    words = [min(_for_words(table, column, page), _MOST_FOR_WORDS) for column in range(columns)]
    needed = [max(word, min(0.1, 0.8 / columns)) for word in words]
    wanted = [max(length / total, need) for length, need in zip(lengths, needed, strict=True)]
    return _within(needed, wanted)


def _within(needed: list[float], wanted: list[float]) -> list[float]:
    """Return shares of one line: what is wanted where there is room, else what is needed and a part of the rest."""
    spare, more = 1 - sum(needed), sum(wanted) - sum(needed)
    if more <= spare:
        return wanted
    if spare <= 0:
        return [share / sum(wanted) for share in wanted]
    return [need + (share - need) * spare / more for need, share in zip(needed, wanted, strict=True)]


def _for_words(table: Table, column: int, page: Page) -> float:
    """Return what a column needs of the line for its longest word or short cell, which nothing may divide."""
    cells = [row[column] for row in table.rows if column < len(row)]
    texts = (inline.text for cell in cells for inline in descend(cell) if isinstance(inline, Str))
    words = (len(word) * LATIN for text in texts for word in _WORD.findall(text))
    short = (width for width in map(width_of, cells) if width <= _SHORT)
    return (max((*words, *short), default=0) * _SMALL + _BETWEEN) * page.size / page.text_width


def _longest_cell(table: Table, column: int) -> int:
    cells = (row[column] for row in table.rows if column < len(row))
    return max((min(len(plain_text(cell)), _LONGEST_CELL) for cell in cells), default=0)


def _column(table: Table, column: int) -> str:
    alignment = table.alignments[column] if column < len(table.alignments) else Alignment.DEFAULT
    return rf">{{{_COLUMN[alignment]}\arraybackslash}}"


def _room(share: float, page: Page) -> float:
    """Return how many characters a cell may have so that it does not fill a page."""
    return max(_in_line(share, page) * page.text_height / page.leading / _SMALL * _FULL, 1)


def _in_line(share: float, page: Page) -> float:
    """Return how many characters a line of a cell holds."""
    return max(share * page.text_width / page.size / _SMALL - _BETWEEN, 1)


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
        match inline:
            case Str(text=text) | Code(text=text):
                for phrase in filter(None, _PHRASE.findall(text)):
                    size = len(phrase) if width_of((replace(inline, text=phrase),)) <= most else max(int(most), 1)
                    yield from (replace(inline, text=phrase[at : at + size]) for at in range(0, len(phrase), size))
            case Emph() | Strong() | Strikeout() | Link() | PostRef():
                for phrase in _phrases(inline.content, most):
                    yield replace(inline, content=(phrase,))
            case _:
                yield inline
