"""The pages of the printed book in the EPUB: which there are, and where each of them begins."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import unquote

import pytest
from lxml import etree

from handmade import HERE, cut_post, handmade_book, paragraph, rich_post, text
from pipeline.book import ResolvedBook
from pipeline.build import understand, write
from pipeline.config import BuildConfig, Format, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import CodeBlock, Definition, DefinitionList, Quote, Rule, Table
from pipeline.resolve import resolve
from pipeline.writers.contract import PagePlace, PrintedPage, WriterOptions
from pipeline.writers.epub.writer import write_epub
from pipeline.writers.latex.setting import Setting
from pipeline.writers.pdf.pages import printed_pages
from pipeline.writers.pdf.writer import write_pdf
from printed import understood_in
from typeset import a_page_for_each_place

_LISTED: Final = "//*[@role='doc-pagelist']//*[local-name()='a']"
_NOTED: Final = r"""
\pageis{part-1}{1}
\pageis{p-a}{2}
\placeis{1.0}{2}
\placeis{2.0}{3}
\placeis{2.1}{3}
\placeis{3.0}{6}
\pageis{p-b}{7}
\placeis{1.0}{7}
\placeis{}{9}
""".strip()


def test_every_page_begins_with_what_begins_on_it_first_or_goes_on_with_what_fills_it() -> None:
    assert printed_pages(_NOTED) == (
        PrintedPage(1, "part-1"),
        PrintedPage(2, "p-a"),
        PrintedPage(3, "p-a", PagePlace(2, 0)),
        PrintedPage(4, "p-a", PagePlace(2, 1)),
        PrintedPage(5, "p-a", PagePlace(2, 1)),
        PrintedPage(6, "p-a", PagePlace(3, 0)),
        PrintedPage(7, "p-b"),
        PrintedPage(8, "p-b", PagePlace(1, 0)),
    )


def test_a_run_that_noted_nothing_has_no_pages() -> None:
    assert printed_pages("") == ()


def epub_of(book: ResolvedBook, printed: tuple[PrintedPage, ...]) -> bytes:
    (file,) = write_epub(book, WriterOptions("book", pages=printed), Reporter()).files
    return file.content


def documents(epub: bytes) -> dict[str, etree._Element]:
    """The XHTML documents of an EPUB in reading order, by their names."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        hrefs = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        names = [str(hrefs[each.get("idref")]) for each in package.iter("{*}itemref")]
        return {name: etree.fromstring(archive.read(f"EPUB/{name}")) for name in names}


def found(node: etree._Element, path: str) -> list[Any]:
    """What an XPath finds; lxml's own type allows for everything that one can yield."""
    return cast("list[Any]", node.xpath(path))


def marks(pages: dict[str, etree._Element]) -> list[tuple[str, etree._Element]]:
    """The marks of pages in reading order, each with the name of its document."""
    return [(name, mark) for name, page in pages.items() for mark in found(page, "//*[@role='doc-pagebreak']")]


def listed(pages: dict[str, etree._Element]) -> list[tuple[str, str]]:
    """The entries of the page list: number and address."""
    return [(str(a.text), unquote(str(a.get("href")))) for a in found(pages["nav.xhtml"], _LISTED)]


def marked(pages: dict[str, etree._Element]) -> list[tuple[str, str]]:
    """The marks of pages in reading order: number and address."""
    return [(str(mark.get("aria-label")), f"{name}#{mark.get('id')}") for name, mark in marks(pages)]


def without_marks(page: etree._Element) -> str:
    """The markup of a page without white space and the marks of pages."""
    markup = "".join(etree.tostring(page, encoding="unicode").split())
    return re.sub(r'<span[^<>]*"doc-pagebreak"[^<>]*/>', "", markup)


def divided() -> ResolvedBook:
    """A book with a post of several files, with blocks in blocks, notes, and rules that print does not have."""
    long = paragraph(text("字" * 30_000))
    terms = tuple(Definition((text(term),), (paragraph(text("释")), Rule(HERE), long), HERE) for term in "甲乙")
    rows = tuple((text(f"{number}"),) for number in range(3))
    blocks = (
        Quote((Rule(HERE), DefinitionList(terms, HERE), CodeBlock("一\n二", HERE)), HERE),
        Rule(HERE),
        Table(tuple((cell, ()) for cell in rows), (), HERE),
        *rich_post("p-long").blocks,
        Rule(HERE),
        long,
    )
    return handmade_book(replace(rich_post("p-long"), blocks=blocks), cut_post())


@pytest.mark.parametrize("make", [handmade_book, divided])
def test_a_page_may_begin_wherever_one_does_in_print(make: Callable[[], ResolvedBook]) -> None:
    book = make()
    printed = a_page_for_each_place(book)
    pages, without = (documents(epub_of(book, each)) for each in (printed, ()))
    assert [number for number, _ in listed(pages)] == [str(page.number) for page in printed]
    assert listed(pages) == marked(pages)
    others = pages.keys() - {"nav.xhtml"}
    assert [name for name in others if without_marks(pages[name]) != without_marks(without[name])] == []


