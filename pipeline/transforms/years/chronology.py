"""Years that agree with one another: each post has years that are possible for it, and links between posts narrow them.

Only what a link forces is concluded; a link that would leave a post without any year is passed over.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Years: TypeAlias = frozenset[int]

OPEN: Final[Years] = frozenset(range(1950, 2101))
"""Every year that a post may be of: so wide that its ends never decide."""

_PATIENCE: Final = 30


@dataclass(frozen=True, slots=True)
class Link:
    """``later`` is not earlier than ``earlier``: their years differ by ``least`` to ``most`` (None: any more)."""

    earlier: str
    later: str
    least: int
    most: int | None = None
    quote: str = ""  # the words that say so, in the later post


@dataclass(frozen=True, slots=True)
class Step:
    """What narrowed the years of a post: a link to ``other``, which is earlier or later."""

    other: str
    earlier: bool
    quote: str = ""  # of the link, in the post itself


def settle(known: Mapping[str, Years], links: Iterable[Link]) -> tuple[dict[str, Years], dict[str, list[Step]]]:
    """Return the years left for every post when all ``links`` hold, and the steps that narrowed each.

    Each link is looked at again when one of its posts was narrowed, ``_PATIENCE`` times as often as there are links at
    most: fewer conclusions may be drawn then, and none that is wrong.
    """
    years = dict(known)
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    touching: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        touching[link.earlier].append(link)
        touching[link.later].append(link)
    waiting = deque(link for post, own in touching.items() if years[post] != OPEN for link in own)
    patience = _PATIENCE * sum(map(len, touching.values()))
    while waiting and patience:
        patience -= 1
        for post, step in _narrow(years, waiting.popleft()):
            steps[post].append(step)
            waiting.extend(touching[post])
    return years, steps


def _narrow(years: dict[str, Years], link: Link) -> Iterator[tuple[str, Step]]:
    """Make ``link`` hold, and yield the posts whose years that narrowed; a link that cannot hold changes nothing."""
    earlier, later = years[link.earlier], years[link.later]
    new_later, new_earlier = _after(earlier, later, link), _before(earlier, later, link)
    if not new_later or not new_earlier:
        return
    if new_later != later:
        years[link.later] = new_later
        yield link.later, Step(link.earlier, earlier=True, quote=link.quote)
    if new_earlier != earlier:
        years[link.earlier] = new_earlier
        yield link.earlier, Step(link.later, earlier=False)


def _after(earlier: Years, later: Years, link: Link) -> Years:
    """The years of ``later`` that some year of ``earlier`` allows."""
    if link.most is None:
        first = min(earlier) + link.least
        return later if min(later) >= first else frozenset(year for year in later if year >= first)
    gaps = range(link.least, link.most + 1)
    return frozenset(year for year in later if any(year - gap in earlier for gap in gaps))


def _before(earlier: Years, later: Years, link: Link) -> Years:
    """The years of ``earlier`` that some year of ``later`` allows."""
    if link.most is None:
        last = max(later) - link.least
        return earlier if max(earlier) <= last else frozenset(year for year in earlier if year <= last)
    gaps = range(link.least, link.most + 1)
    return frozenset(year for year in earlier if any(year + gap in later for gap in gaps))
