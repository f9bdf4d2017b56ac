"""Which file of the EPUB a post or an equation stands in; long posts are divided at their highest headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.book import Anchor, Post
from pipeline.document import Block, Blocks, CodeBlock, Figure, Heading, Inline, Math, Str
from pipeline.walk import iter_blocks, iter_inlines

LARGEST = 240_000
"""Characters of markup a file may hold before it is divided: Adobe's engine gives up on files above 300 KB."""

_NODE = 30  # characters of tags that an inline or block brings along


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file: a post, or one stretch of a long one, counted from 1."""

    post: Post
    blocks: Blocks
    stretch: int
    last: bool

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


def chapters_of(post: Post, largest: int = LARGEST) -> tuple[Chapter, ...]:
    """Return the files of ``post``, in order."""
    stretches = tuple(_stretches(post.blocks, largest))
    return tuple(
        Chapter(post, blocks, index, last=index == len(stretches)) for index, blocks in enumerate(stretches, start=1)
    )


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


def _stretches(blocks: Blocks, largest: int) -> Iterator[Blocks]:
    """Fill each file with whole sections up to ``largest``; a section that is larger by itself stays whole."""
    if _weight(blocks) <= largest:
        yield blocks
        return
    filled: list[Block] = []
    size = 0
    for section in _sections(blocks):
        weight = _weight(tuple(section))
        if filled and size + weight > largest:
            yield tuple(filled)
            filled, size = [], 0
        filled += section
        size += weight
    yield tuple(filled)


def _sections(blocks: Blocks) -> list[list[Block]]:
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == highest:
            sections.append([])
        sections[-1].append(block)
    return [section for section in sections if section]


def _weight(blocks: Blocks) -> int:
    """About how many characters the markup of ``blocks`` will have."""
    weight = sum(_block_weight(block) for block in iter_blocks(blocks))
    return weight + sum(_inline_weight(inline) for inline in iter_inlines(blocks))


def _block_weight(block: Block) -> int:
    return _NODE + (len(block.text) if isinstance(block, CodeBlock) else 0)


def _inline_weight(inline: Inline) -> int:
    if isinstance(inline, Str):
        return len(inline.text)
    return _NODE + (len(inline.mathml or inline.tex) if isinstance(inline, Math) else 0)
