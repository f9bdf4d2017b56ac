r"""Blocks as LaTeX, in the commands and environments that styles/book.tex.j2 defines.

A displayed formula continues the paragraph before it, as it does in print: no empty line is written before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final, assert_never

from pipeline.document import (
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
from pipeline.paragraphs import is_blank, text_and_displays
from pipeline.walk import source_text
from pipeline.writers.bullets import has_plain_bullet
from pipeline.writers.highlight import Tone, highlighted_lines
from pipeline.writers.latex.inlines import bookmark, decorated, inlines_to_latex, kept_end, title_to_latex
from pipeline.writers.latex.math import marks
from pipeline.writers.latex.qr import qr_code
from pipeline.writers.latex.setting import Setting, begins
from pipeline.writers.latex.tables import table_to_latex
from pipeline.writers.latex.text import breakable, code_line, escape, escape_url

_PARTING: Final = (Heading, ReadMore, Rule)
_LIST_END: Final = r"\end{points}"
_INDENT: Final = 2  # characters
_DRAWN: Final = re.compile("[\u2500-\u257f]")


def blocks_to_latex(blocks: Blocks, setting: Setting) -> str:
    """Return ``blocks`` as vertical material, each on lines of its own."""
    pieces: list[str] = []
    previous: Block | None = None
    for block in _without_needless_rules(blocks):
        if isinstance(block, ReadMore) and pieces:
            pieces[-1] = kept_with_next(pieces[-1])
        pieces += [_gap(previous, block), _block(block, setting)]
        previous = block
    return "".join(pieces) + "\n"


def kept_with_next(latex: str) -> str:
    """Return the LaTeX of blocks so that a page does not end behind it because it ends with a list."""
    before, end, after = latex.rpartition(_LIST_END)
    return latex if not end or after.strip() else f"{before}\\staytogether\n{end}{after}"


def _without_needless_rules(blocks: Blocks) -> Blocks:
    """Leave out the rules that part nothing, or what a heading or the mark of a cut parts already."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, _PARTING) and kept and isinstance(kept[-1], Rule):
            kept.pop()
        if not isinstance(block, Rule) or (kept and not isinstance(kept[-1], Heading)):
            kept.append(block)
    return tuple(kept[:-1] if kept and isinstance(kept[-1], Rule) else kept)


def _gap(previous: Block | None, block: Block) -> str:
    """What stands between two blocks: a displayed formula ends no paragraph, everything else does."""
    if not _begins_with_display(block):
        return f"\n\n{_announced(previous, block)}" if previous else ""
    if isinstance(previous, Paragraph | Equation):
        return "\n"
    return "\n\n\\displaystart\n" if previous else "\\displaystart\n"


def _begins_with_display(block: Block) -> bool:
    match block:
        case Equation():
            return True
        case Paragraph(content=content):
            first = next((inline for inline in content if not is_blank(inline)), None)
            return isinstance(first, Math) and first.display
        case _:
            return False


def _announced(previous: Block, block: Block) -> str:
    """Keep what a line announces on its page; of many such lines in a row no page could hold all."""
    apart = isinstance(block, _PARTING) or _announces(block)
    return "\\announced\n" if _announces(previous) and not apart else ""


def _announces(block: Block) -> bool:
    return isinstance(block, Paragraph) and source_text(block.content[-1:]).rstrip().endswith(("：", ":"))


def _block(block: Block, setting: Setting) -> str:
    number = None if isinstance(block, Rule) else setting.next_block()
    match block:
        case Paragraph(content=content):
            return _paragraph(content, setting, number)
        case Heading():
            return _heading(block, setting, number)
        case Equation(math=math):
            return _display(math, setting, number)
        case Figure():
            return _figure(block, setting, number)
        case BulletList(items=items) | OrderedList(items=items):
            return _list(items, setting)
        case DefinitionList(items=definitions):
            terms = (_definition(item, setting, begins(number, part)) for part, item in enumerate(definitions))
            return "\n\n".join(terms)
        case Quote(blocks=blocks):
            return _environment("quoted", "", blocks_to_latex(blocks, _indented(setting)))
        case CodeBlock(text=text, language=language):
            return _code(text, language, number)
        case Table():
            return table_to_latex(block, setting, number)
        case Rule():
            return r"\postbreak"
        case ReadMore():
            return cut_mark(setting, begins(number))
        case _:
            assert_never(block)


def _environment(name: str, arguments: str, body: str) -> str:
    return f"\\begin{{{name}}}{arguments}\n{body.strip()}\n\\end{{{name}}}"


