"""Blocks of pandoc's JSON as ours. Pandoc's nodes: pandoc-types, ``Text.Pandoc.Definition``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.document import (
    Blocks,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Delimiters,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Math,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Str,
    Table,
)
from pipeline.paragraphs import is_blank, place_of, trimmed
from pipeline.readers.pandoc.context import Context
from pipeline.readers.pandoc.flatten import flattened
from pipeline.readers.pandoc.inlines import found_math, plain_text, read_inlines
from pipeline.readers.pandoc.markers import item_marker
from pipeline.readers.pandoc.process import Json
from pipeline.readers.pandoc.tables import read_table
from pipeline.readers.pandoc.text import text_with_formulas


def read_blocks(nodes: Sequence[Json], context: Context) -> Blocks:
    """Return our blocks for a run of pandoc's."""
    return tuple(block for node in nodes for block in _read(node, context))


def _read(node: Json, context: Context) -> Blocks:
    kind, content = node["t"], node.get("c")
    if kind in _BLOCKS:
        return _BLOCKS[kind](content, context)
    context.simplified(f"{kind!r} is kept as plain text")
    return (Paragraph((Str(context.formulas.restore(plain_text(node)), context.span),), context.span),)


def _paragraph(content: Json, context: Context) -> Blocks:
    """A paragraph; one that holds only pictures or displayed formulas becomes these."""
    figure = _picture(content, context)
    if figure:
        return (figure,)
    read = trimmed(read_inlines(content, context))
    visible = [inline for inline in read if not is_blank(inline)]
    alone = tuple(block for inline in visible if (block := _alone(inline)))
    if len(alone) == len(visible):
        return alone
    return (Paragraph(read, place_of(read[0])),)


def _picture(content: Json, context: Context) -> Figure | None:
    """Return a picture that is a paragraph of its own; its title is the caption."""
    nodes = [node for node in content if node["t"] not in ("Space", "SoftBreak")]
    if len(nodes) != 1:
        return None
    (node,) = nodes
    if node["t"] in ("Span", "Link"):
        return _picture(node["c"][1], context.inside(node["c"][0]))
    if node["t"] != "Image":
        return None
    image = next(inline for inline in read_inlines(content, context) if isinstance(inline, Image))
    title = context.formulas.restore(node["c"][2][1]).strip()
    return Figure(text_with_formulas(title, image.span), image.span, image)


def _alone(inline: Inline) -> Figure | Equation | None:
    match inline:
        case Image(span=span):
            return Figure((), span, inline)
        case Link(content=(Image() as image,), span=span):
            return Figure((), span, image)
        case Math(display=True):
            return Equation(inline)
        case _:
            return None


def _line_block(content: Json, context: Context) -> Blocks:
    lines = [read_inlines(line, context) for line in content]
    broken = (inline for line in lines for inline in (*line, LineBreak(context.span)))
    return (Paragraph(trimmed(tuple(broken)), context.span),) if any(lines) else ()


def _code(content: Json, context: Context) -> Blocks:
    (_name, classes, _pairs), text = content
    language = next((name.removeprefix("language-").removeprefix("lang-") for name in classes), "").strip("{}=.")
    code, span = context.formulas.restore(text).rstrip("\n"), context.at(content[0])
    if language == "math" and code.strip():  # so GitHub and GitLab write formulas
        return (Equation(found_math(code, span) or Math(code.strip(), Delimiters.DOLLARS, span)),)
    return (CodeBlock(code, span, language),)


def _raw(content: Json, context: Context) -> Blocks:
    form, text = content
    source = context.formulas.restore(text).strip()
    if form == "html" and source.startswith("<!--"):
        return ()
    math = found_math(source, context.span)
    if math:
        return (Equation(math),)
    context.simplified(f"raw {form} is shown as its source")
    return (CodeBlock(source, context.span, form),)


def _quote(content: Json, context: Context) -> Blocks:
    inner = read_blocks(content, context.inside())
    return (Quote(inner, context.span),) if inner else ()


