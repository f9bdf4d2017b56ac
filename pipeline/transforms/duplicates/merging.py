"""Two copies of one post made one: the better text, and of the other whatever else is known."""

from __future__ import annotations

from dataclasses import replace

from pipeline.book import Complete, Post, PostDate
from pipeline.document import Block, Figure, Image
from pipeline.fold import fold
from pipeline.posts import inlines_of
from pipeline.transforms.duplicates.comparison import Candidate, say_the_same, words_of
from pipeline.walk import LEAVES, change_blocks, iter_blocks


def ranked(old: Candidate, new: Candidate) -> tuple[Candidate, Candidate]:
    """Return both, the one with the better text first; of equals the older one."""
    alike = say_the_same(old, new)
    return (new, old) if _rank(new, alike=alike) > _rank(old, alike=alike) else (old, new)


def merged(old: Candidate, new: Candidate, best: Candidate) -> Candidate:
    """Return ``best`` of the two, with the id of the older one, and what else either of them knows."""
    other = old if best is new else new
    post = replace(
        _with_pictures(best.post, other.post),
        id=old.post.id,
        title=other.post.title if _is_cut(best.title) and not _is_cut(other.title) else best.post.title,
        date=_known(best.post.date, other.post.date),
        url=best.post.url or other.post.url,
        aliases=tuple(
            dict.fromkeys((*old.post.aliases, *new.post.aliases, *filter(None, (old.post.url, new.post.url))))
        ),
        copies=(*old.post.copies, *((other.post.span,) if _equal(old, new) else ())),
        origins=tuple(dict.fromkeys((*_origins(old.post), *_origins(new.post)))),
    )
    return replace(best, post=post)


def _equal(one: Candidate, other: Candidate) -> bool:
    return (one.title, one.body, type(one.post.status)) == (other.title, other.body, type(other.post.status))


def _is_cut(title: str) -> bool:
    """Whether the source itself cut the title short."""
    return title.endswith(("...", "…"))


def _rank(candidate: Candidate, *, alike: bool) -> tuple[bool, int, int]:
    whole = isinstance(candidate.post.status, Complete)
    return whole, _markup(candidate.post) if alike else 0, len(candidate.body)


def _markup(post: Post) -> int:
    """Count what a flattened copy of a post has lost: pictures that were found, links, stress, notes."""
    inlines = inlines_of(post)
    return sum(bool(i.resource) if isinstance(i, Image) else type(i) not in LEAVES for i in inlines)


def _with_pictures(post: Post, other: Post) -> Post:
    """Return ``post`` with pictures of ``other`` in its figures that lost theirs, by the same words."""
    figures = (block for block in iter_blocks(other.blocks) if isinstance(block, Figure))
    found = {fold(words_of(figure)): figure.image for figure in figures if figure.image and figure.image.resource}
    found.pop("", None)

    def filled(block: Block) -> Block:
        if not isinstance(block, Figure) or (block.image and block.image.resource):
            return block
        return replace(block, image=found.get(fold(words_of(block)), block.image))

    return replace(post, blocks=change_blocks(post.blocks, filled)) if found else post


def _known(one: PostDate | None, other: PostDate | None) -> PostDate | None:
    if one is None or (one.year is None and other is not None):
        return other
    return one


def _origins(post: Post) -> tuple[str, ...]:
    return post.origins or (post.span.path,)
