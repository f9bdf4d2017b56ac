"""Formulas as XHTML: inline, displayed, displayed with numbers, and as TeX where there is no MathML.

A number stands outside ``<math>``, where readers can see, select and speak it, and carries the id that links lead to.
An environment that numbers its rows (``align`` and friends) is taken apart into a layout table with one ``<math>`` a
cell, so that each number stands at its row: MathML Core has no ``mlabeledtr``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

from lxml import etree

from pipeline.document import MATHML_NAMESPACE, EquationNumber, Math
from pipeline.tex.environments import BY_ROW, ENVIRONMENTS, Numbers, stands_alone
from pipeline.writers.xhtml.alttext import with_alttext
from pipeline.writers.xhtml.breaking import broken, signs_in
from pipeline.writers.xhtml.node_width import widest
from pipeline.writers.xhtml.rendering import Rendering

_M = f"{{{MATHML_NAMESPACE}}}"
_WRAPPERS = frozenset({f"{_M}mrow", f"{_M}mstyle"})
_ROWS = "|".join(sorted(name for name in BY_ROW if ENVIRONMENTS[name].numbers is not Numbers.WHOLE))
_NUMBERS_ROWS = re.compile(rf"\s*\\begin\s*\{{(?:{_ROWS})\*?\}}")
_LINE = 16.0  # em, which any line holds, beside a number too
_LONG_ROW = 34  # signs, about 18 em: what a phone's line holds beside a number
_LONG_TEX = 60  # characters; measured: shorter displays fit a phone's line, so nothing has to be reached by scrolling


def render_inline_math(math: Math, rendering: Rendering) -> str:
    """Return ``math`` as phrasing content, whatever its delimiters were, with the numbers of environments inside it."""
    if math.display:
        return _display(math, rendering, "span")
    numbers = "".join(_beside(number, rendering) for number in math.numbers)
    return f"{_speaking(formula(math, rendering), math, rendering)}{numbers}"


def render_display(math: Math, rendering: Rendering, name: str = "") -> str:
    """Return a displayed formula as a block of its own; ``name`` is the id of one without a number."""
    if math.mathml is None:
        return _as_source(math, rendering, name)
    if _NUMBERS_ROWS.match(math.tex) and math.numbers:
        rows = _rows(math.mathml)
        if len(rows) > 1:
            return _table(math, rows, rendering)
    return _display(math, rendering, "div", name)


def formula(math: Math, rendering: Rendering) -> str:
    """Return the formula alone: MathML, else its TeX with a mark that says so."""
    if math.mathml is None:
        mark = escape(rendering.phrases.formula_as_source)
        return (
            f'<code class="tex">{escape(math.tex, quote=False)}</code><small class="unset" title="{mark}">TeX</small>'
        )
    if math.display:
        return broken(math.mathml) if rendering.breaks else math.mathml
    return f"<math{_tex(math, rendering)} {math.mathml[6:]}"


def _speaking(markup: str, math: Math, rendering: Rendering) -> str:
    """The markup of ``math``, with its TeX in each piece where that is wanted."""
    return with_alttext(markup, math) if rendering.alttext else markup


def _display(math: Math, rendering: Rendering, tag: str, name: str = "") -> str:
    """A box with the formula in the middle and its numbers, if any, at the right edge."""
    match math.numbers:
        case ():
            box, numbers = _id(name), ""
        case (only,):  # the whole box is the target, so that a reader lands on the formula itself
            box, numbers = _id(only.anchor), f'<{tag} class="number">{_printed(only, rendering)}</{tag}>'
        case several:
            each = (f'<{tag} class="number"{_id(n.anchor)}>{_printed(n, rendering)}</{tag}>' for n in several)
            box, numbers = _id(name), f'<{tag} class="numbers">{"".join(each)}</{tag}>'
    kind = "equation numbered" if math.numbers else "equation"
    drawn = laid_out(math, rendering, tag)
    return f'<{tag} class="{kind}"{box}{_tex(math, rendering)}>{drawn}{numbers}</{tag}>'


def laid_out(math: Math, rendering: Rendering, tag: str = "div") -> str:
    """Return a displayed formula without its numbers, in a ``tag`` of its own."""
    drawn = _drawn(math, rendering, tag)
    spoken = _speaking(drawn, math, rendering)
    return f'<{tag} class="formula"{_fitted(drawn, rendering)}{_focus(math)}>{spoken}</{tag}>'


def _drawn(math: Math, rendering: Rendering, tag: str) -> str:
    """Where nothing scrolls, long aligned rows stand in a table that a narrow page can take apart."""
    if tag == "div" and math.mathml and "m-aligned" in math.mathml:
        table = _outermost_table(math.mathml)
        if table is not None and "m-aligned" in _names(table) and _are_long(rows := _rows(math.mathml), rendering):
            body = "".join(f"<tr{_class(row.kind)}>{row.broken}</tr>" for row in rows)
            return f'<table role="presentation" class="aligned"><tbody{_together(table)}>{body}</tbody></table>'
    return formula(math, rendering)


def _are_long(rows: list[_Row], rendering: Rendering) -> bool:
    """Whether rows may have to be broken, where nothing scrolls."""
    return rendering.breaks and any(row.signs > _LONG_ROW for row in rows)


def _fitted(drawn: str, rendering: Rendering) -> str:
    """Tell the style sheet how wide a line a formula needs, where nothing scrolls: it is set no larger than fits."""
    width = widest(drawn) if rendering.breaks else 0.0
    return f' style="--ems: {width:.1f}"' if width > _LINE else ""


def _as_source(math: Math, rendering: Rendering, name: str) -> str:
    """A displayed formula without MathML: its TeX, line by line, under a line that says so."""
    numbers = "".join(f'<span class="number"{_id(n.anchor)}>{_printed(n, rendering)}</span>' for n in math.numbers)
    notice = f'<p class="unset">{escape(rendering.phrases.formula_as_source)}{numbers}</p>'
    source = f'<pre{_focus(math)}><code class="tex">{escape(math.tex, quote=False)}</code></pre>'
    return f'<div class="equation unset"{_id(name)}>{notice}{source}</div>'


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a formula's table: its class, which says how it is aligned, and what it holds as a formula."""

    kind: str
    math: str

    def __str__(self) -> str:
        return f"<td{_class(self.kind)}>{self.math}</td>"


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    cells: tuple[_Cell, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.cells))

    @property
    def signs(self) -> int:
        return sum(signs_in(cell.math) for cell in self.cells)

    @property
    def broken(self) -> _Row:
        """The row with its formulas in pieces, where they are long."""
        return replace(self, cells=tuple(replace(cell, math=broken(cell.math)) for cell in self.cells))


