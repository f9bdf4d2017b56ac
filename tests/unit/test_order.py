from __future__ import annotations

from dataclasses import replace

from pipeline.book import Book, Complete, Part, Post, PostDate
from pipeline.config import BuildConfig, Metadata, Sort
from pipeline.diagnostics import Reporter
from pipeline.document import Figure, Heading, Paragraph, Quote, Str
from pipeline.source import Span
from pipeline.transforms.anchors import anchors
from pipeline.transforms.order import order

HERE = Span("a.txt", 1, 1)


def post(name: str, year: int | None) -> Post:
    return Post(name, (Str(name, HERE),), PostDate(year, 4, 18), Complete(), (), HERE)


def ordered(*posts: Post, config: BuildConfig | None = None) -> Book:
    return order(Book(config or BuildConfig(), posts), Reporter())


def test_parts_follow_the_years() -> None:
    config = BuildConfig(metadata=Metadata(language="zh-CN"))
    book = ordered(post("a", 2018), post("b", 2018), post("c", 2019), config=config)
    assert book.parts == (Part("2018年", ("a", "b")), Part("2019年", ("c",)))


def test_parts_are_named_in_the_books_language() -> None:
    config = BuildConfig(metadata=Metadata(language="en"))
    assert ordered(post("a", 2018), post("b", 2019), config=config).parts[0].title == "2018"


def test_no_parts_where_a_year_is_unknown() -> None:
    assert ordered(post("a", 2018), post("b", None), post("c", 2019)).parts == ()


def test_no_parts_where_the_source_comes_back_to_a_year() -> None:
    posts = (post("a", 2018), post("b", 2019), post("c", 2018))
    assert ordered(*posts).parts == ()
    assert [part.posts for part in ordered(*posts, config=BuildConfig(sort=Sort.DATE)).parts] == [("a", "c"), ("b",)]


def test_no_parts_for_one_year_or_where_they_are_not_wanted() -> None:
    assert ordered(post("a", 2018), post("b", 2018)).parts == ()
    assert ordered(post("a", 2018), post("b", 2019), config=BuildConfig(parts=False)).parts == ()


def test_anchors_count_within_the_post_and_within_what_blocks_hold() -> None:
    text = (Str("x", HERE),)
    blocks = (Heading(1, text, HERE), Quote((Heading(2, text, HERE), Figure(text, HERE)), HERE), Paragraph(text, HERE))
    book = anchors(
        Book(BuildConfig(), (replace(post("p", 2018), blocks=(*blocks, Heading(1, text, HERE))),)), Reporter()
    )
    first, quote, _, last = book.posts[0].blocks
    assert isinstance(first, Heading)
    assert isinstance(quote, Quote)
    assert isinstance(last, Heading)
    inner, figure = quote.blocks
    assert isinstance(inner, Heading)
    assert isinstance(figure, Figure)
    assert (first.anchor, inner.anchor, last.anchor, figure.anchor) == ("p-s1", "p-s2", "p-s3", "p-f1")
