"""Whatever a source links to, a book that can be written leads a reader to safe addresses alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.addresses import safe_url
from pipeline.book import Book, Complete, Post
from pipeline.config import BuildConfig, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import Link, Note, Paragraph, Str
from pipeline.posts import inlines_of
from pipeline.resolve import resolve
from pipeline.source import Span
from pipeline.walk import source_text

HERE = Span("d.txt", 1, 1)
BEGINNINGS = ("", "//", "http://", "HTTPS://a.example/", "mailto:", "ftp://", "javascript:", "\x01data:")
ADDRESSES = st.builds(str.__add__, st.sampled_from(BEGINNINGS), st.text() | st.from_regex(r"[\w.@:/\[\]%#?-]*"))


@given(ADDRESSES)
def test_the_addresses_of_a_resolved_book_are_safe(url: str) -> None:
    link = Link(url, (Str("words", HERE),), HERE)
    blocks = (Paragraph((link, Note((Paragraph((link,), HERE),), HERE)), HERE),)
    post = Post("p-1", (link,), None, Complete(), blocks, HERE, url=url)
    book = resolve(Book(BuildConfig(metadata=Metadata(source_url=url)), (post,)), Reporter())
    (found,) = book.posts
    links = [inline.url for inline in inlines_of(found) if isinstance(inline, Link)]
    assert all(safe_url(address) == address for address in links)
    for address in (found.url, book.url_of(found)):
        assert safe_url(address) == (address or None)
    assert source_text(found.title).startswith("words")
