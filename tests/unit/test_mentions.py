from __future__ import annotations

from pipeline.book import Book, Complete, Post
from pipeline.config import BuildConfig
from pipeline.diagnostics import Reporter
from pipeline.document import Delimiters, Emph, Inline, InlineCode, Inlines, Link, Math, Note, Paragraph, PostRef, Str
from pipeline.source import Span
from pipeline.transforms.mentions import mentions

HERE = Span("a.txt", 5, 1)


def text(content: str, column: int = 1) -> Str:
    return Str(content, Span("a.txt", 5, column))


def link(url: str, *content: Inline) -> Link:
    return Link(url, content, HERE)


def linked(*content: Inline, title: Inlines = (), url: str = "https://example.org/1") -> Inlines:
    """What a paragraph of one post becomes in a book that has another post, called ``title`` or 甲篇文章."""
    title = title or (text("甲篇文章"),)
    posts = (
        Post("p-own", (text("乙篇文章"),), None, Complete(), (Paragraph(content, HERE),), HERE),
        Post("p-other", title, None, Complete(), (), HERE, url=url),
    )
    paragraph = mentions(Book(BuildConfig(), posts), Reporter()).posts[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def test_the_parts_of_a_text_keep_their_places() -> None:
    other = PostRef("p-other", (text("甲篇文章", 3),), Span("a.txt", 5, 3))
    assert linked(text("见《甲篇文章》。")) == (text("见《"), other, text("》。", 7))


def test_two_mentions_in_one_text() -> None:
    kinds = [type(inline) for inline in linked(text("《甲篇文章》《甲篇文章》"))]
    assert kinds == [Str, PostRef, Str, PostRef, Str]


def test_a_link_between_the_marks_leads_to_the_post_instead() -> None:
    made = linked(text("见《"), link("https://elsewhere.org", text("甲篇文章")), text("》"))
    assert made == (text("见《"), PostRef("p-other", (text("甲篇文章"),), text("甲").span), text("》"))


def test_a_link_to_the_address_of_a_post_leads_to_it() -> None:
    made = linked(link("http://www.example.org/1/#more", text("这里")))
    assert made == (PostRef("p-other", (text("这里"),), HERE, fragment="more"),)


def test_a_link_around_a_title_with_its_marks_leads_to_the_post() -> None:
    made = linked(link("https://elsewhere.org", text("《甲篇文章》")))
    assert made == (PostRef("p-other", (text("《甲篇文章》"),), HERE),)


def test_other_links_stay() -> None:
    kept = link("https://example.org/2", text("那里"))
    assert linked(kept) == (kept,)


def test_a_place_on_the_page_itself_is_not_the_post_at_the_root_of_a_site() -> None:
    kept = link("#section", text("那里"))
    assert linked(kept, url="/") == (kept,)


def test_emphasis_and_notes_are_looked_into() -> None:
    emph, note = linked(Emph((text("《甲篇文章》"),), HERE), Note((Paragraph((text("《甲篇文章》"),), HERE),), HERE))
    assert isinstance(emph, Emph)
    assert isinstance(note, Note)
    assert isinstance(emph.content[1], PostRef)
    inner = note.blocks[0]
    assert isinstance(inner, Paragraph)
    assert isinstance(inner.content[1], PostRef)


def test_code_and_formulas_are_not_looked_into() -> None:
    math = Math(r"\text{《甲篇文章》}", Delimiters.DOLLAR, HERE)
    code = InlineCode("《甲篇文章》", HERE)
    assert linked(math, code) == (math, code)


def test_marks_inside_a_formula_end_no_title() -> None:
    content = (text("《甲"), Math("》", Delimiters.DOLLAR, HERE), text("篇文章》"))
    assert linked(*content) == content


def test_a_title_across_a_formula() -> None:
    math = Math("e^x", Delimiters.DOLLAR, HERE)
    made = linked(text("见《论"), math, text("大于零》"), title=(text("论"), math, text("大于零")))
    reference = made[1]
    assert isinstance(reference, PostRef)
    assert reference.content == (text("论", 3), math, text("大于零"))
