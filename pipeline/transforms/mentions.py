"""A title in 《》 that names another post of the book becomes a link to it, and so does that post's web address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.diagnostics import Reporter
from pipeline.document import Inline, Inlines, Link, PostRef, Str
from pipeline.fold import fold
from pipeline.source import Span
from pipeline.walk import map_blocks, source_text

_TITLE: Final = re.compile(r"《([^《》\n]{1,200})》")


@dataclass(frozen=True, slots=True)
class _Names:
    """What posts are called, each name to the one post that it means."""

    titles: Mapping[str, str]  # folded title → post id
    addresses: Mapping[str, str]  # address without scheme and trailing slash → post id


def mentions(book: Book, _reporter: Reporter) -> Book:
    """Return ``book`` with its mentions of its own posts as ``PostRef``; a post never links to itself."""
    names = _Names(_titles(book.posts), _addresses(book.posts))
    return replace(book, posts=tuple(_linked(post, names) for post in book.posts))


def _titles(posts: tuple[Post, ...]) -> dict[str, str]:
    """A name that two posts have means neither."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        for name in _names(source_text(post.title)):
            found[fold(name)].add(post.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and name}


def _names(title: str) -> set[str]:
    return {title}


def _addresses(posts: tuple[Post, ...]) -> dict[str, str]:
    return {_address(post.url): post.id for post in posts if post.url}


def _address(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/")


def _linked(post: Post, names: _Names) -> Post:
    def link(inline: Inline) -> Inlines:
        match inline:
            case Link(url=url, content=content, span=span):
                target = names.addresses.get(_address(url))
                bare = _unlinked(content)
                return (
                    (PostRef(target, bare, span),) if target and target != post.id else (replace(inline, content=bare),)
                )
            case Str():
                return _split(inline, names, post.id)
            case _:
                return (inline,)

    return replace(post, blocks=map_blocks(post.blocks, link))


def _unlinked(content: Inlines) -> Inlines:
    """A link holds no link."""
    return tuple(
        inner for inline in content for inner in (inline.content if isinstance(inline, PostRef) else (inline,))
    )


def _split(text: Str, names: _Names, own: str) -> Inlines:
    """Return ``text`` with every title that it names as a ``PostRef``; the marks 《》 stay outside the link."""
    parts: list[Inline] = []
    done = 0
    for match in _TITLE.finditer(text.text):
        target = names.titles.get(fold(match[1]))
        if target is None or target == own:
            continue
        parts.append(_piece(text, done, match.start(1)))
        parts.append(PostRef(target, (_piece(text, *match.span(1)),), _at(text, match.start(1))))
        done = match.end(1)
    return (*parts, _piece(text, done, len(text.text))) if parts else (text,)


def _piece(text: Str, start: int, end: int) -> Str:
    return Str(text.text[start:end], _at(text, start))


def _at(text: Str, offset: int) -> Span:
    return replace(text.span, column=text.span.column + offset)
