"""What is counted and listed of a whole book, so that no writer counts for itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.book import Anchor, Post, ReferredEquation, Series, Summary, Truncated
from pipeline.document import Figure, PostRef
from pipeline.formulas import formulas_of, prints_nothing, shown_formulas
from pipeline.walk import iter_blocks, iter_images, iter_inlines


def backlinks_of(posts: tuple[Post, ...]) -> dict[str, tuple[str, ...]]:
    """Return, by post, the posts that mention it."""
    backlinks: dict[str, dict[str, None]] = defaultdict(dict)
    for post in posts:
        for target in _mentioned(post):
            if target != post.id:
                backlinks[target][post.id] = None
    return {target: tuple(mentioning) for target, mentioning in backlinks.items()}


def _mentioned(post: Post) -> Iterator[str]:
    for inline in iter_inlines(post.blocks):
        if isinstance(inline, PostRef):
            yield inline.post


def series_of(posts: tuple[Post, ...]) -> tuple[Series, ...]:
    """Return the series of the book, each with its posts in their order."""
    members: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for post in posts:
        if post.series is not None:
            members[post.series.name].append((post.series.place, post.id))
    return tuple(Series(name, tuple(post for _, post in sorted(places))) for name, places in members.items())


def equations_of(posts: tuple[Post, ...], anchors: Mapping[str, Anchor]) -> tuple[ReferredEquation, ...]:
    """Return the equations that something refers to, in source order."""
    found = []
    for post in posts:
        formulas = tuple(formulas_of(post))
        wanted = {reference.anchor for math in formulas for reference in math.references}
        for math in formulas:
            found += [
                ReferredEquation(number.text, anchors[number.anchor], math)
                for number in math.numbers
                if number.anchor and number.anchor in wanted
            ]
    return tuple(found)


def summary_of(posts: tuple[Post, ...]) -> Summary:
    """Return what the title pages and the report count."""
    formulas = [math for post in posts for math in shown_formulas(post) if not prints_nothing(math)]
    return Summary(
        truncated=tuple(post.id for post in posts if isinstance(post.status, Truncated)),
        inferred_years=tuple(post.id for post in posts if post.date and post.date.inferred),
        missing_images=sum(map(_missing_images, posts)),
        formulas=len(formulas),
        failures=MappingProxyType(dict(Counter(math.error for math in formulas if math.error).most_common())),
    )


def _missing_images(post: Post) -> int:
    """Count what shows that a picture is missing: figures that lost theirs, and pictures that could not be found."""
    lost = sum(isinstance(block, Figure) and block.image is None for block in iter_blocks(post.blocks))
    return lost + sum(not image.resource for image in iter_images(post.blocks))
