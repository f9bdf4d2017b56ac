from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline.codes import Code
from pipeline.config import Metadata
from pipeline.diagnostics import Reporter
from pipeline.writers.epub import cover as covers
from pipeline.writers.epub.cover import Cover, make_cover
from pipeline.writers.epub.cover_fonts import FontFace
from pipeline.writers.mathfont import font_path

SVG = {"s": "http://www.w3.org/2000/svg"}


def drawn(title: str, author: str = "某人") -> tuple[Cover, Reporter]:
    reporter = Reporter()
    return make_cover(Metadata(title=title, author=author), title, None, reporter), reporter


def lines(cover: Cover) -> list[str]:
    found = etree.fromstring(cover.shown.content).findall(".//s:text", SVG)
    return [line.text or "" for line in found]


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covers, "find_font", lambda _characters, _language: None)


def test_the_same_book_has_the_same_cover_and_another_has_another() -> None:
    assert drawn("甲之书") == drawn("甲之书")
    assert drawn("甲之书")[0].shown.content != drawn("乙之书")[0].shown.content


def test_no_word_of_the_title_is_lost_and_no_line_is_too_long() -> None:
    title = "最小熵原理与生成模型的漫谈：从变分自编码器到扩散模型"
    rows = lines(drawn(title)[0])
    assert "".join(rows) == f"{title}某人"
    assert max(map(len, rows)) <= 9


def test_words_are_not_broken() -> None:
    rows = lines(drawn("A Short Course on Differential Forms", "J. Author")[0])
    assert " ".join(rows) == "A Short Course on Differential Forms J. Author"


@pytest.mark.parametrize(
    ("language", "family"),
    [("zh-CN", "SC"), ("zh-Hant", "TC"), ("zh-TW", "TC"), ("ja", "JP"), ("en", "SC")],
)
def test_characters_have_the_forms_of_the_books_language(language: str, family: str) -> None:
    cover = make_cover(Metadata(title="骨", language=language), "骨", None, Reporter())
    assert f"Noto Serif CJK {family}".encode() in cover.shown.content


def test_the_picture_has_the_forms_of_the_books_language_too() -> None:
    pictures = {
        make_cover(Metadata(title="骨", language=language), "骨", None, Reporter()).thumbnail.content
        for language in ("zh-CN", "zh-TW", "zh-Hant", "ja")
    }
    assert len(pictures) == 3


def test_markup_in_a_title_is_text() -> None:
    assert lines(drawn("<b>&</b>")[0])[0] == "<b>&</b>"


@pytest.mark.usefixtures("without_fonts")
def test_without_a_font_the_cover_is_the_svg_alone() -> None:
    cover, reporter = drawn("甲之书")
    assert cover.files == (cover.shown,)
    assert cover.shown.media_type == "image/svg+xml"
    assert list(reporter.by_code()) == [Code.COVER_WITHOUT_FONT]


def test_with_a_font_there_is_a_png_for_shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covers, "find_font", lambda _characters, _language: FontFace(font_path(), 0))
    cover, reporter = drawn("A Book", "Author")
    with Image.open(io.BytesIO(cover.thumbnail.content)) as image:
        assert image.size == (covers.WIDTH, covers.HEIGHT)
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 8
    assert not reporter.diagnostics


def test_a_given_picture_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.jpeg"
    Image.new("RGB", (30, 40), "red").save(path)
    cover = make_cover(Metadata(title="甲"), "甲", path, Reporter())
    assert cover.shown.content == path.read_bytes()
    assert (cover.shown.name, cover.shown.media_type) == ("cover.jpg", "image/jpeg")


@pytest.mark.parametrize("content", [b"", b"not a picture", b"II*\x00\x08\x00\x00\x00\x00\x00"])
def test_a_picture_that_cannot_be_used_is_told_of_and_one_is_drawn(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cover.tiff"
    path.write_bytes(content)
    reporter = Reporter()
    cover = make_cover(Metadata(title="甲"), "甲", path, reporter)
    assert cover.shown.media_type == "image/svg+xml"
    assert Code.COVER_UNREADABLE in reporter.by_code()


def test_a_picture_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    reporter = Reporter()
    make_cover(Metadata(title="甲"), "甲", tmp_path / "none.png", reporter)
    assert Code.COVER_UNREADABLE in reporter.by_code()
