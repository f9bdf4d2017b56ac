"""A post's title and blocks taken together: its inlines listed, and a change made to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from pipeline.book import Post
from pipeline.document import Inline
from pipeline.walk import InlineMap, descend, iter_inlines, map_blocks, map_inlines


def inlines_of(post: Post) -> Iterator[Inline]:
    """Yield every inline of ``post`` in source order, those of its title first, a container before what it holds."""
    return chain(descend(post.title), iter_inlines(post.blocks))


def map_post(post: Post, change: InlineMap) -> Post:
    """Return ``post`` with ``change`` applied to every inline of its title and its blocks, children first."""
    return replace(post, title=map_inlines(post.title, change), blocks=map_blocks(post.blocks, change))
