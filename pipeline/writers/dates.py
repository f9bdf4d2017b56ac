"""The day of a post in the words of its book's language."""

from __future__ import annotations

from pipeline.book import PostDate
from pipeline.phrases import Phrases


def date_text(date: PostDate | None, phrases: Phrases) -> str:
    """Return a post's day as readers of the book's language write it; empty when it is unknown."""
    return phrases.date(date.year, date.month, date.day) if date else ""


def year_note(date: PostDate | None, phrases: Phrases) -> str:
    """Return from what the year of a post was concluded; empty when the source states it, or nobody knows it."""
    return phrases.year_inferred.format(date.evidence) if date and date.inferred else ""
