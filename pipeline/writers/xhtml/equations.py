"""Formulas as XHTML: inline, displayed, displayed with numbers, and as TeX where there is no MathML.

A number stands outside ``<math>``, where readers can see, select and speak it, and carries the id that links lead to.
An environment that numbers its rows (``align`` and friends) is taken apart into a layout table with one ``<math>`` a
cell, so that each number stands at its row: MathML Core has no ``mlabeledtr``.
"""

from __future__ import annotations

import re
from html import escape

from pipeline.document import EquationNumber, Math
from pipeline.tex.environments import BY_ROW, ENVIRONMENTS, Numbers, stands_alone
from pipeline.writers.xhtml.alttext import with_alttext
from pipeline.writers.xhtml.attributes import class_attribute, id_attribute
from pipeline.writers.xhtml.breaking import broken
from pipeline.writers.xhtml.equation_rows import FormulaTable, Row, table_of
from pipeline.writers.xhtml.node_width import widest
from pipeline.writers.xhtml.rendering import Rendering

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
        table = table_of(math.mathml)
        if table is not None and len(table.rows) > 1:
            return _table(math, table, rendering)
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
            box, numbers = id_attribute(name), ""
        case (only,):  # the whole box is the target, so that a reader lands on the formula itself
            box, numbers = id_attribute(only.anchor), f'<{tag} class="number">{_printed(only, rendering)}</{tag}>'
        case several:
            each = (f'<{tag} class="number"{id_attribute(n.anchor)}>{_printed(n, rendering)}</{tag}>' for n in several)
            box, numbers = id_attribute(name), f'<{tag} class="numbers">{"".join(each)}</{tag}>'
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
        table = table_of(math.mathml)
        if table is not None and "m-aligned" in table.names and _is_long(table, rendering):
            body = "".join(f"<tr{class_attribute(row.kind)}>{row.broken}</tr>" for row in table.rows)
            return _layout_table(body, table, long=True)
    return formula(math, rendering)


def _is_long(table: FormulaTable, rendering: Rendering) -> bool:
    """Whether rows may have to be broken, where nothing scrolls."""
    return rendering.breaks and any(row.signs > _LONG_ROW for row in table.rows)


def _layout_table(body: str, table: FormulaTable, *, long: bool) -> str:
    kind = ' class="aligned"' if long else ""
    return f'<table role="presentation"{kind}><tbody{class_attribute(table.body_class)}>{body}</tbody></table>'


def _fitted(drawn: str, rendering: Rendering) -> str:
    """Tell the style sheet how wide a line a formula needs, where nothing scrolls: it is set no larger than fits."""
    width = widest(drawn) if rendering.breaks else 0.0
    return f' style="--ems: {width:.1f}"' if width > _LINE else ""


def _as_source(math: Math, rendering: Rendering, name: str) -> str:
    """A displayed formula without MathML: its TeX, line by line, under a line that says so."""
    numbers = "".join(
        f'<span class="number"{id_attribute(n.anchor)}>{_printed(n, rendering)}</span>' for n in math.numbers
    )
    notice = f'<p class="unset">{escape(rendering.phrases.formula_as_source)}{numbers}</p>'
    source = f'<pre{_focus(math)}><code class="tex">{escape(math.tex, quote=False)}</code></pre>'
    return f'<div class="equation unset"{id_attribute(name)}>{notice}{source}</div>'


def _table(math: Math, table: FormulaTable, rendering: Rendering) -> str:
    """One row of the layout table a row of the formula; a number beyond the last row stands at the last."""
    beside: dict[int, list[EquationNumber]] = {}
    for number in math.numbers:
        beside.setdefault(min(number.row, len(table.rows) - 1), []).append(number)
    width = max(len(row.cells) for row in table.rows)
    long = _is_long(table, rendering)
    rows = [row.broken if long else row for row in table.rows]
    body = "".join(_table_row(row, beside.get(index, []), width, rendering) for index, row in enumerate(rows))
    fitted = _fitted(body, rendering) if long else ""
    drawn = _layout_table(_speaking(body, math, rendering), table, long=long)
    return f'<div class="equation rows"{fitted}{_focus(math)}{_tex(math, rendering)}>{drawn}</div>'


def _table_row(row: Row, numbers: list[EquationNumber], width: int, rendering: Rendering) -> str:
    cells = f"{row}{'<td></td>' * (width - len(row.cells))}"
    row_id = id_attribute(numbers[0].anchor) if numbers else ""
    rest = "".join(f"<span{id_attribute(number.anchor)}>{_printed(number, rendering)}</span>" for number in numbers[1:])
    first = _printed(numbers[0], rendering) if numbers else ""
    edges = '<td class="edge"></td>', f'<td class="number">{first}{rest}</td>'
    return f"<tr{row_id}{class_attribute(row.kind)}>{edges[0]}{cells}{edges[1]}</tr>"


def _beside(number: EquationNumber, rendering: Rendering) -> str:
    """The number of an environment inside a line, after its formula; in what is a link itself, only its text."""
    if not rendering.links:
        return f'<span class="number">\u2002{escape(number.printed)}</span>'
    return f'<span class="number"{id_attribute(number.anchor)}>\u2002{_printed(number, rendering)}</span>'


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
