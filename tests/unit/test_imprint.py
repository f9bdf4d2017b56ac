"""What every format says of the book: the same facts, in the same words."""

from __future__ import annotations

import html
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from handmade import HERE, METADATA, cut_post, handmade_book, text
from pipeline.book import Book, Complete, Post, PostDate, ResolvedBook
from pipeline.config import BuildConfig, Format, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Equation, Figure, Math
from pipeline.phrases import phrases_for
from pipeline.writers.contract import WriterOptions
from pipeline.writers.formats import writer_of
from pipeline.writers.imprint import Fact, about, caveats, edition, facts
from pipeline.writers.latex.text import escape
from pipeline.writers.metadata import identified, identifier_of
from pipeline.writers.pdf.finish import finish
from typeset import latex_book


def test_the_pdf_has_the_identifier_that_the_epub_has() -> None:
    metadata = Metadata(title="甲  书", author="某人\n", language="zh")
    pdf = BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(pdf)
    finished = finish(pdf.getvalue(), handmade_book(metadata=metadata))
    with pikepdf.open(BytesIO(finished)) as document, document.open_metadata() as xmp:
        assert xmp["dc:identifier"] == identifier_of(metadata)
    assert identifier_of(metadata) == identifier_of(Metadata(title="甲 书", author="某人"))


def test_the_identifier_of_a_book_without_an_author_depends_on_its_oldest_post() -> None:
    def identifier(*posts: Post, author: str = "", own: str = "") -> str:
        config = BuildConfig(metadata=Metadata(title="posts", author=author, identifier=own))
        return identified(Book(config, posts)).config.metadata.identifier

    new, old, older = (
        Post(name, (text("文"),), date, Complete(), (), HERE)
        for name, date in (("p-c", PostDate(2019, 1, 2)), ("p-b", PostDate(2018, 3, 4)), ("p-a", PostDate(2018, 3, 3)))
    )
    undated = replace(new, id="p-0", date=None)
    assert identifier(old) == identifier(new, old) == identifier(undated, old)
    assert len({identifier(old), identifier(older, old), identifier(undated)}) == 3
    assert (identifier(old, author="某人"), identifier(old, own="urn:x")) == ("", "urn:x")


PAGES = ("about", "truncated", "colophon")
UNSET = Math("bad", Delimiters.DOLLARS, HERE, error="unknown command")


def book_with_every_caveat(language: str) -> ResolvedBook:
    lost = Post("p-lost", (text("失"),), None, Complete(), (Figure((), HERE), Equation(UNSET)), HERE)
    metadata = replace(METADATA, language=language, description="一本\u0007手制的书。")
    return handmade_book(cut_post(), lost, metadata=metadata)


def printed(output: Format, book: ResolvedBook) -> str:
    """Return what is read in a format, on one line; the PDF is read in its LaTeX."""
    if output is Format.PDF:
        return latex_book(book)
    files = writer_of(output)(book, WriterOptions("book"), Reporter()).files
    if output is not Format.EPUB:
        return on_one_line(files[0].content.decode())
    with ZipFile(BytesIO(files[0].content)) as epub:
        return on_one_line(" ".join(epub.read(f"EPUB/{name}.xhtml").decode() for name in PAGES))


def on_one_line(markup: str) -> str:
    return " ".join(html.unescape(markup).split())


@pytest.mark.parametrize("language", ["zh-CN", "en", "de", "fr", "ja", "zh-TW"])
@pytest.mark.parametrize("output", [Format.EPUB, Format.HTML, Format.PDF, Format.PLAIN])
def test_every_format_says_the_same_of_the_book(output: Format, language: str) -> None:
    book, phrases = book_with_every_caveat(language), phrases_for(language)
    metadata = book.config.metadata
    sentences = (*about(book, phrases), *caveats(book, phrases))
    assert len(sentences) == 3 + 4
    known = (*facts(metadata, phrases), *edition(metadata, phrases))
    words = (*sentences, phrases.truncated_list, *(words for fact in known for words in (fact.term, fact.text)))
    expected = map(escape if output is Format.PDF else on_one_line, words)
    said = printed(output, book)
    assert [words for words in expected if words not in said] == []


def test_a_book_without_losses_speaks_of_none() -> None:
    metadata = Metadata(title="全", language="zh")
    book = handmade_book(Post("p-a", (text("全"),), None, Complete(), (), HERE), metadata=metadata)
    assert tuple(caveats(book, phrases_for("zh"))) == ()
    assert facts(metadata, phrases_for("zh")) == ()


@pytest.mark.parametrize("output", [Format.EPUB, Format.HTML, Format.PDF, Format.PLAIN])
def test_a_book_without_a_date_names_no_day_of_its_edition(output: Format) -> None:
    undated = replace(book_with_every_caveat("zh"), config=BuildConfig(metadata=replace(METADATA, modified=None)))
    said = printed(output, undated)
    assert identifier_of(METADATA) in said
    assert "2000年" not in said
    assert "版本</dt>" not in said
    assert "版本：" not in said


@pytest.mark.parametrize(
    ("fact", "shown", "href"),
    [
        (Fact("来源", "博客", "https://example.org/"), "博客", "https://example.org/"),
        (Fact("来源", "", "https://example.org/"), "https://example.org/", "https://example.org/"),
        (Fact("来源", "博客", "javascript:alert(1)"), "博客", None),
        (Fact("来源", "博客"), "博客", None),
    ],
)
def test_a_fact_is_its_name_or_its_address(fact: Fact, shown: str, href: str | None) -> None:
    assert (fact.text, fact.href) == (shown, href)
