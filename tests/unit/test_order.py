from __future__ import annotations

from pipeline.book import Book, Complete, Part, Post, PostDate
from pipeline.config import BuildConfig, Metadata, Sort
from pipeline.diagnostics import Reporter
from pipeline.document import Str
from pipeline.source import Span
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
