"""The formulas of a post: all of them in order, and a change made to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.book import Post
from pipeline.document import Inline, Inlines, Math, Xref
from pipeline.walk import descend, iter_inlines, map_blocks, map_inlines


def formulas_of(post: Post) -> Iterator[Math]:
    """Yield every formula of a post in source order, its title first, those that became references among them."""
    for inline in (*descend(post.title), *iter_inlines(post.blocks)):
        match inline:
            case Math():
                yield inline
            case Xref(math=math):
                yield math
            case _:
                pass


def change_formulas(post: Post, change: Callable[[Math], Math | Xref]) -> Post:
    """Return ``post`` with ``change`` applied to every formula, in the order of ``formulas_of``.

    A formula that became references stays so, around the changed formula.
    """

    def changed(inline: Inline) -> Inlines:
        match inline:
            case Math():
                return (change(inline),)
            case Xref(math=math) if isinstance(new := change(math), Math):
                return (replace(inline, math=new),)
            case _:
                return (inline,)

    return replace(post, title=map_inlines(post.title, changed), blocks=map_blocks(post.blocks, changed))
