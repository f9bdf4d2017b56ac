"""The formulas of a post: all of them in order, a change made to each, and those that print nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.book import Post
from pipeline.document import Block, Blocks, Equation, Inline, Inlines, LineBreak, Math, Paragraph, Str, Xref
from pipeline.posts import inlines_of, map_post
from pipeline.walk import expand_blocks


def formulas_of(post: Post) -> Iterator[Math]:
    """Yield every formula of a post in source order, its title first, those that became references among them."""
    for inline in inlines_of(post):
        match inline:
            case Math():
                yield inline
            case Xref(math=math):
                yield math
            case _:
                pass


def shown_formulas(post: Post) -> Iterator[Math]:
    """Yield the formulas that a book shows as such, in the order of ``formulas_of``; references are text in it."""
    return (inline for inline in inlines_of(post) if isinstance(inline, Math))


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

    return map_post(post, changed)


def prints_nothing(math: Math) -> bool:
    """Whether a formula does nothing but define macros."""
    return math.error is None and math.expanded is not None and not math.expanded.strip()


def without_definitions(blocks: Blocks) -> Blocks:
    """Return ``blocks`` without the equations and paragraphs that print nothing: in a book they would be a gap."""
    return expand_blocks(blocks, lambda block: () if _is_definition(block) else (block,))


def _is_definition(block: Block) -> bool:
    match block:
        case Equation(math=math):
            return prints_nothing(math)
        case Paragraph(content=content):
            return any(isinstance(inline, Math) for inline in content) and all(map(_is_unseen, content))
        case _:
            return False


def _is_unseen(inline: Inline) -> bool:
    match inline:
        case Math():
            return prints_nothing(inline)
        case Str(text=text):
            return not text.strip()
        case _:
            return isinstance(inline, LineBreak)
