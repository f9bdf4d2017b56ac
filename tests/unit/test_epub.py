from __future__ import annotations

import io
import re
import zipfile
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import Any, cast
from urllib.parse import unquote

import pytest
from lxml import etree

from handmade import (
    HERE,
    METADATA,
    NAMESPACE,
    cut_post,
    handmade_book,
    inline_math,
    numbered,
    paragraph,
    rich_post,
    text,
)
from pipeline.book import Complete, Post, PostDate, ResolvedBook
from pipeline.config import EpubMath, EpubOptions, Metadata
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Blocks, CodeBlock, Figure, Heading, Image, Inline, InlineCode, Paragraph, Str
from pipeline.phrases import TRADITIONAL
from pipeline.walk import iter_inlines
from pipeline.writers.contract import PrintedPage, WriterOptions
from pipeline.writers.epub import writer
from pipeline.writers.epub.chapters import chapters_of
from pipeline.writers.epub.writer import write_epub

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}


def found(node: etree._Element, path: str, **namespaces: str) -> list[Any]:
    """What an XPath finds; lxml's own type allows for everything that one can yield."""
    return cast("list[Any]", node.xpath(path, namespaces=namespaces))


def built(book: ResolvedBook, options: WriterOptions | None = None) -> bytes:
    (file,) = write_epub(book, options or WriterOptions("book"), Reporter()).files
    assert file.name == "book.epub"
    return file.content


