"""Years that agree with one another: a constraint between two posts narrows the years that are possible for each.

This is arc consistency, by AC-3 (A. K. Mackworth, "Consistency in Networks of Relations", Artificial Intelligence 8,
1977), but for one thing: a constraint that would leave a post without any year is passed over.
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
class Constraint:
    """``later`` is not earlier than ``earlier``: their years differ by ``least`` to ``most`` (None: any more)."""

    earlier: str
    later: str
    least: int
    most: int | None = None
    quote: str = ""  # the words that say so, in the later post


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrowed the years of a post: a constraint between it and ``other``, which is earlier or later."""

    other: str
    earlier: bool
    quote: str = ""  # of the constraint, in the post itself


def propagate(
    known: Mapping[str, Years], constraints: Iterable[Constraint]
) -> tuple[dict[str, Years], dict[str, list[Narrowing]]]:
    """Return the years left for every post when all ``constraints`` hold, and what narrowed those of each.

    At most ``_PATIENCE`` looks are taken at a constraint for each of its posts, on average: where that ends the search,
    fewer conclusions are drawn, and none that is wrong.
    """
    years = dict(known)
    narrowings: defaultdict[str, list[Narrowing]] = defaultdict(list)
    touching: defaultdict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        touching[constraint.earlier].append(constraint)
        touching[constraint.later].append(constraint)
    waiting = deque(constraint for post, own in touching.items() if years[post] != OPEN for constraint in own)
    patience = _PATIENCE * sum(map(len, touching.values()))
    while waiting and patience:
        patience -= 1
        for post, narrowing in _narrow(years, waiting.popleft()):
            narrowings[post].append(narrowing)
            waiting.extend(touching[post])
    return years, narrowings


def _narrow(years: dict[str, Years], constraint: Constraint) -> Iterator[tuple[str, Narrowing]]:
    """Make ``constraint`` hold, and yield the posts whose years that narrowed; one that cannot hold changes nothing."""
    earlier, later = years[constraint.earlier], years[constraint.later]
    new_later, new_earlier = _after(earlier, later, constraint), _before(earlier, later, constraint)
    if not new_later or not new_earlier:
        return
    if new_later != later:
        years[constraint.later] = new_later
        yield constraint.later, Narrowing(constraint.earlier, earlier=True, quote=constraint.quote)
    if new_earlier != earlier:
        years[constraint.earlier] = new_earlier
        yield constraint.earlier, Narrowing(constraint.later, earlier=False)


def _after(earlier: Years, later: Years, constraint: Constraint) -> Years:
    """The years of ``later`` that some year of ``earlier`` allows."""
    if constraint.most is None:
        first = min(earlier) + constraint.least
        return later if min(later) >= first else frozenset(year for year in later if year >= first)
    gaps = range(constraint.least, constraint.most + 1)
    return frozenset(year for year in later if any(year - gap in earlier for gap in gaps))


def _before(earlier: Years, later: Years, constraint: Constraint) -> Years:
    """The years of ``earlier`` that some year of ``later`` allows."""
    if constraint.most is None:
        last = max(later) - constraint.least
        return earlier if max(earlier) <= last else frozenset(year for year in earlier if year <= last)
    gaps = range(constraint.least, constraint.most + 1)
    return frozenset(year for year in earlier if any(year + gap in later for gap in gaps))
