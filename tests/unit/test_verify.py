"""Verification is worth what it catches: artefacts and posts are damaged, and each damage must be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest

from handmade import (
    HERE,
    METADATA,
    NAMESPACE,
    PIXEL,
    cut_post,
    handmade_book,
    inline_math,
    paragraph,
    rich_post,
    text,
)
from pipeline.book import Book, Complete, Post, PostDate, ResolvedBook, Resource
from pipeline.build import build, understand, verify_artefacts
from pipeline.codes import Code
from pipeline.config import BuildConfig, EpubMath, EpubOptions, Format, HtmlOptions, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import BulletList, Delimiters, Image, ListItem, Math, OrderedList, Table
from pipeline.errors import ArtefactError, SourceError
from pipeline.formulas import change_formulas
from pipeline.mathml.convert import convert_book
from pipeline.readers.dump import read_dump
from pipeline.resolve import resolve
from pipeline.source import SourceText, Span
from pipeline.transforms import TRANSFORMS
from pipeline.verify.artefacts import artefact_losses
from pipeline.verify.compare import Loss
from pipeline.verify.epub import verify_epub
from pipeline.verify.expected import Piece, expected_of
from pipeline.verify.html import verify_html
from pipeline.verify.marks import CUT, DAY, MAYBE, detail
from pipeline.verify.source import reading_losses, transform_losses
from pipeline.walk import source_text
from pipeline.writers.contract import File, WriterOptions
from pipeline.writers.formats import writer_of
from pipeline.writers.latex.writer import book_rest

from golden import CASES, Case, parse_case, run_case

Damage = Callable[[str], str]

DUMP = r"""18 Apr

第一篇文章

今天天气不错,我们来看$a^2+b^2=c^2$这个公式。它说明了什么?

一个标题

1、第一点很重要;
2、第二点也很重要。

\begin{equation}x = y + z\label{eq:one}\end{equation}

由$\eqref{eq:one}$可知,结论成立。

图的说明

图的说明

代码如下:

    for i in range(10):
        print(i)

最后一段话到此结束。

20 Apr

第二篇文章

公式$\eqref{eq:none}$无人知晓。

这里只有开头,没有结尾。

点击阅读全文...
"""


@cache
def small() -> ResolvedBook:
    return book_of(DUMP)


def book_of(dump: str) -> ResolvedBook:
    reporter = Reporter()
    source = SourceText("small.txt", dump)
    config = BuildConfig(metadata=Metadata(title="小书"))
    book = Book(config, read_dump(source, reporter, config.text))
    for transform in TRANSFORMS:
        book = transform(book, reporter)
    return resolve(convert_book(book, reporter, jobs=1, cache=None), reporter)


@cache
def made(output: Format) -> bytes:
    return writer_of(output)(small(), WriterOptions("small"), Reporter()).files[0].content


def epub_with(content: bytes, change: Callable[[str, str], str | None]) -> bytes:
    """Return the EPUB with each file changed, or left out where the change returns None."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w") as new:
        for info in old.infolist():
            if not info.filename.endswith((".xhtml", ".opf")):
                new.writestr(info, old.read(info))
            elif (text := change(info.filename, old.read(info).decode())) is not None:
                new.writestr(info, text)
    return packed.getvalue()


def without(pattern: str) -> Damage:
    def damage(text: str) -> str:
        return re.sub(pattern, "", text, count=1, flags=re.DOTALL)

    return damage


DAMAGES: dict[str, tuple[Damage, str]] = {
    "a character": (lambda text: text.replace("今天天气不错", "今天天不错"), "今天天气"),
    "a paragraph": (without(r"<p>最后一段话到此结束。</p\s*>"), "最后一段话"),
    "a formula": (without(r"(?<=我们来看)<math.*?</math>"), "a formula"),
    "a displayed formula": (
        lambda text: re.sub(r'(<div class="formula".*?>)<math.*?</math>', r"\1", text, count=1, flags=re.DOTALL),
        "a formula",
    ),
    "what a formula shows": (
        lambda text: re.sub(r"(?<=我们来看)(<math[^>]*>).*?</math>", r"\1</math>", text),
        "a formula",
    ),
    "what a displayed formula shows": (
        lambda text: re.sub(r'(<div class="formula".*?><math[^>]*>).*?</math>', r"\1</math>", text, flags=re.DOTALL),
        "a formula",
    ),
    "a figure": (lambda text: re.sub(r'<p class="missing">.*?</p\s*>', "", text), "a figure"),
    "a caption": (lambda text: re.sub(r"(<figcaption>).*?(</figcaption\s*>)", r"\1\2", text), "图的说明"),
    "a point": (lambda text: text.replace("第二点也很重要。", ""), "第二点"),
    "a marker": (lambda text: text.replace('<span class="marker">2、</span>', ""), "2、"),
    "a line of code": (lambda text: text.replace("print(i)", ""), "print(i)"),
    "the mark of a cut": (without(r'<div class="truncated".*?</div>'), "the mark that the post was cut"),
    "a reference": (without(r"(?<=由)<a href.*?</a>"), "a link to"),
    "paragraphs in order": (
        lambda text: re.sub(r"(<p>今天.*?</p\s*>)(.*)(<p>最后.*?</p\s*>)", r"\3\2\1", text, flags=re.DOTALL),
        "一个标题",
    ),
}


def messages(losses: tuple[Loss, ...]) -> str:
    return "\n".join(f"{loss.span.line}: {loss.message}" for loss in losses)


def test_a_book_that_is_whole_has_no_losses() -> None:
    assert verify_epub(made(Format.EPUB), expected_of(small())) == ()
    assert verify_html([made(Format.HTML)], expected_of(small())) == ()


BLANKS = ("", r"\label{eq:a}", r"\tag{7}\notag % nothing", r"\bf\relax", "\\begin{equation}\\label{b}\\end{equation}")


