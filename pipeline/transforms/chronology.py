"""Years that agree with one another: each post has years that are possible for it, and links between posts narrow them.

Only what a link forces is concluded; a link that would leave a post without any year is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Years: TypeAlias = frozenset[int]

OPEN: Final[Years] = frozenset(range(1950, 2101))
"""Every year that a post may be of: so wide that its ends never decide."""


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


def settle(
    known: Mapping[str, Years], links: Iterable[Link], rounds: int = 30
) -> tuple[dict[str, Years], dict[str, list[Step]]]:
    """Return the years left for every post when all ``links`` hold, and the steps that narrowed each.

    A chain of posts in the order of the links settles in one round, in the reverse order in the next; ``rounds`` bounds
    the time on links in disorder, and fewer conclusions are drawn when it is reached.
    """
    years = dict(known)
    steps: dict[str, list[Step]] = {}
    ordered = list(links)
    for turn in range(rounds):
        changed = [_narrow(years, steps, link) for link in (ordered if turn % 2 == 0 else reversed(ordered))]
        if not any(changed):
            break
    return years, steps


def _narrow(years: dict[str, Years], steps: dict[str, list[Step]], link: Link) -> bool:
    earlier, later = years[link.earlier], years[link.later]
    if earlier == later == OPEN:
        return False
    new_later = frozenset(year for year in later if _follows(year, earlier, link))
    new_earlier = frozenset(year for year in earlier if _precedes(year, later, link))
    if not new_later or not new_earlier or (new_later, new_earlier) == (later, earlier):
        return False
    if new_later != later:
        years[link.later] = new_later
        steps.setdefault(link.later, []).append(Step(link.earlier, earlier=True, quote=link.quote))
    if new_earlier != earlier:
        years[link.earlier] = new_earlier
        steps.setdefault(link.earlier, []).append(Step(link.later, earlier=False))
    return True


def _follows(year: int, earlier: Years, link: Link) -> bool:
    if link.most is None:
        return year - link.least >= min(earlier)
    return any(year - gap in earlier for gap in range(link.least, link.most + 1))


def _precedes(year: int, later: Years, link: Link) -> bool:
    if link.most is None:
        return year + link.least <= max(later)
    return any(year + gap in later for gap in range(link.least, link.most + 1))
