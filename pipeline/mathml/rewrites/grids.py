r"""How each environment of rows and columns is laid out, and what it takes after its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from pipeline.mathml.parser import Parser
from pipeline.mathml.rewrites.fences import write_delimiter
from pipeline.mathml.table_classes import ALIGNED, Layout

Reader: TypeAlias = Callable[[Parser, Layout], Layout]
"""What reads one argument of an environment, which may change how it is laid out."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How what stands in rows and columns is laid out; ``columns`` is repeated as often as it takes."""

    columns: str = "c"
    opening: str = ""
    closing: str = ""
    class_name: str = "m-matrix"
    display: bool = False
    arguments: tuple[Reader, ...] = ()


def _position(parser: Parser, layout: Layout) -> Layout:
    """Read ``[t]``, which MathML leaves to the line around."""
    parser.raw_brackets()
    return layout


def _count(parser: Parser, layout: Layout) -> Layout:
    """Skip the number of pairs of columns, which the rows imply."""
    parser.raw_argument("\\begin")
    return layout


def _left_side(parser: Parser, layout: Layout) -> Layout:
    """Read the formula before a brace, and write both."""
    parser.argument("\\begin")
    write_delimiter(parser, "{", "prefix")
    return layout


def _alignment(parser: Parser, layout: Layout) -> Layout:
    """Read ``[r]`` of a matrix with a star: how all columns are aligned."""
    given = parser.raw_brackets()
    return replace(layout, columns=given if given and given in ("l", "c", "r") else "c")


_COLUMN: Final = re.compile(
    r"[lcr|:]|\*\s*\{?\s*([0-9]{1,2})\s*\}?\s*\{([^{}]*)\}|[pmb]\s*\{[^{}]*\}|[@!<>]\s*\{[^{}]*\}"
)


def _template(parser: Parser, layout: Layout) -> Layout:
    """Read ``c|cc``: alignments, and lines before (0) or after each column."""
    columns = ""
    lines_at: dict[int, str] = {}
    for match in _COLUMN.finditer(parser.raw_text("\\begin")):
        piece = match[0]
        if piece in "lcr":
            columns += piece
        elif piece in "|:":
            lines_at[len(columns)] = "solid" if piece == "|" else "dashed"
        elif match[1]:
            columns += "".join(character for character in match[2] if character in "lcr") * int(match[1])
        elif piece[0] in "pmb":
            columns += "l"
    return replace(layout, columns=columns or "c", column_lines=tuple(sorted(lines_at.items())))


_ALIGNED: Final = Grid(ALIGNED, class_name="m-aligned", display=True)
_ALIGNED_AT: Final = replace(_ALIGNED, class_name="m-aligned m-alignat")
_GATHERED: Final = Grid("c", class_name="m-gathered", display=True)
_CASES: Final = Grid("l", "{", "", class_name="m-cases")
_DISPLAYED_CASES: Final = replace(_CASES, class_name="m-cases m-display", display=True)
_MATRICES: Final = {"matrix": "", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖"}
GRIDS: Final = {
    **{
        name + star: Grid("c", fences[:1], fences[1:], arguments=(_alignment,) * bool(star))
        for name, fences in _MATRICES.items()
        for star in ("", "*")
    },
    "smallmatrix": Grid("c", class_name="m-smallmatrix"),
    "subarray": Grid("c", class_name="m-smallmatrix", arguments=(_position, _template)),
    "array": Grid("c", class_name="m-array", arguments=(_position, _template)),
    "darray": Grid("c", class_name="m-array m-display", arguments=(_position, _template), display=True),
    "cases": _CASES,
    "dcases": _DISPLAYED_CASES,
    "rcases": replace(_CASES, opening="", closing="}"),
    "drcases": replace(_DISPLAYED_CASES, opening="", closing="}"),
    **dict.fromkeys(("numcases", "subnumcases"), replace(_DISPLAYED_CASES, opening="", arguments=(_left_side,))),
    **dict.fromkeys(("align", "align*", "split", "flalign", "flalign*"), _ALIGNED),
    "aligned": replace(_ALIGNED, arguments=(_position,)),
    **dict.fromkeys(("alignat", "alignat*"), replace(_ALIGNED_AT, arguments=(_count,))),
    **dict.fromkeys(("xalignat", "xalignat*", "xxalignat"), replace(_ALIGNED, arguments=(_count,))),
    "alignedat": replace(_ALIGNED_AT, arguments=(_position, _count)),
    **dict.fromkeys(("gather", "gather*", "displaylines"), _GATHERED),
    "gathered": replace(_GATHERED, arguments=(_position,)),
    **dict.fromkeys(("eqnarray", "eqnarray*"), Grid("rcl", class_name="m-eqnarray", display=True)),
    **dict.fromkeys(("multline", "multline*"), Grid("c", class_name="m-multline", display=True)),
}
"""Environments by name."""

PLAIN_GRIDS: Final = {
    **{f"\\{name}": GRIDS[name] for name in ("matrix", "pmatrix", "cases", "displaylines")},
    "\\array": GRIDS["matrix"],
    **dict.fromkeys(("\\eqalign", "\\eqalignno", "\\leqalignno"), _ALIGNED),
}
"""The commands of plain TeX that take rows and columns in braces."""
