"""What an artefact of a book must hold, piece by piece, each piece with its place in the source."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from pipeline.book import Post, ResolvedBook, Resource, Truncated
from pipeline.document import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    DefinitionList,
    Delimiters,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    InlineCode,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    Math,
    Note,
    OrderedList,
    Paragraph,
    PostRef,
    Quote,
    ReadMore,
    Reference,
    Rule,
    Str,
    Styled,
    Table,
    Xref,
)
from pipeline.phrases import Phrases, phrases_for
from pipeline.posts import inlines_of
from pipeline.source import Span
from pipeline.verify.marks import (
    ADDRESS,
    ALT,
    CUT,
    DAY,
    FIGURE,
    FORMULA,
    IMAGE,
    MAYBE,
    NOTE,
    NUMBER,
    PICTURE,
    detail,
    fold,
)
from pipeline.walk import iter_blocks, iter_images, iter_inlines, source_text
from pipeline.writers.bullets import has_plain_bullet
from pipeline.writers.dates import date_text

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
    """The pieces of a post in their order, its title first; ``beside``, at any place, are its day and its notes.

    ``formulas`` are those of its text, in the order in which their marks stand there, notes where they are called;
    ``pictures`` is how many of its images travel with the book.
    """

    id: str
    title: str
    span: Span
    pieces: tuple[Piece, ...]
    beside: tuple[Piece, ...] = ()
    formulas: tuple[Math, ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """The posts in their order, the pictures that travel with them, and what stands where one is missing."""

    posts: tuple[ExpectedPost, ...]
    resources: tuple[Resource, ...] = ()
    lost: str = ""

    def names(self) -> dict[tuple[int, int], str]:
        """Return what each picture is called, by its size and its checksum."""
        return {(len(picture.content), zlib.crc32(picture.content)): picture.name for picture in self.resources}


def expected_of(book: ResolvedBook) -> Expected:
    """Return what every artefact of ``book`` must hold."""
    phrases = phrases_for(book.config.metadata.language)
    return Expected(
        tuple(_post(post, phrases) for post in book.posts),
        tuple(_resources(book.posts, book.resources)),
        fold(phrases.lost_picture()),
    )


def text_of(blocks: Blocks) -> str:
    """Return the text of ``blocks`` with its marks, that of footnotes at the end."""
    notes = (note for note in iter_inlines(blocks) if isinstance(note, Note))
    pieces = (*_pieces(blocks), *(piece for note in notes for piece in _pieces(note.blocks)))
    return "".join(piece.text for piece in pieces)


def _post(post: Post, phrases: Phrases) -> ExpectedPost:
    pieces = [Piece(_flat(post.title, linked=False), post.span), *_pieces(post.blocks)]
    day = date_text(post.date, phrases)
    told = any(isinstance(block, ReadMore) for block in iter_blocks(post.blocks))
    if isinstance(post.status, Truncated) and not told:
        pieces.append(Piece(CUT, post.status.span))
    notes = (note for note in inlines_of(post) if isinstance(note, Note))
    beside = [Piece(detail(DAY, day), post.span)] if day else []
    beside += (piece for note in notes for piece in _pieces(note.blocks))
    return ExpectedPost(
        id=post.id,
        title=source_text(post.title),
        span=post.span,
        pieces=tuple(piece for piece in pieces if piece.text),
        beside=tuple(piece for piece in beside if piece.text),
        formulas=tuple(formula for inline in iter_inlines(post.blocks) for formula in _formulas(inline)),
        pictures=sum(bool(image.resource) for image in iter_images(post.blocks)),
    )


def _formulas(inline: Inline) -> Iterator[Math]:
    """Yield a formula, or those references of an ``Xref`` that lead nowhere and are shown as their TeX."""
    match inline:
        case Math():
            yield inline
        case Xref(math=math, parts=parts):
            lost = (part for part in parts if isinstance(part, Reference) and part.number is None)
            yield from (Math(part.source, Delimiters.ENVIRONMENT, math.span) for part in lost)
        case _:
            pass


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
            yield Piece(_formula(math), math.span)
        case Figure(caption=caption, span=span, image=image):
            yield Piece(FIGURE + (_shown(image) if image else "") + _flat(caption), span)
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


def _flat(inlines: Inlines, *, linked: bool = True) -> str:
    """Return a run of inlines; in titles and links, which are not ``linked``, stand no links and no marks of notes."""
    return fold("".join(_inline(inline, linked) for inline in inlines))


def _inline(inline: Inline, linked: bool) -> str:  # noqa: FBT001 - called for each inline
    if isinstance(inline, Styled):
        return _flat(inline.content, linked=linked)
    match inline:
        case Str(text=text) | InlineCode(text=text):
            return text
        case Math():
            return _formula(inline)
        case Link(content=content, url=url):
            return _link(url, _flat(content, linked=False), linked=linked)
        case PostRef(content=content, post=post, anchor=anchor):
            return _link(anchor or post, _flat(content, linked=False), linked=linked)
        case Xref(parts=parts):
            return "".join(_reference(part, linked=linked) for part in parts)
        case Image(alt=alt):
            return IMAGE + (_shown(inline) or detail(ALT, alt))
        case Note():
            return detail(NOTE) if linked else ""
        case LineBreak():
            return ""
        case _:
            assert_never(inline)


def _link(target: str, text: str, *, linked: bool) -> str:
    return detail(ADDRESS, target) + text if linked else text


def _formula(math: Math) -> str:
    """A formula and its numbers: those of a display stand together, those of one in a line each for itself."""
    numbers = [number.printed for number in math.numbers]
    together = ["".join(numbers)] if math.display and numbers else numbers
    return (MAYBE if _may_be_blank(math) else FORMULA) + "".join(detail(NUMBER, number) for number in together)


def _shown(image: Image) -> str:
    return detail(PICTURE, image.resource) + detail(ALT, image.alt) if image.resource else ""


def _reference(part: str | Reference, *, linked: bool) -> str:
    """What is printed for a part of a reference; one that leads nowhere is shown as its TeX."""
    if isinstance(part, str):
        return part
    if part.number is None:
        return FORMULA
    return _link(part.anchor, part.printed, linked=linked and bool(part.anchor))


def _resources(posts: tuple[Post, ...], resources: Mapping[str, Resource]) -> Iterator[Resource]:
    images = (image for post in posts for image in iter_images(post.blocks))
    for name in dict.fromkeys(image.resource for image in images if image.resource):
        yield resources[name]
