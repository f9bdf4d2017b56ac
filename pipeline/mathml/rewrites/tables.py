r"""Environments: what stands in rows and columns. latex2mathml knows few, and drops rows, gaps, rules and ``[x]``."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, repeat
from typing import Final

from pipeline.mathml.atoms import Atom, Rows
from pipeline.mathml.draft import ARRAY
from pipeline.mathml.parser import ROW_ENDS, Handler, Parser
from pipeline.mathml.rewrites.fences import write_delimiter
from pipeline.mathml.rewrites.grids import GRIDS, PLAIN_GRIDS, Grid
from pipeline.mathml.table_classes import ALIGNED, Layout, add_classes
from pipeline.tex.environments import WHOLE
from pipeline.tex.lengths import LENGTH
from pipeline.tex.tokens import join, read_brackets

_RULES: Final = {
    "\\hline": "solid",
    "\\hdashline": "dashed",
    "\\toprule": "solid",
    "\\midrule": "solid",
    "\\bottomrule": "solid",
}


def begin(parser: Parser, name: str) -> Atom:
    r"""``\begin{…}`` up to its ``\end{…}``."""
    opened = parser.position - 1
    environment = parser.raw_text(name)
    handler = parser.environments.get(environment)
    if handler is None:
        raise parser.error(f"the environment {environment} is not defined", opened)
    handler(parser, environment)
    end(parser, environment, opened)
    return Atom.ORDINARY


def tabulated(parser: Parser, environment: str) -> Atom:
    """An environment of rows and columns, up to its end."""
    known = GRIDS[environment]
    parser.draft.write("{")
    write_delimiter(parser, known.opening, "prefix")
    layout = Layout(known.class_name, known.columns)
    for read in known.arguments:
        layout = read(parser, layout)
    table(parser, known, layout)
    write_delimiter(parser, known.closing, "postfix")
    parser.draft.write("}")
    return Atom.ORDINARY


def end(parser: Parser, environment: str, opened: int) -> None:
    r"""Read the ``\end`` that belongs to the ``\begin`` at ``opened``."""
    index = parser.position
    if not parser.accept("\\end"):
        raise parser.error(f"\\begin{{{environment}}} without \\end{{{environment}}}", opened)
    found = parser.raw_text("\\end")
    if found != environment:
        raise parser.error(f"\\end{{{found}}} where \\end{{{environment}}} belongs", index)


def whole(parser: Parser, environment: str) -> Atom:
    """An environment that holds one formula: its brackets are no argument, though latex2mathml thinks so."""
    saved = parser.setting
    parser.setting = replace(saved, display=environment != "math")
    if environment == "subequations":
        parser.sequence("")
    else:
        lines(parser)
    parser.setting = saved
    return Atom.ORDINARY


def lines(parser: Parser) -> None:
    r"""Read a formula outside any table; where ``\\`` breaks it, its lines become rows."""
    start = len(parser.draft.tokens)
    parser.items("")
    if parser.peek() not in ROW_ENDS:
        return
    first = parser.draft.take(start)
    layout = Layout(GRIDS["gathered"].class_name, "c")
    parser.draft.mark(add_classes(layout))
    parser.draft.write(*ARRAY, "{", *first, "}")
    while parser.peek() in ROW_ENDS:
        parser.next()
        read_gap(parser)
        parser.draft.write("\\\\", "{")
        parser.divided = False
        parser.items("")
        parser.draft.write("}")
    parser.draft.write("\\end{array}")


def table(parser: Parser, known: Grid, layout: Layout) -> None:
    """Read rows and cells up to what ends them, and write them as the one array that latex2mathml reads well."""
    saved = parser.setting
    level = max(saved.level, known.class_name == "m-smallmatrix")
    parser.setting = replace(saved, display=known.display, level=level, font="", words=False)
    outer, rows = parser.rows, Rows()
    parser.rows = rows
    at = len(parser.draft.tokens)
    parser.draft.write(*ARRAY)
    _read_rows(parser, rows, layout.columns)
    parser.draft.write("\\end{array}")
    parser.setting, parser.rows = saved, outer
    layout = replace(
        layout,
        row_lines=tuple(sorted(rows.lines.items())),
        gaps=frozenset(rows.gaps),
        shoves=tuple(sorted(rows.shoves.items())),
    )
    written = parser.draft.take(at)
    if rows.count == 0:
        return
    parser.draft.mark(add_classes(layout))
    parser.draft.write(*written)


def _read_rows(parser: Parser, rows: Rows, columns: str) -> None:
    while True:
        while parser.peek() in _RULES:
            rows.lines[rows.count] = _RULES[parser.next()]
        if parser.peek() in ("\\end", "", "}"):
            return
        parser.draft.write(*(("\\\\",) if rows.count else ()))
        _read_row(parser, columns)
        rows.count += 1
        if parser.peek() not in ROW_ENDS:
            return
        parser.next()
        if read_gap(parser):
            rows.gaps.add(rows.count)


def _read_row(parser: Parser, columns: str) -> None:
    """Read cells; of those aligned to one another every other begins with an empty group, which is an operand."""
    befores = cycle((Atom.NOTHING, Atom.ORDINARY)) if columns == ALIGNED else repeat(Atom.NOTHING)
    for before in befores:
        start = len(parser.draft.tokens)
        parser.draft.write("{")
        parser.sequence("", before)
        parser.draft.close(start)
        if not parser.accept("&"):
            return
        parser.draft.write("&")


def read_gap(parser: Parser) -> bool:
    r"""Read the ``[6pt]`` after ``\\``; brackets that hold no length begin the next cell.

    Returns whether there is to be more space: one class stands for every length, and none for ``[0pt]`` and ``[-8pt]``.
    """
    inside, after = read_brackets(parser.tokens, parser.position)
    length = LENGTH.fullmatch(join(inside or ()))
    if not length:
        return False
    parser.position = after
    return length[1][0] != "-" and any(digit in "123456789" for digit in length[1])


def substack(parser: Parser, name: str) -> Atom:
    r"""``\substack{a\\b}``: lines in small type."""
    if not parser.accept("{"):
        parser.argument(name)
        return Atom.ORDINARY
    opened = parser.position - 1
    _braced_table(parser, GRIDS["smallmatrix"], opened)
    return Atom.ORDINARY


def plain_table(parser: Parser, name: str) -> Atom:
    r"""Plain TeX's ``\matrix{a & b \cr c & d}`` and its kin."""
    opened = parser.position
    known = PLAIN_GRIDS[name]
    parser.draft.write("{")
    write_delimiter(parser, known.opening, "prefix")
    if parser.accept("{"):
        _braced_table(parser, known, opened)
    else:
        parser.argument(name)
    write_delimiter(parser, known.closing, "postfix")
    parser.draft.write("}")
    return Atom.ORDINARY


def _braced_table(parser: Parser, known: Grid, opened: int) -> None:
    table(parser, known, Layout(known.class_name, known.columns))
    if not parser.accept("}"):
        raise parser.error("{ without }", opened)


def shove(parser: Parser, name: str) -> Atom:
    r"""``\shoveleft{…}`` moves a row of ``multline`` to the margin."""
    if parser.rows:
        parser.rows.shoves[parser.rows.count] = "l" if name == "\\shoveleft" else "r"
    parser.argument(name)
    return Atom.ORDINARY


def line_end(parser: Parser, name: str) -> Atom:
    r"""``\\`` inside braces, where it ends no row: MathJax does not break the line there either."""
    if name != "\\cr":
        read_gap(parser)
    return Atom.NOTHING


ENVIRONMENTS: Final[dict[str, Handler]] = {
    **dict.fromkeys(GRIDS, tabulated),
    **dict.fromkeys((*WHOLE, "equation*"), whole),
}
COMMANDS: Final[dict[str, Handler]] = {
    "\\begin": begin,
    "\\substack": substack,
    **dict.fromkeys(PLAIN_GRIDS, plain_table),
    "\\shoveleft": shove,
    "\\shoveright": shove,
    **dict.fromkeys(ROW_ENDS, line_end),
}
