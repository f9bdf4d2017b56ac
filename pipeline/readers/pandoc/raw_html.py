"""HTML tags among Markdown text: the few that mean something to a book are read, all others lose nothing but the tag.

A tag that HTML does not know is text: ``<eos>`` and ``List<T>`` are what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from lxml.html import defs

from pipeline.document import Image, LineBreak, Str
from pipeline.readers.pandoc.pieces import WRAPPERS, Piece, Tag
from pipeline.source import Span

_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")


class _Attributes(HTMLParser):
    """The attributes of one tag."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def read_tag(source: str, span: Span) -> Iterator[Piece]:
    """Yield what one raw tag or comment means."""
    match = _NAME.match(source)
    if not match:  # a comment, a declaration, a processing instruction
        return
    name = match[1].lower()
    if name == "br":
        yield LineBreak(span)
    elif name == "img":
        found = _Attributes(source).found
        yield Image(found.get("src", ""), found.get("alt", ""), span)
    elif name == "a" or name in WRAPPERS:
        url = _Attributes(source).found.get("href", "") if name == "a" else ""
        yield Tag(name, source.startswith("</"), url, span)
    elif name not in defs.tags:
        yield Str(source, span)
