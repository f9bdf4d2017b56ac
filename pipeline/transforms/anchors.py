"""Give every heading and figure an id: ``<post id>-s<n>`` and ``<post id>-f<n>``, n counted within the post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from pipeline.book import Book, Post
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Figure, Heading
from pipeline.walk import change_blocks


def anchors(book: Book, _reporter: Reporter) -> Book:
    """Return ``book`` with an anchor on every heading and figure."""
    return replace(book, posts=tuple(_anchored(post) for post in book.posts))


def _anchored(post: Post) -> Post:
    return replace(post, blocks=change_blocks(post.blocks, _numberer(post.id)))


def _numberer(post_id: str) -> Callable[[Block], Block]:
    headings, figures = count(1), count(1)

    def number(block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, anchor=f"{post_id}-s{next(headings)}")
            case Figure():
                return replace(block, anchor=f"{post_id}-f{next(figures)}")
            case _:
                return block

    return number
