"""Paragraphs that draw a table with pipes, as GitHub's Markdown has them, are set as tables.

A reader leaves such lines as they are, because pipes and dashes are text of the source like any other; for whoever
reads the book they are a table: a head, a row of dashes with as many cells, and rows (GitHub Flavored Markdown Spec,
4.10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.document import Alignment, Block, Blocks, Inline, InlineCode, Inlines, LineBreak, Str, Table
from pipeline.paragraphs import lines_of, paragraph_of, place_of
from pipeline.source import Span
from pipeline.walk import expand_blocks, map_inlines, source_text

_PIPE: Final = re.compile(r"(?<!\\)\|")
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
"""A line's end inside a cell, for which Markdown has no mark of its own."""
_DASHES: Final = re.compile(r":?-+:?")
_ALIGNMENTS: Final = {
    (True, False): Alignment.LEFT,
    (True, True): Alignment.CENTER,
    (False, True): Alignment.RIGHT,
    (False, False): Alignment.DEFAULT,
}
"""By whether the dashes of a column have a colon before and behind (GitHub Flavored Markdown Spec, 4.10)."""

_Row = list[Inlines]


def with_pipe_tables(blocks: Blocks) -> Blocks:
    """Return ``blocks`` with every such table in them, the lines before and after it as paragraphs of their own."""
    return expand_blocks(blocks, _tables)


def _tables(block: Block) -> Blocks:
    lines = lines_of(block)
    blocks: list[Block] = []
    done = 0
    for head, end in _ranges(lines):
        blocks += (*_text(lines[done:head]), _table(lines[head:end]))
        done = end
    return (*blocks, *_text(lines[done:])) if blocks else (block,)


def _ranges(lines: Sequence[Inlines]) -> Iterator[tuple[int, int]]:
    """Yield where each table begins and where it ends; lines with pipes whose cells do not fit together are text."""
    end = 0
    for number, line in enumerate(lines):
        if number <= end or not _is_dashes(line):
            continue
        end = next((below for below in range(number, len(lines)) if not _has_pipe(lines[below])), len(lines))
        head, dashes, *rows = (len(_cells(line)) for line in lines[number - 1 : end])
        if head == dashes and all(row <= head for row in rows):
            yield number - 1, end


def _text(lines: Sequence[Inlines]) -> Blocks:
    return (paragraph_of(lines),) if lines else ()


def _has_pipe(line: Inlines) -> bool:
    return any(isinstance(inline, Str) and _PIPE.search(inline.text) for inline in line)


def _cells(line: Inlines) -> _Row:
    """Return the cells of a row, without the pipes before and after it; formulas and code are never cut."""
    cells: list[list[Inline]] = [[]]
    for inline in line:
        if not isinstance(inline, Str):
            cells[-1].append(inline)
            continue
        for number, text in enumerate(_PIPE.split(inline.text)):
            if number:
                cells.append([])
            cells[-1] += _broken(text, inline.span)
    row = [map_inlines(_trimmed(cell), _unescaped) for cell in cells]
    return row[not row[0] : len(row) - (not row[-1])]


def _broken(text: str, span: Span) -> Iterator[Inline]:
    """Yield a piece of a cell's text, a ``LineBreak`` where it has ``<br>``."""
    for number, line in enumerate(_BREAK.split(text)):
        if number:
            yield LineBreak(span)
        if line:
            yield Str(line, span)


def _trimmed(cell: list[Inline]) -> Inlines:
    """Return the content of a cell without the white space around it."""
    match cell:
        case [Str(text=text, span=span), *others] if text != text.lstrip():
            return _trimmed([*([Str(text.lstrip(), span)] if text.strip() else []), *others])
        case [*others, Str(text=text, span=span)] if text != text.rstrip():
            return _trimmed([*others, *([Str(text.rstrip(), span)] if text.strip() else [])])
        case _:
            return tuple(cell)


def _is_dashes(line: Inlines) -> bool:
    return _has_pipe(line) and all(_DASHES.fullmatch(source_text(cell)) for cell in _cells(line))


def _unescaped(inline: Inline) -> Inlines:
    r"""A pipe is escaped in text and in code alike; in a formula, ``\|`` is a sign."""
    match inline:
        case Str(text=text, span=span) if r"\|" in text:
            return (Str(text.replace(r"\|", "|"), span),)
        case InlineCode(text=text) if r"\|" in text:
            return (replace(inline, text=text.replace(r"\|", "|")),)
        case _:
            return (inline,)


def _table(lines: Sequence[Inlines]) -> Table:
    head, dashes, *rows = map(_cells, lines)
    alignments = [source_text(cell) for cell in dashes]
    return Table(
        rows=tuple((*row, *[()] * (len(dashes) - len(row))) for row in (head, *rows)),
        alignments=tuple(_ALIGNMENTS[text.startswith(":"), text.endswith(":")] for text in alignments),
        span=place_of(lines[0][0]),
        header_rows=1,
    )
