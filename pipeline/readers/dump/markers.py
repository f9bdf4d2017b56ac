"""The line that tells that a post was cut: "点击阅读全文...", "Read more »"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.fold import fold

_AROUND: Final = " \t\u3000.…。·>»→›~～-—[]()【】（）"


def is_read_more(text: str, markers: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``markers`` and at most dots, arrows and brackets around it."""
    inner = fold(text.strip(_AROUND))
    return any(inner == fold(marker.strip(_AROUND)) for marker in markers)
