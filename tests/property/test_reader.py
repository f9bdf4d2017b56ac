"""Whatever a dump holds, reading it never fails, loses nothing but markup, and takes work in step with its size."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.book import Post
from pipeline.diagnostics import Reporter
from pipeline.document import (
    Block,
    BulletList,
    CodeBlock,
    Equation,
    Figure,
    Inlines,
    Link,
    OrderedList,
    ReadMore,
    Rule,
)
from pipeline.readers.decode import decode
from pipeline.readers.dump import read_dump
from pipeline.source import SourceText
from pipeline.walk import descend, iter_blocks, own_inlines, source_text

PIECES = st.sampled_from(
    [
        *("18 Apr", "31 Feb", "2018-04-18", "A title", "标题", "一、标题", "1.1 Title", "点击阅读全文...", "Read more"),
        *("1、", "2. ", "(3) ", "- ", "* ", "> ", ">>> x", "```", "~~~py", "---", "import a", "def f(x):", "    x = 1"),
        *("$", "$$", "\\[", "\\]", "\\(", "\\begin{align}", "\\end{align}", "\\\\", "{", "}", "`", "[a](https://a.b)"),
        *(
            "图一:曲线",
            "如下图:",
            "https://a.b/c_(d).",
            "a  b  c",
            "a\tb",
            "正文。",
            "text",
            ":",
            "\u3000",
            " ",
            "│┌",
            "↓",
        ),
    ]
)
DUMPS = st.lists(PIECES | st.text(max_size=8) | st.sampled_from(["\n", "\n\n", "\n\n\n"]), max_size=60).map("".join)
BEGINNING = "18 Apr\n\nA title\n\n"
MARKUP = frozenset("`~>[]()|-=─ \t")
"""What may be markup and is left out then: fences, quotation marks, links, the line under the head of a table."""


def words(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace() and character not in MARKUP)


def text_of(post: Post) -> Iterator[str]:
    for block in iter_blocks(post.blocks):
        yield from own_text(block)


def own_text(block: Block) -> Iterator[str]:
    match block:
        case BulletList(items=items) | OrderedList(items=items):
            yield from (item.marker for item in items)
        case CodeBlock(text=text, language=language):
            yield text + language
        case ReadMore(text=text) | Rule(text=text):
            yield text
        case Figure(caption=caption):
            yield 2 * inline_text(caption)  # it stood there twice
        case _:
            yield from map(inline_text, own_inlines(block))


def inline_text(inlines: Inlines) -> str:
    urls = [inline.url for inline in descend(inlines) if isinstance(inline, Link)]
    texts = [source_text(inline.content) for inline in descend(inlines) if isinstance(inline, Link)]
    return source_text(inlines) + "".join(url for url, text in zip(urls, texts, strict=True) if url != text)


def read(text: str) -> tuple[SourceText, tuple[Post, ...]]:
    source = decode("dump.txt", text.encode(errors="surrogatepass"), "utf-8", Reporter())
    return source, read_dump(source, Reporter())


@given(DUMPS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(text: str) -> None:
    source, posts = read(BEGINNING + text)
    kept: Counter[str] = Counter()
    for post in posts:
        titles = words(2 * inline_text(post.title))  # the body may begin with it once more
        kept += words(source.line(post.span.line)) + titles + words("".join(text_of(post)))
    assert not words(source.text) - kept


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gb18030", "utf-16-le"]))
@settings(max_examples=300, deadline=None)
def test_bytes_never_fail(data: bytes, encoding: str) -> None:
    source = decode("dump.txt", data, encoding, Reporter())
    assert "\r" not in source.text
    assert not any(
        0xD800 <= ord(character) < 0xE000 or character in "\0\x0b\x0c\ufffe\uffff" for character in source.text
    )
    read_dump(source, Reporter())


@given(DUMPS)
@settings(max_examples=100, deadline=None)
def test_places_are_in_the_source(text: str) -> None:
    source, posts = read(BEGINNING + text)
    for post in posts:
        for block in iter_blocks(post.blocks):
            span = block.math.span if isinstance(block, Equation) else block.span
            assert 1 <= span.column <= len(source.line(span.line)) + 1


HOSTILE = {
    "prose": "Some words of a paragraph that goes on.\n\n",
    "headings": "A heading\n\n",
    "points": "1. a point\n\n",
    "nested": "  - a point\n",
    "paragraphs of a point": "  more\n\n",
    "quotes": "> a\n",
    "deep quotes": ">",
    "doubled": "same\n\nsame\n\n",
    "fences": "```a\n",
    "open formulas": "$$ a\n\n",
    "open environments": "\\begin{a}\n\n",
    "closing environments": "\\begin{a}\n\n\\end{a}\n",
    "dollars": "$a ",
    "backticks": "`a",
    "brackets": "[a](",
    "addresses": "http://a.b/((",
    "code": "x = 1\n",
    "half code": "a_b;\n\n",
    "steps of code": "a_b\n  c(\n",
    "console": ">>> x\n\n",
    "columns": "a  b\n",
    "days": "18 Apr\n\n",
    "posts": "18 Apr\n\nA title\n\nA body.\n\n",
    "markers": "Read more\n\n",
    "spaces": " ",
    "tabs": "a\t",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_work_grows_with_size(piece: str) -> None:
    small, large = steps(piece * 100), steps(piece * 800)
    assert large < 12 * small + 20_000, "eight times the text may take about eight times the steps"


def steps(text: str) -> int:
    """Return how many lines of Python run while ``text`` is read; regular expressions count as one step each."""
    count = 0

    def trace(_frame: object, _event: str, _argument: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type] # typeshed asks for FrameType
    try:
        read(BEGINNING + text)
    finally:
        sys.settrace(before)
    return count
