r"""Commutative diagrams of AMS: ``\begin{CD} A @>f>> B \\ @VVV @VVV \\ C @= D \end{CD}``."""

from __future__ import annotations

from pipeline.mathml.atoms import Atom
from pipeline.mathml.changes import stacked_limits
from pipeline.mathml.draft import ARRAY
from pipeline.mathml.parser import ROW_ENDS, Parser
from pipeline.mathml.rewrites.tables import read_gap
from pipeline.mathml.table_classes import Layout, add_classes

_ACROSS = {">": "→", "<": "←"}
_DOWN = {"V": "↓", "A": "↑"}
_DOUBLE = {"=": "=", "|": "‖"}


def diagram(parser: Parser, _name: str) -> Atom:
    """Read a diagram as a table: objects stand in even columns of even rows, arrows between them."""
    parser.draft.mark(add_classes(Layout("m-diagram", "c")))
    parser.draft.write(*ARRAY)
    row = 0
    while True:
        _read_row(parser, arrows_only=row % 2 == 1)
        row += 1
        if parser.peek() not in ROW_ENDS:
            break
        parser.next()
        read_gap(parser)
        if parser.peek() == "\\end":
            break
        parser.draft.write("\\\\")
    parser.draft.write("\\end{array}")
    return Atom.ORDINARY


def _read_row(parser: Parser, *, arrows_only: bool) -> None:
    column = 0
    parser.draft.write("{")
    while True:
        parser.sequence("@")
        if not parser.accept("@"):
            break
        for _ in range((column + (not arrows_only)) % 2):
            column = _next_cell(parser, column)
        _arrow(parser)
        column = _next_cell(parser, column)
    parser.draft.write("}")


def _next_cell(parser: Parser, column: int) -> int:
    parser.draft.write("}", "&", "{")
    return column + 1


def _arrow(parser: Parser) -> None:
    kind = parser.next()
    if kind == ".":
        return
    if kind in _DOUBLE:
        parser.draft.leaf("mo", _DOUBLE[kind], stretchy="true")
        return
    if kind not in _ACROSS and kind not in _DOWN:
        raise parser.error(f"@{kind} is no arrow", parser.position - 1)
    first, second = (parser.label(kind, f"@{kind} without its {kind}") for _ in range(2))
    if kind in _DOWN:
        parser.draft.write(*first)
        parser.draft.leaf("mo", _DOWN[kind], stretchy="true")
        parser.draft.write(*second)
        return
    below = ["_", *second] if second != ["{", "}"] else []
    above = ["^", *first] if first != ["{", "}"] else []
    if below or above:
        parser.draft.mark(stacked_limits)
    parser.draft.write("{")
    parser.draft.leaf("mo", _ACROSS[kind], stretchy="true")
    parser.draft.write("}", *below, *above)
    parser.draft.shape.below += bool(below)
    parser.draft.shape.above += bool(above and below)
