"""Map and iterate over blocks and inlines, whichever nodes hold which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from operator import is_
from typing import Final, TypeAlias, TypeVar, assert_never, get_args

from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Container,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    InlineCode,
    Inlines,
    Leaf,
    LineBreak,
    ListItem,
    Math,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Str,
    Table,
    Xref,
)

LEAVES: Final = frozenset(get_args(Leaf))
"""The classes of leaves: nearly all inlines are one, so the walks look here before they take one apart."""

InlineMap: TypeAlias = Callable[[Inline], Inlines]
"""What to put in the place of a leaf or of an inline whose own content was mapped already."""


def map_inlines(inlines: Inlines, change: InlineMap) -> Inlines:
    """Return ``inlines`` with ``change`` applied to every inline, children first; itself where nothing changed."""
    mapped: list[Inline] = []
    for inline in inlines:
        mapped += change(inline if type(inline) in LEAVES else _map_children(inline, change))
    return _shared(inlines, tuple(mapped))


_T = TypeVar("_T")


def _shared(old: tuple[_T, ...], new: tuple[_T, ...]) -> tuple[_T, ...]:
    """Return ``old`` where ``new`` holds the very same objects, so that what did not change is not copied either."""
    return old if len(old) == len(new) and all(map(is_, old, new)) else new


def _map_children(inline: Inline, change: InlineMap) -> Inline:
    if isinstance(inline, Container):
        mapped = map_inlines(inline.content, change)
        return inline if mapped is inline.content else replace(inline, content=mapped)
    if isinstance(inline, Note):
        return replace(inline, blocks=map_blocks(inline.blocks, change))
    if isinstance(inline, Leaf):
        return inline
    assert_never(inline)


def map_blocks(blocks: Blocks, change: InlineMap) -> Blocks:
    """Return ``blocks`` with ``change`` applied to every inline in them; an ``Equation`` must stay one ``Math``."""
    return _shared(blocks, tuple(_map_block(block, change) for block in blocks))


def _map_block(block: Block, change: InlineMap) -> Block:
    if isinstance(block, Equation):
        return _map_equation(block, change)
    if isinstance(block, Figure) and block.image is not None:
        block = replace(block, image=_map_picture(block.image, change))
    return _rebuilt(block, lambda run: map_inlines(run, change), lambda inner: map_blocks(inner, change))


def _map_equation(equation: Equation, change: InlineMap) -> Equation | Paragraph:
    """A displayed formula that a change turned into something else is a paragraph from then on."""
    new = change(equation.math)
    if len(new) == 1 and isinstance(new[0], Math):
        return equation if new[0] is equation.math else Equation(new[0])
    return Paragraph(new, equation.math.span)


def _map_picture(picture: Image, change: InlineMap) -> Image | None:
    """A figure whose picture a change took away keeps its caption, as one whose picture the source lost."""
    return next((new for new in change(picture) if isinstance(new, Image)), None)


BlockMap: TypeAlias = Callable[[Block], Block]
"""What to put in the place of a block, before the blocks in it are looked at."""

SiblingMap: TypeAlias = Callable[[Blocks], Blocks]
"""What to put in the place of all blocks that stand side by side."""

RunMap: TypeAlias = Callable[[Inlines], Inlines]
"""What to put in the place of a run of inlines that a block holds itself."""


def change_blocks(blocks: Blocks, change: BlockMap) -> Blocks:
    """Return ``blocks`` with ``change`` applied to every block in source order, a container before what it holds."""
    return expand_blocks(blocks, lambda block: (change(block),))


def expand_blocks(blocks: Blocks, change: Callable[[Block], Blocks]) -> Blocks:
    """Return ``blocks`` with any number of blocks in the place of each, in the order of ``change_blocks``."""
    expanded = (new for block in blocks for new in change(block))
    return _shared(blocks, tuple(_rebuilt(new, _kept, lambda inner: expand_blocks(inner, change)) for new in expanded))


def change_siblings(blocks: Blocks, change: SiblingMap) -> Blocks:
    """Return ``blocks`` with ``change`` applied to all that stand side by side, then to those in each of them."""
    return tuple(_rebuilt(block, _kept, lambda inner: change_siblings(inner, change)) for block in change(blocks))


def change_runs(blocks: Blocks, change: RunMap) -> Blocks:
    """Return ``blocks`` with ``change`` applied to every run that ``own_inlines`` gives of any block, in source order.

    An ``Equation`` is left alone: it holds one formula, and no run of text.
    """
    return _shared(blocks, tuple(_rebuilt(block, change, lambda inner: change_runs(inner, change)) for block in blocks))


def _kept(run: Inlines) -> Inlines:
    return run


def _rebuilt(block: Block, run: RunMap, inner: SiblingMap) -> Block:
    """Return ``block`` with ``run`` applied to the runs and ``inner`` to the blocks that it holds, in source order."""
    match block:
        case Paragraph(content=content) | Heading(content=content):
            changed = run(content)
            return block if changed is content else replace(block, content=changed)
        case Figure(caption=caption):
            changed = run(caption)
            return block if changed is caption else replace(block, caption=changed)
        case BulletList(items=items) | OrderedList(items=items):
            points = _shared(items, tuple(_rebuilt_item(item, inner) for item in items))
            return block if points is items else replace(block, items=points)
        case DefinitionList(items=definitions):
            return replace(
                block,
                items=tuple(replace(item, term=run(item.term), blocks=inner(item.blocks)) for item in definitions),
            )
        case Quote(blocks=blocks):
            return replace(block, blocks=inner(blocks))
        case Table(rows=rows, caption=caption):
            new_rows = tuple(tuple(run(cell) for cell in row) for row in rows)
            return replace(block, rows=new_rows, caption=run(caption))
        case Equation() | CodeBlock() | Rule() | ReadMore():
            return block
        case _:
            assert_never(block)


def _rebuilt_item(item: ListItem, inner: SiblingMap) -> ListItem:
    blocks = inner(item.blocks)
    return item if blocks is item.blocks else replace(item, blocks=blocks)


def iter_blocks(blocks: Blocks) -> Iterator[Block]:
    """Yield every block in source order, a container before what it holds; blocks of notes are not among them."""
    for block in blocks:
        yield block
        for _run, inner in _held(block):
            yield from iter_blocks(inner)


def iter_inlines(blocks: Blocks) -> Iterator[Inline]:
    """Yield every inline under ``blocks`` in source order, a container before what it holds, notes included.

    The picture of a figure comes before its caption.
    """
    for block in blocks:
        if isinstance(block, Figure) and block.image is not None:
            yield block.image
        for run, inner in _held(block):
            yield from descend(run or ())
            yield from iter_inlines(inner)


def own_inlines(block: Block) -> tuple[Inlines, ...]:
    """Return the runs of text that ``block`` holds itself, not through inner blocks."""
    return tuple(run for run, _inner in _held(block) if run is not None)


def texts_of(block: Block) -> Iterator[str]:
    """Yield the text that ``block`` holds itself: each run as ``source_text`` has it, and code as it is."""
    if isinstance(block, CodeBlock):
        yield block.text
    else:
        yield from map(source_text, own_inlines(block))


_Held: TypeAlias = tuple[Inlines | None, Blocks]
"""A run, where there is one, and the blocks that come after it."""


def _held(block: Block) -> tuple[_Held, ...]:
    """Return what ``block`` holds, in source order."""
    match block:
        case Paragraph(content=content) | Heading(content=content) | Figure(caption=content):
            return ((content, ()),)
        case Equation(math=math):
            return (((math,), ()),)
        case BulletList(items=items) | OrderedList(items=items):
            return tuple((None, item.blocks) for item in items)
        case DefinitionList(items=definitions):
            return tuple((item.term, item.blocks) for item in definitions)
        case Quote(blocks=blocks):
            return ((None, blocks),)
        case Table(rows=rows, caption=caption):
            return tuple((run, ()) for run in (*chain.from_iterable(rows), caption))
        case CodeBlock() | Rule() | ReadMore():
            return ()
        case _:
            assert_never(block)


def iter_images(blocks: Blocks) -> Iterator[Image]:
    """Yield the pictures under ``blocks`` in source order, of figures and in lines alike."""
    return (inline for inline in iter_inlines(blocks) if isinstance(inline, Image))


def descend(inlines: Inlines) -> Iterator[Inline]:
    """Yield every inline of ``inlines``, a container before what it holds."""
    for inline in inlines:
        yield inline
        if type(inline) in LEAVES:
            continue
        if isinstance(inline, Container):
            yield from descend(inline.content)
        elif isinstance(inline, Note):
            yield from iter_inlines(inline.blocks)
        elif not isinstance(inline, Leaf):
            assert_never(inline)


def source_text(inlines: Inlines) -> str:
    r"""Return the text of ``inlines``: formulas between their delimiters, line ends as ``\n``.

    What a note says in its lines stands where its mark was, with nothing around it.
    """
    return "".join(_source_of(inline) for inline in inlines)


def _source_of(inline: Inline) -> str:
    if isinstance(inline, Container):
        return source_text(inline.content)
    match inline:
        case Str(text=text) | InlineCode(text=text):
            return text
        case Math():
            return inline.source
        case Xref(math=math):
            return math.source
        case Image(alt=alt):
            return alt
        case Note(blocks=blocks):
            return "".join(source_text(content) for block in iter_blocks(blocks) for content in own_inlines(block))
        case LineBreak():
            return "\n"
        case _:
            assert_never(inline)
