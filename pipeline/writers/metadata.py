"""What every format makes of the metadata of a book: the same, however the format writes it down."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.book import Book, Post
from pipeline.config import Metadata
from pipeline.phrases import Phrases

_UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_UNKNOWN: Final = 10_000  # a year after all that there are


def title_of(metadata: Metadata, phrases: Phrases) -> str:
    """Return the book's title; one without a title is named after its source, else by what it is."""
    return metadata.title or metadata.source_name or phrases.contents


def modified_of(metadata: Metadata) -> datetime:
    """Return the moment that files are dated with; of a book without a date one that is always the same."""
    return metadata.modified or _UNDATED


def identified(book: Book) -> Book:
    """Return ``book`` with an identifier of its own where it has no author: many have but the title of their folder.

    Its oldest post tells it from others, as that stays when posts are added.
    """
    metadata = book.config.metadata
    if metadata.identifier or metadata.author or not book.posts:
        return book
    oldest = min(book.posts, key=_age)
    metadata = replace(metadata, identifier=identifier_of(metadata, oldest.id))
    return replace(book, config=replace(book.config, metadata=metadata))


def _age(post: Post) -> tuple[int, int, int, str]:
    day = post.date
    return (day.year or _UNKNOWN, day.month, day.day, post.id) if day else (_UNKNOWN, _UNKNOWN, 0, post.id)


def identifier_of(metadata: Metadata, post: str = "") -> str:
    """Return the book's identifier: the one it was given, else one that depends on title, author and ``post`` alone."""
    metadata = cleaned(metadata)
    if metadata.identifier:
        return metadata.identifier
    digest = hashlib.sha256(f"{metadata.title}\0{metadata.author}{post}".encode()).hexdigest()
    # The form of a UUID of version 8 (RFC 9562): the bits are ours to choose.
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


def cleaned(metadata: Metadata) -> Metadata:
    """Return ``metadata`` with each text on one line, without the control characters that XML cannot hold."""
    texts: dict[str, Any] = {
        field.name: _on_one_line(value)
        for field in fields(metadata)
        if isinstance(value := getattr(metadata, field.name), str)
    }
    return replace(metadata, subjects=tuple(map(_on_one_line, metadata.subjects)), **texts)


def _on_one_line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
