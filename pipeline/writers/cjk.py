"""Whose shapes of ideographs a book is printed in, and whose marks: its language decides."""

from __future__ import annotations

from typing import Final

from pipeline.phrases import primary_language, subtags, writes_traditional

_OTHERS: Final = {"ja": "JP", "ko": "KR"}
_HONG_KONG: Final = frozenset({"hk", "mo"})


def cjk_cut(language: str) -> str:
    """Return the cut of Noto CJK for a language tag (BCP 47): SC, TC, HK, JP or KR; SC where the tag does not say."""
    primary, *others = subtags(language)
    if writes_traditional(language):
        return "TC" if _HONG_KONG.isdisjoint(others) else "HK"
    return _OTHERS.get(primary, "SC")


def sets_squares(language: str) -> bool:
    """Whether the text of a book is of characters that fill a square, so that its lines stand wider apart."""
    return primary_language(language) in ("zh", "ja", "ko")


def has_wide_marks(language: str) -> bool:
    """Whether dashes, dots and quotation marks that many scripts share (UAX 11: ambiguous) are as wide as ideographs.

    Korean has spaces between words, and its marks beside them are those of Latin text.
    """
    return primary_language(language) in ("zh", "ja")
