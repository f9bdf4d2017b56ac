"""From a book to one that can be written: posts laid out, and every reference with a target or reported as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from types import MappingProxyType

from pipeline.book import Anchor, Book, Post, ResolvedBook
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Figure, Heading
from pipeline.errors import ArtefactError
from pipeline.formulas import formulas_of
from pipeline.layout import lay_out
from pipeline.phrases import phrases_for
from pipeline.resolve.indexes import backlinks_of, equations_of, series_of, summary_of
from pipeline.resolve.links import headings_of, with_settled_links
from pipeline.walk import change_blocks, iter_blocks


def resolve(book: Book, reporter: Reporter) -> ResolvedBook:
    """Return ``book`` laid out and with its targets known; references that lead nowhere become text, and are reported.

    Raises:
        ArtefactError: two places have the same id, so that links could not be trusted.
    """
    laid_out = tuple(_anchored(replace(post, blocks=lay_out(post.blocks))) for post in book.posts)
    anchors = _anchors(laid_out)
    by_id = {post.id: post for post in laid_out}
    headings = cache(lambda post: headings_of(by_id[post]))  # few posts have headings that an address leads to
    phrases = phrases_for(book.config.metadata.language)
    posts = tuple(with_settled_links(post, headings, phrases, reporter) for post in laid_out)
    return ResolvedBook(
        config=book.config,
        posts=posts,
        parts=book.parts,
        resources=book.resources,
        anchors=MappingProxyType(anchors),
        backlinks=MappingProxyType(backlinks_of(posts)),
        series=series_of(posts),
        equations=equations_of(posts, anchors),
        summary=summary_of(posts),
        by_id=MappingProxyType({post.id: post for post in posts}),
    )


def _anchored(post: Post) -> Post:
    """Return ``post`` with an id on every heading and figure: ``<post id>-s<n>`` and ``-f<n>``, n counted within it."""
    headings, figures = count(1), count(1)

    def number(block: Block) -> Block:
        match block:
            case Heading():
                return replace(block, anchor=f"{post.id}-s{next(headings)}")
            case Figure():
                return replace(block, anchor=f"{post.id}-f{next(figures)}")
            case _:
                return block

    return replace(post, blocks=change_blocks(post.blocks, number))


def _anchors(posts: tuple[Post, ...]) -> dict[str, Anchor]:
    anchors: dict[str, Anchor] = {}
    for post in posts:
        for anchor_id in _anchor_ids(post):
            if anchor_id in anchors:
                raise ArtefactError(
                    f"{post.span}: two places of the book would have the id {anchor_id!r}",
                    help="this is a defect of the program: please report it with the source",
                )
            anchors[anchor_id] = Anchor(anchor_id, post.id)
    return anchors


def _anchor_ids(post: Post) -> Iterator[str]:
    yield post.id
    for block in iter_blocks(post.blocks):
        if isinstance(block, Heading | Figure) and block.anchor:
            yield block.anchor
    for math in formulas_of(post):
        yield from (number.anchor for number in math.numbers if number.anchor)
