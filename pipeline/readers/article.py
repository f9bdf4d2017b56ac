"""What readers find beside finished posts: posts that pandoc is yet to read, and posts that are not for the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.book import PostDate
from pipeline.readers.pandoc.formulas import Formulas
from pipeline.readers.pandoc.process import Markup
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One post on its way into the book. ``locate`` turns a line and column of ``markup`` into a place."""

    title: str  # empty: stated in the markup, if anywhere
    date: PostDate | None
    markup: Markup
    formulas: Formulas
    span: Span
    locate: Callable[[int, int], Span]
    name: str = "untitled"  # the title of a post that states none
    url: str = ""
    aliases: tuple[str, ...] = ()
    read_more: str = ""  # the words that say that the source has the beginning alone


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A post that its author keeps back, so that the book does not have it; ``message`` says which, and why."""

    message: str
    span: Span