def test_several_pages_may_begin_in_one_place() -> None:
    printed = tuple(PrintedPage(number, "p-rich", PagePlace(1, 0)) for number in (7, 8))
    pages = documents(epub_of(handmade_book(), printed))
    assert listed(pages) == marked(pages) == [(f"{n}", f"p-rich.xhtml#p-rich-page-{n}") for n in (7, 8)]


def numbered(words: str, count: int) -> list[str]:
    """Lines that begin with words and a number, none of which is the beginning of another."""
    return [f"{words}{number}。" for number in range(1000, 1000 + count)]


_LONG: Final = "长于一页的段落，" * 300
_SOURCES: Final = (
    "\n\n".join(f"{line}{'这里有几行字，' * (place % 40)}" for place, line in enumerate(numbered("段落", 60))),
    "\n".join(("```python", *numbered("x = 代码", 100), "```")),
    "\n".join(("| 甲 | 乙 |", "|---|---|", *(f"| {cell} | 乙 |" for cell in numbered("行", 90)))),
    "\n".join(f"{place}. {point}" for place, point in enumerate(numbered("要点", 90), start=1)),
    "\n>\n".join(f"> {line}" for line in numbered("引文", 60)),
    "\n\n".join(f"## {line}\n\n“开头”。\n\n$$x = 1$$\n\n文{line}" for line in numbered("标题", 40)),
    f"首段。\n\n一段：{_LONG}完。\n\n末段。",
)


def letters(words: str) -> str:
    """What is compared: letters, digits and ideographs."""
    return "".join(re.findall(r"\w", words))


def text_behind(mark: etree._Element) -> str:
    """The letters of the first text behind a mark that is no formula, up to ten."""
    texts = found(mark, "following::text()[not(ancestor::*[local-name()='math'])]")
    return next(filter(None, map(letters, texts)))[:10]


@pytest.mark.tex
def test_each_page_leads_to_text_that_is_printed_on_it(tmp_path: Path) -> None:
    for title, body in zip("甲乙丙丁戊己庚", _SOURCES, strict=True):
        (tmp_path / f"{title}.md").write_text(f"# {title}\n\n{body}\n", encoding="utf-8")
    config = BuildConfig(metadata=Metadata(title="页码"), sources=(tmp_path,), formats=(Format.PDF, Format.EPUB))
    book = resolve(understand(config, Reporter(), lambda _: None, mathml=True), Reporter())
    files, _ = write(book, Reporter(), lambda _: None)
    made = {Path(file.name).suffix: file.content for file in files}
    printed = printed_texts(made[".pdf"])
    pages = documents(made[".epub"])
    assert [number for number, _ in listed(pages)] == list(printed)
    assert listed(pages) == marked(pages)
    begins = {str(mark.get("aria-label")): text_behind(mark) for _, mark in marks(pages)}
    elsewhere = {number: begin for number, begin in begins.items() if begin not in printed[number]}
    assert list(elsewhere.values()) == ["一段长于一页的段落长"]
    assert all(letters(_LONG)[:500] in printed[number] for number in elsewhere), "a page that this paragraph fills"


def printed_texts(pdf: bytes) -> dict[str, str]:
    """The letters of each page of the posts as pdftotext reads them, by the number that it bears."""
    program = shutil.which("pdftotext")
    assert program, "apt-get install poppler-utils"
    pymupdf = import_module("pymupdf")
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        (front,) = document.get_page_numbers("1")
        end = document.resolve_names()["colophon"]["page"]
    read = subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return {str(number): letters(page) for number, page in enumerate(read.split("\f")[front:end], start=1)}


_BLOCKS: Final = """## {0}题

{0}首段，{1}

$$x = 1$$

{0}续段，{1}

> {0}引文，{1}

- {0}要点，{1}

  {0}第二段，{1}

1. > {0}要点中之引，{1}

{0}术语
:   {0}释义，{1}

| {0}格 | 乙 |
|---|---|
| {0}格 | 乙 |
|  | {0}格 |

```
{0}码
```
"""


@pytest.mark.tex
def test_what_is_noted_of_pages_moves_nothing_in_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks at the beginning of a line above all: xeCJK sees by the node before one whether the line begins there."""
    openings = ("（括）", "《书》", "“引”", "字", "word ", "$y$ ", "`码`", "**（重）**", "[链](https://example.org/)")
    body = "\n\n".join(_BLOCKS.format(opening, "“几行”（文字），" * 12) for opening in openings)
    (tmp_path / "a.md").write_text(f"# 甲\n\n{body}", encoding="utf-8")
    book = understood_in(tmp_path / "a.md", "zh-CN")
    noted = write_pdf(book, WriterOptions("book"), Reporter())
    monkeypatch.setattr(Setting, "next_block", lambda _: None)
    bare = write_pdf(book, WriterOptions("book"), Reporter())
    assert {page.place for page in bare.pages} == {PagePlace()}
    assert len({page.place for page in noted.pages}) == len(noted.pages) > 1
    assert noted.files == bare.files
