"""The rows of a formula that is one table, each cell of which is a formula by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from pipeline.document import MATHML_NAMESPACE
from pipeline.writers.xhtml.attributes import class_attribute
from pipeline.writers.xhtml.breaking import broken, signs_in

_M: Final = f"{{{MATHML_NAMESPACE}}}"
_WRAPPERS: Final = frozenset({f"{_M}mrow", f"{_M}mstyle"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a formula's table: its class, which says how it is aligned, and what it holds as a formula."""

    kind: str
    math: str

    def __str__(self) -> str:
        return f"<td{class_attribute(self.kind)}>{self.math}</td>"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its class, and its cells."""

    kind: str
    cells: tuple[Cell, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.cells))

    @property
    def signs(self) -> int:
        """About how many signs it prints."""
        return sum(signs_in(cell.math) for cell in self.cells)

    @property
    def broken(self) -> Row:
        """The row with its formulas in pieces, where they are long."""
        return replace(self, cells=tuple(replace(cell, math=broken(cell.math)) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class FormulaTable:
    """The table that a formula is: its classes, and its rows."""

    names: frozenset[str]
    rows: tuple[Row, ...]

    @property
    def body_class(self) -> str:
        """The class of rows without space between their columns; empty for others."""
        return "m-alignat" if "m-alignat" in self.names else ""


def table_of(mathml: str) -> FormulaTable | None:
    """Return the table that a formula is; None where it is anything else."""
    node = etree.fromstring(mathml)
    while len(node) == 1 and node[0].tag in _WRAPPERS:
        node = node[0]
    if len(node) != 1 or node[0].tag != f"{_M}mtable":
        return None
    rows = tuple(Row(row.get("class", ""), tuple(map(_cell, row))) for row in node[0])
    return FormulaTable(frozenset(node[0].get("class", "").split()), rows)


def _cell(cell: etree._Element) -> Cell:
    """What ``cell`` holds as a formula of its own, to which the style sheet gives display style."""
    kind = cell.get("class", "")
    if all(node.tag in (*_WRAPPERS, f"{_M}mtd") for node in cell.iter()):
        return Cell(kind, "")
    math = etree.fromstring(f'<math xmlns="{MATHML_NAMESPACE}"/>')
    math.extend(list(cell))
    return Cell(kind, etree.tostring(math, encoding="unicode"))