def _table(math: Math, rows: list[_Row], rendering: Rendering) -> str:
    """One row of the layout table a row of the formula; a number beyond the last row stands at the last."""
    beside: dict[int, list[EquationNumber]] = {}
    for number in math.numbers:
        beside.setdefault(min(number.row, len(rows) - 1), []).append(number)
    width = max(len(row.cells) for row in rows)
    long = _are_long(rows, rendering)
    rows = [row.broken for row in rows] if long else rows
    body = "".join(_table_row(row, beside.get(index, []), width, rendering) for index, row in enumerate(rows))
    together = _together(_outermost_table(math.mathml or ""))
    kind, fitted = (' class="aligned"', _fitted(body, rendering)) if long else ("", "")
    table = f'<table role="presentation"{kind}><tbody{together}>{_speaking(body, math, rendering)}</tbody></table>'
    return f'<div class="equation rows"{fitted}{_focus(math)}{_tex(math, rendering)}>{table}</div>'


def _table_row(row: _Row, numbers: list[EquationNumber], width: int, rendering: Rendering) -> str:
    cells = f"{row}{'<td></td>' * (width - len(row.cells))}"
    row_id = _id(numbers[0].anchor) if numbers else ""
    rest = "".join(f"<span{_id(number.anchor)}>{_printed(number, rendering)}</span>" for number in numbers[1:])
    first = _printed(numbers[0], rendering) if numbers else ""
    edges = '<td class="edge"></td>', f'<td class="number">{first}{rest}</td>'
    return f"<tr{row_id}{_class(row.kind)}>{edges[0]}{cells}{edges[1]}</tr>"


def _rows(mathml: str) -> list[_Row]:
    """Return the rows of the outermost table of ``mathml``; nothing when it is not one table."""
    table = _outermost_table(mathml)
    return [] if table is None else [_Row(row.get("class", ""), tuple(map(_cell, row))) for row in table]


def _names(table: etree._Element) -> list[str]:
    return table.get("class", "").split()


def _together(table: etree._Element | None) -> str:
    """The class of the rows of a table without space between its columns."""
    return _class("m-alignat") if table is not None and "m-alignat" in _names(table) else ""


def _outermost_table(mathml: str) -> etree._Element | None:
    node = etree.fromstring(mathml)
    while len(node) == 1 and node[0].tag in _WRAPPERS:
        node = node[0]
    return node[0] if len(node) == 1 and node[0].tag == f"{_M}mtable" else None


def _cell(cell: etree._Element) -> _Cell:
    """What ``cell`` holds as a formula of its own, to which the style sheet gives display style."""
    kind = cell.get("class", "")
    if all(node.tag in (*_WRAPPERS, f"{_M}mtd") for node in cell.iter()):
        return _Cell(kind, "")
    math = etree.fromstring(f'<math xmlns="{MATHML_NAMESPACE}"/>')
    math.extend(list(cell))
    return _Cell(kind, etree.tostring(math, encoding="unicode"))


def _class(names: str) -> str:
    return f' class="{escape(names)}"' if names else ""


def _id(name: str) -> str:
    return f' id="{escape(name)}"' if name else ""


def _beside(number: EquationNumber, rendering: Rendering) -> str:
    """The number of an environment inside a line, after its formula; in what is a link itself, only its text."""
    if not rendering.links:
        return f'<span class="number">\u2002{escape(number.printed)}</span>'
    return f'<span class="number"{_id(number.anchor)}>\u2002{_printed(number, rendering)}</span>'


def _printed(number: EquationNumber, rendering: Rendering) -> str:
    text = escape(number.printed)
    if not rendering.permalinks or not number.anchor:
        return text
    return f'<a class="permalink" href="{escape(rendering.anchor_href(number.anchor))}">{text}</a>'


def _tex(math: Math, rendering: Rendering) -> str:
    """The source for a script, with what a display is to be copied between; what is inline, between single dollars."""
    if not rendering.data_tex:
        return ""
    tex = math.tex.strip()
    dollars = f' data-dollars="{"" if stands_alone(tex) else "$$"}"' if math.display else ""
    return f' data-tex="{escape(tex)}"{dollars}'


def _focus(math: Math) -> str:
    """What makes a box that may scroll reachable from the keyboard."""
    return ' tabindex="0"' if len(math.tex) > _LONG_TEX else ""
