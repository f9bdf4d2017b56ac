"""Tables as CSS can lay them out: browsers ignore ``columnalign``, ``rowlines``, ``rowspacing``; classes stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.mathml.operators import trim

ALIGNED: Final = "rl"
"""Columns of rows that are aligned to one another: the sides of relations."""
_SIDES: Final = {"l": "m-left", "r": "m-right", "c": ""}
_LINES: Final = {"solid": "", "dashed": "-dashed"}
_SIGNS: Final = frozenset("+-−±∓")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out; lines and gaps are given with the row or column they stand before."""

    class_name: str
    columns: str  # one of l, c, r a column, repeated as often as it takes
    column_lines: tuple[tuple[int, str], ...] = ()
    row_lines: tuple[tuple[int, str], ...] = ()
    gaps: frozenset[int] = frozenset()
    shoves: tuple[tuple[int, str], ...] = ()


def add_classes(layout: Layout) -> Callable[[Element], Element]:
    """Return what gives a table its classes."""

    def change(table: Element) -> Element:
        table.attrib = {"class": layout.class_name}
        rows = list(table)
        for index, row in enumerate(rows):
            _add_row_classes(row, index, _columns_of(layout, index, len(rows)), layout, last=index == len(rows) - 1)
        return table

    return change


def _columns_of(layout: Layout, index: int, count: int) -> str:
    """Return how the cells of a row are aligned, which the rows of a multline are each in its own way."""
    if layout.class_name != "m-multline":
        return layout.columns
    return dict(layout.shoves).get(index) or ("l" if index == 0 else "r" if index == count - 1 else "c")


def _add_row_classes(row: Element, index: int, columns: str, layout: Layout, *, last: bool) -> None:
    lines = dict(layout.row_lines)
    column_lines = dict(layout.column_lines)
    row_classes = ["m-gap"] if index in layout.gaps else []
    if index in lines:
        row_classes.append("m-line-above" + _LINES[lines[index]])
    if last and index + 1 in lines:
        row_classes.append("m-line-below" + _LINES[lines[index + 1]])
    row.attrib = {"class": " ".join(row_classes)} if row_classes else {}
    for column, cell in enumerate(row):
        classes = [_SIDES[columns[column % len(columns)]]]
        if column == 0 and 0 in column_lines:
            classes.append("m-line-before" + _LINES[column_lines[0]])
        if column + 1 in column_lines:
            classes.append("m-line-after" + _LINES[column_lines[column + 1]])
        names = " ".join(filter(None, classes))
        cell.attrib = {"class": names} if names else {}
        if columns == ALIGNED:
            _align(cell, column % 2)


def _align(cell: Element, side: int) -> None:
    """A sign at the start of a cell has its other side in the cell before; at the end of one nothing follows it."""
    edge: Element | None = cell
    while edge is not None and edge.tag in ("mtd", "mrow"):
        edge = edge[side - 1] if len(edge) else None
    if edge is not None and side == 0:
        trim(edge, "rspace")
    elif edge is not None and edge.tag == "mo" and edge.text in _SIGNS:
        edge.set("form", "infix")
