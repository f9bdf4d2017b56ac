"""Whatever a source holds: places stay true, formulas come back, and nothing crashes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Math
from pipeline.readers.article import Article
from pipeline.readers.dates import find_date
from pipeline.readers.detect import detect
from pipeline.readers.html.page import read_page
from pipeline.readers.html.prepare import prepare
from pipeline.readers.html.tree import parse_fragment
from pipeline.readers.markdown import read_markdown
from pipeline.readers.markdown.front_matter import split_front_matter
from pipeline.readers.markdown.rewrite import Edit, rewrite
from pipeline.readers.markdown.verbatim import verbatim_ranges
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.source import SourceText, Span

TEXT = st.text(alphabet="ab \n$`~<>!-/{}%[]|\\:题。", max_size=120)
MARKS = st.lists(
    st.sampled_from(
        ["$x$", "$$\ny\n$$", "`c`", "```\n", "<pre>", "</pre>", "{% raw %}", "---\n", "> ", "\n\n", "字", "a: b\n"]
    ),
    max_size=25,
).map("".join)
SOURCES = st.one_of(TEXT, MARKS)


@given(st.text(alphabet="ab\n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5)), max_size=5))
def test_what_an_edit_leaves_alone_is_found_where_it_stood(text: str, places: list[tuple[int, int]]) -> None:
    source = SourceText("a", text)
    edits = [Edit(start, start + length, "X") for start, length in places if start + length <= len(text)]
    rewritten = rewrite(source, edits)
    for number, line in enumerate(rewritten.text.split("\n"), start=1):
        for column, char in enumerate(line, start=1):
            place = rewritten.locate(number, column)
            if char != "X":
                assert source.line(place.line)[place.column - 1] == char


@given(SOURCES)
def test_verbatim_ranges_come_in_order_and_apart(text: str) -> None:
    ends = [edge for bounds in verbatim_ranges(text) for edge in bounds]
    assert ends == sorted(ends)
    assert all(0 <= edge <= len(text) for edge in ends)


@given(SOURCES)
def test_a_word_that_stands_for_a_formula_gives_its_source_back(text: str) -> None:
    source = SourceText("a.md", text)
    article = read_markdown(source, Reporter())
    if isinstance(article, Article) and "{%" not in text:
        start = split_front_matter(source, Reporter()).body
        assert isinstance(article.markup.content, str)
        assert article.formulas.restore(article.markup.content) == text[start:]


@settings(deadline=None)  # the first page loads trafilatura
@given(SOURCES)
def test_a_page_of_any_text_can_be_prepared(text: str) -> None:
    span = Span("a.html", 1, 1)
    assert prepare(parse_fragment(text), Formulas(text), lambda _element: span)
    assert read_page(SourceText("a.html", f"<title>t</title><body>{text}")).title == "t"


@given(SOURCES)
def test_detecting_never_fails(text: str) -> None:
    assert detect("a.txt", text)
    find_date(text)


@given(st.lists(st.text(alphabet="ab{}\\", max_size=5), max_size=5), st.text(max_size=10))
def test_words_never_meet_the_text(formulas: list[str], text: str) -> None:
    kept = Formulas(text)
    span = Span("a", 1, 1)
    words = [kept.put(Math(tex, Delimiters.DOLLAR, span), f"${tex}$") for tex in formulas]
    pieces = [piece for _, piece in kept.split(text + "".join(words))]
    assert [piece.tex for piece in pieces if isinstance(piece, Math)] == formulas
    assert "".join(piece for piece in pieces if isinstance(piece, str)) == text
