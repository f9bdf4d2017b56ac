"""A post's title and blocks taken together: its inlines listed, a change made to each, and the title as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from pipeline.book import Post
from pipeline.document import Inline
from pipeline.walk import InlineMap, descend, iter_inlines, map_blocks, map_inlines, source_text


def inlines_of(post: Post) -> Iterator[Inline]:
    """Yield every inline of ``post`` in source order, those of its title first, a container before what it holds."""
    return chain(descend(post.title), iter_inlines(post.blocks))


def map_post(post: Post, change: InlineMap) -> Post:
    """Return ``post`` with ``change`` applied to every inline of its title and its blocks, children first."""
    return replace(post, title=map_inlines(post.title, change), blocks=map_blocks(post.blocks, change))


def plain_title(post: Post) -> str:
    """Return the title of ``post`` as one line of text, formulas as their source."""
    return source_text(post.title).replace("\n", " ").strip()
