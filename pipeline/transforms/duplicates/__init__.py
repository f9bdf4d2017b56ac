"""The same post twice is one post, and an excerpt is completed by the whole post when a source has it.

Posts are compared only where they share a folded title or the first characters of their bodies, so the cost grows with
the size of the book alone. How alike two bodies are is the share of the shorter one's shingles that the longer one has
(Broder, On the resemblance and containment of documents, 1997): an excerpt is contained in its post.

Of two that are one post the book has the text that is whole, else the one with more pictures and links where both say
the same, else the longer one. What the other has alone is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Final

from pipeline.book import Book, Post, PostDate
from pipeline.diagnostics import Reporter
from pipeline.identity import hashed_id
from pipeline.transforms.duplicates.comparison import Candidate, are_same, candidate_of
from pipeline.transforms.duplicates.differences import report_copy
from pipeline.transforms.duplicates.merging import merged, ranked

_OPENING: Final = 120  # characters of a body that posts with different titles must share
_COMPARED: Final = 20  # posts under one name that a post is compared with: thousands of one title stay linear


def duplicates(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with every post once, each at the place where it first stood."""
    kept: list[Candidate] = []
    index: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for post in book.posts:
        new = candidate_of(post)
        places = dict.fromkeys(place for key in _looked_up(new) for place in islice(index[key], _COMPARED))
        same = next((place for place in places if are_same(kept[place], new)), None)
        if same is None:
            same = len(kept)
            kept.append(new)
        else:
            best, other = ranked(kept[same], new)
            report_copy(best, other, reporter)
            kept[same] = merged(kept[same], new, best)
        for key in _filed_under(kept[same]):
            index[key][same] = None
    return replace(book, posts=_unique(kept))


def _looked_up(candidate: Candidate) -> tuple[str, ...]:
    """Where posts that may be the same are filed, as ``are_same`` has it: what a source leaves out may be any."""
    date = candidate.post.date
    if date is None:
        days: tuple[str, ...] = ("any",)
    elif date.year is None:
        days = (f"{_day(date)} any", "none")
    else:
        days = (f"{_day(date)} {date.year}", f"{_day(date)} none", "none")
    return tuple(f"{day} {name}" for name in _names(candidate) for day in days)


def _filed_under(candidate: Candidate) -> tuple[str, ...]:
    date = candidate.post.date
    days = (f"{_day(date)} {date.year or 'none'}", f"{_day(date)} any") if date else ("none",)
    return tuple(f"{day} {name}" for name in _names(candidate) for day in (*days, "any"))


def _day(date: PostDate) -> str:
    return f"{date.month}-{date.day}"


def _names(candidate: Candidate) -> Iterator[str]:
    """What one post has in common in two sources: its whole text, its title, or the beginning of its text."""
    yield f"text {sha256(f'{candidate.title} {candidate.body}'.encode()).hexdigest()}"
    yield f"title {candidate.title}"
    if len(candidate.body) >= _OPENING:
        yield f"opening {candidate.body[:_OPENING]}"


def _unique(candidates: list[Candidate]) -> tuple[Post, ...]:
    """Give posts that share title and day, yet are different posts, ids that tell their years and texts apart."""
    shared = Counter(candidate.post.id for candidate in candidates)
    return tuple(
        candidate.post if shared[candidate.post.id] == 1 else replace(candidate.post, id=_other_id(candidate))
        for candidate in candidates
    )


def _other_id(candidate: Candidate) -> str:
    """Return an id from all that tells posts of one day apart; posts that agree in it were merged."""
    post = candidate.post
    return hashed_id(f"{post.id} {post.date.year if post.date else None} {candidate.title} {candidate.body}")
