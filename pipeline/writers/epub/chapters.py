"""Which file of the EPUB a post or an equation stands in; long posts are divided, at headings if they can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Final, NamedTuple, TypeAlias, assert_never

from pipeline.book import Anchor, Post
from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    InlineCode,
    LineBreak,
    Link,
    Math,
    Note,
    OrderedList,
    Paragraph,
    PostRef,
    Quote,
    ReadMore,
    Rule,
    Str,
    Styled,
    Table,
    Xref,
)
from pipeline.walk import iter_blocks, iter_inlines
from pipeline.writers.xhtml.rendering import Flow

LARGEST: Final = 240_000
"""Bytes of markup the blocks of a file may have: Adobe's engine gives up on files above 300 KB.

The rest is for what stands around them, of which the posts that mention this one are the most.
"""

Measure: TypeAlias = Callable[[Block], int]
"""How many bytes the markup of a block has."""

_NODE: Final = 60  # bytes of tags that an inline, a block or a cell brings along, about
_LINE: Final = 31  # bytes of tags that a line of code brings along
_TONES: Final = 8  # bytes of markup that a character of highlighted code may become, about
_DOUBT: Final = 1.5  # what is estimated may be so many times as large; of a blog's posts none was 1.02 times


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: a post, or one stretch of a long one, counted from 1."""

    post: Post
    blocks: Blocks
    stretch: int
    last: bool
    open_levels: tuple[int, ...] = ()  # of the headings in the stretches before that this one goes on under
    blocks_before: int = 0  # in those stretches, as ``PagePlace`` counts them

    @property
    def first(self) -> bool:
        """Whether the post begins here."""
        return self.stretch == 1

    @property
    def file(self) -> str:
        """The file's name: from the post's id alone, so that it stays when other posts come and go."""
        return f"{self.post.id}.xhtml" if self.first else f"{self.post.id}-{self.stretch}.xhtml"

    @property
    def anchor(self) -> str:
        """The id of the title in this file."""
        return self.post.id if self.first else f"{self.post.id}-{self.stretch}"


def chapters_of(post: Post, measure: Measure, largest: int = LARGEST) -> tuple[Chapter, ...]:
    """Return the files of ``post``, in order; only a post that may be too large for one is measured, block by block."""
    if _DOUBT * _weight(post.blocks) <= largest:
        return (Chapter(post, post.blocks, 1, last=True),)
    sized = [_Sized(block, measure(block)) for block in post.blocks]
    stretches = tuple(_filled(_pieces(sized, largest), largest))
    flow = Flow()
    chapters = []
    for number, blocks in enumerate(stretches, start=1):
        last = number == len(stretches)
        chapters.append(Chapter(post, blocks, number, last, tuple(flow.open_levels), flow.blocks))
        for block in iter_blocks(blocks):
            if not isinstance(block, Rule):
                flow.add_block()
            if isinstance(block, Heading):
                flow.enter(block.level)
    return tuple(chapters)


def addresses_of(anchors: Iterable[Anchor], chapters: Mapping[str, tuple[Chapter, ...]]) -> dict[str, str]:
    """Return for each anchor's id the file that it stands in; a post's own id leads to its beginning."""
    addresses = {anchor.id: chapters[anchor.post][0].file for anchor in anchors}
    for stretches in chapters.values():
        for chapter in stretches[1:]:
            addresses.update((anchor, chapter.file) for anchor in _anchors(chapter.blocks))
    return addresses


def _anchors(blocks: Blocks) -> Iterator[str]:
    for block in iter_blocks(blocks):
        if isinstance(block, Heading | Figure) and block.anchor:
            yield block.anchor
    for inline in iter_inlines(blocks):
        if isinstance(inline, Math):
            yield from (number.anchor for number in inline.numbers)


class _Sized(NamedTuple):
    block: Block
    size: int


_Run: TypeAlias = Sequence[_Sized]


def _filled(pieces: Iterable[_Run], largest: int) -> Iterator[Blocks]:
    """Fill each file with whole pieces up to ``largest``."""
    filled: list[Block] = []
    size = 0
    for piece in pieces:
        if filled and size + _size(piece) > largest:
            yield tuple(filled)
            filled, size = [], 0
        filled += (each.block for each in piece)
        size += _size(piece)
    yield tuple(filled)


def _pieces(run: _Run, largest: int) -> Iterator[_Run]:
    """Divide what is larger than a file at its highest headings, at worst between blocks; one block stays whole.

    No heading is parted from what its section holds.
    """
    starts = _starts(run)
    if _size(run) <= largest or not starts:
        yield run
        return
    for start, end in zip((0, *starts), (*starts, len(run)), strict=True):
        yield from _pieces(run[start:end], largest)


def _starts(run: _Run) -> list[int]:
    """Where sections begin within ``run``, past the headings that it opens with; without sections, where blocks do."""
    own = len(list(takewhile(_is_heading, run)))
    levels = {place: each.block.level for place, each in enumerate(run) if isinstance(each.block, Heading)}
    highest = min((level for place, level in levels.items() if place > own), default=0)
    return [place for place in range(own + 1, len(run)) if not highest or levels.get(place) == highest]


def _is_heading(each: _Sized) -> bool:
    return isinstance(each.block, Heading)


def _size(run: _Run) -> int:
    return sum(each.size for each in run)


def _weight(blocks: Blocks) -> int:
    """About how many bytes the markup of ``blocks`` will have, found much sooner than by making it."""
    weight = sum(_block_weight(block) for block in iter_blocks(blocks))
    return weight + sum(_inline_weight(inline) for inline in iter_inlines(blocks))


def _block_weight(block: Block) -> int:
    match block:
        case CodeBlock(text=text, language=language):
            return _NODE + _LINE * (text.count("\n") + 1) + _escaped(text) * (_TONES if language else 1)
        case Table(rows=rows):
            return _NODE * (1 + sum(map(len, rows)))
        case Rule(text=text) | ReadMore(text=text):
            return _NODE + _escaped(text)
        case (
            Paragraph() | Heading() | Equation() | Figure() | BulletList() | OrderedList() | DefinitionList() | Quote()
        ):
            return _NODE
        case _:
            assert_never(block)


def _inline_weight(inline: Inline) -> int:
    if isinstance(inline, Styled):
        return _NODE
    match inline:
        case Str(text=text):
            return _escaped(text)
        case InlineCode(text=text):
            return _NODE + _escaped(text)
        case Math(mathml=mathml, tex=tex):
            return _NODE + (_escaped(tex) if mathml is None else len(mathml.encode()))
        case Link(url=url):
            return _NODE + _escaped(url)
        case Image(alt=alt):
            return _NODE + _escaped(alt)
        case Note() | Xref() | PostRef() | LineBreak():
            return _NODE
        case _:
            assert_never(inline)


def _escaped(text: str) -> int:
    """How many bytes ``text`` has in markup, where one ``&`` has five."""
    return len(escape(text).encode())
