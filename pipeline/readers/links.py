"""Links between the posts of one folder: by path, by address, by slug or by title, all turned into one name.

That name is the post's path, which it also carries among its ``aliases``; whoever knows all posts of the book finds it
there. Links that lead nowhere in the folder stay as they are, or become absolute where the post's address is known.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote

from pipeline.book import Post
from pipeline.document import Inline, Inlines, Link, Str
from pipeline.fold import fold
from pipeline.readers.addresses import join_address, split_address
from pipeline.readers.dates import without_date
from pipeline.readers.pandoc.inlines import WIKI
from pipeline.walk import map_blocks, source_text

_NAME: Final = re.compile(r"[^\W\d_]{2}[^\[\],;\"']*")  # of a note; no row of a matrix, no index in a program
_SUFFIXES: Final = ("", ".md", ".markdown", ".html", ".htm", "/index.md", "/index.html")
_PAGE_SUFFIXES: Final = (".html", ".htm", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class _Names:
    """What the posts of a folder may be called."""

    paths: Mapping[str, str]  # path → alias of the post
    slugs: Mapping[str, str]  # last part of an address, or title → alias; where it means one post alone
    hosts: frozenset[str]  # whose addresses are the folder's own


def link_posts(posts: Iterable[Post], hosts: Iterable[str] = ()) -> tuple[Post, ...]:
    """Return ``posts``, each from a file of its own, with links to one another by their first alias.

    ``hosts`` are those that the posts are published at, as far as it is known.
    """
    posts = tuple(posts)
    paths = {path: path for post in posts if (path := _path(post))}
    names = _Names(paths, _slugs(posts), frozenset(filter(None, hosts)))
    return tuple(_linked(post, names) for post in posts)


def _path(post: Post) -> str:
    return post.aliases[0] if post.aliases else ""


def _slugs(posts: tuple[Post, ...]) -> dict[str, str]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        for name in (*map(_slug, post.aliases), _slug(post.url), fold(source_text(post.title))):
            if name and post.aliases:
                found[name].add(_path(post))
    return {name: next(iter(paths)) for name, paths in found.items() if len(paths) == 1}


def _slug(address: str) -> str:
    """Return what a permalink most likely ends in: the last part of a path, without suffix and date."""
    path = PurePosixPath(unquote(split_address(address).path))
    if path.suffix in _PAGE_SUFFIXES:
        path = path.with_suffix("")
    name = path.parent.name if path.name in ("index", "_index") else path.name
    return fold(without_date(name))


def _linked(post: Post, names: _Names) -> Post:
    def link(inline: Inline) -> Inlines:
        if not isinstance(inline, Link):
            return (inline,)
        if inline.url.startswith(WIKI):
            return _wiki_link(inline, post, names)
        return (replace(inline, url=_target(inline.url, post, names)),)

    return replace(post, blocks=map_blocks(post.blocks, link))


def _wiki_link(link: Link, post: Post, names: _Names) -> Inlines:
    """A ``[[link]]`` to no post stays one where it is a name; brackets in brackets are matrices, too."""
    written = link.url.removeprefix(WIKI)
    target = _target(written, post, names)
    if target != written:
        return (replace(link, url=target),)
    if _NAME.fullmatch(written):
        return (replace(link, url=written),)
    return (Str("[[", link.span), *link.content, Str("]]", link.span))


def _target(url: str, post: Post, names: _Names) -> str:
    """Return an address as whoever knows all posts of the book finds its post by it, the place in that post kept."""
    parts = split_address(url)
    known = _known(parts, post, names) if parts.path else None
    if known is not None:
        return f"{known}#{parts.fragment}" if parts.fragment else known
    return join_address(post.url, url) if parts.path and not (parts.scheme or parts.netloc) else url


def _known(parts: SplitResult, post: Post, names: _Names) -> str | None:
    path = unquote(parts.path)
    if parts.scheme or parts.netloc:
        return names.slugs.get(_slug(path)) if parts.netloc.lower() in names.hosts else None
    base = posixpath.join(posixpath.dirname(_path(post)), path)
    near = (posixpath.normpath(base + suffix) for suffix in _SUFFIXES) if not path.startswith("/") else ()
    known = next((names.paths[candidate] for candidate in near if candidate in names.paths), None)
    return known or names.slugs.get(_slug(path))
