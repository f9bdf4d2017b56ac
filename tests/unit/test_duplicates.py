from __future__ import annotations

from pipeline.book import Book, Complete, Post, PostDate
from pipeline.codes import Code
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import Paragraph, Str
from pipeline.source import Span
from pipeline.transforms.duplicates import duplicates

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
