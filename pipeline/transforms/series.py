"""Recognise posts that are numbered as a series, and put them in its order.

A number alone makes no series: two posts at least share the name, and their numbers differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.book import Book, Post, SeriesPlace
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.fold import fold
from pipeline.transforms.numbering import Part, part_of
from pipeline.walk import source_text


@dataclass(frozen=True, slots=True)
class Run:
    """The posts of one series in the order of their numbers."""

    name: str
    numbers: tuple[int, ...]
    posts: tuple[Post, ...]
    halves: bool  # 上 and 下: without 中 they are a whole

    def missing(self) -> tuple[int, ...]:
        """Return the numbers that no post has."""
        if self.halves:
            return ()
        return tuple(sorted(set(range(1, self.numbers[-1])) - set(self.numbers)))


def series(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with ``Post.series`` set on every post that belongs to one."""
    places: dict[str, SeriesPlace] = {}
    for run in series_of(book.posts):
        places |= {post.id: SeriesPlace(run.name, place) for place, post in enumerate(run.posts, start=1)}
        missing = ", ".join(map(str, run.missing()))
        if missing:
            first = run.posts[0]
            reporter.report(
                Code.SERIES_GAP, f"the series {run.name!r} has no part {missing}", first.span, post=first.id
            )
    return replace(book, posts=tuple(replace(post, series=places.get(post.id)) for post in book.posts))


def series_of(posts: Iterable[Post]) -> tuple[Run, ...]:
    """Return the series among ``posts``, in the order in which their names first appear."""
    names: dict[str, str] = {}
    parts: defaultdict[str, list[tuple[Part, Post]]] = defaultdict(list)
    for post in posts:
        part = part_of(source_text(post.title))
        if part is not None:
            names.setdefault(fold(part.name), part.name)
            parts[fold(part.name)].append((part, post))
    return tuple(_run(names[key], numbered) for key, numbered in parts.items() if _is_series(numbered))


def _is_series(numbered: list[tuple[Part, Post]]) -> bool:
    """The same number twice means that the name is not a series' name."""
    return len(numbered) > 1 and len({part.number for part, _ in numbered}) == len(numbered)


def _run(name: str, numbered: list[tuple[Part, Post]]) -> Run:
    ordered = sorted(numbered, key=lambda entry: entry[0].number)
    numbers = tuple(part.number for part, _ in ordered)
    return Run(name, numbers, tuple(post for _, post in ordered), all(part.half for part, _ in ordered))
