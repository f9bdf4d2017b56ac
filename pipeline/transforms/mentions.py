"""A title in 《》 that names another post of the book becomes a link to it, and so does that post's web address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from pipeline.book import Book, Post
from pipeline.diagnostics import Reporter
from pipeline.document import (
    Image,
    Inline,
    InlineCode,
    Inlines,
    LineBreak,
    Link,
    Math,
    Note,
    PostRef,
    Str,
    Styled,
    Xref,
)
from pipeline.paragraphs import place_of
from pipeline.transforms.titles import Titles, titles_of
from pipeline.walk import change_runs, source_text

_HIDDEN = str.maketrans("《》", "\n\n")  # marks inside a formula or a link's text begin and end no title


@dataclass(frozen=True, slots=True)
class _Linker:
    """Links the runs of one post."""

    titles: Titles
    addresses: Mapping[str, str]  # web address → post id
    own: str  # the id of the post that the runs stand in: it never links to its own beginning

    def run(self, content: Inlines) -> Inlines:
        """Return ``content`` with its mentions of other posts as ``PostRef``; their 《》 stay outside."""
        if not any(isinstance(inline, Str) and "《" in inline.text for inline in content):
            return self._within(content)
        found = [mention for mention in self.titles.find("".join(map(_plain, content))) if mention.post != self.own]
        cuts = [place for mention in found for place in (mention.start, mention.end)]
        pieces = _split(content, cuts)
        linked: list[Inline] = list(self._within(pieces[0]))
        for mention, inside, after in zip(found, pieces[1::2], pieces[2::2], strict=True):
            linked += (PostRef(mention.post, _unlinked(inside), place_of(inside[0])), *self._within(after))
        return tuple(linked)

    def _within(self, content: Inlines) -> Inlines:
        return tuple(self._inner(inline) for inline in content)

    def _inner(self, inline: Inline) -> Inline:
        if isinstance(inline, Styled):
            return replace(inline, content=self.run(inline.content))
        match inline:
            case Link(content=content, span=span):
                post, fragment = self._target(inline), inline.url.partition("#")[2]
                if post is None or (post == self.own and not fragment):
                    return inline
                return PostRef(post, content, span, fragment=fragment)
            case Note(blocks=blocks):
                return replace(inline, blocks=change_runs(blocks, self.run))
            case Str() | InlineCode() | Math() | Image() | Xref() | PostRef() | LineBreak():
                return inline
            case _:
                assert_never(inline)

    def _target(self, link: Link) -> str | None:
        """The post that a link leads to: by its address, else by a title between its own 《》."""
        text = source_text(link.content).strip()
        named = self.titles.post(text[1:-1]) if text.startswith("《") and text.endswith("》") else None
        return self.addresses.get(_address(link.url), named)


def mentions(book: Book, _reporter: Reporter) -> Book:
    """Return ``book`` with its mentions of its own posts as ``PostRef``."""
    titles = titles_of(book.posts)
    known = ((_address(url), post.id) for post in book.posts for url in (*post.aliases, post.url))
    addresses = {address: post for address, post in known if address}
    return replace(book, posts=tuple(_linked(post, _Linker(titles, addresses, post.id)) for post in book.posts))


def _linked(post: Post, linker: _Linker) -> Post:
    return replace(post, blocks=change_runs(post.blocks, linker.run))


def _address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, ``www.``, a fragment, a slash at the end.

    Nothing is left of a place on the page itself, nor of the root of a site; no post is known by that.
    """
    return re.sub(r"^(https?:)?//(www\.)?", "", url.strip().partition("#")[0]).rstrip("/")


def _plain(inline: Inline) -> str:
    """What an inline adds to the text that titles are looked for in: a title ends before any but these."""
    match inline:
        case Str(text=text):
            return text
        case Math() | Link():
            return source_text((inline,)).translate(_HIDDEN)
        case _:
            return "\n"


def _split(content: Inlines, cuts: list[int]) -> list[Inlines]:
    """Return ``content`` in pieces, cut at places in its plain text that are all inside or beside a ``Str``."""
    pieces: list[list[Inline]] = [[]]
    waiting = iter([*cuts, -1])
    cut = next(waiting)
    place = 0
    for inline in content:
        start, end = place, place + len(_plain(inline))
        while start <= cut < end or cut == start:
            if isinstance(inline, Str) and cut > start:
                pieces[-1].append(_part(inline, start - place, cut - place))
            pieces.append([])
            start, cut = cut, next(waiting)
        pieces[-1].append(_part(inline, start - place, end - place) if isinstance(inline, Str) else inline)
        place = end
    return [tuple(piece) for piece in pieces]


def _part(text: Str, start: int, end: int) -> Str:
    if (start, end) == (0, len(text.text)):
        return text
    return Str(text.text[start:end], replace(text.span, column=text.span.column + start))


def _unlinked(content: Inlines) -> Inlines:
    """A link holds no link."""
    return tuple(inner for inline in content for inner in (inline.content if isinstance(inline, Link) else (inline,)))
