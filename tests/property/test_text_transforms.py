from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.book import Book, Post
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.fold import fold
from pipeline.readers.dump import read_dump
from pipeline.source import SourceText
from pipeline.transforms import TRANSFORMS
from pipeline.transforms.mentions import mentions
from pipeline.transforms.punctuation import punctuation
from pipeline.walk import iter_blocks, own_inlines, source_text

# What the text transforms look for, in any company.
PIECES = st.sampled_from(
    [
        "今天是年三十,猴年快乐!",
        "今年是2019年。",
        "昨天的《甲(一):题》",
        "去年的《乙篇》和《甲(二)》",
        "都2020年了(真的)",
        "见 https://example.org/a,b",
        "$x$,$y$",
        "arXiv:1902.01234",
        "《",
        "》",
        "(((",
        ")))",
        "\n\n",
        "\n",
        "点击阅读全文...",
        "一二三四五六七八九十",
    ]
)
LEGAL = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=8)
DAYS = st.sampled_from(["7 Feb", "29 Feb", "18 Apr", "1 Jan 2018", "31 Dec"])
TITLES = st.sampled_from(["甲(一):题", "甲(二):题", "乙篇", "乙篇...", "2010年10月天象", "《丙(3)》——题"])
POSTS = st.tuples(DAYS, TITLES, st.lists(PIECES | LEGAL, max_size=6).map("".join))


def book_of(posts: list[tuple[str, str, str]]) -> Book:
    text = "\n".join(f"{day}\n\n{title}\n\n{body}\n" for day, title, body in posts)
    return Book(BuildConfig(), read_dump(SourceText("a.txt", text), Reporter(), BuildConfig().text))


def text_of(post: Post) -> str:
    runs = (run for block in iter_blocks(post.blocks) for run in own_inlines(block))
    return "\n".join(source_text(run) for run in (post.title, *runs))


@settings(max_examples=60, deadline=None)
@given(st.lists(POSTS, max_size=6))
def test_any_book_goes_through_with_unique_ids(posts: list[tuple[str, str, str]]) -> None:
    book = book_of(posts)
    for transform in TRANSFORMS:
        book = transform(book, Reporter())
    ids = [post.id for post in book.posts]
    assert len(set(ids)) == len(ids)
    assert sorted(post for part in book.parts for post in part.posts) == (sorted(ids) if book.parts else [])


@settings(max_examples=60, deadline=None)
@given(st.lists(POSTS, max_size=4))
def test_punctuation_and_mentions_keep_every_character(posts: list[tuple[str, str, str]]) -> None:
    book = book_of(posts)
    changed = mentions(punctuation(book, Reporter()), Reporter())
    assert [fold(text_of(post)) for post in changed.posts] == [fold(text_of(post)) for post in book.posts]


@settings(max_examples=60, deadline=None)
@given(st.lists(POSTS, max_size=4))
def test_restoring_a_book_twice_is_restoring_it_once(posts: list[tuple[str, str, str]]) -> None:
    once = punctuation(book_of(posts), Reporter())
    assert punctuation(once, Reporter()) == once
