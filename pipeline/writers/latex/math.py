r"""Formulas as LaTeX displays and inline mathematics, with numbers that are given, never counted.

``\label`` and ``\tag`` are dropped and every numbered row gets ``\numbered{anchor}{text}``, so that a number is the
same in the printed book as in the EPUB. The environment of a display is its starred form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias, assert_never

from pipeline.document import EquationNumber, Math, Reference
from pipeline.tex.breaks import things
from pipeline.tex.environments import BY_ROW, ENVIRONMENTS, WHOLE, Argument, unstarred
from pipeline.tex.gate import refusal
from pipeline.tex.references import with_references
from pipeline.tex.tokens import is_blank, join, read_argument, tokenize, with_last_space
from pipeline.writers.latex.dialect import blank, to_latex
from pipeline.writers.latex.dialect.environments import inner_environments
from pipeline.writers.latex.fit import LEGIBLE, Fit, Shape
from pipeline.writers.latex.lines import broken, closes_early, in_lines, split_rows
from pipeline.writers.latex.text import code_line, escape

_RULES_FIRST: Final = re.compile(r"(?:\\hline\s*)+")  # a rule must be the first in its row
_SWALLOWED: Final = re.compile(r"\\[A-Za-z]+(?=[^\W\d_])(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a display and its number."""

    tex: str
    numbers: tuple[EquationNumber, ...] = ()
    end: str = r"\\"  # what ends it, with the space that is asked for after it


@dataclass(frozen=True, slots=True)
class Display:
    """A displayed formula: ``environment`` is empty for a single line, else align, gather, multline or alignat."""

    environment: str
    rows: tuple[Row, ...]
    argument: str = ""  # of alignat: how many pairs of columns


Prepared: TypeAlias = str | Display
"""A formula in LaTeX's dialect: the body of one inside a line, or a display."""


def printable(math: Math) -> bool:
    """Whether TeX may see the formula: its macros are expanded, and the gate lets it pass."""
    return math.expanded is not None and refusal(math.expanded) is None


def prepare(math: Math) -> Prepared:
    """Return a printable formula in LaTeX's dialect: what stands between dollars, or the rows of a display."""
    if math.display:
        return display_of(math)
    tokens = to_latex(inner_environments(_linked(tokenize(math.expanded or ""), math)))
    tex = _joined(_breaking_lists(tokens))
    return tex + _number_in_row(math.numbers)


def set_formula(formula: Prepared, fit: Fit, number: int | None = None) -> str:
    """Return a formula as LaTeX, shaped so that it fits its line; nothing where there is nothing to set.

    One with a ``number`` stands between marks that the PDF keeps.
    """
    if number is not None:
        if not trial_of(formula):
            return rf"\nothingtoset{{{number}}}"
        formula = _marked(formula, number)
    if isinstance(formula, Display):
        return display_to_latex(formula, fit)
    if not formula:
        return ""
    if fit.shape is Shape.SCALED:
        return rf"\squeezed{{{fit.ratio:.3f}}}{{{formula}}}"
    return rf"$\longformula {formula}$" if fit.shape is Shape.LONG else f"${formula}$"


def _marked(formula: Prepared, number: int) -> Prepared:
    begin, end = marks(number)
    if not isinstance(formula, Display):
        return f"{begin}{formula}{end}"
    *rows, last = formula.rows
    first, *rest = *rows, replace(last, tex=f"{last.tex}{end}")
    rules = _RULES_FIRST.match(first.tex)
    start = rules.end() if rules else 0
    return replace(formula, rows=(replace(first, tex=f"{first.tex[:start]}{begin}{first.tex[start:]}"), *rest))


def marks(number: int | None) -> tuple[str, str]:
    """Return what a formula with this number stands between, so that the PDF can be asked for it.

    Braces after the last would be an atom, before which TeX would set the space of an operator or a relation.
    """
    return ("", "") if number is None else (rf"\formulabegins{{{number}}}", r"\formulaends ")


def trial_of(formula: Prepared) -> str:
    """Return what the validator sets in a box to try a formula; empty when there is nothing to set."""
    if not isinstance(formula, Display):
        return formula
    return rf"\displaystyle {_inner(_without_numbers(formula))}" if _shows_something(formula) else ""


def _shows_something(display: Display) -> bool:
    """Whether a row holds more than the places where it is aligned."""
    return any(row.tex.strip("& \n\t") for row in display.rows)