def members(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


PAGES = (PrintedPage(4, "part-1"), PrintedPage(5, "p-rich"), PrintedPage(6, "p-rich"), PrintedPage(9, "p-cut"))


@pytest.fixture(scope="module")
def book() -> dict[str, bytes]:
    return members(built(handmade_book(), WriterOptions("book", pages=PAGES)))


def parsed(book: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(book[f"EPUB/{name}"])


def test_two_builds_are_equal_to_the_byte() -> None:
    assert built(handmade_book()) == built(handmade_book())


def test_the_zip_is_as_the_container_format_asks() -> None:
    with zipfile.ZipFile(io.BytesIO(built(handmade_book()))) as archive:
        infos = archive.infolist()
    assert infos[0].filename == "mimetype"
    assert infos[0].compress_type == zipfile.ZIP_STORED
    assert not infos[0].extra
    assert [info.filename for info in infos[1:3]] == ["META-INF/container.xml", "EPUB/content.opf"]
    rest = [info.filename for info in infos[3:]]
    assert rest == sorted(rest)
    assert {info.date_time for info in infos} == {(2026, 1, 2, 3, 4, 4)}  # a zip counts two seconds


def test_every_link_leads_to_an_element_of_the_book(book: dict[str, bytes]) -> None:
    pages = {
        name.removeprefix("EPUB/"): etree.fromstring(page) for name, page in book.items() if name.endswith(".xhtml")
    }
    ids = {name: {node.get("id") for node in page.iter() if node.get("id")} for name, page in pages.items()}
    seen = 0
    for name, page in pages.items():
        for href in (href for href in found(page, "//@href") if "://" not in href):
            target, _, fragment = unquote(href).partition("#")
            assert f"EPUB/{target or name}" in book, href
            assert not fragment or fragment in ids[target or name], href
            seen += 1
    assert seen > len(pages)


def test_no_id_stands_twice_in_a_page(book: dict[str, bytes]) -> None:
    for name, page in book.items():
        if name.endswith(".xhtml"):
            ids = found(etree.fromstring(page), "//@id")
            assert len(ids) == len(set(ids)), name


def test_navigation_has_levels_landmarks_and_pages(book: dict[str, bytes]) -> None:
    nav = parsed(book, "nav.xhtml")
    toc = found(nav, "//h:nav[@epub:type='toc']", **XHTML)[0]
    path = ["2018年", "满 & 全", "第一节", "小节 x"]
    for title in path:
        (entry,) = [a for a in toc.iter(f"{{{XHTML['h']}}}a") if "".join(map(str, a.itertext())) == title]
        assert path.index(title) == len(found(entry, "ancestor::h:ol", **XHTML)) - 1
    assert found(nav, "//h:nav[@epub:type='landmarks']//h:a/@epub:type", **XHTML) == ["cover", "toc", "bodymatter"]
    pages = found(nav, "//h:nav[@epub:type='page-list']//h:a", **XHTML)
    assert [(a.get("href"), a.text) for a in pages] == [
        ("part-1.xhtml#part-1-page-4", "4"),
        ("p-rich.xhtml#p-rich-page-5", "5"),
        ("p-rich.xhtml#p-rich-page-6", "6"),
        ("p-cut.xhtml#p-cut-page-9", "9"),
    ]


def test_a_chapter_names_its_series_and_leads_to_the_other_parts(book: dict[str, bytes]) -> None:
    (line,) = found(parsed(book, "p-cut.xhtml"), "//h:p[@class='series']", **XHTML)
    assert "".join(line.itertext()) == "系列 · 系列甲 · 一 二"
    assert found(line, "h:a/@href", **XHTML) == ["p-rich.xhtml"]


def test_ncx_and_nav_show_the_same(book: dict[str, bytes]) -> None:
    toc = found(parsed(book, "nav.xhtml"), "//h:nav[@epub:type='toc']//@href", **XHTML)
    assert found(parsed(book, "toc.ncx"), "//n:navPoint/n:content/@src", **NCX) == toc


def test_every_file_is_declared_once(book: dict[str, bytes]) -> None:
    hrefs = found(parsed(book, "content.opf"), "//opf:manifest/opf:item/@href", **OPF)
    packed = {name.removeprefix("EPUB/") for name in book if name.startswith("EPUB/")} - {"content.opf"}
    assert sorted(hrefs) == sorted(packed)


def test_exactly_the_pages_with_formulas_are_declared_so(book: dict[str, bytes]) -> None:
    declared = found(parsed(book, "content.opf"), "//opf:item[contains(@properties, 'mathml')]/@href", **OPF)
    holding = [n.removeprefix("EPUB/") for n, page in book.items() if n.endswith(".xhtml") and b"<math" in page]
    assert sorted(declared) == sorted(holding)


def properties(opf: etree._Element, name: str) -> list[str]:
    return [str(text) for text in found(opf, f"//opf:meta[@property='{name}']/text()", **OPF)]


def test_the_package_says_what_the_configuration_says(book: dict[str, bytes]) -> None:
    opf = parsed(book, "content.opf")
    assert found(opf, "//dc:identifier/text()", **OPF) == ["urn:example:handmade"]
    assert found(opf, "//dc:creator/text()", **OPF) == ["某人"]
    assert properties(opf, "role") == ["aut"]
    assert properties(opf, "file-as") == ["Ren, Mou"]
    assert properties(opf, "dcterms:modified") == ["2026-01-02T03:04:05Z"]
    assert properties(opf, "dcterms:conformsTo") == []


@pytest.mark.parametrize(
    ("year", "kept"),
    [(1970, (1980, 1, 1, 0, 0, 0)), (2107, (2107, 6, 7, 8, 9, 10)), (2286, (2107, 12, 31, 23, 59, 58))],
)
def test_a_date_that_no_zip_can_hold_is_the_nearest(year: int, kept: tuple[int, ...]) -> None:
    dated = replace(METADATA, modified=datetime(year, 6, 7, 8, 9, 10, tzinfo=UTC))
    epub = built(handmade_book(metadata=dated))
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        assert {info.date_time for info in archive.infolist()} == {kept}
    stated = properties(parsed(members(epub), "content.opf"), "dcterms:modified")
    assert stated == [f"{year}-06-07T08:09:10Z"]


def test_a_book_without_a_date_has_always_the_same_one_in_its_package() -> None:
    opf = parsed(members(built(handmade_book(metadata=replace(METADATA, modified=None)))), "content.opf")
    assert properties(opf, "dcterms:modified") == ["2000-01-01T00:00:00Z"]


def test_a_control_character_in_the_metadata_is_a_space() -> None:
    opf = parsed(members(built(handmade_book(metadata=replace(METADATA, title="甲\x0b乙")))), "content.opf")
    assert found(opf, "//dc:title[@id='title']/text()", **OPF) == ["甲 乙"]


def test_the_identifier_of_a_book_without_one_depends_on_title_and_author() -> None:
    def identifier(metadata: Metadata) -> str:
        opf = parsed(members(built(handmade_book(metadata=metadata))), "content.opf")
        return str(found(opf, "//dc:identifier/text()", **OPF)[0])

    first = identifier(Metadata(title="甲", author="某人"))
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", first)
    assert first == identifier(Metadata(title="甲", author="某人", description="新"))
    assert first != identifier(Metadata(title="乙", author="某人"))


def plain_post(*blocks: Figure) -> Post:
    return Post("p-plain", (text("平"),), None, Complete(), (paragraph(text("文。")), *blocks), HERE)


@pytest.mark.parametrize(
    ("post", "modes", "features"),
    [
        (plain_post(), ["textual"], {"MathML": False, "alternativeText": False, "tableOfContents": True}),
        (rich_post(), ["textual", "visual"], {"MathML": True, "alternativeText": True}),
        (
            plain_post(Figure((), HERE, Image("a.png", "", HERE, "a.png"))),
            ["textual", "visual"],
            {"alternativeText": False},
        ),
    ],
)
def test_accessibility_metadata_is_true_of_the_book(post: Post, modes: list[str], features: dict[str, bool]) -> None:
    opf = parsed(members(built(handmade_book(post, *([cut_post()] if post.id == "p-rich" else [])))), "content.opf")
    assert properties(opf, "schema:accessMode") == modes
    said = properties(opf, "schema:accessibilityFeature")
    assert {feature: feature in said for feature in features} == features


def test_the_math_font_can_be_left_out() -> None:
    with_font = members(built(handmade_book()))
    without = members(built(handmade_book(epub=EpubOptions(embed_font=False))))
    fonts = {"EPUB/fonts/stix-two-math.woff2", "EPUB/fonts/OFL.txt", "EPUB/styles/font.css"}
    assert fonts == set(with_font) - set(without)
    assert b"@font-face" in with_font["EPUB/styles/font.css"]
    assert b"styles/font.css" in with_font["EPUB/nav.xhtml"]
    assert not any(b"font.css" in content for content in without.values())


def test_the_math_font_is_the_same_from_a_process_of_its_own() -> None:
    book = handmade_book()
    here, beside = (write_epub(book, WriterOptions(slug="book", jobs=jobs), Reporter()) for jobs in (1, 2))
    assert here == beside
    assert "EPUB/fonts/stix-two-math.woff2" in members(here.files[0].content)


def test_a_book_without_formulas_has_no_math_font() -> None:
    assert not [
        name for name in members(built(handmade_book(plain_post()))) if "font" in name and name.endswith("woff2")
    ]


def long_post(sections: int, level: int) -> Post:
    blocks = [
        block
        for number in range(sections)
        for block in (Heading(level, (text(f"第{number}节"),), HERE, f"p-long-s{number}"), paragraph(text("字" * 1000)))
    ]
    return Post("p-long", (text("长"),), None, Complete(), tuple(blocks), HERE)


def bytes_of(block: Block) -> int:
    """What a block would take without tags."""
    return sum(len(inline.text.encode()) for inline in iter_inlines((block,)) if isinstance(inline, Str))


def divided(blocks: Blocks, largest: int) -> list[Blocks]:
    post = replace(long_post(0, 1), blocks=blocks)
    stretches = [chapter.blocks for chapter in chapters_of(post, bytes_of, largest)]
    assert sum(stretches, ()) == blocks
    return stretches


def heading(level: int, place: int) -> Heading:
    return Heading(level, (text(f"第{place}节"),), HERE, f"p-long-s{place}")


@pytest.mark.parametrize("level", [1, 2])
def test_a_long_post_is_divided_before_its_highest_headings(level: int) -> None:
    chapters = chapters_of(long_post(6, level), bytes_of, largest=7500)
    assert [chapter.file for chapter in chapters] == ["p-long.xhtml", "p-long-2.xhtml", "p-long-3.xhtml"]
    assert all(isinstance(chapter.blocks[0], Heading) for chapter in chapters)
    assert sum((chapter.blocks for chapter in chapters), ()) == long_post(6, level).blocks
    assert [chapter.last for chapter in chapters] == [False, False, True]


def test_a_post_of_the_usual_length_is_one_file() -> None:
    (chapter,) = chapters_of(long_post(6, 1), bytes_of)
    assert chapter.first
    assert chapter.last


def test_a_post_that_only_might_be_too_long_is_one_file() -> None:
    post = long_post(6, 1)
    (chapter,) = chapters_of(post, bytes_of, largest=sum(map(bytes_of, post.blocks)))
    assert chapter.blocks == post.blocks


def test_files_are_counted_in_bytes() -> None:
    lines = tuple(paragraph(text("字" * 100)) for _ in range(10))
    assert [len(stretch) for stretch in divided(lines, 2000)] == [6, 4]


@pytest.mark.parametrize(
    "inline",
    [text("字" * 100), text("&" * 60), InlineCode("x" * 300, HERE), replace(inline_math(), mathml=None, tex="<" * 60)],
)
def test_whatever_makes_a_post_long_has_it_measured(inline: Inline) -> None:
    post = replace(long_post(0, 1), blocks=(Paragraph((inline,), HERE),) * 10)
    assert len(chapters_of(post, lambda _: 1000, largest=5000)) == 2


def test_a_post_of_many_lines_of_code_is_measured() -> None:
    post = replace(long_post(0, 1), blocks=(CodeBlock("x\n" * 12, HERE),) * 10)
    assert len(chapters_of(post, lambda _: 1000, largest=5000)) == 2


def test_a_section_that_is_too_long_is_divided_at_lower_headings() -> None:
    line = paragraph(text("字" * 300))
    blocks: list[Block] = [heading(1, 1)]
    for place in range(2, 14):
        blocks += [heading(2, place), line]
    stretches = divided(tuple(blocks), 3000)
    assert [len(stretch) for stretch in stretches] == [7, 6, 6, 6]
    assert all(isinstance(stretch[0], Heading) for stretch in stretches)


def test_a_heading_goes_with_the_first_of_what_it_is_over() -> None:
    lines = tuple(paragraph(text("字" * 300)) for _ in range(3))
    blocks: Blocks = (*lines[:2], heading(1, 1), heading(2, 2), *lines)
    assert [len(stretch) for stretch in divided(blocks, 2000)] == [2, 4, 1]


def test_a_block_that_is_too_long_stays_whole() -> None:
    short, long = paragraph(text("字")), paragraph(text("字" * 1000))
    assert divided((short, long, short), 1000) == [(short,), (long,), (short,)]


def test_a_stretch_goes_on_at_the_level_of_its_headings() -> None:
    line = paragraph(text("字" * 400))
    blocks: Blocks = (heading(1, 1), line, heading(2, 2), line, heading(2, 3), line, heading(1, 4), line)
    book = handmade_book(replace(long_post(0, 1), blocks=blocks))
    pages = [parsed(members(divided_epub(book, 3000)), f"p-long{end}.xhtml") for end in ("", "-2")]
    assert [[node.tag[-2:] for node in found(page, "//h:h2|//h:h3", **XHTML)] for page in pages] == [
        ["h2", "h3"],
        ["h3", "h2"],
    ]


def divided_epub(book: ResolvedBook, largest: int) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "chapters_of", partial(chapters_of, largest=largest))
        return built(book)


def test_contents_lead_into_the_file_that_a_heading_stands_in() -> None:
    nav = parsed(members(divided_epub(handmade_book(long_post(6, 1)), 7500)), "nav.xhtml")
    hrefs = found(nav, "//h:nav[@epub:type='toc']//@href", **XHTML)
    assert "p-long-3.xhtml#p-long-s5" in hrefs


def test_no_file_of_a_chinese_post_is_too_large_for_an_e_reader() -> None:
    lines = tuple(paragraph(text("字" * 1000), numbered(f"p-long-e{place}")) for place in range(200))
    packed = members(built(handmade_book(replace(long_post(0, 1), blocks=lines))))
    sizes = [len(content) for name, content in packed.items() if "p-long" in name]
    assert max(sizes) < 300_000
    assert len(sizes) == 3


@pytest.mark.parametrize(("style", "suffix"), [("images", ".svg"), ("png", ".png")])
def test_an_edition_with_pictures_holds_no_mathml_and_says_so(style: EpubMath, suffix: str) -> None:
    packed = members(built(handmade_book(epub=EpubOptions(math=style))))
    assert not [name for name, content in packed.items() if name.endswith(".xhtml") and b"<math" in content]
    assert {PurePath(name).suffix for name in packed if "formulas/" in name} == {suffix}
    features = properties(parsed(packed, "content.opf"), "schema:accessibilityFeature")
    assert "MathML" not in features
    assert "alternativeText" in features
    assert [name for name in packed if name.endswith(".woff2")] == ["EPUB/fonts/stix-two-math-italic.woff2"]
    assert b'stix-two-math-italic.woff2"); font-style: italic; }' in packed["EPUB/styles/font.css"]


def test_an_edition_with_pictures_alone_has_no_font() -> None:
    root = replace(inline_math(), mathml=f'<math xmlns="{NAMESPACE}"><msqrt><mi>x</mi></msqrt></math>')
    post = replace(plain_post(), blocks=(paragraph(root),))
    assert not [name for name in members(built(handmade_book(post, epub=EpubOptions(math="images")))) if "font" in name]


def test_a_post_without_a_title_is_called_by_its_day() -> None:
    post = replace(plain_post(), title=(), date=PostDate(None, 4, 18))
    packed = members(built(handmade_book(post, replace(cut_post(), title=()))))
    for page in (etree.fromstring(content) for name, content in packed.items() if name.endswith(".xhtml")):
        assert all("".join(map(str, node.itertext())).strip() for node in page.iter("{*}title", "{*}h1", "{*}a"))
    assert "4月18日" in packed["EPUB/nav.xhtml"].decode()


def test_a_book_in_traditional_characters_speaks_in_them() -> None:
    packed = members(built(handmade_book(metadata=replace(METADATA, language="zh-TW"))))
    assert "公式索引" in packed["EPUB/equations.xhtml"].decode()
    assert "目錄" in packed["EPUB/nav.xhtml"].decode()
    assert "年份係推斷" in "".join(content.decode() for name, content in packed.items() if name.endswith(".xhtml"))


def test_a_year_that_was_concluded_stands_in_the_brackets_of_the_language() -> None:
    pages = members(built(handmade_book(metadata=replace(METADATA, language="en"))))
    assert '<span class="note">(year inferred: 前后文)</span>' in pages["EPUB/p-cut.xhtml"].decode()


def test_no_word_of_ours_is_left_in_simplified_characters() -> None:
    for words in (TRADITIONAL, TRADITIONAL.page, TRADITIONAL.report):
        for field in fields(words):
            text = getattr(words, field.name)
            if isinstance(text, str):
                assert text.encode("big5").decode("big5") == text  # which has no characters of the mainland's reform
