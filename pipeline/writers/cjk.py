"""Whose shapes of ideographs a book is printed in: its language decides, as the cuts of Noto CJK are named."""

from __future__ import annotations

from typing import Final

from pipeline.phrases import writes_traditional

_OTHERS: Final = {"ja": "JP", "ko": "KR"}
_HONG_KONG: Final = frozenset({"hk", "mo"})


def cjk_cut(language: str) -> str:
    """Return the cut for a language tag (BCP 47): SC, TC, HK, JP or KR; SC where the tag does not say."""
    primary, *others = language.lower().replace("_", "-").split("-")
    if writes_traditional(language):
        return "TC" if _HONG_KONG.isdisjoint(others) else "HK"
    return _OTHERS.get(primary, "SC")
