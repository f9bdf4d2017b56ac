"""What every format says of the book itself, in the same words; each escapes and lays it out in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline import __version__
from pipeline.addresses import safe_url
from pipeline.book import ResolvedBook
from pipeline.config import Metadata
from pipeline.phrases import Phrases
from pipeline.writers.metadata import cleaned, identifier_of

_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what it is in this book: its name, its address, or both."""

    term: str
    name: str
    address: str = ""

    @property
    def text(self) -> str:
        """What is printed where the address is only followed."""
        return self.name or self.address

    @property
    def href(self) -> str | None:
        """The address as a reader can follow it; None where there is none."""
        return safe_url(self.address)


def facts(metadata: Metadata, phrases: Phrases) -> tuple[Fact, ...]:
    """Return who wrote the book, where its text comes from and how it may be used, as far as that is known."""
    book = cleaned(metadata)
    every = (
        Fact(phrases.author, book.author),
        Fact(phrases.source, book.source_name, book.source_url),
        Fact(phrases.licence, book.rights, book.rights_url),
    )
    return tuple(fact for fact in every if fact.text)


def edition(metadata: Metadata, phrases: Phrases, *others: str) -> tuple[Fact, ...]:
    """Return which edition this is, where that is known, and what made it: this program, and what a format names."""
    day = metadata.modified
    programs = (f"pipeline {__version__}", *others)
    dated = (Fact(phrases.edition, phrases.date(day.year, day.month, day.day)),) if day else ()
    return (
        *dated,
        Fact(phrases.identifier, identifier_of(metadata)),
        Fact(phrases.made_with, ", ".join(name.replace(" ", _NO_BREAK) for name in programs)),
    )


def about(book: ResolvedBook, phrases: Phrases) -> tuple[str, ...]:
    """Return the sentences that say what the book is, the author's own first."""
    description = cleaned(book.config.metadata).description
    posts = phrases.about_posts.format(posts=len(book.posts), formulas=book.summary.formulas)
    return (*filter(None, (description,)), phrases.about_made, posts)


def caveats(book: ResolvedBook, phrases: Phrases) -> Iterator[str]:
    """Yield the sentences that say what was lost or concluded on the way."""
    summary = book.summary
    counted = (
        (phrases.about_truncated, len(summary.truncated)),
        (phrases.about_years, len(summary.inferred_years)),
        (phrases.about_images, summary.missing_images),
        (phrases.about_formulas, summary.formulas_as_source),
    )
    for sentence, count in counted:
        if count:
            yield sentence.format(count=count, title=phrases.truncated_list)