def _paragraph(content: Inlines, setting: Setting, number: int | None) -> str:
    """Text and the displays in it; white space and line ends around a display are its own."""
    return "\n".join(
        _display(run, setting, number, part) if isinstance(run, Math) else _lines(run, setting, begins(number, part))
        for part, run in enumerate(text_and_displays(content))
    )


def _display(math: Math, setting: Setting, block: int | None, part: int = 0) -> str:
    """A display, in which its page is noted where it is marked: in front of it would be the line before."""
    number = setting.next_number()
    latex = setting.formula(math, setting.indent, number)
    if block is None or number is None:
        return latex
    mark, _ = marks(number)
    return latex.replace(mark, rf"{mark}\noteplace{{{block}.{part}}}")


def _lines(content: Inlines, setting: Setting, beginning: str) -> str:
    """Text up to the end of its paragraph or to a display; its last characters stay together on the last line.

    A picture at its beginning is not indented: it may be as wide as the page.
    """
    start = r"\noindent " if isinstance(content[0], Image) else ""
    return start + beginning + kept_end(decorated(inlines_to_latex(content, setting).strip()))


def _heading(heading: Heading, setting: Setting, number: int | None) -> str:
    title = begins(number) + title_to_latex(heading.content, setting)
    return rf"\heading{{{min(heading.level, 4)}}}{{{heading.anchor}}}{{{bookmark(heading.content)}}}{{{title}}}"


def _figure(figure: Figure, setting: Setting, number: int | None) -> str:
    name = setting.images.get(figure.image.resource) if figure.image else None
    caption = inlines_to_latex(figure.caption, setting).strip()
    beginning = "" if number is None else f"[{begins(number)}]"
    if name:
        return rf"\figurepicture{beginning}{{{figure.anchor}}}{{{name}}}{{{caption}}}"
    return rf"\lostfigure{beginning}{{{figure.anchor}}}{{{escape(setting.phrases.lost_picture())}}}{{{caption}}}"


def _list(items: tuple[ListItem, ...], setting: Setting) -> str:
    """Points hang behind their markers: those of the source, or a bullet."""
    setting = _indented(setting, max((len(item.marker.strip()) for item in items), default=0))
    markers = [_marker(item) for item in items]
    widest = max(markers, key=len, default="")
    points = "\n".join(
        rf"\point{{{marker}}}{blocks_to_latex(item.blocks, setting).rstrip()}"
        for marker, item in zip(markers, items, strict=True)
    )
    return _environment("points", f"{{{widest}}}", points)


def _indented(setting: Setting, marker: int = 0) -> Setting:
    return replace(setting, indent=setting.indent + max(_INDENT, marker))


def _marker(item: ListItem) -> str:
    if has_plain_bullet(item):
        return r"\bullets"
    marker = item.marker.strip()
    narrow = not marker or unicodedata.east_asian_width(marker[-1]) not in ("W", "F", "A")
    return escape(marker) + (r"\enskip" if narrow else "")  # full-width marks bring their own space


def _definition(item: Definition, setting: Setting, beginning: str) -> str:
    term = rf"\term{{{beginning}{inlines_to_latex(item.term, setting)}}}"
    return f"{term}\n{_environment('defined', '', blocks_to_latex(item.blocks, _indented(setting)))}"


def _code(text: str, language: str, number: int | None) -> str:
    lines = ("".join(_toned(tone, piece) for tone, piece in line) for line in highlighted_lines(text, language))
    marked = (begins(number, part) + line if line else "" for part, line in enumerate(lines))  # none begins a page
    body = "\n".join(rf"\codeline{{{line}}}" for line in marked)
    return _environment("codeblock", r"\drawing" if _DRAWN.search(text) else "", body)


def _toned(tone: Tone, piece: str) -> str:
    text = code_line(piece)
    return rf"\tone{{{tone.value}}}{{{text}}}" if tone.value else text


def cut_mark(setting: Setting, beginning: str = "") -> str:
    """Return the mark that the source ends here, with the way to the whole post where one is known.

    A code to scan has to lead to the post: the blog's front page needs none, and every post would have the same.
    """
    notice = beginning + escape(setting.phrases.truncated)
    url = setting.post_url
    if not url:
        return rf"\cutmark{{{notice}}}"
    link = rf"{escape(setting.phrases.read_at)} \href{{{escape_url(url)}}}{{{breakable(url, escape)}}}"
    if not setting.own_page:
        return rf"\cutmark{{{notice} {link}}}"
    return rf"\cutmarkwithcode{{{notice}}}{{{link}}}{{{qr_code(url)}}}"
