from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.book import Book, Complete, Post
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import (
    Delimiters,
    Figure,
    Heading,
    Image,
    Inlines,
    Math,
    Paragraph,
    PostRef,
    Reference,
    Str,
    Xref,
)
from pipeline.errors import ArtefactError
from pipeline.resolve import resolve
from pipeline.source import Span

HERE = Span("d.txt", 1, 1)
WORDS: Inlines = (Str("words", HERE),)


def post(post_id: str, *content: PostRef) -> Post:
    return Post(post_id, WORDS, None, Complete(), (Paragraph(content or WORDS, HERE),), HERE)


def test_a_mention_is_known_to_the_post_that_it_names() -> None:
    reporter = Reporter()
    posts = (post("p-1"), post("p-2", PostRef("p-1", WORDS, HERE)), post("p-3", PostRef("p-1", WORDS, HERE)))
    book = resolve(Book(BuildConfig(), posts), reporter)
    assert book.backlinks == {"p-1": ("p-2", "p-3")}
    assert reporter.diagnostics == []


def test_two_places_with_one_id_are_refused() -> None:
    twice = replace(post("p-1"), blocks=(Heading(1, WORDS, HERE, anchor="p-1"),))
    with pytest.raises(ArtefactError, match="p-1"):
        resolve(Book(BuildConfig(), (twice,)), Reporter())


def test_formulas_are_counted_that_a_reader_sees() -> None:
    seen = Math("x", Delimiters.DOLLAR, HERE, expanded="x")
    defining = replace(seen, tex=r"\newcommand{\R}{}", expanded="")
    blocks = (Paragraph((seen, defining, Xref(seen, (Reference("a", parentheses=True),))), HERE),)
    book = Book(BuildConfig(), (replace(post("p-1"), blocks=blocks),))
    assert resolve(book, Reporter()).summary.formulas == 1


def test_every_picture_that_a_book_lacks_is_counted() -> None:
    lost, found = Image("a.png", "", HERE), Image("b.png", "", HERE, "b.png")
    blocks = (
        Figure(WORDS, HERE),
        Figure(WORDS, HERE, lost),
        Figure(WORDS, HERE, found),
        Paragraph((lost, found), HERE),
    )
    book = Book(BuildConfig(), (replace(post("p-1"), blocks=blocks),))
    assert resolve(book, Reporter()).summary.missing_images == 3
