"""Tables of pandoc's JSON as ours: every row has a cell in every column, and a cell holds a line, or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.document import Alignment, Cell, Table
from pipeline.readers.pandoc.context import Context
from pipeline.readers.pandoc.flatten import flattened
from pipeline.readers.pandoc.process import Json

_ALIGNMENTS: Final = {
    "AlignLeft": Alignment.LEFT,
    "AlignCenter": Alignment.CENTER,
    "AlignRight": Alignment.RIGHT,
    "AlignDefault": Alignment.DEFAULT,
}


def read_table(content: Json, context: Context) -> Table:
    """Return the table that ``content`` (the fields of pandoc's Table) describes."""
    attributes, (_short, caption), columns, head, bodies, foot = content
    inside = context.inside(attributes)
    head_rows = [*head[1], *(row for body in bodies[:1] for row in body[2])]
    body_rows = [row for place, body in enumerate(bodies) for row in (*(body[2] if place else ()), *body[3])]
    grid = _grid([*head_rows, *body_rows, *foot[1]], len(columns), inside)
    alignments = tuple(_ALIGNMENTS[column[0]["t"]] for column in columns)
    return Table(tuple(grid), alignments, inside.span, len(head_rows), flattened(context.read_blocks(caption, inside)))


def _grid(rows: Sequence[Json], width: int, context: Context) -> Iterator[tuple[Cell, ...]]:
    """Yield rows of ``width`` cells; what a cell covers beyond its own place is empty."""
    covered = [0] * width  # rows below that the last cell of each column covers
    merged = False
    for _attributes, cells in rows:
        row: list[Cell | None] = [() if below else None for below in covered]
        covered = [max(below - 1, 0) for below in covered]
        for _cell_attributes, _alignment, height, breadth, blocks in cells:
            column = row.index(None) if None in row else width
            for place in range(column, min(column + breadth, width)):
                row[place] = ()
                covered[place] = height - 1
            row[column : column + 1] = [flattened(context.read_blocks(blocks, context))]
            merged = merged or height > 1 or breadth > 1
        yield tuple(cell or () for cell in row[:width])
    if merged:
        context.simplified("cells of a table that span several rows or columns stand in the first one")
