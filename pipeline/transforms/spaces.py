"""Drop the spaces that Chinese text does not have: what is left where a dump took bold or a link away.

Chinese sets no space between characters or before a mark (CLREQ, Requirements for Chinese Text Layout, 3.1). A space
beside a single character is kept, since "你 想 吃 啥" is a sequence of tokens, and so is every space where no mark
tells that the text is a sentence, since "模型 准确率 用时" is the head of a table. Before a mark a space goes whatever
it stands behind, a letter or a formula, unless the mark is quoted or one of several that are listed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.book import Book
from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.document import Inline, Inlines, Str
from pipeline.phrases import primary_language
from pipeline.posts import map_post

_HAN: Final = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_MARKS: Final = "，。：；、！？"
_OPENING: Final = r"“‘（《「『【(\[{"
_SPACE: Final = re.compile(rf"(?<={_HAN}{_HAN}) (?={_HAN}{_HAN})|(?<![\s{_MARKS}{_OPENING}]) (?=[{_MARKS}）])")
_SENTENCE: Final = re.compile(f"[{_MARKS}]")


def spaces(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` without such spaces, where its language is Chinese; reported by count."""
    if primary_language(book.config.metadata.language) != "zh":
        return book
    count = 0

    def closed(inline: Inline) -> Inlines:
        nonlocal count
        if not isinstance(inline, Str) or not _SENTENCE.search(inline.text):
            return (inline,)
        text, dropped = _SPACE.subn("", inline.text)
        count += dropped
        return (replace(inline, text=text),) if dropped else (inline,)

    posts = tuple(map_post(post, closed) for post in book.posts)
    if count:
        reporter.report(Code.SPACES_DROPPED, f"{counted(count, 'space')} between Chinese characters dropped")
    return replace(book, posts=posts)
