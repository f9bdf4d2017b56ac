"""What reading lost of a dump, and what the transforms lost of the posts that were read.

The dump is looked at line by line, without the reader's rules: every character of a post that is not white space must
be in the post again, in order. Aside are its date line, marks of markup, numbers that count lines, buttons beside code,
and a line that says what the last one said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Final, TypeAlias, assert_never

from pipeline.book import Post
from pipeline.document import (
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Equation,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    ListItem,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    ReadMore,
    Rule,
    Str,
    Table,
)
from pipeline.readers.dump.dates import parse_date_line
from pipeline.readers.dump.labels import is_button
from pipeline.source import SourceText, Span
from pipeline.verify.compare import MOST, Loss, quoted
from pipeline.verify.marks import fold
from pipeline.walk import LEAVES, iter_inlines, map_blocks, map_inlines, source_text

_MARKUP: Final = "`[]>$#"
"""Marks of code, links, quotations, headings and formulas; a bare ``\\eqref{…}`` is a formula too."""

TextOf: TypeAlias = Callable[[Inlines], str]

_DOLLAR: Final = re.compile(r"\\*\$")
_NOTE: Final = re.compile(r"^\[\^[\w-]+\]:|\[(?:\^[\w-]+|[0-9]{1,3})\]")  # a definition, and a mark
_HEAD: Final = 5  # lines: a title, a day, and what is empty between them
_AS_WRITTEN: Final = LEAVES - {Image}
_COUNT: Final = re.compile(r"\s*([0-9]{1,5})(?:\s|$)")
_RULE: Final = re.compile(r"[-=_*~—─: \t]+")


def reading_losses(dumps: Mapping[str, SourceText], posts: Iterable[Post]) -> tuple[Loss, ...]:
    """Return what ``dumps`` hold and the posts read from them do not.

    ``posts`` are those of the reader, in its order. Those of other sources, whose markup is not text, are passed over.
    """
    found = (
        loss
        for path, run in groupby(posts, key=lambda post: post.span.path)
        if path in dumps
        for loss in _source_losses(dumps[path].text.split("\n"), tuple(run))
    )
    return tuple(islice(found, MOST))


def transform_losses(before: Iterable[Post], after: Iterable[Post]) -> tuple[Loss, ...]:
    """Return what posts lost between reader and writers; posts that were left out as a whole are reported elsewhere."""
    kept = {post.span: _words(post) for post in after}
    return tuple(
        Loss(post.id, f"text of {source_text(post.title)!r} was changed on the way", post.span)
        for post in before
        if post.span in kept and _words(post) != kept[post.span]
    )


def _flat(blocks: Iterable[Block]) -> str:
    """Return the folded text of ``blocks``, formulas as their TeX."""
    return fold("".join(text for block in blocks for text in _texts(block, _with_addresses)))


def _words(post: Post) -> str:
    r"""Return the text of a post as far as the transforms may not change it.

    Aside are the addresses of links, since one to another post of the book becomes a mention, and dollars: ``\$`` is
    one from then on.
    """
    return _DOLLAR.sub("", fold("".join(text for block in post.blocks for text in _texts(block, source_text))))


def _source_losses(lines: list[str], posts: tuple[Post, ...]) -> Iterator[Loss]:
    ends = [*(post.span.line - 1 for post in posts[1:]), len(lines)]
    for post, end in zip(posts, ends, strict=True):
        yield from _post_losses(post, lines, end)


def _day(lines: list[str], post: Post, end: int) -> int | None:
    """Return the number of the line that states the day of a post: the first, the one after its title, or the last."""
    first = range(post.span.line, min(post.span.line + _HEAD, end + 1))
    last = next((number for number in range(end, post.span.line, -1) if lines[number - 1].strip()), post.span.line)
    return next((number for number in (*first, last) if parse_date_line(lines[number - 1])), None)


def _post_losses(post: Post, lines: list[str], end: int) -> Iterator[Loss]:
    notes = _notes(post)
    unmarked = _without_notes if notes else _without_markup
    flat = unmarked(fold(source_text(post.title)) + _flat(map_blocks(post.blocks, _noteless)))
    position, last, day = 0, "", _day(lines, post, end)
    for number, line in enumerate(_uncounted(lines[post.span.line - 1 : end]), post.span.line):
        text = unmarked(fold(line))
        if not text or text == last or number == day or _RULE.fullmatch(text):
            continue
        last = text
        start = flat.find(text, position)
        if start < 0 and (text in notes or is_button(line)):
            continue
        if start < 0:
            yield _loss(post, text, number)
        else:
            position = start + len(text)


def _uncounted(lines: Iterable[str]) -> Iterator[str]:
    """Yield ``lines`` without the numbers that count them, as those beside code do, which the book leaves out."""
    last = 0
    for line in lines:
        match = _COUNT.match(line)
        counts = match is not None and int(match[1]) in (1, last + 1)
        last = int(match[1]) if match and counts else last
        yield line[match.end() :] if match and counts else line


def _notes(post: Post) -> str:
    """Return the folded text of the notes of a post, which its source has below the lines that they are marked in."""
    return "\n".join(
        _without_notes(_flat(inline.blocks)) for inline in iter_inlines(post.blocks) if isinstance(inline, Note)
    )


def _noteless(inline: Inline) -> Inlines:
    return () if isinstance(inline, Note) else (inline,)


def _without_notes(text: str) -> str:
    """Return folded text without marks of notes and what begins a definition, since a ``Note`` has neither."""
    return _without_markup(_NOTE.sub("", text))


def _without_markup(text: str) -> str:
    for mark in _MARKUP:
        text = text.replace(mark, "")
    return text


def _with_addresses(inlines: Inlines) -> str:
    """Return ``inlines`` as the dump had them: ``source_text``, and addresses of links and images behind them."""
    if not _AS_WRITTEN.issuperset(map(type, inlines)):
        inlines = map_inlines(inlines, _spelt_out)
    return source_text(inlines)


def _spelt_out(inline: Inline) -> Inlines:
    if isinstance(inline, Image):
        return (Str(f"!{inline.alt}({inline.url})", inline.span),)
    if not isinstance(inline, Link) or source_text(inline.content) == inline.url:
        return (inline,)
    return (*inline.content, Str(f"({inline.url})", inline.span))


def _loss(post: Post, text: str, number: int) -> Loss:
    return Loss(post.id, f"reading lost “{quoted(text)}”", Span(post.span.path, number, 1))


def _texts(block: Block, text_of: TextOf) -> Iterator[str]:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            yield text_of(content)
        case Figure(caption=caption, image=image):
            yield from (text_of(run) for run in ((image,) if image else (), caption))
        case Equation(math=math):
            yield text_of((math,))
        case BulletList(items=items) | OrderedList(items=items):
            yield from _items(items, text_of)
        case DefinitionList(items=definitions):
            for item in definitions:
                yield text_of(item.term)
                yield from (text for inner in item.blocks for text in _texts(inner, text_of))
        case Quote(blocks=blocks):
            yield from (text for inner in blocks for text in _texts(inner, text_of))
        case CodeBlock(text=text, language=language):
            yield from (language, text)
        case Table(rows=rows, caption=caption):
            yield from map(text_of, _cells(rows, caption))
        case ReadMore(text=text):
            yield text
        case Rule():
            pass
        case _:
            assert_never(block)


def _items(items: tuple[ListItem, ...], text_of: TextOf) -> Iterator[str]:
    for item in items:
        yield item.marker
        yield from (text for block in item.blocks for text in _texts(block, text_of))


def _cells(rows: tuple[tuple[Inlines, ...], ...], caption: Inlines) -> Iterator[Inlines]:
    yield from (cell for row in rows for cell in row)
    yield caption
