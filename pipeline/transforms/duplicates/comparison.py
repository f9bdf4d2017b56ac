"""Two posts compared: by their titles, their days, and how much of the shorter text the longer one holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.book import Post, PostDate, Truncated
from pipeline.document import Block, Figure
from pipeline.fold import fold
from pipeline.walk import iter_blocks, source_text, texts_of

SHINGLE: Final = 8  # characters
_SAME: Final = 0.7  # containment from which two posts with one title are the same post
_RETITLED: Final = 0.95  # likewise, for two posts with different titles
_DELIMITERS: Final = re.compile(r"\$+|\\[()\[\]]")  # of formulas: one source has other ones than the next


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post, and what it is compared by."""

    post: Post
    title: str
    passages: tuple[str, ...]  # the text of each block that has some
    folded: tuple[str, ...]  # the same, as it is compared
    body: str  # all of that


def candidate_of(post: Post) -> Candidate:
    """Return what ``post`` is compared by."""
    passages = tuple(text for block in iter_blocks(post.blocks) for text in _texts(block) if text.strip())
    folded = tuple(map(_compared, passages))
    return Candidate(post, fold(source_text(post.title)), passages, folded, "".join(folded))


def _texts(block: Block) -> Iterable[str]:
    return (words_of(block),) if isinstance(block, Figure) else texts_of(block)


def words_of(figure: Figure) -> str:
    """Return what a source says of a picture: a flattened copy keeps for a caption what was its text for the blind."""
    return source_text(figure.caption) or (figure.image.alt if figure.image else "")


def _compared(text: str) -> str:
    return fold(_DELIMITERS.sub("", text))


def are_same(one: Candidate, other: Candidate) -> bool:
    """Whether two texts are one post; of one that is cut, the title alone may be there."""
    if not _dates_agree(one.post.date, other.post.date):
        return False
    if one.title != other.title:
        return _containment(one, other) >= _RETITLED
    return _is_bare(one) or _is_bare(other) or _containment(one, other) >= _SAME


def _is_bare(candidate: Candidate) -> bool:
    """Whether the source has the title alone, and says that there is more."""
    return not candidate.body and isinstance(candidate.post.status, Truncated)


def _dates_agree(one: PostDate | None, other: PostDate | None) -> bool:
    """Whether two dates may be one day; a date or year that a source does not give agrees with all."""
    if one is None or other is None:
        return True
    if one.year is not None and other.year is not None and one.year != other.year:
        return False
    return (one.month, one.day) == (other.month, other.day)


def _containment(one: Candidate, other: Candidate) -> float:
    if one.body == other.body:
        return 1.0
    shorter, longer = sorted((one.body, other.body), key=len)
    if len(shorter) < SHINGLE:
        return float(shorter != "" and longer.startswith(shorter))
    fewer, more = sorted((shingles(one.body), shingles(other.body)), key=len)
    return len(fewer & more) / len(fewer)


def say_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether neither text has more than a few words that the other has not."""
    if one.body == other.body:
        return True
    fewer, more = sorted((shingles(one.body), shingles(other.body)), key=len)
    return len(fewer & more) >= _RETITLED * len(more)


def shingles(text: str) -> frozenset[str]:
    """Every run of so many characters; a text that is shorter has none."""
    return frozenset(text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1))
