"""Blocks and inlines as XHTML that is HTML5 as well: the one body of markup behind the EPUB and the page.

Every text is escaped here; MathML goes in as the math stage guarantees it. Void elements are closed (``<br/>``), others
never self-close, so both parsers build the same tree.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from typing import TypeAlias, assert_never

from markupsafe import Markup

from pipeline.document import (
    Alignment,
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inlines,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Table,
)
from pipeline.paragraphs import text_and_displays
from pipeline.walk import source_text
from pipeline.writers.bullets import has_plain_bullet
from pipeline.writers.highlight import Tone, highlighted_lines
from pipeline.writers.widths import is_loose
from pipeline.writers.xhtml.attributes import class_attribute, id_attribute
from pipeline.writers.xhtml.equations import render_display
from pipeline.writers.xhtml.inlines import inlines_to_markup, render_image
from pipeline.writers.xhtml.rendering import Flow, Rendering
from pipeline.writers.xhtml.titles import title_to_markup

_DEEPEST_HEADING = 6
_CODE_LINE = 30  # characters of code, which a phone's line holds
_TAB = 4  # as in styles/book.css

_Pieces: TypeAlias = tuple[tuple[Tone, str], ...]


def render_blocks(blocks: Blocks, rendering: Rendering) -> Markup:
    """Return ``blocks`` as flow content, followed by the footnotes that stand in them."""
    flow = Flow(open_levels=list(rendering.open_levels), blocks=rendering.blocks_before)
    body = _blocks(blocks, rendering, flow)
    return Markup(body + _notes(rendering, flow))  # noqa: S704 - escaped node by node


def render_inlines(inlines: Inlines, rendering: Rendering) -> Markup:
    """Return ``inlines`` as phrasing content; footnotes, which need a place below, are left out."""
    return Markup(inlines_to_markup(inlines, rendering, Flow()))  # noqa: S704 - escaped node by node


def render_title(title: Inlines, rendering: Rendering) -> Markup:
    """Return the title of a post as phrasing content, with signs of where its lines would end."""
    return Markup(title_to_markup(title, rendering, Flow()))  # noqa: S704 - escaped node by node


def render_label(inlines: Inlines, rendering: Rendering) -> Markup:
    """Return ``inlines`` for a place inside a link, such as an entry of the contents: no links, no notes."""
    return render_inlines(inlines, replace(rendering, links=False))


def plain_text(inlines: Inlines) -> str:
    """Return ``inlines`` as one line of text for places that hold no markup, formulas as their TeX without dollars."""
    pieces = (inline.tex if isinstance(inline, Math) else source_text((inline,)) for inline in inlines)
    return " ".join("".join(pieces).split())


def _blocks(blocks: Blocks, rendering: Rendering, flow: Flow) -> str:
    return "\n".join(_block(block, rendering, flow) for block in blocks)


def _block(block: Block, rendering: Rendering, flow: Flow) -> str:
    number = 0 if isinstance(block, Rule) else flow.add_block()
    match block:
        case Paragraph(content=content):
            return _paragraph(content, rendering, flow, number)
        case Heading():
            return rendering.page_break(number) + _heading(block, rendering, flow)
        case Equation(math=math):
            return rendering.page_break(number) + _display(math, rendering, flow)
        case Figure():
            return rendering.page_break(number) + _figure(block, rendering, flow)
        case BulletList(items=items):
            return _list("ul", items, rendering, flow)
        case OrderedList(items=items):
            return _list("ol", items, rendering, flow)
        case DefinitionList(items=definitions):
            begins = partial(rendering.page_break, number)
            terms = (_definition(item, begins(part), rendering, flow) for part, item in enumerate(definitions))
            return _wrap("dl", "\n".join(terms))
        case Quote(blocks=blocks):
            return _wrap("blockquote", _blocks(blocks, rendering, flow))
        case CodeBlock():
            return _code_block(block, rendering, number)
        case Table():
            return _table(block, rendering, flow, number)
        case Rule():
            return "<hr/>"
        case ReadMore():
            return rendering.page_break(number) + _truncated(rendering)
        case _:
            assert_never(block)


def _wrap(tag: str, body: str) -> str:
    return f"<{tag}>\n{body}\n</{tag}>"


def _paragraph(content: Inlines, rendering: Rendering, flow: Flow, number: int) -> str:
    """Text and the displayed formulas in it; ``<p>`` cannot hold a block, so the text after one is a continuation."""
    pieces: list[str] = []
    for place, run in enumerate(text_and_displays(content)):
        page_break = rendering.page_break(number, place)
        if isinstance(run, Math):
            pieces.append(page_break + _display(run, rendering, flow))
        else:
            pictured = isinstance(run[0], Image)
            names = " ".join(["continued"] * (place > 0) + ["loose"] * is_loose(run) + ["pictured"] * pictured)
            pieces.append(f"<p{class_attribute(names)}>{page_break}{inlines_to_markup(run, rendering, flow)}</p>")
    return "\n".join(pieces)


def _display(math: Math, rendering: Rendering, flow: Flow) -> str:
    """A displayed formula; one without a number, which would carry its id, has one of its own where ids are wanted."""
    if math.numbers or not rendering.display_prefix:
        return render_display(math, rendering)
    return render_display(math, rendering, f"{rendering.display_prefix}{flow.add_display()}")


def _heading(heading: Heading, rendering: Rendering, flow: Flow) -> str:
    level = min(rendering.heading_base + flow.enter(heading.level) - 1, _DEEPEST_HEADING)
    content = title_to_markup(heading.content, rendering, flow)
    return f"<h{level}{id_attribute(heading.anchor)}>{content}{_permalink(heading.anchor, rendering)}</h{level}>"


def _figure(figure: Figure, rendering: Rendering, flow: Flow) -> str:
    if figure.image and figure.image.resource:
        kind, picture = "", render_image(figure.image, rendering)
    else:
        kind, picture = ' class="lost"', f'<p class="missing">{escape(rendering.phrases.lost_picture())}</p>'
    caption = inlines_to_markup(figure.caption, rendering, flow)
    link = _permalink(figure.anchor, rendering)
    words = f"\n<figcaption>{caption}{link}</figcaption>" if caption else ""
    return f"<figure{kind}{id_attribute(figure.anchor)}>\n{picture}{words}\n</figure>"


def _list(tag: str, items: tuple[ListItem, ...], rendering: Rendering, flow: Flow) -> str:
    """A list; markers that the author wrote are kept, as text that hangs before the point."""
    if all(has_plain_bullet(item) for item in items):
        return _wrap(tag, "\n".join(f"<li>{_blocks(item.blocks, rendering, flow)}</li>" for item in items))
    points = "\n".join(_marked_point(item, rendering, flow) for item in items)
    return f'<{tag} class="marked">\n{points}\n</{tag}>'


def _marked_point(item: ListItem, rendering: Rendering, flow: Flow) -> str:
    marker = f'<span class="marker">{escape(item.marker.strip())}</span>'
    return f'<li>{marker}<div class="point">{_blocks(item.blocks, rendering, flow)}</div></li>'


def _definition(item: Definition, page_break: str, rendering: Rendering, flow: Flow) -> str:
    term = page_break + inlines_to_markup(item.term, rendering, flow)
    return f"<dt>{term}</dt>\n<dd>{_blocks(item.blocks, rendering, flow)}</dd>"


def _code_block(block: CodeBlock, rendering: Rendering, number: int) -> str:
    """Code, a box for each line, so that what goes on in the next hangs; whoever copies it gets the line ends, too."""
    language = f' class="language-{escape(block.language)}"' if block.language.isalnum() else ""
    lines = highlighted_lines(block.text, block.language)
    code = "\n</span>".join(
        f'<span class="code-line"{_indented(line, rendering)}>{rendering.page_break(number, part)}{_in_tones(line)}'
        for part, line in enumerate(lines)
    )
    return f'<pre tabindex="0"><code{language}>{code}</span></code></pre>'


def _in_tones(line: _Pieces) -> str:
    return "".join(_toned(tone, piece) for tone, piece in line)


def _indented(line: _Pieces, rendering: Rendering) -> str:
    """Tell the style sheet how far a line is indented, where it may be folded because nothing scrolls."""
    text = "".join(piece for _, piece in line).expandtabs(_TAB)
    spaces = len(text) - len(text.lstrip(" "))
    return f' style="--in: {spaces}"' if rendering.breaks and spaces and len(text) > _CODE_LINE else ""


def _toned(tone: Tone, piece: str) -> str:
    text = escape(piece, quote=False)
    return f'<span class="code-{tone.value}">{text}</span>' if tone.value else text


def _table(table: Table, rendering: Rendering, flow: Flow, number: int) -> str:
    """A table; a page that begins with the first row behind its head begins with all of it."""
    head = table.header_rows
    caption = inlines_to_markup(table.caption, rendering, flow)
    words = f"<caption>{caption}</caption>\n" if caption else ""
    cells = [[inlines_to_markup(cell, rendering, flow) for cell in row] for row in table.rows]
    breaks = [rendering.page_break(number, row) for row in range(len(cells))]
    own, inner = "".join(breaks[: head + 1]), ("" if row <= head else each for row, each in enumerate(breaks))
    rows = [_row(row, each, table, index) for index, (row, each) in enumerate(zip(cells, inner, strict=True))]
    drawn = f"{words}{_rows('thead', rows[:head])}{_rows('tbody', rows[head:])}"
    return f'{own}<div class="table" tabindex="0">\n<table>\n{drawn}</table>\n</div>'


def _rows(tag: str, rows: list[str]) -> str:
    return f"{_wrap(tag, chr(10).join(rows))}\n" if rows else ""


def _row(cells: list[str], page_break: str, table: Table, index: int) -> str:
    opening, closing = ('th scope="col"', "th") if index < table.header_rows else ("td", "td")
    marks = (
        f"<{opening}{_aligned(table.alignments, column)}>{page_break * (column == 0)}{cell}</{closing}>"
        for column, cell in enumerate(cells)
    )
    return f"<tr>{''.join(marks)}</tr>"


def _aligned(alignments: tuple[Alignment, ...], column: int) -> str:
    alignment = alignments[column] if column < len(alignments) else Alignment.DEFAULT
    return "" if alignment is Alignment.DEFAULT else f' class="{alignment.value}"'


def _truncated(rendering: Rendering) -> str:
    phrases = rendering.phrases
    href = rendering.post_url
    link = f' <a href="{escape(href)}">{escape(phrases.read_at)} {escape(href)}</a>' if href else ""
    return f'<div class="truncated" role="note"><p>{escape(phrases.truncated)}{link}</p></div>'


def _notes(rendering: Rendering, flow: Flow) -> str:
    """The footnotes; a note may hold notes, which join the end of the row while it is written."""
    if not flow.notes:
        return ""
    rendering = replace(rendering, page_breaks={})
    pieces: list[str] = []
    while len(pieces) < len(flow.notes):
        pieces.append(_note(len(pieces) + 1, rendering, flow))
    body = "\n".join(pieces)
    return f'\n<div class="notes">\n{body}\n</div>'


def _note(number: int, rendering: Rendering, flow: Flow) -> str:
    name = f"{rendering.note_prefix}-{number}"
    kind = ' epub:type="footnote"' if rendering.epub_types else ""
    back = f'<a class="marker" role="doc-backlink" href="#{name}-mark">{number}</a>'
    body = _blocks(flow.notes[number - 1].blocks, rendering, flow)
    return f'<aside{kind} role="doc-footnote" id="{name}">{back}<div class="point">{body}</div></aside>'


def _permalink(anchor: str, rendering: Rendering) -> str:
    """The link of a place to itself, for whoever wants to quote it; nothing where none is wanted."""
    if not rendering.permalinks or not anchor:
        return ""
    label = escape(rendering.phrases.permalink)
    return f'<a class="permalink" href="{escape(rendering.anchor_href(anchor))}" aria-label="{label}">#</a>'
