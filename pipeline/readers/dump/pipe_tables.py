"""Tables drawn with pipes, as GitHub's Markdown has them: a head, a row of dashes, and rows of as many cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.document import Alignment, Blocks, Cell, Paragraph, Table
from pipeline.readers.dump.inlines import parse_inlines, parse_line
from pipeline.readers.dump.lines import Chunk, Line, stripped
from pipeline.readers.dump.prose import blotted

_DASHES: Final = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_CODE: Final = re.compile(r"`[^`]+`")
_ALIGNMENTS: Final = {
    (True, False): Alignment.LEFT,
    (True, True): Alignment.CENTER,
    (False, True): Alignment.RIGHT,
    (False, False): Alignment.DEFAULT,
}
"""By whether the dashes of a column have a colon before and behind (GitHub Flavored Markdown Spec, 4.10)."""


def parse_pipe_table(chunk: Chunk) -> Blocks | None:
    """Return the table in a chunk, with the lines before and after it as paragraphs; None when it has none."""
    dashes = next((row for row, line in enumerate(chunk.lines) if row and _is_dashes(line)), None)
    if dashes is None:
        return None
    head = dashes - 1
    end = next((row for row in range(dashes, len(chunk.lines)) if "|" not in chunk.lines[row].text), len(chunk.lines))
    rows = [_cells(line) for line in chunk.lines[head:end]]
    columns = len(rows[0])
    if len(rows[1]) != columns or any(len(row) > columns for row in rows):
        return None
    padded = (row + [row[-1].drop(len(row[-1].text))] * (columns - len(row)) for row in (rows[0], *rows[2:]))
    cells: tuple[tuple[Cell, ...], ...] = tuple(tuple(map(parse_line, row)) for row in padded)
    alignments = tuple(_alignment(cell.text.strip()) for cell in rows[1])
    table = Table(cells, alignments, chunk.lines[head].strip().span, header_rows=1)
    return (*_text(chunk.lines[:head]), table, *_text(chunk.lines[end:]))


def _is_dashes(line: Line) -> bool:
    text = line.text.strip()
    return "|" in text and "-" in text and _DASHES.fullmatch(text) is not None


def _cells(line: Line) -> list[Line]:
    """Return the cells of a row, without the pipes before and after it; formulas and code are never cut."""
    line = line.strip()
    text = _CODE.sub(lambda code: "\0" * len(code[0]), blotted(line.text))
    pipes = [match.start() for match in _PIPE.finditer(text)]
    edges = [*([] if text.startswith("|") else [-1]), *pipes, *([] if pipes[-1:] == [len(text) - 1] else [len(text)])]
    return [
        Line(line.path, line.number, line.column + start + 1, line.text[start + 1 : end])
        for start, end in pairwise(edges)
    ]


def _alignment(dashes: str) -> Alignment:
    return _ALIGNMENTS[dashes.startswith(":"), dashes.endswith(":")]


def _text(lines: Sequence[Line]) -> Blocks:
    if not lines:
        return ()
    text = stripped(lines)
    return (Paragraph(parse_inlines(text), text.span),)
