"""Whatever a dump says, its posts say it again: reading and the page lose nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.book import Book, Post
from pipeline.config import BuildConfig, Metadata
from pipeline.diagnostics import Reporter
from pipeline.mathml.convert import convert_book
from pipeline.readers.decode import decode
from pipeline.readers.dump import read_dump
from pipeline.resolve import resolve
from pipeline.source import SourceText
from pipeline.transforms import TRANSFORMS
from pipeline.verify.expected import expected_of
from pipeline.verify.html import verify_html
from pipeline.verify.source import reading_losses, transform_losses
from pipeline.writers.contract import WriterOptions
from pipeline.writers.html.writer import write_html

FRAGMENTS = (
    *("18 Apr", "2018-04-18", "29 Feb", "点击阅读全文...", "图的说明", "一个标题", "一段话,有逗号。"),
    *("- 点", "1、", "(2) ", "> ", "1. ", "（一）", "一、", "步骤1:", "---", "| a | b |", "a  b", "#", "###"),
    *("$x$", "$$y$$", "\\(z\\)", "\\[w\\]", "$", "$$", "\\begin{equation}a\\label{e}\\end{equation}", "$\\eqref{e}$"),
    *("```", "`c`", "`", "    if x:", "x = f(1)", "print('x')", "  ", "\t", "\u3000", "\ufeff"),
    *("![图](https://example.org/a.png)", "![](https://example.org/b.png)"),
    *("[词](https://example.org/a_(b))", "https://example.org/", "[", "](", ")", "《一个标题》", "《", "》"),
    *("\\", "{", "}", "&", "<b>", "*", "_", "…", "？", ",", ":", "。"),
)
LINES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=5).map("".join)
BODIES = st.lists(LINES, max_size=15).map("\n".join)
DUMPS = st.lists(BODIES, min_size=1, max_size=2).map(
    lambda bodies: "".join(f"18 Apr\n\n标题\n\n{body}\n\n" for body in bodies)
)


def read(text: str) -> tuple[SourceText, tuple[Post, ...]]:
    source = decode("dump.txt", text.encode(), "utf-8", Reporter())
    return source, read_dump(source, Reporter())


@settings(max_examples=200, deadline=None)
@given(DUMPS)
@example("18 Apr\n\n标题\n\n![图$x$](https://example.org/a.png) 及 ![](https://example.org/b.png)\n\n")
@example("18 Apr\n\n标题\n\n点击阅读全文...点击阅读全文...\n\n")
def test_reading_a_dump_loses_nothing(text: str) -> None:
    source, posts = read(text)
    assert reading_losses({source.path: source}, posts) == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DUMPS)
def test_making_a_page_loses_nothing(text: str) -> None:
    _, posts = read(text)
    book = Book(BuildConfig(metadata=Metadata(title="书")), posts)
    for transform in TRANSFORMS:
        book = transform(book, Reporter())
    assert transform_losses(posts, book.posts) == ()
    resolved = resolve(convert_book(book, Reporter(), jobs=1, cache=None), Reporter())
    if resolved.posts:
        page = write_html(resolved, WriterOptions("book"), Reporter()).files[0].content
        assert verify_html([page], expected_of(resolved)) == ()