def source_to_latex(math: Math, number: int | None = None) -> str:
    """Return the source of a formula as text, on lines of its own where it was displayed, marked as ``set_formula``."""
    begin, end = marks(number)
    lines = [code_line(line) for line in math.source.split("\n")]
    if not math.display:
        return rf"\code{{{begin}{' '.join(lines)}{end}}}"
    lines = [begin + lines[0], *lines[1:]]
    lines[-1] += end
    body = "\n".join(rf"\codeline{{{line}}}" for line in lines)
    return f"\\begin{{formulasource}}\n{body}\n\\end{{formulasource}}"


def display_of(math: Math) -> Display:
    """Return a displayed formula as its rows."""
    tokens = _strip(tokenize(math.expanded or ""))
    name, argument, body = _unwrap(tokens)
    tokens = _linked(body, math)
    if name in BY_ROW:
        numbers = {number.row: (number,) for number in math.numbers}
        found = tuple(
            Row(_joined(to_latex(inner_environments(_columns(row, name)))), numbers.get(i, ()), end)
            for i, row, end in _filled(split_rows(tokens))
        )
        return Display(ENVIRONMENTS[name].display, _without_empty_end(found), argument)
    return Display("", (Row(_single(tokens), math.numbers),))


def _single(tokens: list[str]) -> str:
    r"""A line by itself; ``\\`` outside of every environment, which TeX ignores there, begins a new row."""
    tokens = inner_environments(tokens)
    rows = split_rows(tokens)
    body = _joined(to_latex(tokens))
    if sum(not blank(row) for row, _ in rows) < 2 or blank(tokens):  # noqa: PLR2004 - two rows
        return body
    wrapper = "aligned" if any("&" in row for row, _ in rows) else "gathered"
    return rf"\begin{{{wrapper}}}{body}\end{{{wrapper}}}"


def display_to_latex(display: Display, fit: Fit) -> str:
    """Return a display with its numbers, shaped so that it fits the line."""
    if not _shows_something(display):
        return ""
    match fit.shape:
        case Shape.PLAIN | Shape.LONG:
            return _environment(display)
        case Shape.SMALLER:
            return f"\\begingroup\\smallerdisplay{{{fit.size}}}\n{_environment(display)}\n\\endgroup\\ignorespaces "
        case Shape.BROKEN:
            row = display.rows[0]
            return _one_row(rf"\broken{{{broken(row.tex)}}}", row.numbers)
        case Shape.SCALED:
            return _scaled(display, fit.ratio)
        case _:
            assert_never(fit.shape)


def _environment(display: Display) -> str:
    if not display.environment:
        return _one_row(display.rows[0].tex, display.rows[0].numbers)
    name = f"{display.environment}*"
    argument = f"{{{display.argument}}}" if display.argument else ""
    rows = _rows([row.tex + _number(row.numbers) for row in display.rows], display, "\n")
    return f"\\begin{{{name}}}{argument}\n{rows}\n\\end{{{name}}}"


def _one_row(tex: str, numbers: tuple[EquationNumber, ...]) -> str:
    ruled = "\\ruled\n" if r"\hline" in tex else ""
    return f"\\begin{{equation*}}\n{ruled}{tex}{_number(numbers)}\n\\end{{equation*}}"


def _scaled(display: Display, ratio: float) -> str:
    """The whole display as one box; where several rows have numbers, they stand in the rows."""
    numbers = [row.numbers for row in display.rows if row.numbers]
    if len(numbers) <= 1:
        return _one_row(_lines_or_scaled(_inner(_without_numbers(display)), ratio), *numbers or ((),))
    return _one_row(_squeezed(_inner(display), ratio), ())


def _squeezed(body: str, ratio: float) -> str:
    return rf"\squeezed{{{ratio:.3f}}}{{\displaystyle {body}}}"


def _lines_or_scaled(body: str, ratio: float) -> str:
    """A display that would be much smaller than the text: first with its wide rows in lines, for TeX to try."""
    rows = in_lines(body) if ratio < LEGIBLE else None
    return rf"\linesor{{{rows.left}}}{{{rows.tex}}}{{{_squeezed(body, ratio)}}}" if rows else _squeezed(body, ratio)


def _without_numbers(display: Display) -> Display:
    return replace(display, rows=tuple(replace(row, numbers=()) for row in display.rows))


def _inner(display: Display) -> str:
    """A display as what may stand inside a formula."""
    if not display.environment:
        return display.rows[0].tex
    inner = ENVIRONMENTS[display.environment].inner
    argument = f"{{{display.argument}}}" if display.argument else ""
    rows = _rows([row.tex + _number_in_row(row.numbers) for row in display.rows], display, " ")
    return rf"\begin{{{inner}}}{argument}{rows}\end{{{inner}}}"


