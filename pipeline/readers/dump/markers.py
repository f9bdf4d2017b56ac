"""The line that tells that a post was cut: "点击阅读全文...", "Read more »"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.fold import fold

_AROUND: Final = " \t\u3000.…。·>»→›～~—-[]()【】（）<«"
_LONGEST: Final = 80


def is_read_more(text: str, markers: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``markers``, with at most dots, arrows and brackets around it."""
    return len(text) <= _LONGEST and fold(text.strip(_AROUND)) in _folded(tuple(markers))


@lru_cache(maxsize=8)
def _folded(markers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(marker.strip(_AROUND)) for marker in markers) - {""}
