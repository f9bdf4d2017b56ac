"""Decoding: which encoding bytes have, and what is reported of it."""

from __future__ import annotations

import pytest

from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.errors import SourceError
from pipeline.readers.decode import decode

SIMPLIFIED = "4月18日\n\n一个标题\n\n这是一篇文章的正文，它说的是数学，我们可以这样来理解。\n"
TRADITIONAL = "4月18日\n\n一個標題\n\n這是一篇文章的正文，它說的是數學，我們可以這樣來理解。\n"
JAPANESE = "4月18日\n\n題\n\nこの記事では、線形代数の定義を説明します。例とともに紹介しましょう。\n"
KOREAN = "4월 18일\n\n제목\n\n이 글에서는 벡터 공간을 설명합니다. 예와 함께 소개하겠습니다.\n"
ENGLISH = "18 Apr\n\nA title\n\nA body about a café.\n"


def codes(reporter: Reporter) -> list[Code]:
    return [diagnostic.code for diagnostic in reporter.diagnostics]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32-le"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "cp949", "cp949"),
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
    ],
)
def test_encoding_is_detected(text: str, encoding: str, found: str) -> None:
    reporter = Reporter()
    source = decode("a.txt", text.encode(encoding), "", reporter)
    assert (source.text, source.encoding) == (text, found)
    assert codes(reporter) == []


def test_one_byte_text_is_read_and_reported() -> None:
    reporter = Reporter()
    assert decode("a.txt", ENGLISH.encode("cp1252"), "", reporter).text == ENGLISH
    assert codes(reporter) == [Code.ENCODING_DOUBTFUL]


def test_encoding_given_is_taken() -> None:
    data = "标题".encode("gb18030")
    assert decode("a.txt", data, "gbk", Reporter()).text == "标题"
    assert decode("a.txt", data, "utf-16-le", Reporter()).text != "标题"


def test_given_utf_16_drops_its_mark() -> None:
    assert decode("a.txt", SIMPLIFIED.encode("utf-16"), "utf-16-le", Reporter()).text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-9", "", "base64"])
def test_unknown_encoding_is_an_error_unless_empty(encoding: str) -> None:
    if encoding:
        with pytest.raises(SourceError, match="unknown encoding"):
            decode("a.txt", b"", encoding, Reporter())
    else:
        assert decode("a.txt", b"", encoding, Reporter()).text == ""


def test_bytes_that_are_no_text_are_reported() -> None:
    reporter = Reporter()
    source = decode("a.txt", SIMPLIFIED.encode()[:-3], "", reporter)
    assert source.text.endswith("\ufffd")
    assert codes(reporter) == [Code.BYTES_UNREADABLE]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TRADITIONAL, "big5hkscs"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (ENGLISH, "cp1252")],
    ids=["big5hkscs", "cp932", "euc_jp", "cp949", "cp1252"],
)
@pytest.mark.parametrize("times", [1, 12])
def test_bytes_that_are_no_text_are_reported_in_encodings_without_a_replacement_character(
    text: str, encoding: str, times: int
) -> None:
    reporter = Reporter()
    data = text.encode(encoding)
    decode("a.txt", data + b"\x81 " * times + data * 9, encoding, reporter)
    assert codes(reporter) == [Code.BYTES_UNREADABLE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_replacement_character_of_the_author_is_not_reported(encoding: str) -> None:
    reporter = Reporter()
    decode("a.txt", f"{SIMPLIFIED}It shows as \ufffd.".encode(encoding), encoding, reporter)
    assert codes(reporter) == []


def test_line_ends_become_newlines() -> None:
    assert decode("a.txt", b"a\r\nb\rc\nd", "", Reporter()).text == "a\nb\nc\nd"


def test_other_separators_stay() -> None:
    assert decode("a.txt", "a\u2028b\u0085c".encode(), "", Reporter()).text == "a\u2028b\u0085c"


def test_characters_xml_cannot_hold_are_removed_once_and_counted() -> None:
    reporter = Reporter()
    source = decode("a.txt", "a\0b\x1bc\ufffed\U0001f600".encode(), "", reporter)
    assert source.text == "abcd\U0001f600"
    assert [found.message for found in reporter.diagnostics] == ["removed 3 characters that XML does not allow"]


def test_the_whole_file_is_read_when_the_sample_is_plain() -> None:
    data = b"x" * 100_000 + "é".encode()
    assert decode("a.txt", data, "", Reporter()).text.endswith("xé")


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, JAPANESE], ids=["simplified", "traditional", "japanese"])
def test_utf_8_that_was_read_as_gbk_is_reported(text: str) -> None:
    reporter = Reporter()
    spoilt = text.encode().decode("gb18030", errors="replace")
    assert decode("a.txt", spoilt.encode(), "", reporter).text == spoilt
    assert codes(reporter) == [Code.MOJIBAKE]


def test_many_replacement_characters_are_reported_and_one_is_not() -> None:
    many, one = Reporter(), Reporter()
    decode("a.txt", ("数\ufffd理。" * 12).encode(), "", many)
    decode("a.txt", "数\ufffd理。".encode(), "", one)
    assert (codes(many), codes(one)) == ([Code.MOJIBAKE], [])


@pytest.mark.parametrize(
    ("text", "written", "asked"),
    [(TRADITIONAL, "big5", "gb18030"), (SIMPLIFIED, "utf-8", "gb18030"), (JAPANESE, "cp932", "gb18030")],
)
def test_an_encoding_that_was_asked_for_and_makes_no_words_is_reported(text: str, written: str, asked: str) -> None:
    reporter = Reporter()
    decode("a.txt", text.encode(written), asked, reporter)
    assert codes(reporter)[:1] == [Code.ENCODING_DOUBTFUL]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("龘靐齉爩龗灪籲鱻麤，" * 9, "gb18030"),
        ("龘靐齉爩龗灪籲鱻麤" * 9, "utf-8"),
        (SIMPLIFIED, "gbk"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (SIMPLIFIED, "utf-16-le"),
        (ENGLISH, "cp1252"),
        ("Это статья о математике и о числах.", "cp1251"),
        ("plain ASCII", "gb18030"),
    ],
)
def test_an_encoding_that_was_asked_for_and_fits_is_not_reported(text: str, encoding: str) -> None:
    reporter = Reporter()
    assert decode("a.txt", text.encode(encoding), encoding, reporter).text == text
    assert codes(reporter) == []