@pytest.mark.parametrize("tex", BLANKS)
@pytest.mark.parametrize("mathml", [True, False])
def test_a_formula_that_shows_nothing_may_be_blank(tex: str, *, mathml: bool) -> None:
    book = book_of(f"18 Apr\n\n一篇文章\n\n由$x^2+1${tex and f'与${tex}$'}可知。\n")
    page = writer_of(Format.HTML)(book, WriterOptions("small"), Reporter()).files[0].content
    unread = tuple(change_formulas(post, lambda math: replace(math, mathml=None)) for post in book.posts)
    expected = expected_of(book if mathml else replace(book, posts=unread))
    assert messages(verify_html([page], expected)) == ""
    assert any(MAYBE in piece.text for piece in expected.posts[0].pieces) == bool(tex)


@pytest.mark.parametrize("name", DAMAGES)
def test_an_epub_that_lost_something_is_caught(name: str) -> None:
    damage, message = DAMAGES[name]
    damaged = epub_with(made(Format.EPUB), lambda path, text: damage(text) if path.endswith(".xhtml") else text)
    assert message in messages(verify_epub(damaged, expected_of(small())))


@pytest.mark.parametrize("name", DAMAGES)
def test_a_page_that_lost_something_is_caught(name: str) -> None:
    damage, message = DAMAGES[name]
    damaged = damage(made(Format.HTML).decode()).encode()
    assert message in messages(verify_html([damaged], expected_of(small())))


OTHER_PIXEL = PIXEL + b"\0"
EMPTY = Math(r"\relax", Delimiters.DOLLAR, HERE, expanded=r"\relax", mathml=f'<math xmlns="{NAMESPACE}"></math>')


@cache
def detailed(math: EpubMath = "mathml") -> ResolvedBook:
    """A book with what an artefact holds of a post beside its text."""
    pictures = paragraph(
        text("先"), Image("a.png", "甲图", HERE, "a.png"), text("后"), Image("b.png", "乙图", HERE, "b.png"),
        text("，而"), Image("c.png", "丙图", HERE), text("已失；"), EMPTY, inline_math(), text("为数。"),
    )  # fmt: skip
    last = Post("p-last", (text("末篇"),), PostDate(2020, 5, 6), Complete(), (pictures,), HERE)
    config = BuildConfig(metadata=METADATA, epub=EpubOptions(math=math))
    contents = {"a.png": PIXEL, "b.png": OTHER_PIXEL}
    resources = {name: Resource(name, "image/png", content) for name, content in contents.items()}
    return resolve(Book(config, (rich_post(), cut_post(), last), resources=resources), Reporter())


@cache
def made_detailed(output: Format, math: EpubMath = "mathml") -> bytes:
    return writer_of(output)(detailed(math), WriterOptions("detailed"), Reporter()).files[0].content


def replacing(pattern: str, new: str, count: int = 0) -> Damage:
    return lambda text: re.sub(pattern, new, text, count=count, flags=re.DOTALL)


DETAILS: dict[str, tuple[Damage, str]] = {
    "a day": (replacing(r'<p class="date">2018年4月18日</p\s*>', ""), "the day “2018年4月18日” of '满 & 全'"),
    "another day": (replacing("2018年4月18日", "1999年4月18日"), "the day “2018年4月18日” of '满 & 全'"),
    "the number of a formula": (replacing(r'<div class="number">.*?</div\s*>', ""), "the number of a formula “(1)”"),
    "the numbers of rows": (
        replacing(r'(<td class="number">).*?(</td\s*>)', r"\1\2"),
        "the number of a formula “(2)(3)”",
    ),
    "a row with its number": (
        replacing(r"<tr[^>]*>(?:(?!<tr).)*?</tr></tbody>", "</tbody>"),
        "the number of a formula “(2)(3)”",
    ),
    "the mark of a note": (replacing(r'<sup class="noteref">.*?</sup>', ""), "the mark of a note of '满 & 全'"),
    "an address": (replacing(r'href="https://example.org/a%20b"', 'href=""'), "a link to “https://example.org/a%20b”"),
    "a link": (replacing(r"<a [^>]*>(外链)</a>", r"\1"), "a link to “https://example.org/a%20b”"),
    "where a mention leads": (replacing(r"<a [^>]*>(《残篇》)</a>", r'<a href="#p-rich">\1</a>'), "a link to “p-cut”"),
    "where a reference leads": (replacing(r"<a [^>]*>(\(1\)</a><sup)", r'<a href="#x">\1'), "a link to “p-rich-e1”"),
    "words for a picture": (replacing('alt="甲图"', 'alt=""'), "the words for an image “甲图” of '末篇'"),
    "words for a picture in a figure": (replacing('alt="一个点"', 'alt=""'), "the words for an image “一个点”"),
    "words for a picture that is lost": (
        replacing("丙图</span>", "</span>"),
        "the words for an image “丙图” of '末篇'",
    ),
    "what pictures show": (replacing(r'(<img src=")[^"]*"', r'\1nowhere.png"'), "the picture “a.png” of '末篇'"),
    "which picture is which": (
        replacing(r'(先<img src=")([^"]*)(".*?<img src=")([^"]*)"', r'\1\4\3\2"'),
        "the picture “a.png” of '末篇'",
    ),
    "what all formulas show": (
        replacing(r"(<math[^>]*>)(?:(?!<article).)*?</math>", r"\1</math>"),
        "a formula of '末篇'",
    ),
}


@pytest.mark.parametrize("name", DETAILS)
def test_an_epub_that_lost_a_detail_is_caught(name: str) -> None:
    damage, message = DETAILS[name]
    damaged = epub_with(
        made_detailed(Format.EPUB), lambda path, text: damage(text) if path.startswith("EPUB/p-") else text
    )
    assert message in messages(verify_epub(damaged, expected_of(detailed())))


