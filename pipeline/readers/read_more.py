"""Whether a line tells that a post was cut: "点击阅读全文...", "Read more »"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.fold import fold

_AROUND: Final = " \t\u3000.…。·>»→›～~—-[]()【】（）<«"
LONGEST: Final = 80
"""How long such a line may be."""
_ELLIPSES: Final = ("[...]", "[…]")  # all that some programs leave at a cut
BROKEN_OFF: Final = ("…", "...", "…]", "...]")
"""How text ends that was visibly broken off."""


def is_read_more(text: str, markers: Sequence[str]) -> bool:
    """Whether ``text`` is one of ``markers``, with at most dots, arrows and brackets around it.

    A marker in brackets, such as "(more…)", is none without them.
    """
    if len(text) > LONGEST:
        return False
    return not _folded(tuple(markers)).isdisjoint((fold(text.strip(_AROUND)), fold(text)))


def markers_for(markers: Sequence[str], title: str) -> tuple[str, ...]:
    """Return ``markers`` and an ellipsis in brackets; with a ``title``, also what they read with it behind.

    "Continue reading “How to count”" is such a marker. Without any markers nothing is one.
    """
    if not markers:
        return ()
    titled = (f"{marker} {mark}{title}{mark}" for marker in markers for mark in ("", '"', "'")) if title else ()
    return (*markers, *_ELLIPSES, *titled)


def marker_start(line: str, markers: Sequence[str]) -> int | None:
    """Return where on ``line`` a marker begins that ends it, after text that was visibly broken off."""
    if not any(cut in line for cut in BROKEN_OFF):
        return None
    lowered = line.casefold()
    for marker in markers:
        start = lowered.rfind(marker.casefold())
        if start <= 0 or not (marker in _ELLIPSES or line[:start].rstrip().endswith(BROKEN_OFF)):
            continue
        if is_read_more(line[start:], markers):
            return start
    return None


@lru_cache(maxsize=8)
def _folded(markers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(marker if marker[:1] in "([" else marker.strip(_AROUND)) for marker in markers) - {""}
