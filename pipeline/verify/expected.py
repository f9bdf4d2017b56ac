"""What an artefact of a book must hold, piece by piece, each piece with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from pipeline.book import Post, ResolvedBook, Resource, Truncated
from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    Code,
    CodeBlock,
    Container,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    Math,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Reference,
    Rule,
    Str,
    Table,
    Xref,
)
from pipeline.formulas import shown_formulas
from pipeline.posts import inlines_of
from pipeline.source import Span
from pipeline.verify.marks import CUT, FIGURE, FORMULA, IMAGE, fold
from pipeline.walk import iter_blocks, iter_images, iter_inlines, source_text
from pipeline.writers.bullets import has_plain_bullet

_BLANK = re.compile(
    r"(?:[\s{}]|%[^\n]*(?:\n|\Z)|\\(?:label|tag\*?|begin|end|require)\s*\{[^{}]*\}"
    r"|\\(?:notag|nonumber|relax|allowbreak|hfill|mathstrut|bf|rm|it)(?![a-zA-Z]))*"
)
"""TeX that shows nothing. All but the first two alternatives begin with a command of their own: linear in time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together, with its marks; ``span`` is where the source has it.

    ``marker``: it is what stands before a point of a list.
    """

    text: str
    span: Span
    marker: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedPost:
    """The pieces of a post in their order, its title first; notes may stand at any place after the title.

    ``blank``: one of its formulas may show nothing, such as a label alone.
    """

    id: str
    title: str
    span: Span
    pieces: tuple[Piece, ...]
    notes: tuple[Piece, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """The posts in their order, and the pictures that travel with them."""

    posts: tuple[ExpectedPost, ...]
    resources: tuple[Resource, ...] = ()


def expected_of(book: ResolvedBook) -> Expected:
    """Return what every artefact of ``book`` must hold."""
    return Expected(tuple(map(_post, book.posts)), tuple(_resources(book.posts, book.resources)))


def text_of(blocks: Blocks) -> str:
    """Return the text of ``blocks`` with its marks, that of footnotes at the end."""
    notes = (note for note in iter_inlines(blocks) if isinstance(note, Note))
    pieces = (*_pieces(blocks), *(piece for note in notes for piece in _pieces(note.blocks)))
    return "".join(piece.text for piece in pieces)


def _post(post: Post) -> ExpectedPost:
    pieces = [Piece(_flat(post.title), post.span), *_pieces(post.blocks)]
    told = any(isinstance(block, ReadMore) for block in iter_blocks(post.blocks))
    if isinstance(post.status, Truncated) and not told:
        pieces.append(Piece(CUT, post.status.span))
    notes = (note for note in inlines_of(post) if isinstance(note, Note))
    return ExpectedPost(
        id=post.id,
        title=source_text(post.title),
        span=post.span,
        pieces=tuple(piece for piece in pieces if piece.text),
        notes=tuple(piece for note in notes for piece in _pieces(note.blocks) if piece.text),
        blank=any(map(_may_be_blank, shown_formulas(post))),
    )


def _may_be_blank(math: Math) -> bool:
    """Whether a formula may show nothing: its MathML tells; of one that was not converted, its TeX, nearly always."""
    if math.mathml is not None:
        return math.mathml.count("<") == len(("<math>", "</math>"))
    return _BLANK.fullmatch(math.meaning) is not None


def _pieces(blocks: Blocks) -> Iterator[Piece]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph(content=content, span=span) | Heading(content=content, span=span):
            yield Piece(_flat(content), span)
        case Equation(math=math):
            yield Piece(FORMULA, math.span)
        case Figure(caption=caption, span=span):
            yield Piece(FIGURE + _flat(caption), span)
        case BulletList(items=items) | OrderedList(items=items):
            yield from _list(items)
        case DefinitionList(items=definitions):
            for item in definitions:
                yield Piece(_flat(item.term), item.span)
                yield from _pieces(item.blocks)
        case Quote(blocks=blocks):
            yield from _pieces(blocks)
        case CodeBlock(text=text, span=span):
            yield Piece(fold(text), span)
        case Table(rows=rows, caption=caption, span=span):
            yield Piece(_flat(caption), span)
            yield from (Piece(_flat(cell), span) for row in rows for cell in row)
        case Rule():
            pass
        case ReadMore(span=span):
            yield Piece(CUT, span)
        case _:
            assert_never(block)


def _list(items: tuple[ListItem, ...]) -> Iterator[Piece]:
    """The author's markers are text, unless all of them are bullets that the book draws itself."""
    drawn = all(has_plain_bullet(item) for item in items)
    for item in items:
        if not drawn:
            yield Piece(fold(item.marker), item.span, marker=True)
        yield from _pieces(item.blocks)


def _flat(inlines: Inlines) -> str:
    return fold("".join(map(_inline, inlines)))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Container):
        return "".join(map(_inline, inline.content))
    match inline:
        case Str(text=text) | Code(text=text):
            return text
        case Math():
            return FORMULA
        case Xref(parts=parts):
            return "".join(_reference(part) for part in parts)
        case Image():
            return IMAGE
        case Note() | LineBreak():
            return ""
        case _:
            assert_never(inline)


def _reference(part: str | Reference) -> str:
    """What is printed for a part of a reference; one that leads nowhere is shown as its TeX."""
    if isinstance(part, str):
        return part
    if part.number is None:
        return FORMULA
    return f"({part.number})" if part.parentheses else part.number


def _resources(posts: tuple[Post, ...], resources: Mapping[str, Resource]) -> Iterator[Resource]:
    images = (image for post in posts for image in iter_images(post.blocks))
    for name in dict.fromkeys(image.resource for image in images if image.resource):
        yield resources[name]
