"""From pieces to inlines: raw tags are paired, line ends become spaces or nothing, and neighbouring text is merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pipeline.document import (
    Emph,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
)
from pipeline.source import Span
from pipeline.walk import source_text


@dataclass(frozen=True, slots=True)
class SoftBreak:
    """The end of a source line inside a paragraph."""

    span: Span


@dataclass(frozen=True, slots=True)
class Tag:
    """One half of a pair of raw HTML tags."""

    name: str
    closing: bool
    url: str  # of a link
    span: Span


Piece: TypeAlias = Inline | SoftBreak | Tag

WRAPPERS: Final[dict[str, Callable[[Inlines, Span], Inline]]] = {
    "b": Strong,
    "strong": Strong,
    "i": Emph,
    "em": Emph,
    "u": Emph,
    "del": Strikeout,
    "s": Strikeout,
    "strike": Strikeout,
    "sup": Superscript,
    "sub": Subscript,
}
"""The HTML tags that have a node of ours."""


def joined(pieces: Iterable[Piece]) -> Inlines:
    """Return the inlines that ``pieces`` make up."""
    return tuple(_merged(_without_soft_breaks(_paired(pieces))))


def _paired(pieces: Iterable[Piece]) -> list[Inline | SoftBreak]:
    """Put what stands between two halves of a tag inside its node; a half without the other disappears."""
    open_tags: list[Tag] = []
    levels: list[list[Inline | SoftBreak]] = [[]]
    for piece in pieces:
        if not isinstance(piece, Tag):
            levels[-1].append(piece)
        elif not piece.closing:
            open_tags.append(piece)
            levels.append([])
        elif any(tag.name == piece.name for tag in open_tags):
            _close(piece.name, open_tags, levels)
    return [piece for level in levels for piece in level]


def _close(name: str, open_tags: list[Tag], levels: list[list[Inline | SoftBreak]]) -> None:
    """Close the innermost ``name``; tags opened inside it and not closed hold nothing."""
    while (tag := open_tags.pop()).name != name:
        content = levels.pop()
        levels[-1].extend(content)
    inside = joined(levels.pop())
    levels[-1].append(Link(tag.url, inside, tag.span) if name == "a" else WRAPPERS[name](inside, tag.span))


def _without_soft_breaks(pieces: Sequence[Inline | SoftBreak]) -> Iterator[Inline]:
    for place, piece in enumerate(pieces):
        if not isinstance(piece, SoftBreak):
            yield piece
        elif 0 < place < len(pieces) - 1 and not _joins(pieces[place - 1], pieces[place + 1]):
            yield Str(" ", piece.span)


def _joins(before: Inline | SoftBreak, after: Inline | SoftBreak) -> bool:
    """Whether nothing is seen where a line ended: between ideographs, and beside what ends lines itself."""
    if isinstance(before, SoftBreak) or isinstance(after, SoftBreak):
        return isinstance(before, SoftBreak)
    if _stands_alone(before) or _stands_alone(after):
        return True
    return _is_wide(source_text((before,))[-1:]) and _is_wide(source_text((after,))[:1])


def _stands_alone(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Math) and inline.display)


def _is_wide(char: str) -> bool:
    """Whether ``char`` is of a script without spaces: ideographs, kana, full-width marks, Chinese quotation marks."""
    wide = "\u2e80" <= char <= "\ua4cf" or "\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\uffef"
    return wide or (bool(char) and char in "“”…—‘’")


def _merged(pieces: Iterator[Inline]) -> Iterator[Inline]:
    """Join neighbouring ``Str`` of one line."""
    text: list[str] = []
    start: Span | None = None
    for piece in pieces:
        if isinstance(piece, Str) and start and piece.span.line == start.line:
            text.append(piece.text)
            continue
        if start:
            yield Str("".join(text), start)
            start = None
        if isinstance(piece, Str):
            text, start = [piece.text], piece.span
        else:
            yield piece
    if start:
        yield Str("".join(text), start)