def _rows(texts: Sequence[str], display: Display, gap: str) -> str:
    """Join rows by what ends each; a bracket or a star that begins a row is kept from being read as an option."""
    pieces = [texts[0]]
    for before, text in pairwise(range(len(texts))):
        guard = r"\relax " if texts[text].startswith(("[", "*")) else ""
        pieces.append(f"{display.rows[before].end}{gap}{guard}{texts[text]}")
    return "".join(pieces)


def _breaking_lists(tokens: list[str]) -> list[str]:
    """Let a line end after a comma outside of all brackets, where TeX breaks no formula, but not within a number."""
    commas = {place for place, piece, depth in things(tokens) if piece == "," and depth == 0}
    result: list[str] = []
    for place, piece in enumerate(tokens):
        result.append(piece)
        after = "".join(tokens[place + 1 : place + 2])
        if place in commas and after.strip("0123456789_^'"):
            result.append("\\listbreak")
    return result


def _number_in_row(numbers: tuple[EquationNumber, ...]) -> str:
    return "".join(rf"\numberedinside{{{number.anchor}}}{{{escape(number.printed)}}}" for number in numbers)


def _number(numbers: tuple[EquationNumber, ...]) -> str:
    """The numbers of one row; it has several where an environment inside numbers rows of its own."""
    if not numbers:
        return ""
    anchors = "".join(rf"\anchor{{{number.anchor}}}" for number in numbers)
    texts = ", ".join(escape(number.printed) for number in numbers)
    return rf"\numbered{{{anchors}}}{{{texts}}}"


def _joined(tokens: list[str]) -> str:
    """Return tokens as text; to XeTeX an ideograph after a control word would belong to its name."""
    return with_last_space(_SWALLOWED.sub(r"\g<0> ", join(tokens)).strip())


def _strip(tokens: list[str]) -> list[str]:
    start, end = 0, len(tokens)
    while start < end and is_blank(tokens[start]):
        start += 1
    while start < end and is_blank(tokens[end - 1]):
        end -= 1
    return tokens[start:end]


def _unwrap(tokens: list[str]) -> tuple[str, str, list[str]]:
    """Return the name of the environment that is the whole formula, its argument, and its body."""
    if tokens[:1] != ["\\begin"]:
        return "", "", tokens
    name, start = read_argument(tokens, 1)
    closing = ["\\end", "{", *name, "}"]
    base = unstarred("".join(name))
    known = base in BY_ROW or base in WHOLE
    if not known or tokens[-len(closing) :] != closing or closes_early(tokens[start : -len(closing)], "".join(name)):
        return "", "", tokens
    columns: list[str] = []
    if ENVIRONMENTS[base].argument is not Argument.NONE:
        columns, start = read_argument(tokens, start)
    body = _strip(tokens[start : -len(closing)])
    if base in WHOLE and body[:1] == ["\\begin"]:
        inner = _unwrap(body)
        return inner if inner[0] in WHOLE else (base, "", body)
    return base, "".join(columns) if ENVIRONMENTS[base].argument is Argument.COUNT else "", body


def _filled(rows: list[tuple[list[str], str]]) -> list[tuple[int, list[str], str]]:
    """Return rows with their places; of an empty one between two stays the space that it asks for, and no number."""
    filled: list[tuple[int, list[str], str]] = []
    for place, (row, end) in enumerate(rows):
        if filled and place < len(rows) - 1 and all(map(is_blank, row)):
            before, kept, own = filled.pop()
            filled.append((before, kept, end if end != r"\\" else own))
        else:
            filled.append((place, row, end))
    return filled


def _columns(row: list[str], name: str) -> list[str]:
    """Of the three columns of an eqnarray, the relation joins the third."""
    if name != "eqnarray":
        return row
    seen = 0
    kept: list[str] = []
    for piece in row:
        seen += piece == "&"
        if piece != "&" or seen == 1:
            kept.append(piece)
    return kept


def _without_empty_end(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return rows[:-1] if len(rows) > 1 and not rows[-1].tex and not rows[-1].numbers else rows


def _linked(tokens: list[str], math: Math) -> list[str]:
    return with_references(tokens, math.references, lambda reference: [_reference(reference)])


def _reference(reference: Reference) -> str:
    if reference.number is None:
        return rf"\text{{({escape(reference.label)})}}"
    text = escape(reference.printed)
    return rf"\eqlink{{{reference.anchor}}}{{{text}}}" if reference.anchor else rf"\text{{{text}}}"
