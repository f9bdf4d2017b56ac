"""Blocks as nodes of pandoc's JSON (pandoc-types, ``Text.Pandoc.Definition``)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final, assert_never

from pipeline.document import (
    Alignment,
    Block,
    Blocks,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inlines,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Table,
)
from pipeline.walk import iter_blocks
from pipeline.writers.bullets import has_plain_bullet
from pipeline.writers.pandoc.inlines import (
    Node,
    Nodes,
    PandocSetting,
    attributes,
    image_nodes,
    inline_nodes,
    math_nodes,
    text_nodes,
)

_ALIGNMENTS: Final = {
    Alignment.DEFAULT: "AlignDefault",
    Alignment.LEFT: "AlignLeft",
    Alignment.CENTER: "AlignCenter",
    Alignment.RIGHT: "AlignRight",
}
NUMBERED: Final = re.compile(r"([(（]?)\s*([0-9]{1,6})\s*([)）]?)[.．、]?")
"""A marker that these formats can draw themselves, in their own way: all that it says is its number."""

_BOXES: Final = ("☐", "☑")
_DEEPEST: Final = 6  # level of a heading that every format has


def block_nodes(blocks: Blocks, setting: PandocSetting, above: int = 0) -> Nodes:
    """Return ``blocks`` as nodes; ``above`` is how many levels of headings stand above theirs."""
    return [node for block in blocks for node in _nodes(block, setting, above)]


def _nodes(block: Block, setting: PandocSetting, above: int) -> Nodes:
    match block:
        case Paragraph(content=content):
            return [paragraph(_inlines(content, setting))]
        case Heading(level=level, content=content, anchor=anchor):
            return [heading(min(level + above, _DEEPEST), anchor, _inlines(content, setting))]
        case Equation(math=math):
            return [paragraph(math_nodes(math))]
        case Figure():
            return [_figure(block, setting)]
        case BulletList(items=items):
            return _bulleted(items, setting, above)
        case OrderedList(items=items):
            return _ordered(items, setting, above)
        case DefinitionList(items=definitions):
            pairs = [[_inlines(d.term, setting), [block_nodes(d.blocks, setting, above)]] for d in definitions]
            return [{"t": "DefinitionList", "c": pairs}]
        case Quote(blocks=blocks):
            return [{"t": "BlockQuote", "c": block_nodes(blocks, setting, above)}]
        case CodeBlock(text=text, language=language):
            return [{"t": "CodeBlock", "c": [attributes("", *([language] if language else [])), text]}]
        case Table():
            return _table(block, setting)
        case Rule():
            return [{"t": "HorizontalRule"}]
        case ReadMore():
            return []  # the document says it there, in the book's own words
        case _:
            assert_never(block)


def paragraph(content: Nodes) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": content}


def heading(level: int, anchor: str, content: Nodes) -> Node:
    """Return a heading that can be linked to."""
    return {"t": "Header", "c": [level, attributes(anchor), content]}


def _inlines(content: Inlines, setting: PandocSetting) -> Nodes:
    return inline_nodes(content, setting, lambda inner: block_nodes(inner, setting))


def _item(item: ListItem, setting: PandocSetting, above: int) -> Nodes:
    """Return the blocks of a point; one that has none gets a space, or docx would leave it out of the count."""
    return block_nodes(item.blocks, setting, above) or [paragraph([{"t": "Space"}])]


def _bulleted(items: tuple[ListItem, ...], setting: PandocSetting, above: int) -> Nodes:
    """A list with the format's bullets where the author's mean no more; else paragraphs that begin with theirs.

    The box of a task is the beginning of its point, which formats that have tasks know.
    """
    plain, tasks = all(map(has_plain_bullet, items)), all(item.marker in _BOXES for item in items)
    if (plain or tasks) and _may_be_list(items, setting):
        point = _marked if tasks else _item
        return [{"t": "BulletList", "c": [point(item, setting, above) for item in items]}]
    shown = (replace(item, marker="•") for item in items) if plain else items
    return [node for item in shown for node in _marked(item, setting, above)]


def _may_be_list(items: tuple[ListItem, ...], setting: PandocSetting) -> bool:
    """Whether no point holds a table, where the format allows none there."""
    tables = (block for item in items for block in iter_blocks(item.blocks) if isinstance(block, Table))
    return setting.tables_in_points or next(tables, None) is None


def _ordered(items: tuple[ListItem, ...], setting: PandocSetting, above: int) -> Nodes:
    """A numbered list where the markers count; else paragraphs that begin with their markers."""
    markers = [NUMBERED.fullmatch(item.marker) for item in items]
    numbers = [int(marker[2]) if marker else -1 for marker in markers]
    first = markers[0] if markers else None
    counted = list(range(numbers[0], numbers[0] + len(numbers))) if numbers else []
    if first is None or numbers != counted or not _may_be_list(items, setting):
        return [node for item in items for node in _marked(item, setting, above)]
    style = "TwoParens" if first[1] else "OneParen" if first[3] else "Period"
    listing = [[numbers[0], {"t": "Decimal"}, {"t": style}], [_item(item, setting, above) for item in items]]
    return [{"t": "OrderedList", "c": listing}]


def _marked(item: ListItem, setting: PandocSetting, above: int) -> Nodes:
    nodes = _item(item, setting, above)
    marker = text_nodes(f"{item.marker} ")
    if nodes and nodes[0]["t"] == "Para":
        return [paragraph([*marker, *nodes[0]["c"]]), *nodes[1:]]
    return [paragraph(marker), *nodes]


def _figure(figure: Figure, setting: PandocSetting) -> Node:
    caption = _inlines(figure.caption, setting)
    if figure.image is None or not figure.image.resource:
        words = text_nodes(setting.phrases.lost_picture() + (setting.phrases.gap if caption else ""))
        missing = paragraph([{"t": "Emph", "c": [*words, *caption]}])
        return {"t": "Div", "c": [attributes(figure.anchor), [missing]]}
    if setting.is_plain:
        return paragraph(_in_words(figure.image, caption))
    picture = {"t": "Plain", "c": image_nodes(figure.image, setting)}
    below = [{"t": "Plain", "c": caption}] if caption else []
    return {"t": "Figure", "c": [attributes(figure.anchor), [None, below], [picture]]}


def _in_words(image: Image, caption: Nodes) -> Nodes:
    """Return what stands for a picture and says it is one: its alternative text and its caption, same words once."""
    alt = text_nodes(image.alt)
    in_brackets = {"t": "Image", "c": [attributes(), alt or caption, ["", ""]]}  # as plain text shows the words of one
    return [in_brackets, *([{"t": "LineBreak"}, *caption] if alt and caption not in ([], alt) else [])]


def _table(table: Table, setting: PandocSetting) -> Nodes:
    """A table; in plain text its caption stands above it, as everywhere else, where pandoc has it below."""
    width = max((len(row) for row in table.rows), default=0)
    alignments = [*table.alignments, *[Alignment.DEFAULT] * (width - len(table.alignments))][:width]
    columns = [[{"t": _ALIGNMENTS[alignment]}, {"t": "ColWidthDefault"}] for alignment in alignments]
    rows = [_row(row, setting, width) for row in table.rows]
    head, body = rows[: table.header_rows], rows[table.header_rows :]
    caption = _inlines(table.caption, setting)
    below = [{"t": "Plain", "c": caption}] if caption and not setting.is_plain else []
    content: list[Any] = [attributes(), [None, below], columns, [attributes(), head]]
    drawn = {"t": "Table", "c": [*content, [[attributes(), 0, [], body]], [attributes(), []]]}
    return [paragraph(caption), drawn] if caption and setting.is_plain else [drawn]


def _row(row: tuple[Cell, ...], setting: PandocSetting, width: int) -> list[Any]:
    cells = [*row, *[()] * (width - len(row))]
    return [attributes(), [_cell(cell, setting) for cell in cells]]


def _cell(cell: Cell, setting: PandocSetting) -> list[Any]:
    content = [{"t": "Plain", "c": _in_one_line(_inlines(cell, setting), setting)}] if cell else []
    return [attributes(), {"t": "AlignDefault"}, 1, 1, content]


def _in_one_line(nodes: Nodes, setting: PandocSetting) -> Nodes:
    """Return what stands in a cell; where plain text had several lines, its neighbours would stand among them."""
    return [_without_lines(node) for node in nodes] if setting.is_plain else nodes


def _without_lines(node: Any) -> Any:  # noqa: ANN401 - pandoc's JSON
    match node:
        case {"t": "LineBreak"}:
            return {"t": "Space"}
        case {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}:
            inline = {"t": "Math", "c": [{"t": "InlineMath"}, tex]}
            return {"t": "Span", "c": [attributes(), [{"t": "Space"}, inline, {"t": "Space"}]]}
        case {"t": "Note"}:
            return node
        case dict():
            return {name: _without_lines(value) for name, value in node.items()}
        case list():
            return [_without_lines(value) for value in node]
        case str():
            return node.replace("\n", " ")
        case _:
            return node
