from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.book import Book, Complete, Post
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import (
    Delimiters,
    Emph,
    Figure,
    Heading,
    Image,
    Inlines,
    Math,
    Paragraph,
    PostRef,
    Quote,
    Reference,
    Str,
    Xref,
)
from pipeline.errors import ArtefactError
from pipeline.report import report_file
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
    headed = replace(post("p-1"), blocks=(Heading(1, WORDS, HERE),))
    with pytest.raises(ArtefactError, match="p-1-s1"):
        resolve(Book(BuildConfig(), (headed, post("p-1-s1"))), Reporter())


def test_ids_count_within_the_post_and_within_what_blocks_hold() -> None:
    blocks = (Heading(1, WORDS, HERE), Quote((Heading(2, WORDS, HERE), Figure(WORDS, HERE)), HERE))
    posts = (replace(post("p-1"), blocks=(*blocks, Heading(1, WORDS, HERE))), replace(post("p-2"), blocks=blocks))
    book = resolve(Book(BuildConfig(), posts), Reporter())
    assert list(book.anchors) == ["p-1", "p-1-s1", "p-1-s2", "p-1-f1", "p-1-s3", "p-2", "p-2-s1", "p-2-s2", "p-2-f1"]


def test_a_figure_that_only_the_layout_makes_has_an_id_too() -> None:
    picture = Image("a.png", "alt", HERE, "a.png")
    captioned = replace(post("p-1"), blocks=(Paragraph((picture, Emph(WORDS, HERE)), HERE),))
    book = resolve(Book(BuildConfig(), (captioned,)), Reporter())
    assert book.posts[0].blocks == (Figure(WORDS, HERE, picture, anchor="p-1-f1"),)


def test_formulas_are_counted_that_a_reader_sees_and_the_report_says_the_same() -> None:
    seen = Math("x", Delimiters.DOLLAR, HERE, expanded="x")
    defining = replace(seen, tex=r"\newcommand{\R}{}", expanded="")
    failed = replace(seen, error="why")
    blocks = (Paragraph((seen, defining, failed, Xref(seen, (Reference("a", parentheses=True),))), HERE),)
    book = resolve(Book(BuildConfig(), (replace(post("p-1"), blocks=blocks),)), Reporter())
    assert (book.summary.formulas, book.summary.failures) == (2, {"why": 1})
    report = json.loads(report_file(book, (), Reporter()).content)
    assert report["math"] == {"formulas": 2, "engines": {"latex2mathml": 1}, "shown_as_source": {"why": 1}}


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
