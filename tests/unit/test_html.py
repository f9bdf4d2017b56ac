"""The page as bytes: its policy, its heights, its addresses, and that a build gives the same twice."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.book import Book, Complete, Part, Post, PostDate, ResolvedBook, Truncated
from pipeline.codes import Code
from pipeline.config import BuildConfig, HtmlOptions, Metadata, Split
from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Equation, EquationNumber, Heading, Math, Note, Paragraph, Str
from pipeline.resolve import resolve
from pipeline.source import SourceText, Span
from pipeline.writers.contract import WriterOptions
from pipeline.writers.html import writer as html
from pipeline.writers.html.page import page_script
from pipeline.writers.html.policy import content_policy
from pipeline.writers.html.report_page import write_report
from pipeline.writers.html.report_view import Excerpt, excerpt_of, formula_at
from pipeline.writers.html.seal import is_sealed
from pipeline.writers.html.sizes import extent_of
from pipeline.writers.html.writer import relative, write_html

HERE = Span("dump.txt", 3, 1)
MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'


def paragraph(text: str) -> Paragraph:
    return Paragraph((Str(text, HERE),), HERE)


def post(name: str, title: str, year: int, *, cut: bool = False, url: str = "") -> Post:
    formula = Math("x", Delimiters.DOLLARS, HERE, mathml=MATHML)
    return Post(
        id=name,
        title=(Str(title, HERE),),
        date=PostDate(year, 4, 18, evidence="文中说“今年”" if cut else ""),
        status=Truncated("点击阅读全文...", HERE) if cut else Complete(),
        blocks=(Heading(1, (Str("节", HERE),), HERE, f"{name}-s1"), paragraph("正文" * 30), Equation(formula)),
        span=HERE,
        url=url,
    )


def book(split: Split = "", posts: tuple[Post, ...] = ()) -> ResolvedBook:
    posts = posts or (post("p-1", "甲", 2018), post("p-2", "乙", 2018, cut=True), post("p-3", "丙", 2019))
    config = BuildConfig(metadata=Metadata(title="书", language="zh-CN"), html=HtmlOptions(split=split))
    parts = (Part("2018年", ("p-1", "p-2")), Part("2019年", ("p-3",)))
    return resolve(Book(config, posts, parts), Reporter())


def page(name: str = "book.html", split: Split = "", posts: tuple[Post, ...] = ()) -> str:
    files = {file.name: file.content.decode() for file in write_html(book(split, posts), OPTIONS, Reporter()).files}
    return files[name]


OPTIONS = WriterOptions(slug="book")


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_one_style_and_the_one_script_alone() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style, script = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", text, re.DOTALL)
    assert policy
    allowed = policy[1].replace("&#39;", "'").split("; ")
    assert allowed[0] == "default-src 'none'"
    assert f"style-src {hash_of(style[0])}" in allowed
    assert f"script-src {hash_of(script[1])}" in allowed
    assert not any("unsafe" in rule or "http" in rule for rule in allowed)


def test_another_script_has_another_hash() -> None:
    assert content_policy("a", "b") != content_policy("a", "c") != content_policy("b", "c")


def test_the_script_is_small() -> None:
    assert len(page_script().encode()) < 15_000


def test_each_post_has_a_height_and_a_longer_post_a_greater_one() -> None:
    short = post("p-1", "甲", 2018)
    longer = replace(short, blocks=(*short.blocks, paragraph("更多" * 200)))
    assert extent_of(longer).text > extent_of(short).text + 400
    assert extent_of(longer).rest > extent_of(short).rest
    assert re.search(r"^#p-1\{--text:\d+;--rest:\d+\}$", page(), re.MULTILINE)


def test_a_formula_of_more_rows_is_estimated_higher() -> None:
    def rest(tex: str) -> float:
        formula = Equation(Math(tex, Delimiters.DOLLARS, HERE))
        return extent_of(replace(post("p-1", "甲", 2018), blocks=(formula,))).rest

    assert rest("a") < rest(r"\frac{a}{b}") < rest(r"\begin{aligned}a\\b\\c\end{aligned}")


def test_a_cut_post_is_marked_and_listed_with_its_address_and_its_year_with_the_evidence() -> None:
    text = page(
        posts=(
            post("p-1", "甲", 2018),
            post("p-2", "乙", 2018, cut=True, url="https://example.org/2"),
            post("p-3", "丙", 2019),
        )
    )
    contents, rest = text.split("</nav>")
    assert contents.count('class="cut"') == 1
    assert "年份系推断：文中说“今年”" in rest
    listed = rest[rest.index("节选的文章") :]
    assert '<a href="#p-2">乙</a> <a class="whole" href="https://example.org/2">原文</a>' in listed


def test_an_address_that_could_run_is_no_link() -> None:
    text = page(
        posts=(
            post("p-1", "甲", 2018, cut=True, url="javascript:alert(1)"),
            post("p-2", "乙", 2018),
            post("p-3", "丙", 2019),
        )
    )
    assert "javascript:" not in text


def test_divided_by_year_each_page_shows_its_year_and_links_to_the_others() -> None:
    names = [file.name for file in write_html(book("year"), OPTIONS, Reporter()).files]
    assert names == ["book.html", "book/2018.html", "book/2019.html", "book/search.html"]
    front, first, second, _ = (page(name, "year") for name in names)
    assert 'href="book/2018.html#p-2"' in front
    assert "<article" not in front
    assert first.count("<article") == 2
    assert 'href="2019.html#p-3"' in first
    assert 'href="../book.html#about"' in first
    assert 'href="#p-3"' in second


def test_divided_by_post_each_page_shows_one() -> None:
    files = write_html(book("post"), OPTIONS, Reporter()).files
    names = [file.name for file in files]
    assert names == ["book.html", "book/p-1.html", "book/p-2.html", "book/p-3.html", "book/search.html"]
    assert all(file.content.count(b"<article") == 1 for file in files[1:-1])


def test_years_that_alternate_keep_the_order_and_a_page_without_a_year_is_called_by_its_first_post() -> None:
    undated = replace(post("p-2", "乙", 2018), date=PostDate(None, 4, 18))
    posts = (post("p-1", "甲", 2018), undated, post("p-3", "丙", 2018))
    files = {file.name: file.content.decode() for file in write_html(book("year", posts), OPTIONS, Reporter()).files}
    assert list(files)[1:-1] == ["book/2018.html", "book/undated.html", "book/2018-2.html"]
    assert "<title>乙 · 书</title>" in files["book/undated.html"]
    assert 'href="2018-2.html#p-3"' in files["book/undated.html"]


def test_a_display_without_a_number_has_an_id_counted_within_its_post() -> None:
    formula = Math("x", Delimiters.DOLLARS, HERE, mathml=MATHML)
    numbered = replace(formula, numbers=(EquationNumber("1", 0, (), "p-1-e1"),))
    failed = replace(formula, mathml=None, error="unknown command")
    inside = Paragraph((Str("由", HERE), replace(formula, delimiters=Delimiters.DOLLAR), failed, Str("得", HERE)), HERE)
    note = Paragraph((Note((Equation(formula),), HERE),), HERE)
    posts = tuple(
        replace(post(name, "甲", 2019), blocks=(Equation(formula), Equation(numbered), inside, note))
        for name in ("p-1", "p-2", "p-3")
    )
    posts = (posts[0], *(replace(each, blocks=(Equation(formula),)) for each in posts[1:]))
    for text in (page(posts=posts), page("book/2019.html", "year", posts)):
        ids = re.findall(r' id="([^"]*)"', text)
        assert len(ids) == len(set(ids))
        assert [name for name in ids if re.search(r"-[de]\d+$", name)] == [
            "p-1-d1",
            "p-1-e1",
            "p-1-d2",
            "p-1-d3",
            "p-2-d1",
            "p-3-d1",
        ]


def test_the_pages_of_a_site_are_sealed_and_a_change_breaks_the_seal() -> None:
    front, *inner = (file.content for file in write_html(book("post"), OPTIONS, Reporter()).files)
    assert all(map(is_sealed, inner))
    assert not is_sealed(front)
    changed = inner[0].replace("甲".encode(), "乙".encode(), 1)
    for other in (changed, inner[0] + b"\n", inner[0][:-5], b"", inner[0].rpartition(b"<!--")[0]):
        assert not is_sealed(other)


def test_the_report_leads_to_the_pages_of_a_divided_book() -> None:
    reporter = Reporter()
    reporter.report(Code.POST_TRUNCATED, "cut here", HERE, post="p-3")
    (file,) = write_report(book("year"), OPTIONS, reporter).files
    assert b'href="book/2019.html#p-3"' in file.content


def test_a_divided_book_has_a_page_with_the_text_and_tex_of_all() -> None:
    text = page("book/search.html", "post")
    assert text.count("<article") == 3
    assert text.count("<p>$$x$$</p>") == 3
    assert 'href="p-2.html#p-2"' in text
    assert 'href="search.html"' in page("book/p-1.html", "post")
    assert "search.html" not in page()


@pytest.mark.parametrize(
    ("target", "here", "expected"),
    [
        ("书.html", "书/2018.html", "../%E4%B9%A6.html"),
        ("书/2019.html", "书/2018.html", "2019.html"),
        ("书/2018.html", "书.html", "%E4%B9%A6/2018.html"),
    ],
)
def test_addresses_are_relative_and_quoted(target: str, here: str, expected: str) -> None:
    assert relative(target, here) == expected


def test_a_page_too_large_for_phones_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = Reporter()
    write_html(book(), OPTIONS, reporter)
    assert not reporter.diagnostics
    monkeypatch.setattr(html, "_LARGEST", 1000)
    write_html(book(), OPTIONS, reporter)
    assert [diagnostic.code for diagnostic in reporter.diagnostics] == [Code.PAGE_LARGE]
    assert "--split post" in Code.PAGE_LARGE.help


def test_the_report_shows_each_finding_at_its_source() -> None:
    reporter = Reporter()
    reporter.remember(SourceText("dump.txt", "一\n二\n$$x$$ 三\n"))
    reporter.report(Code.POST_TRUNCATED, "cut here", Span("dump.txt", 3, 3), post="p-1", length=1)
    reporter.report(Code.NO_POSTS, "nothing in it")
    (file,) = write_report(book(), OPTIONS, reporter).files
    text = file.content.decode()
    assert file.name == "report.html"
    assert "<code>$$<mark>x</mark>$$ 三</code>" in text
    assert "dump.txt:3:3" in text
    assert 'href="book.html#p-1"' in text
    assert text.count('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>') == 1
    assert text.index("nothing in it") < text.index("cut here")


def test_the_report_escapes_what_the_source_says(tmp_path: Path) -> None:
    reporter = Reporter()
    reporter.remember(SourceText(str(tmp_path), "<script>alert(1)</script>"))
    reporter.report(Code.NO_POSTS, "<b>message</b>", Span(str(tmp_path), 1, 1))
    text = write_report(book(), OPTIONS, reporter).files[0].content.decode()
    assert "<b>message</b>" not in text
    assert "alert(1)" in text
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        ("甲乙丙", 2, 1, Excerpt("甲", "乙", "丙")),
        ("甲乙丙", 9, 1, Excerpt("甲乙丙", " ", "")),
        ("  甲", 3, 5, Excerpt("", "甲", "")),
        ("a" * 500, 251, 2, Excerpt("…" + "a" * 40, "aa", "a" * 80 + "…")),
    ],
)
def test_an_excerpt_is_what_stands_around_the_place(line: str, column: int, length: int, expected: Excerpt) -> None:
    assert excerpt_of(line, column, length) == expected


def test_an_empty_line_has_no_excerpt() -> None:
    assert excerpt_of("  ", 1, 1) is None


def test_the_formula_of_a_finding_is_the_one_it_stands_in() -> None:
    inline = Math("x+y", Delimiters.DOLLAR, Span("a", 1, 5))
    tall = Math("\nx\n+y\n", Delimiters.DOLLARS, Span("a", 2, 1))
    formulas = [inline, tall]
    assert formula_at(Span("a", 1, 4), formulas) is None
    assert formula_at(Span("a", 1, 6), formulas) is inline
    assert formula_at(Span("a", 1, 20), formulas) is None
    assert formula_at(Span("a", 4, 2), formulas) is tall
    assert formula_at(Span("a", 9, 1), formulas) is None
    assert formula_at(Span("b", 1, 6), formulas) is None
