"""Drop the spaces that Chinese text does not have: what is left where a dump took bold or a link away.

Chinese sets no space between characters or before a mark (CLREQ, Requirements for Chinese Text Layout, 3.1). A space
beside a single character is kept, since "你 想 吃 啥" is a sequence of tokens, and so is every space where no mark
tells that the text is a sentence, since "模型 准确率 用时" is the head of a table. Before a mark a space goes whatever
it stands behind, a letter or a formula, unless the mark is quoted or one of several that are listed. The space that
ends the first word of a paragraph is kept where paragraphs of the post have such a word in common: it is a label.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.book import Book, Post
from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.document import Inline, Inlines, Paragraph, Str
from pipeline.han import HAN
from pipeline.phrases import primary_language
from pipeline.posts import map_post
from pipeline.walk import iter_blocks

_HAN: Final = f"[{HAN}]"
_MARKS: Final = "，。：；、！？"
_OPENING: Final = r"“‘（《「『【(\[{"
_SPACE: Final = re.compile(rf"(?<={_HAN}{_HAN}) (?={_HAN}{_HAN})|(?<![\s{_MARKS}{_OPENING}]) (?=[{_MARKS}）])")
_LABEL: Final = re.compile(rf"{_HAN}{{2,8}} (?={_HAN}{_HAN})")
_SENTENCE: Final = re.compile(f"[{_MARKS}]")


def spaces(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` without such spaces, where its language is Chinese; reported by count."""
    if primary_language(book.config.metadata.language) != "zh":
        return book
    count = 0

    def closed(post: Post) -> Post:
        labels = _labels(post)

        def change(inline: Inline) -> Inlines:
            nonlocal count
            if not isinstance(inline, Str) or not _SENTENCE.search(inline.text):
                return (inline,)
            label = labels.get(inline, "")
            text, dropped = _SPACE.subn("", inline.text[len(label) :])
            count += dropped
            return (replace(inline, text=label + text),) if dropped else (inline,)

        return map_post(post, change)

    posts = tuple(map(closed, book.posts))
    if count:
        reporter.report(Code.SPACES_DROPPED, f"{counted(count, 'space')} between Chinese characters dropped")
    return replace(book, posts=posts)


def _labels(post: Post) -> dict[Str, str]:
    """Return the labels with which texts begin, each with its space; none where no two texts have one in common."""
    firsts = [block.content[0] for block in iter_blocks(post.blocks) if isinstance(block, Paragraph) and block.content]
    matches = ((first, _LABEL.match(first.text)) for first in firsts if isinstance(first, Str))
    labels = {first: match[0] for first, match in matches if match}
    return labels if len(set(labels.values())) < len(labels) else {}