@pytest.mark.parametrize("name", DETAILS)
def test_a_page_that_lost_a_detail_is_caught(name: str) -> None:
    damage, message = DETAILS[name]
    damaged = damage(made_detailed(Format.HTML).decode()).encode()
    assert message in messages(verify_html([damaged], expected_of(detailed())))


@pytest.mark.parametrize("output", [output for output in Format if output is not Format.PDF])
def test_a_book_with_all_its_details_has_no_losses(output: Format) -> None:
    book = detailed()
    files = writer_of(output)(book, WriterOptions("detailed"), Reporter()).files
    assert messages(artefact_losses(output, files, expected_of(book), book.config)) == ""


@pytest.mark.parametrize("output", [Format.DOCX, Format.ODT, Format.MARKDOWN, Format.TYPST, Format.PLAIN])
def test_a_day_that_pandoc_did_not_write_is_caught(output: Format) -> None:
    book = detailed()
    other = replace(book, posts=(replace(book.posts[0], date=PostDate(1999, 4, 18)), *book.posts[1:]))
    files = writer_of(output)(other, WriterOptions("detailed"), Reporter()).files
    assert "2018年4月18日" in messages(artefact_losses(output, files, expected_of(book), book.config))


def test_a_picture_that_the_package_does_not_list_is_caught() -> None:
    def damage(name: str, text: str) -> str:
        return re.sub(r'<item [^>]*image/png"[^>]*/>', "", text) if name.endswith(".opf") else text

    losses = verify_epub(epub_with(made_detailed(Format.EPUB), damage), expected_of(detailed()))
    assert "the picture “a.png” of '末篇'" in messages(losses)


def test_formulas_whose_pictures_are_missing_are_caught() -> None:
    content, expected = made_detailed(Format.EPUB, "images"), expected_of(detailed("images"))
    assert messages(verify_epub(content, expected)) == ""
    damaged = epub_with(content, lambda _, text: re.sub('src="formulas/[^"]*"', 'src="nowhere.svg"', text))
    assert "a formula of '满 & 全'" in messages(verify_epub(damaged, expected))


@pytest.mark.parametrize("output", [Format.EPUB, Format.HTML])
@pytest.mark.parametrize("place", [0, 1])
def test_what_the_book_says_of_a_post_is_none_of_its_text(output: Format, place: int) -> None:
    """A post may end in the title of the next one, and the last one in what the book says of itself."""

    def ending(first: str, last: str) -> ResolvedBook:
        posts = ((("p-first", "首篇"), first), (("p-last", "末篇"), last))
        return handmade_book(
            *(
                Post(name, (text(title),), None, Complete(), (paragraph(text("开头")), paragraph(text(end))), HERE)
                for (name, title), end in posts
            )
        )

    words = ("末篇", METADATA.identifier)
    book, other = ending(*words), ending(*("完" if at == place else word for at, word in enumerate(words)))
    files = writer_of(output)(other, WriterOptions("ending"), Reporter()).files
    losses = artefact_losses(output, files, expected_of(book), book.config)
    assert [loss.post for loss in losses] == [book.posts[place].id]


def spine_line(package: str, post: str) -> str:
    item = re.search(rf'<item [^>]*href="{post}.xhtml"[^>]*>', package)
    name = re.search(r' id="([^"]*)"', item[0]) if item else None
    line = re.search(rf'<itemref [^>]*idref="{name[1]}"[^>]*>', package) if name else None
    assert line
    return line[0]


def test_a_post_that_the_spine_does_not_name_is_caught() -> None:
    def damage(name: str, text: str) -> str:
        return text.replace(spine_line(text, small().posts[1].id), "") if name.endswith(".opf") else text

    losses = verify_epub(epub_with(made(Format.EPUB), damage), expected_of(small()))
    assert [loss.message for loss in losses] == ["the post '第二篇文章' is missing"]


def test_posts_in_another_order_are_caught() -> None:
    def damage(name: str, text: str) -> str:
        if not name.endswith(".opf"):
            return text
        first, second = (spine_line(text, post.id) for post in small().posts)
        return text.replace(first, "<!-- -->").replace(second, first).replace("<!-- -->", second)

    losses = verify_epub(epub_with(made(Format.EPUB), damage), expected_of(small()))
    assert "stands before one that it should follow" in messages(losses)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"<html></html>"])
def test_what_is_no_epub_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(ArtefactError, match="cannot be read"):
        verify_epub(content, expected_of(small()))


def chapter(number: int) -> str:
    return f"EPUB/{small().posts[number].id}.xhtml"


