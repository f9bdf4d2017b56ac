"""What a page, or a site of pages, lacks of a book."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import ArtefactError
from pipeline.verify.compare import Loss, compare
from pipeline.verify.expected import Expected
from pipeline.verify.markup import read_posts, read_stretches


def verify_html(pages: Sequence[bytes], expected: Expected) -> tuple[Loss, ...]:
    """Return what ``pages``, in their order, lack of what is expected.

    Raises:
        ArtefactError: a page cannot be parsed.
    """
    try:
        posts = {post.id for post in expected.posts}
        found = read_posts(stretch for page in pages for stretch in read_stretches(_parse(page), posts))
    except etree.LxmlError as error:
        raise ArtefactError(f"the page cannot be read: {error}") from error
    return (*compare(expected, found), *_pictures(pages, expected))


def _parse(page: bytes) -> etree._Element:
    """``huge_tree``: without it a text of ten megabytes, or an element in another's 255th level, ends the page."""
    return etree.fromstring(page, etree.HTMLParser(huge_tree=True, encoding="utf-8"))


def _pictures(pages: Sequence[bytes], expected: Expected) -> Iterator[Loss]:
    for resource in expected.resources:
        encoded = base64.b64encode(resource.content)
        if not any(encoded in page for page in pages):
            yield Loss("", f"the picture {resource.name} is missing", expected.posts[0].span)
