"""Recognise posts that are numbered as a series, and put them in its order.

A number alone makes no series: two posts at least share the name, and their numbers differ. Numbers without a mark
around them (论文笔记2) may be part of a name, as in Windows 10 and 11: they make a series if it begins at 1 and has no
gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.book import Book, Post, SeriesPlace
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.fold import fold
from pipeline.transforms.titles.part_numbers import SeriesPart, part_of
from pipeline.walk import source_text


@dataclass(frozen=True, slots=True)
class Run:
    """The posts of one series in the order of their numbers."""

    name: str
    parts: tuple[SeriesPart, ...]
    posts: tuple[Post, ...]

    def missing(self) -> tuple[int, ...]:
        """Return the numbers that no post has; 上 and 下 are a whole without 中."""
        if all(part.half for part in self.parts):
            return ()
        return _gaps(self.parts)


def series(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with ``Post.series`` set on every post that belongs to one."""
    places: dict[str, SeriesPlace] = {}
    for run in series_of(book.posts):
        for place, (part, post) in enumerate(zip(run.parts, run.posts, strict=True), start=1):
            places[post.id] = SeriesPlace(run.name, place, part.mark)
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
    parts: defaultdict[str, list[tuple[SeriesPart, Post]]] = defaultdict(list)
    for post in posts:
        part = part_of(source_text(post.title))
        if part is not None:
            names.setdefault(fold(part.name), part.name)
            parts[fold(part.name)].append((part, post))
    return tuple(_run(names[key], numbered) for key, numbered in parts.items() if _is_series(numbered))


def _is_series(numbered: list[tuple[SeriesPart, Post]]) -> bool:
    """The same number twice means that the name is not a series' name."""
    parts = [part for part, _ in numbered]
    differ = len({part.number for part in parts}) == len(parts) > 1
    return differ and not (any(part.bare for part in parts) and _gaps(parts))


def _gaps(parts: Iterable[SeriesPart]) -> tuple[int, ...]:
    numbers = {part.number for part in parts}
    return tuple(sorted(set(range(1, max(numbers))) - numbers))


def _run(name: str, numbered: list[tuple[SeriesPart, Post]]) -> Run:
    ordered = sorted(numbered, key=lambda entry: entry[0].number)
    return Run(name, tuple(part for part, _ in ordered), tuple(post for _, post in ordered))
