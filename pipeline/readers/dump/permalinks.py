"""The sign by which the headings of a blog link to themselves: "对易关系 #", on the web a link and here nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.codes import Code
from pipeline.diagnostics import Reporter, counted
from pipeline.document import Blocks, Heading, Inlines, Str

_SIGN: Final = re.compile(r"(?<![\s#;{}()])[ \t\u00a0]#$")
_NAME: Final = re.compile(r"(?<![A-Za-z0-9_])[A-Z][ \t\u00a0]#$")
"""A language or a key: "C #"."""
_SEVERAL: Final = 2


def without_permalinks(blocks: Blocks, post: str, reporter: Reporter) -> Blocks:
    """Return the blocks of a post without the sign that ends several of its headings, and most; of one, it is text."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    signed = [heading for heading in headings if _unsigned(heading.content) != heading.content]
    if len(signed) < _SEVERAL or 2 * len(signed) <= len(headings):
        return blocks
    message = f"{counted(len(signed), 'heading')} end in '#', the sign of a link to each; the book has its own links"
    reporter.report(Code.SITE_TEXT, message, signed[0].span, post=post)
    return tuple(
        replace(block, content=_unsigned(block.content)) if isinstance(block, Heading) else block for block in blocks
    )


def _unsigned(text: Inlines) -> Inlines:
    """Return the text of a heading without the sign at its end."""
    if not text or not isinstance(last := text[-1], Str) or not _SIGN.search(last.text) or _NAME.search(last.text):
        return text
    rest = _SIGN.sub("", last.text)
    return (*text[:-1], replace(last, text=rest)) if rest else text[:-1]