@pytest.mark.parametrize(
    ("damage", "message"), [(lambda _: None, "is missing"), (lambda text: text[: len(text) // 2], "is damaged: ")]
)
def test_a_chapter_that_is_missing_or_cut_is_told_with_its_post(
    damage: Callable[[str], str | None], message: str
) -> None:
    damaged = epub_with(made(Format.EPUB), lambda name, text: damage(text) if name == chapter(1) else text)
    first, second = verify_epub(damaged, expected_of(small()))
    assert first.message.startswith(f"the file {chapter(1)} {message}")
    assert second.message == "the post '第二篇文章' is missing"


def held(content: bytes) -> dict[str, range]:
    """Return where an archive holds the compressed content of each of its files."""
    with ZipFile(BytesIO(content)) as archive:
        starts = {info: info.header_offset + 30 + len(info.filename) for info in archive.infolist()}
    return {info.filename: range(start, start + info.compress_size) for info, start in starts.items()}


def flipped(content: bytes, name: str) -> bytes:
    """Return an archive with one byte of a file's compressed content changed."""
    place = held(content)[name]
    damaged = bytearray(content)
    damaged[place[len(place) // 2]] ^= 0x10
    return bytes(damaged)


@pytest.mark.parametrize("name", ["EPUB/styles/book.css", "EPUB/fonts/stix-two-math.woff2", chapter(0)])
def test_a_byte_that_changed_in_an_epub_is_caught(name: str) -> None:
    losses = verify_epub(flipped(made(Format.EPUB), name), expected_of(small()))
    assert f"the file {name} is damaged" in messages(losses)


def test_a_byte_that_changed_in_a_docx_is_caught() -> None:
    files = (File("small.docx", flipped(made(Format.DOCX), "word/theme/theme1.xml")),)
    losses = artefact_losses(Format.DOCX, files, expected_of(small()), small().config)
    assert messages(losses).endswith("the file word/theme/theme1.xml is damaged")


def test_an_epub_damaged_anywhere_is_told_or_nothing_that_it_holds_has_changed() -> None:
    content = made(Format.EPUB)
    places = held(content).values()
    for at in (*range(0, len(content), len(content) // 100), *range(len(content) - 2000, len(content), 11)):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        told = is_told(bytes(damaged))
        assert told or not any(at in place for place in places), at


def is_told(damaged: bytes) -> bool:
    try:
        return bool(verify_epub(damaged, expected_of(small())))
    except ArtefactError:
        return True


def test_a_truncated_epub_is_said_to_be_damaged() -> None:
    with pytest.raises(ArtefactError, match="cannot be read"):
        verify_epub(made(Format.EPUB)[:-100], expected_of(small()))


def test_long_text_and_deep_markup_are_read_to_their_end() -> None:
    book = small()
    long = "字" * 11_000_000
    page = f'<html><body><article id="{book.posts[0].id}">{"<i>" * 1000}{long}{"</i>" * 1000}<p>终</p></article>'
    losses = messages(verify_html([page.encode()], expected_of(book)))
    assert "第一篇文章" in losses
    assert "终" not in losses


def reading(dump: str, posts: tuple[Post, ...]) -> str:
    return messages(reading_losses({"small.txt": SourceText("small.txt", dump)}, posts))


def test_a_reader_that_keeps_everything_has_no_losses() -> None:
    assert reading(DUMP, read_dump(SourceText("small.txt", DUMP), Reporter())) == ""


@pytest.mark.parametrize("line", ["最后一段话到此结束。", "第二点也很重要", "x = y + z", "print(i)", "没有结尾"])
def test_a_reader_that_loses_a_line_is_caught(line: str) -> None:
    posts = read_dump(SourceText("small.txt", DUMP.replace(line, "")), Reporter())
    at = DUMP[: DUMP.index(line)].count("\n") + 1
    assert f"{at}: reading lost “" in reading(DUMP, posts)


def test_notes_are_found_where_they_are_marked_and_missed_where_they_are_lost() -> None:
    dump = (
        "18 Apr\n\n第一篇文章\n\n开头有一个注[^1]:后面也有[^two]。\n\n[^1]: 张三 $a[^1]$\n[^two]: 李四，\n写了两行。\n"
    )
    assert reading(dump, read_dump(SourceText("small.txt", dump), Reporter())) == ""
    short = read_dump(SourceText("small.txt", dump.replace("写了两行。\n", "")), Reporter())
    assert "9: reading lost “写了两行" in reading(dump, short)


def test_notes_by_number_are_found_and_missed_as_well() -> None:
    dump = "18 Apr\n\n第一篇文章\n\n开头有一个注[1]，后面也有[2]。\n\n[1] 张三\n[2] 李四，\n写了两行。\n"
    assert reading(dump, read_dump(SourceText("small.txt", dump), Reporter())) == ""
    short = read_dump(SourceText("small.txt", dump.replace("写了两行。\n", "")), Reporter())
    assert "9: reading lost “写了两行" in reading(dump, short)


def test_a_reader_that_loses_a_post_is_caught() -> None:
    posts = read_dump(SourceText("small.txt", DUMP), Reporter())
    assert "reading lost “第二篇文章”" in reading(DUMP, posts[:1])


def test_a_transform_that_loses_text_is_caught() -> None:
    posts = read_dump(SourceText("small.txt", DUMP), Reporter())
    short = replace(posts[0], blocks=posts[0].blocks[:-1])
    assert transform_losses(posts, posts) == ()
    assert "第一篇文章" in messages(transform_losses(posts, (short, posts[1])))


def whole_cases() -> list[Path]:
    return [path for path in sorted(CASES.rglob("*.case")) if case_of(path).inputs("dump")]


@cache
def case_of(path: Path) -> Case:
    return parse_case(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", whole_cases(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_case_loses_anything(path: Path) -> None:
    run = run_case(case_of(path))
    read = run.read().posts
    others = {section.name for section in case_of(path).inputs("source")}
    dumps = {name: text for name, text in run.reporter.sources.items() if name not in others}
    assert messages(reading_losses(dumps, read)) == ""
    if read:
        assert messages(transform_losses(read, run.book().posts)) == ""
        book = run.resolved()
        options = WriterOptions("case")
        page = writer_of(Format.HTML)(book, options, Reporter()).files[0].content
        assert messages(verify_html([page], expected_of(book))) == ""


def test_a_book_of_every_node_is_whole_in_every_format() -> None:
    book = handmade_book(rich_post(), cut_post())
    epub = writer_of(Format.EPUB)(book, WriterOptions("all"), Reporter()).files[0].content
    page = writer_of(Format.HTML)(book, WriterOptions("all"), Reporter()).files[0].content
    assert messages(verify_epub(epub, expected_of(book))) == ""
    assert messages(verify_html([page], expected_of(book))) == ""


PANDOC = (Format.DOCX, Format.ODT, Format.MARKDOWN, Format.TYPST, Format.PLAIN)


@pytest.mark.parametrize("output", PANDOC)
@pytest.mark.parametrize("whole", [small, lambda: handmade_book(rich_post(), cut_post())])
def test_what_pandoc_wrote_is_whole(output: Format, whole: Callable[[], ResolvedBook]) -> None:
    book = whole()
    files = writer_of(output)(book, WriterOptions("all"), Reporter()).files
    assert messages(artefact_losses(output, files, expected_of(book), book.config)) == ""


@pytest.mark.parametrize("output", PANDOC)
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("最后一段话到此结束。", "最后一段话"),
        ("2、第二点也很重要。\n", "第二点"),
        ("        print(i)\n", "print"),
        ("图的说明\n\n图的说明\n", "图的说明"),
        ("第二篇文章", "the post '第二篇文章' is missing"),
        ("点击阅读全文...\n", "本篇为节选"),
    ],
)
def test_what_pandoc_did_not_write_is_caught(output: Format, line: str, message: str) -> None:
    shorter = book_of(DUMP.replace(line, "另一篇" if line == "第二篇文章" else ""))
    files = writer_of(output)(shorter, WriterOptions("small"), Reporter()).files
    assert message in messages(artefact_losses(output, files, expected_of(small()), small().config))


def numbers(*cells: str, marker: str = "1、") -> ResolvedBook:
    """A book of what could be taken for markers: a table, a short point, an empty one, and a point after it."""
    rows = tuple((text(cell),) for cell in cells)
    points = (ListItem(marker, (paragraph(text("是")),), HERE), ListItem("2、", (), HERE))
    last = ListItem("3、", (paragraph(text("b)")),), HERE)
    blocks = (Table((rows,), (), HERE), OrderedList((*points, last), HERE))
    return handmade_book(Post("p-short", (text("短"),), None, Complete(), blocks, HERE))


@pytest.mark.parametrize("output", PANDOC)
@pytest.mark.parametrize(
    ("cells", "marker", "message"),
    [
        (("1234", "yes"), "1、", ""),
        (("", "yes"), "1、", "the text “1234”"),
        (("1234", ""), "1、", "the text “yes”"),
        (("1234", "yes"), "4、", "the text “1”"),
    ],
)
def test_text_as_short_as_a_marker_is_compared(
    output: Format, cells: tuple[str, ...], marker: str, message: str
) -> None:
    files = writer_of(output)(numbers(*cells, marker=marker), WriterOptions("short"), Reporter()).files
    book = numbers("1234", "yes")
    found = messages(artefact_losses(output, files, expected_of(book), book.config))
    if output is Format.TYPST and marker == "4、":
        message = ""  # its numbers cannot be read back
    assert (message in found) if message else not found


@pytest.mark.parametrize("output", PANDOC)
@pytest.mark.parametrize(("points", "marker"), [(OrderedList, "1、"), (BulletList, "-")])
def test_a_table_inside_a_point_is_whole(output: Format, points: type[OrderedList | BulletList], marker: str) -> None:
    table = Table((((text("格"),), (text("7"),)),), (), HERE)
    inner = BulletList((ListItem("-", (table,), HERE),), HERE)
    for blocks in ((paragraph(text("点")), table), (inner,)):
        post = Post(
            "p-point", (text("表"),), None, Complete(), (points((ListItem(marker, blocks, HERE),), HERE),), HERE
        )
        book = handmade_book(post)
        files = writer_of(output)(book, WriterOptions("point"), Reporter()).files
        assert messages(artefact_losses(output, files, expected_of(book), book.config)) == ""


@pytest.mark.parametrize("output", PANDOC)
def test_the_imprint_is_no_part_of_the_last_post(output: Format) -> None:
    def last(words: str) -> ResolvedBook:
        blocks = (paragraph(text("开头")), paragraph(text(words)))
        return handmade_book(Post("p-last", (text("末篇"),), None, Complete(), blocks, HERE))

    book = last(METADATA.source_name)
    files = writer_of(output)(last("别的"), WriterOptions("last"), Reporter()).files
    assert METADATA.source_name in messages(artefact_losses(output, files, expected_of(book), book.config))


@pytest.mark.parametrize("output", PANDOC)
@pytest.mark.parametrize("markers", [("1月", "2月"), ("1a", "2a"), ("1.5", "2.5"), ("第一，", "第二，"), ("●", "○")])
@pytest.mark.parametrize("points", [OrderedList, BulletList])
def test_markers_that_pandoc_cannot_draw_are_written(
    output: Format, markers: tuple[str, ...], points: type[OrderedList | BulletList]
) -> None:
    items = tuple(ListItem(marker, (paragraph(text("是")),), HERE) for marker in markers)
    book = handmade_book(Post("p-points", (text("点"),), None, Complete(), (points(items, HERE),), HERE))
    files = writer_of(output)(book, WriterOptions("points"), Reporter()).files
    assert messages(artefact_losses(output, files, expected_of(book), book.config)) == ""


@pytest.mark.parametrize("output", [output for output in PANDOC if output is not Format.PLAIN])
def test_a_picture_that_pandoc_did_not_write_is_caught(output: Format) -> None:
    book = handmade_book(rich_post())
    more = Resource("image-0.png", "image/png", b"another picture")
    expected = replace(expected_of(book), resources=(more,))
    files = writer_of(output)(book, WriterOptions("all"), Reporter()).files
    assert "the picture image-0.png is missing" in messages(artefact_losses(output, files, expected, book.config))


@pytest.mark.parametrize("output", [Format.DOCX, Format.ODT])
def test_what_pandoc_cannot_read_is_said_to_be_none(output: Format) -> None:
    with pytest.raises(ArtefactError, match="cannot be read back"):
        artefact_losses(output, [File(f"a.{output.value}", b"PK no archive")], expected_of(small()), small().config)


MANY = r"""---
title: "On #let and $x$, *stars* and // what is no comment[^1]"
---

It's "quoted" -- a dash... and … `code with ` and `` a ` b `` and `#let x`. 10^6^, H~2~O, x^abc-d^, ~~struck~~, **b**.

\- dash -? and *em*.com, [link](http://a.b/c$d).py; and **b**-?

$a+b$ = begins with a formula. $\boxed{x = \text{a $b$}}$ after, $\left\lfloor\sqrt{y}\right\rfloor$.

| a | b |
|---|---|
| one[^1]$x^2$ | ![words](p.png) |
| / | - one |
| = | 3. `co` "q" |

[^1]: A note with *em* and $f(x)$.

    And code in it:

        x = "$1"

1. one
   - two
     1. three

        > quote "inside"

        ```python
        print("```", '$x$', "\\")  # comment
        ```
   - more

3. three
4. four

> outer
>
> > inner quote
> >
> > - point
>
> last

- [ ] task
- [x] done

term
:   Definition with `code`.

![The caption of the picture](p.png)

```
code only



with empty lines $a$ "b" \ # *
```

## A heading with $x$ and "quotes"

中文“引号”——破折号……和《书名》，以及 1～2。
"""


def many(tmp_path: Path) -> ResolvedBook:
    """Return a book of what formats spell, draw or count in their own ways, and of words that are another's title."""
    (tmp_path / "p.png").write_bytes(PIXEL)
    (tmp_path / "a.md").write_text(MANY, encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Second\n---\n\nThird\n\n# Second\n\nThird\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("---\ntitle: Third\n---\n\nLast words.\n", encoding="utf-8")
    config = BuildConfig(sources=(tmp_path,), metadata=Metadata(title="Book"), jobs=1, cache=None)
    return resolve(understand(config, Reporter(), lambda _: None, mathml=True), Reporter())


@pytest.mark.parametrize("output", PANDOC)
def test_what_a_format_writes_in_its_own_way_is_not_lost(output: Format, tmp_path: Path) -> None:
    book = many(tmp_path)
    files = writer_of(output)(book, WriterOptions("many"), Reporter()).files
    assert messages(artefact_losses(output, files, expected_of(book), book.config)) == ""


TEXT_DAMAGES: dict[str, tuple[Damage, str]] = {
    "a word": (replacing("天气", "", 1), "今天天气"),
    "a line": (replacing("最后一段话到此结束。", ""), "最后一段话"),
    "a caption": (replacing("图的说明", ""), "图的说明"),
    "code": (replacing(r"print\(i\)", ""), "print"),
    "a post": (replacing(r"\n(= )?第二篇文章\n.*?(?=\n(= )?节选的文章)", "\n"), "the post '第二篇文章' is missing"),
    "the first post": (
        replacing(r"\n(= )?第一篇文章\n.*?(?=\n(= )?第二篇文章)", "\n"),
        "the post '第一篇文章' is missing",
    ),
    "posts in order": (
        replacing(r"((= )?第一篇文章\n.*?)(\s*)((= )?第二篇文章\n.*?)(?=\s*\n(= )?节选的文章)", r"\4\3\1"),
        "the post '第二篇文章' stands before",
    ),
    "paragraphs in order": (replacing("(由[^\n]*成立。)(.*)(最后[^\n]*结束。)", r"\3\2\1"), "图的说明"),
}


@pytest.mark.parametrize("output", [Format.TYPST, Format.PLAIN])
@pytest.mark.parametrize("name", TEXT_DAMAGES)
def test_a_text_that_lost_something_is_caught(output: Format, name: str) -> None:
    damage, message = TEXT_DAMAGES[name]
    (file,) = writer_of(output)(small(), WriterOptions("small"), Reporter()).files
    damaged = replace(file, content=damage(file.content.decode()).encode())
    losses = artefact_losses(output, (damaged,), expected_of(small()), small().config)
    assert message in messages(losses)


def test_a_build_that_loses_text_fails_and_leaves_the_older_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "small.txt"
    source.write_text(DUMP, encoding="utf-8")
    config = BuildConfig(sources=(source,), out=tmp_path / "out", slug="small", formats=(Format.HTML,))
    build(config, Reporter(), lambda _: None)
    older = (tmp_path / "out" / "small.html").read_bytes()

    monkeypatch.setattr("pipeline.writers.xhtml.blocks._paragraph", lambda content, *_: f"<p>{len(content)}</p>")
    reporter = Reporter()
    with pytest.raises(ArtefactError, match="lacks"):
        build(config, reporter, lambda _: None)
    assert reporter.by_code()[Code.CONTENT_LOST] > 0
    assert (tmp_path / "out" / "small.html").read_bytes() == older
    names = sorted(path.name for path in (tmp_path / "out").glob("small*"))
    assert names == ["small.html", "small.incomplete.html"]


def test_a_build_that_loses_text_in_reading_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "small.txt"
    source.write_text(DUMP, encoding="utf-8")
    monkeypatch.setattr("pipeline.build.reading_losses", lambda *_: (Loss("", "a line", Span(str(source), 1, 1)),))
    config = BuildConfig(sources=(source,), out=tmp_path / "out", formats=(Format.MARKDOWN,), jobs=1)
    with pytest.raises(ArtefactError, match="lacks 1 thing that"):
        build(config, Reporter(), lambda _: None)


def test_a_file_made_earlier_is_verified(tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text(DUMP, encoding="utf-8")
    artefact = tmp_path / "small.epub"
    artefact.write_bytes(made(Format.EPUB))
    config = BuildConfig(sources=(source,))
    whole, other = Reporter(), Reporter()
    verify_artefacts([artefact], config, whole, lambda _: None)
    assert whole.by_code()[Code.CONTENT_LOST] == 0
    source.write_text(DUMP.replace("最后一段话", "最后一段长长的话"), encoding="utf-8")
    verify_artefacts([artefact], config, other, lambda _: None)
    assert [found.span.line for found in other.diagnostics if found.code is Code.CONTENT_LOST and found.span] == [25]


def site(tmp_path: Path) -> tuple[BuildConfig, list[Path]]:
    """A site of six posts, and its pages in the order in which a shell names them: by the posts' hashes."""
    source = tmp_path / "six.txt"
    posts = (f"{day} Apr\n\n第{day}篇文章\n\n这是第{day}篇的正文,有$a_{day}$。\n" for day in range(1, 7))
    source.write_text("\n".join(posts), encoding="utf-8")
    html = HtmlOptions(split="post")
    config = BuildConfig(sources=(source,), out=tmp_path / "out", slug="six", formats=(Format.HTML,), html=html)
    built = build(config, Reporter(), lambda _: None)
    return config, sorted(path for path in built.paths if path.suffix == ".html")


def lost(artefacts: list[Path], config: BuildConfig) -> str:
    reporter = Reporter()
    verify_artefacts(artefacts, config, reporter, lambda _: None)
    return "\n".join(found.message for found in reporter.diagnostics if found.code is Code.CONTENT_LOST)


def test_the_pages_of_a_site_are_verified_as_one_book_in_any_order(tmp_path: Path) -> None:
    config, pages = site(tmp_path)
    assert len(pages) == 9, "the front page, the report, six posts and the page to search in"
    inner = [page for page in pages if page.parent.name == "six"]
    for named in (pages, pages[::-1], inner, inner[:-1]):
        assert lost(named, config) == ""
    assert lost([tmp_path / "out" / "report.html"], config).count("is missing") == 6


def test_the_front_page_of_a_site_or_its_folder_stands_for_its_pages(tmp_path: Path) -> None:
    config, _ = site(tmp_path)
    out = tmp_path / "out"
    for named in ([out / "six.html"], [out], [out / "six"], [out, out / "six.html"]):
        assert lost(named, config) == ""
    third = next(page for page in (out / "six").glob("p-*.html") if "这是第3篇的正文" in page.read_text("utf-8"))
    third.write_text(third.read_text("utf-8").replace("<p>这是第3篇的正文", "<p>"), encoding="utf-8")
    assert "这是第3篇的正文" in lost([out / "six.html"], config)
    third.unlink()
    for named in ([out / "six.html"], [out]):
        assert lost(named, config).count("is missing") == 1
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no page"):
        lost([tmp_path / "empty"], config)


def test_pages_beside_a_page_that_does_not_link_to_them_are_not_its_own(tmp_path: Path) -> None:
    config, _ = site(tmp_path)
    front = tmp_path / "out" / "six.html"
    front.write_text("<html></html>", encoding="utf-8")
    assert lost([front], config).count("is missing") == 6


def test_what_a_page_of_a_site_lacks_is_not_made_good_by_the_page_to_search_in(tmp_path: Path) -> None:
    config, pages = site(tmp_path)
    third = next(page for page in pages if "这是第3篇的正文" in page.read_text("utf-8") and page.stem != "search")
    third.write_text(third.read_text("utf-8").replace("<p>这是第3篇的正文", "<p>"), encoding="utf-8")
    assert "这是第3篇的正文" in lost(pages, config)
    assert "the post '第3篇文章' is missing" in lost([page for page in pages if page != third], config)


def test_two_books_of_one_source_are_verified_each(tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text(DUMP, encoding="utf-8")
    pages = [tmp_path / folder / "small.html" for folder in ("a", "b")]
    for page, content in zip(pages, (made(Format.HTML), b"<html></html>"), strict=True):
        page.parent.mkdir()
        page.write_bytes(content)
    assert lost(pages, BuildConfig(sources=(source,))).count("is missing") == 2


def test_a_cut_post_is_verified_in_the_language_of_its_text(tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text(f"{DUMP}\n点击阅读全文...\n", encoding="utf-8")
    config = BuildConfig(sources=(source,), out=tmp_path, slug="small", formats=(Format.MARKDOWN,), cache=None)
    build(config, Reporter(), lambda _: None)
    reporter = Reporter()
    verify_artefacts([tmp_path / "small.md"], config, reporter, lambda _: None)
    assert reporter.by_code()[Code.CONTENT_LOST] == 0


@pytest.mark.tex
def test_a_printed_book_is_read_back() -> None:
    book, expected = small(), expected_of(small())
    files = (File("small.pdf", made(Format.PDF)),)
    assert messages(artefact_losses(Format.PDF, files, expected, book.config)) == ""

    first, second = expected.posts
    more = Piece("从来没有排印过的一段话", first.span)
    longer = replace(first, pieces=(*first.pieces, more))
    cut = replace(first, pieces=(*first.pieces, Piece(CUT, first.span)))
    other = replace(second, id="p-0000000000")
    for changed, message in (
        ((longer, second), "从来没有排印过的一段话"),
        ((first, replace(second, pieces=second.pieces[::-1])), "of '第二篇文章'"),
        ((cut, second), "the mark that the post was cut"),
        ((first, other), "the post '第二篇文章' is missing"),
        ((replace(first, beside=(Piece(detail(DAY, "1999年1月1日"), first.span),)), second), "1999年1月1日"),
    ):
        losses = artefact_losses(Format.PDF, files, replace(expected, posts=changed), book.config)
        assert message in messages(losses)


FORMULAS = r"""# 公式 $q_0$

文中 $q_1=a^{b}$，注里[^1]也有；$\text{若 }q_2>\beta$ 与 $\mathbb{q_3}\boldsymbol{\Delta q_{44}}$。

## 标题里 $q_5$

| 表 $q_6$ | $\frac{q_7}{q_8}$ |
|---|---|
| $$q_9=\begin{pmatrix}1&2\\3&4\end{pmatrix}$$ | 格[^2] |

- 点 $\sqrt[q]{x}$
  > 引 $\lim_{q\to\infty}\sum_{i=1}^q i$

$$\begin{align}q_{10}&=\operatorname{rank}(A)\tag{*}\\&\le\left(\int_0^1 q\,\mathrm{d}x\right)\label{q}\end{align}$$

由 $\eqref{q}$ 与 $\eqref{nothing}$，$\phantom{q}\quad$，$\notacommand{q}$，$q_{11}\eqref{q}$，$\LaTeX q$，
$\epsilon\ell\Re\Im\varrho\Alpha q\th$。

[^1]: 注 $q_{12}$。
[^2]: 注 $q_{13}$，$\hat q$。
"""


@cache
def formulas() -> ResolvedBook:
    with TemporaryDirectory() as folder:
        source = Path(folder, "formulas.md")
        source.write_text(FORMULAS, encoding="utf-8")
        config = BuildConfig(sources=(source,), metadata=Metadata(title="公式"), jobs=1, cache=None)
        return resolve(understand(config, Reporter(), lambda _: None, mathml=True), Reporter())


def printed_losses(book: ResolvedBook, damage: Damage, monkeypatch: pytest.MonkeyPatch) -> tuple[Loss, ...]:
    """Return what a PDF lacks whose LaTeX was damaged."""
    monkeypatch.setattr("pipeline.writers.pdf.writer.book_rest", lambda *given: damage(book_rest(*given)))
    files = writer_of(Format.PDF)(book, WriterOptions("damaged"), Reporter()).files
    return artefact_losses(Format.PDF, files, expected_of(book), book.config)


@pytest.mark.tex
def test_printed_formulas_have_the_letters_of_their_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages(printed_losses(formulas(), lambda tex: tex, monkeypatch)) == ""


@pytest.mark.tex
@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("q_1=a", "p_1=a", "3: “q” in the formula “$q_1=a^{b}$” of '公式 $q_0$' is missing"),
        (r"\Delta q", r"\Gamma q", "“Δ” in the formula"),
        ("{rank}", "{tank}", "“r” in the formula"),
        ("若", "苦", "“若” in the formula"),
        (r"3&4", "3", "“4” in the formula"),
        ("q_{12}", "q_{13}", "19: “2” in the formula “$q_{12}$” of '公式 $q_0$' is missing"),
        (r"\formulabegins{5}", "", "7: the formula “$q_6$” of '公式 $q_0$' is missing"),
    ],
)
def test_a_printed_formula_with_other_letters_is_named(
    right: str, wrong: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(tex: str) -> str:
        assert right in tex
        return tex.replace(right, wrong, 1)

    assert message in messages(printed_losses(formulas(), damage, monkeypatch))


@pytest.mark.tex
def test_a_picture_that_is_not_printed_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages(printed_losses(detailed(), lambda tex: tex, monkeypatch)) == ""
    losses = printed_losses(detailed(), without(r"\\inlinepicture\{[^}]*\}"), monkeypatch)
    assert messages(losses) == "1: pictures of '末篇' that are missing: 1"


def pdf_with(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the PDF with something done to it as a document of pymupdf."""
    with import_module("pymupdf").open(stream=content, filetype="pdf") as document:
        change(document)
        return bytes(document.tobytes())


@pytest.mark.tex
@pytest.mark.parametrize("number", [0, 1])
def test_a_printed_book_without_a_page_lacks_the_post_that_began_there(number: int) -> None:
    book, post = small(), small().posts[number]
    damaged = pdf_with(made(Format.PDF), lambda pdf: pdf.delete_page(pdf.resolve_names()[post.id]["page"]))
    losses = artefact_losses(Format.PDF, (File("small.pdf", damaged),), expected_of(book), book.config)
    assert [loss.message for loss in losses if loss.post == post.id] == [
        f"the post {source_text(post.title)!r} is missing"
    ]


def redacting(text: str) -> Callable[[Any], None]:
    """Return what takes the glyphs of ``text`` off the page on which it stands."""

    def redact(pdf: Any) -> None:  # noqa: ANN401 - pymupdf's documents are half annotated
        (page, (place,)) = next((page, found) for page in pdf if (found := page.search_for(text)))
        page.add_redact_annot(place)
        page.apply_redactions()

    return redact


@pytest.mark.tex
@pytest.mark.parametrize("lost", ["天气不错", "错", "明了什么", "第二点也", "最后一段话到此结束"])
def test_a_printed_book_without_some_words_of_a_line_lacks_them(lost: str) -> None:
    book = small()
    damaged = pdf_with(made(Format.PDF), redacting(lost))
    losses = artefact_losses(Format.PDF, (File("small.pdf", damaged),), expected_of(book), book.config)
    assert [loss.message for loss in losses if lost in loss.message]


@pytest.mark.tex
def test_a_note_in_the_head_of_a_table_is_printed(tmp_path: Path) -> None:
    source = tmp_path / "small.md"
    source.write_text(
        "# 表\n\n| 甲[^1] | 乙 |\n|---|---|\n| 丙[^2] | 丁 |\n\n[^1]: 表头之注。\n[^2]: 表中之注。\n", encoding="utf-8"
    )
    reporter = Reporter()
    config = BuildConfig(sources=(source,), out=tmp_path, slug="small", formats=(Format.PDF,), cache=None)
    build(config, reporter, lambda _: None)
    assert reporter.by_code()[Code.CONTENT_LOST] == 0


@pytest.mark.tex
def test_notes_interrupt_a_printed_text_and_take_nothing_from_it(tmp_path: Path) -> None:
    source = tmp_path / "small.md"
    texts = "".join(f"第{number}次说到这里{'，还没有完' * (number % 7)}[^{number}]" for number in range(120))
    notes = "".join(f"\n[^{number}]: 注{'，也没有完' * (number % 30)}。\n" for number in range(120))
    source.write_text(f"# 注很多\n\n{texts}。\n{notes}", encoding="utf-8")
    reporter = Reporter()
    config = BuildConfig(sources=(source,), out=tmp_path, slug="small", formats=(Format.PDF,), cache=None)
    build(config, reporter, lambda _: None)
    assert reporter.by_code()[Code.CONTENT_LOST] == 0
