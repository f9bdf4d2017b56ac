"""What a page, or a site of pages, lacks of a book."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

from lxml import etree

from pipeline.errors import ArtefactError
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected
from pipeline.verify.markup import Sight, read_posts, read_stretches
from pipeline.writers.contract import File

_ARTICLE: Final = re.compile(rb"(?=<article)")
_FIRST: Final = re.compile(rb'<article id="([^"]*)"')
_SEARCH: Final = "search.html"


def site_pages(files: Sequence[File], expected: Expected) -> list[bytes]:
    """Return the pages of a book, or the one page, in the order of the posts that they begin with.

    The page to search in is left out: it has the words of all posts again, so that no other page could lack any.
    """
    places = {post.id.encode(): place for place, post in enumerate(expected.posts)}

    def place(page: bytes) -> int:
        first = _FIRST.search(page)
        return places.get(first[1], -1) if first else -1

    several = len(files) > 1
    pages = (file.content for file in files if not (several and PurePath(file.name).name == _SEARCH))
    return sorted(pages, key=place)


def verify_html(pages: Sequence[bytes], expected: Expected) -> tuple[Loss, ...]:
    """Return what ``pages``, in their order, lack of what is expected.

    Raises:
        ArtefactError: a page cannot be parsed.
    """
    try:
        posts = {post.id for post in expected.posts}
        sight = Sight(partial(_picture, expected.names()), expected.lost)
        articles = (article for page in pages for article in _articles(page))
        found = read_posts(stretch for article in articles for stretch in read_stretches(article, posts, sight))
    except etree.LxmlError as error:
        raise ArtefactError(f"the page cannot be read: {error}") from error
    return compare(expected, found)


def _articles(page: bytes) -> Iterator[etree._Element]:
    """Yield the articles of a page, one by one, and forget each: all of a page's tree takes ten times the page.

    ``huge_tree``: without it a text of ten megabytes, or an element in another's 255th level, ends the page.
    """
    parser = etree.HTMLPullParser(events=("end",), tag="article", huge_tree=True, encoding="utf-8")
    for piece in _ARTICLE.split(page):
        parser.feed(piece)
        for _, article in parser.read_events():
            if isinstance(article, etree._Element):  # noqa: SLF001 - the type's only name; an "end" brings nothing else
                yield article
                _forget(article)
    parser.close()


def _forget(article: etree._Element) -> None:
    article.clear()
    if (before := article.getprevious()) is not None and (parent := article.getparent()) is not None:
        parent.remove(before)


def _picture(known: Mapping[tuple[int, int], str], source: str) -> str | None:
    """Return which picture the address of an image holds."""
    try:
        content = base64.b64decode(source.partition(";base64,")[2], validate=True)
    except ValueError:
        return None
    return known.get((len(content), zlib.crc32(content))) if content else None
