from __future__ import annotations

import pytest

from pipeline.book import Book, Complete, Post, PostDate
from pipeline.codes import Code
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import Figure, Image, Paragraph, Str
from pipeline.source import Span
from pipeline.transforms.duplicates import duplicates
from pipeline.walk import own_inlines, source_text

YEARS = range(1990, 2020)


def greeting(path: str, year: int) -> Post:
    here = Span(path, year, 1)
    body = Paragraph((Str("祝大家元旦快乐。", here),), here)
    return Post("p-1", (Str("新年快乐", here),), PostDate(year, 1, 1), Complete(), (body,), here)


def test_a_greeting_of_many_years_is_one_post_a_year_however_many_sources_have_it() -> None:
    reporter = Reporter()
    posts = tuple(greeting(path, year) for path in ("a.txt", "b.txt") for year in YEARS)
    found = duplicates(Book(BuildConfig(), posts), reporter).posts
    assert [post.date.year for post in found if post.date] == list(YEARS)
    assert len({post.id for post in found}) == len(YEARS)
    assert {diagnostic.code for diagnostic in reporter.diagnostics} == {Code.POST_TWICE}


SENTENCE = "这是一段正文，内容足够长，以便于比较两份来源是否为同一篇文章，两份都有这句话，也都有那句话，只是末尾有别。"


def pictured(path: str, figure: Figure, words: str) -> Post:
    here = Span(path, 1, 1)
    body = (Paragraph((Str(SENTENCE + words, here),), here), figure)
    return Post("p-1", (Str("标题", here),), None, Complete(), body, here)


@pytest.mark.parametrize("more", ["", "这一份还有一段话，是另一份里没有的，所以留下的是这一份。"])
@pytest.mark.parametrize("lost", [None, Image("a.png", "", Span("dump.txt", 2, 1))])
def test_a_picture_that_one_source_has_is_in_the_book(more: str, lost: Image | None) -> None:
    dump, page = Span("dump.txt", 2, 1), Span("page.md", 2, 1)
    picture = Image("a.png", "图的标题:一", page, "a.png")
    flat = pictured("dump.txt", Figure((Str("图的标题：一", dump),), dump, lost), "完。" + more)
    whole = pictured("page.md", Figure((), page, picture), "完。")
    for posts in ((flat, whole), (whole, flat)):
        (found,) = duplicates(Book(BuildConfig(), posts), Reporter()).posts
        (figure,) = (block for block in found.blocks if isinstance(block, Figure))
        assert figure.image == picture
        assert source_text(own_inlines(found.blocks[0])[0]).endswith(more)


def test_a_picture_with_other_words_is_not_taken_for_one_that_was_lost() -> None:
    dump, page = Span("dump.txt", 2, 1), Span("page.md", 2, 1)
    other = Figure((), page, Image("b.png", "另一张图", page, "b.png"))
    flat = pictured("dump.txt", Figure((Str("图的标题", dump),), dump), "完。" + "只有这里才有的一段话，足够长。")
    (found,) = duplicates(Book(BuildConfig(), (flat, pictured("page.md", other, "完。"))), Reporter()).posts
    assert [block.image for block in found.blocks if isinstance(block, Figure)] == [None]
