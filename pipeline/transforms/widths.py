"""Which ASCII marks of a text were full-width when its author wrote them."""

from __future__ import annotations

import re
from typing import Final

FULL_WIDTH: Final = {ord(half): full for half, full in zip(",:;?!()", "，：；？！（）", strict=True)}
FORMULA: Final = "\ufffc"  # stands in a text for a formula or an image: one character that is neither Latin nor Chinese
_MARK: Final = re.compile("[,:;?!()]")
_CHINESE: Final = re.compile("[\u2014\u2018-\u201d\u2026\u3001-\u3011\u3400-\u9fff\uf900-\ufaff\uff01-\uff1f]")


def restore(text: str) -> str:
    """Return ``text`` with those of its marks full-width that belong to Chinese text; its length stays the same."""
    return _MARK.sub(lambda match: _width(text, match.start()), text)


def _width(text: str, place: int) -> str:
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return text[place].translate(FULL_WIDTH) if _CHINESE.search(beside) else text[place]
