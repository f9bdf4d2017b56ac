"""Which words a book's language gets, and that every language has all of them, with the same fields to fill in."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from pipeline.phrases import CHINESE, ENGLISH, TRADITIONAL, Phrases, phrases_for


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
        ("de", ENGLISH),
    ],
)
def test_words_by_language(language: str, phrases: Phrases) -> None:
    assert phrases_for(language) is phrases


@pytest.mark.parametrize("phrases", [TRADITIONAL, ENGLISH])
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