def _ordered(content: Json, context: Context) -> Blocks:
    attributes, items = content
    markers = (item_marker(attributes, place) for place in range(len(items)))
    return (OrderedList(tuple(map(partial(_item, context.inside()), markers, items)), context.span),)


def _bullets(content: Json, context: Context) -> Blocks:
    """A list of points; where all are tasks, their boxes stand in place of bullets."""
    items = tuple(_item(context.inside(), "-", item) for item in content)
    tasks = [task for item in items if (task := _task(item))]
    return (BulletList(tuple(tasks) if len(tasks) == len(items) else items, context.span),)


def _task(item: ListItem) -> ListItem | None:
    """Return a point that begins with a box with the box as its marker; None for another."""
    match item.blocks:
        case (Paragraph(content=(Str(text=text) as first, *rest)) as head, *others) if text[:2] in _DRAWN:
            head = replace(head, content=(replace(first, text=text[2:]), *rest))
            return replace(item, marker=text[0], blocks=(head, *others))
        case _:
            return None


def _item(context: Context, marker: str, nodes: Json) -> ListItem:
    blocks = read_blocks(nodes, context)
    match blocks:
        case (Paragraph(content=(Str(text=text) as first, *rest)) as head, *others) if text[:4] in _BOXES:
            box = replace(first, text=_BOXES[text[:4]] + text[4:])
            blocks = (replace(head, content=(box, *rest)), *others)
    attributes = nodes[0]["c"][0] if nodes and nodes[0]["t"] == "Div" else None
    return ListItem(marker, blocks, context.at(attributes))


def _definitions(content: Json, context: Context) -> Blocks:
    inside = context.inside()
    items = tuple(
        Definition(
            read_inlines(term, inside), tuple(b for part in parts for b in read_blocks(part, inside)), context.span
        )
        for term, parts in content
    )
    return (DefinitionList(items, context.span),)


def _header(content: Json, context: Context) -> Blocks:
    level, attributes, nodes = content
    read = trimmed(read_inlines(nodes, context.inside(attributes)))
    return (Heading(level, read, context.at(attributes), name=attributes[0]),) if read else ()


def _figure(content: Json, context: Context) -> Blocks:
    """A picture or a table with its caption; what else a figure holds stands on its own, its caption after it."""
    attributes, (_short, caption), nodes = content
    inside = context.inside(attributes)
    held, words = read_blocks(nodes, inside), flattened(read_blocks(caption, inside))
    match held:
        case (Figure(image=image),):
            return (Figure(words, inside.span, image),)
        case (Table(caption=()) as table,):
            return (replace(table, caption=words),)
        case _:
            return (*held, Paragraph(words, inside.span)) if words else held


def _div(content: Json, context: Context) -> Blocks:
    """What a division holds; of the shapes that a notebook keeps an output in, the plain one is the last resort."""
    read = read_blocks(content[1], context.inside(content[0]))
    if _OUTPUTS.isdisjoint(content[0][1]):
        return read
    return tuple(block for block in read if not isinstance(block, CodeBlock)) or read


_OUTPUTS: Final = frozenset({"display_data", "execute_result"})  # classes of pandoc's notebook reader
_BOXES: Final = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_DRAWN: Final = frozenset(_BOXES.values())
_BLOCKS: Final[dict[str, Callable[[Json, Context], Blocks]]] = {
    "Plain": _paragraph,
    "Para": _paragraph,
    "LineBlock": _line_block,
    "CodeBlock": _code,
    "RawBlock": _raw,
    "BlockQuote": _quote,
    "OrderedList": _ordered,
    "BulletList": _bullets,
    "DefinitionList": _definitions,
    "Header": _header,
    "HorizontalRule": lambda _content, context: (Rule(context.span),),
    "Table": lambda content, context: (read_table(content, context),),
    "Figure": _figure,
    "Div": _div,
}
