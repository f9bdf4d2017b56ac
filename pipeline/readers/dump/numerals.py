"""Numbers as points and headings write them."""

from __future__ import annotations

import unicodedata
from typing import Final

CHINESE: Final = "〇零一二两三四五六七八九十百"
"""The characters of Chinese numbers up to 999, for patterns."""


def number_of(text: str) -> int:
    """Return the number that Arabic digits write, or one circled character: 12 as well as ⑫."""
    return int(text) if text.isdecimal() else int(unicodedata.numeric(text))
