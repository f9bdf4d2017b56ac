"""Restore the full-width marks ，：；？！（）～ that the source folded to ASCII.

A run of inlines is looked at as one text, so that a mark beside a formula is judged by what stands beyond it. A source
that has such marks was not folded: where it has ASCII, its author wrote ASCII. Where most are ASCII all the same, that
is reported. So is a post whose author typed ASCII as English is typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from pipeline.book import Book, Post, by_source
from pipeline.codes import Code
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter, counted
from pipeline.document import (
    Block,
    BulletList,
    Inline,
    InlineCode,
    Inlines,
    ListItem,
    OrderedList,
    Str,
)
from pipeline.fold import FULL_WIDTH
from pipeline.phrases import primary_language
from pipeline.transforms.punctuation.evidence import equation_numbers, is_typed_in_ascii
from pipeline.transforms.punctuation.flat import flat, flat_text
from pipeline.transforms.punctuation.widths import restore, restore_prose
from pipeline.walk import change_blocks, change_runs, descend, iter_inlines, map_inlines, own_inlines, source_text

_UNFOLDED: Final = 0.1  # full-width marks in the source, for each that would be restored


def punctuation(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with full-width punctuation where its author must have written it; reported by count."""
    if not _wanted(book.config):
        return book
    sources = by_source(book.posts).items()
    restored = {post.id: post for path, posts in sources for post in _source(path, posts, book.config, reporter)}
    return replace(book, posts=tuple(restored[post.id] for post in book.posts))


def _source(path: str, posts: tuple[Post, ...], config: BuildConfig, reporter: Reporter) -> tuple[Post, ...]:
    counts: Counter[str] = Counter()
    asked = config.text.punctuation is not None
    typed = frozenset[str]() if asked else frozenset(post.id for post in posts if is_typed_in_ascii(post))
    restored = tuple(post if post.id in typed else _restored(post, counts) for post in posts)
    written, folded = _written(posts, {override.title for override in config.posts}), counts.total()
    if not asked and written > folded * _UNFOLDED:
        if folded > written:
            message = f"{path} has full-width marks of its own ({written}), so {folded} in ASCII are left to its author"
            reporter.report(Code.PUNCTUATION_KEPT, message)
        return posts
    if typed:
        message = (
            f"{counted(len(typed), 'post')} in {path} with spaces after commas: their marks are left to their author"
        )
        reporter.report(Code.PUNCTUATION_KEPT, message)
    if counts:
        listed = " ".join(f"{mark}×{counts[mark]}" for mark in FULL_WIDTH if counts[mark])
        message = f"{counted(folded, 'mark')} in {path} made full-width: {listed}"
        reporter.report(Code.PUNCTUATION_RESTORED, message)
    return restored


def _written(posts: tuple[Post, ...], given: Collection[str]) -> int:
    """How many full-width marks the source has, titles aside that book.toml gave."""
    titles = (descend(post.title) for post in posts if source_text(post.title) not in given)
    inlines = chain(*titles, *(iter_inlines(post.blocks) for post in posts))
    text = "".join(inline.text for inline in inlines if isinstance(inline, Str))
    return sum(map(text.count, FULL_WIDTH))


def _wanted(config: BuildConfig) -> bool:
    if config.text.punctuation is not None:
        return config.text.punctuation
    return primary_language(config.metadata.language) == "zh"


def _restored(post: Post, counts: Counter[str]) -> Post:
    numbers = equation_numbers(post)

    def change(run: Inlines) -> Inlines:
        return _run(run, numbers, counts)

    blocks = change_blocks(post.blocks, lambda block: _marked(block, counts))
    return replace(post, title=change(post.title), blocks=change_runs(blocks, change))


def _marked(block: Block, counts: Counter[str]) -> Block:
    """Restore the markers of points, such as (1) and 1), each before the text that it stands before."""
    if not isinstance(block, BulletList | OrderedList):
        return block
    return replace(block, items=tuple(replace(item, marker=_marker(item, counts)) for item in block.items))


def _marker(item: ListItem, counts: Counter[str]) -> str:
    if ")" not in item.marker:
        return item.marker
    runs = own_inlines(item.blocks[0]) if item.blocks else ()
    text = "".join(map(flat_text, runs))
    return _counted(item.marker, restore(item.marker + text)[: len(item.marker)], counts)


def _run(content: Inlines, numbers: frozenset[str], counts: Counter[str]) -> Inlines:
    inlines = tuple(descend(content))
    before = "".join(map(flat, inlines))
    after = _counted(before, restore(before, numbers), counts)
    if after == before and not any(isinstance(inline, InlineCode) for inline in inlines):
        return content
    texts = iter(_cut(after, inlines))

    def change(inline: Inline) -> Inlines:
        match inline:
            case Str(text=before, span=span):
                text = next(texts)
                return (inline,) if text == before else (Str(text, span),)
            case InlineCode(text=text):
                return (replace(inline, text=_counted(text, restore_prose(text), counts)),)
            case _:
                return (inline,)

    return map_inlines(content, change)


def _counted(before: str, after: str, counts: Counter[str]) -> str:
    if before != after:
        counts.update({mark: after.count(mark) - before.count(mark) for mark in FULL_WIDTH})
    return after


def _cut(restored: str, inlines: Inlines) -> Iterator[str]:
    """Yield what became of each text among ``inlines``, which ``restored`` holds one after another."""
    start = 0
    for inline in inlines:
        end = start + len(flat(inline))
        if isinstance(inline, Str):
            yield restored[start:end]
        start = end
