"""Which words a book's language gets, and that every language has all of them, with the same fields to fill in."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from pipeline.phrases import CHINESE, ENGLISH, FRENCH, GERMAN, JAPANESE, TRADITIONAL, Phrases, phrases_for


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("zh", CHINESE),
        ("zh-CN", CHINESE),
        ("zh-Hans-TW", CHINESE),
        ("zh-TW", TRADITIONAL),
        ("zh-Hant", TRADITIONAL),
        ("zh-hant-HK", TRADITIONAL),
        ("en-GB", ENGLISH),
        ("de-AT", GERMAN),
        ("fr", FRENCH),
        ("ja-JP", JAPANESE),
        ("it", ENGLISH),
    ],
)
def test_words_by_language(language: str, phrases: Phrases) -> None:
    assert phrases_for(language) is phrases


@pytest.mark.parametrize("phrases", [TRADITIONAL, ENGLISH, GERMAN, FRENCH, JAPANESE])
def test_fields_are_those_of_the_chinese_words(phrases: Phrases) -> None:
    def fields(node: object) -> object:
        if isinstance(node, dict):
            return {name: fields(value) for name, value in node.items()}
        return sorted(re.findall(r"\{(\w*)", str(node)))

    assert fields(asdict(phrases)) == fields(asdict(CHINESE))


def test_traditional_words_are_traditional() -> None:
    str(asdict(TRADITIONAL)).encode("big5")  # has no simplified characters
    with pytest.raises(UnicodeEncodeError):
        str(asdict(CHINESE)).encode("big5")


@pytest.mark.parametrize(
    ("phrases", "days"),
    [
        (CHINESE, ("4月1日", "2019年4月18日")),
        (ENGLISH, ("04-01", "2019-04-18")),
        (GERMAN, ("1. April", "18. April 2019")),
        (FRENCH, ("1er\u00a0avril", "18\u00a0avril 2019")),
        (JAPANESE, ("4月1日", "2019年4月18日")),
    ],
)
def test_days_are_written_as_the_language_writes_them(phrases: Phrases, days: tuple[str, str]) -> None:
    assert (phrases.date(None, 4, 1), phrases.date(2019, 4, 18)) == days


def test_every_month_has_its_name() -> None:
    for phrases in (GERMAN, FRENCH):
        assert len({phrases.date(None, month, 2) for month in range(1, 13)}) == 12


def test_french_double_marks_stand_behind_a_space_that_does_not_break() -> None:
    words = str(asdict(FRENCH)).replace("\\xa0", "\u00a0")
    values = re.findall(r": '([^']*)'|: \"([^\"]*)\"", words)
    assert len(values) > len(asdict(FRENCH)) / 2
    assert [value for pair in values for value in pair if re.search(r"(?<!\u00a0)[:;!?»]|«(?!\u00a0)", value)] == []
