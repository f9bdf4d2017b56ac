"""A book: posts in order, and what the stages found out about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from pipeline.addresses import safe_url
from pipeline.config import BuildConfig
from pipeline.document import Blocks, Inlines, Math
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Complete:
    """The source holds the whole post, as far as it says."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """The source holds the beginning of the post alone; ``marker`` is the line that says so."""

    marker: str
    span: Span


Status: TypeAlias = Complete | Truncated


@dataclass(frozen=True, slots=True)
class PostDate:
    """The day of a post. A ``year`` that the source does not state is inferred, and ``evidence`` says from what."""

    year: int | None
    month: int
    day: int
    evidence: str = ""

    @property
    def inferred(self) -> bool:
        """Whether the year was concluded rather than read."""
        return self.year is not None and bool(self.evidence)


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """Where a post stands in a series: the name, the place in its order from 1, and the number as the title has it."""

    name: str
    place: int
    mark: str


@dataclass(frozen=True, slots=True)
class Post:
    """One article. ``id`` depends on title and day, where posts share both on year and text too; never on its place."""

    id: str
    title: Inlines
    date: PostDate | None
    status: Status
    blocks: Blocks
    span: Span
    url: str = ""  # where the post stands on the web, if known
    series: SeriesPlace | None = None
    aliases: tuple[str, ...] = ()  # what else links to it may say: earlier addresses, its path in a folder
    copies: tuple[Span, ...] = ()  # where else the sources have the same post, to the letter
    origins: tuple[str, ...] = ()  # the sources this post was put together from, as messages name them


@dataclass(frozen=True, slots=True)
class Part:
    """A division of the book, such as a year; ``posts`` are ids in order."""

    title: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that travels with the book, such as an image; its ``name`` is unique, safe in a path, and has a suffix."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Book:
    """What the transforms work on. ``parts`` is empty, or names every post exactly once, in the order of ``posts``."""

    config: BuildConfig
    posts: tuple[Post, ...]
    parts: tuple[Part, ...] = ()
    resources: Mapping[str, Resource] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be linked to: ``id`` is unique in the book, ``post`` is the post it stands in."""

    id: str
    post: str


@dataclass(frozen=True, slots=True)
class Series:
    """Posts that belong together, in their order."""

    name: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferredEquation:
    """A numbered equation that something refers to, for the list of equations."""

    number: str
    anchor: Anchor
    math: Math


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of what a reader and an editor should know; ids of posts where it is posts that matter."""

    truncated: tuple[str, ...]
    inferred_years: tuple[str, ...]
    missing_images: int
    formulas: int  # that the book prints: references are text in it, and definitions print nothing
    failures: Mapping[str, int]  # why some of them are shown as their source → how many, most first

    @property
    def formulas_as_source(self) -> int:
        """How many formulas are shown as their source."""
        return sum(self.failures.values())


@dataclass(frozen=True, slots=True)
class ResolvedBook:
    """A book that can be written: every anchor is unique and every reference in it has a target or is plain text.

    Addresses, of posts and of links in them, are safe to follow (``safe_url``).
    """

    config: BuildConfig
    posts: tuple[Post, ...]
    parts: tuple[Part, ...]
    resources: Mapping[str, Resource]
    anchors: Mapping[str, Anchor]
    backlinks: Mapping[str, tuple[str, ...]]  # post id → ids of the posts that mention it, in book order
    series: tuple[Series, ...]
    equations: tuple[ReferredEquation, ...]
    summary: Summary
    by_id: Mapping[str, Post]

    def post(self, post_id: str) -> Post:
        """Return the post with this id; KeyError if there is none."""
        return self.by_id[post_id]

    def series_of(self, post: Post) -> tuple[tuple[str, Post], ...]:
        """Return the parts of a post's series in their order, each after its number; none for a post outside series."""
        place = post.series
        if place is None:
            return ()
        members = next(series.posts for series in self.series if series.name == place.name)
        return tuple((part.series.mark, part) for part in map(self.post, members) if part.series)

    def url_of(self, post: Post) -> str:
        """Return where to read the whole of a post on the web: its own address, else the blog's; empty if unknown."""
        return post.url or safe_url(self.config.metadata.source_url) or ""

    def marks_cut(self, post: Post) -> bool:
        """Whether the contents mark a post as cut; where every post is, marks would tell nothing."""
        return isinstance(post.status, Truncated) and len(self.summary.truncated) < len(self.posts)


def by_source(posts: Iterable[Post]) -> dict[str, tuple[Post, ...]]:
    """Return the posts that each source holds, by its path, in its own order.

    In a book they need not follow one another: a post that two sources hold stands once, among the posts of one.
    """
    found: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        found[post.span.path].append(post)
    return {path: tuple(sorted(group, key=lambda post: post.span)) for path, group in found.items()}
