"""Bullets that a book draws in its own way, told from the markers of a source, which are text."""

from __future__ import annotations

from typing import Final

from pipeline.document import ListItem

_PLAIN: Final = frozenset({"", "-", "*", "+", "•"})


def has_plain_bullet(item: ListItem) -> bool:
    """Whether nothing marks a point but a bullet that means no more than any other."""
    return item.marker.strip() in _PLAIN
