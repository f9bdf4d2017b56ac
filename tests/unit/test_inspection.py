from __future__ import annotations

from pipeline.book import Book
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.inspection import inspect_book
from pipeline.readers.dump import read_dump
from pipeline.source import SourceText
from pipeline.transforms import TRANSFORMS

POST = "18 Apr\n\nA title\n\nSome words of a post, and then some more of them.\n\n$$x$$\n\n"


def inspected(text: str) -> dict[str, object]:
    reporter = Reporter()
    book = Book(BuildConfig(), read_dump(SourceText("d.txt", text), reporter))
    for transform in TRANSFORMS:
        book = transform(book, reporter)
    return inspect_book(book, reporter, formulas=False)


def test_a_post_that_the_sources_have_twice_is_shown_twice() -> None:
    posts = inspected(POST + POST)["posts"]
    assert isinstance(posts, list)
    assert [post["line"] for post in posts] == [1, 9]
    assert [post.get("copy_of") for post in posts] == [None, posts[0]["id"]]


def test_blocks_hold_every_character_delimiters_included() -> None:
    posts = inspected(POST)["posts"]
    assert isinstance(posts, list)
    assert posts[0]["blocks"][1] == {"type": "equation", "tex": "$$x$$"}
