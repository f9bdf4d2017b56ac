"""The same post twice is one post, and an excerpt is completed by the whole post when a source has it.

Posts are compared only where they share a folded title or the first characters of their bodies, so the cost grows with
the size of the book alone. How alike two bodies are is the share of the shorter one's shingles that the longer one has
(Broder, On the resemblance and containment of documents, 1997): an excerpt is contained in its post.

Of two that are one post the book has the text that is whole, else the one with more pictures and links where both say
the same, else the longer one. What the other has alone is told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import islice
from typing import Final

from pipeline.book import Book, Complete, Post, PostDate, Truncated
from pipeline.codes import Code
from pipeline.diagnostics import Reporter
from pipeline.document import Block, Figure, Image
from pipeline.fold import fold
from pipeline.identity import hashed_id
from pipeline.posts import inlines_of
from pipeline.walk import LEAVES, change_blocks, iter_blocks, source_text, texts_of

_SHINGLE: Final = 8  # characters
_SAME: Final = 0.7  # containment from which two posts with one title are the same post
_RETITLED: Final = 0.95  # likewise, for two posts with different titles
_OPENING: Final = 120  # characters of a body that posts with different titles must share
_COMPARED: Final = 20  # posts under one name that a post is compared with: thousands of one title stay linear
_LEFT_OUT: Final = 0.5  # containment below which a text has nothing like a passage
_SHOWN: Final = 8  # differing passages shown in the report
_DELIMITERS: Final = re.compile(r"\$+|\\[()\[\]]")  # of formulas: one source has other ones than the next


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A post, and what it is compared by."""

    post: Post
    title: str
    passages: tuple[str, ...]  # the text of each block that has some
    folded: tuple[str, ...]  # the same, as it is compared
    body: str  # all of that


def duplicates(book: Book, reporter: Reporter) -> Book:
    """Return ``book`` with every post once, each at the place where it first stood."""
    kept: list[_Candidate] = []
    index: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for post in book.posts:
        new = _candidate(post)
        places = dict.fromkeys(place for key in _looked_up(new) for place in islice(index[key], _COMPARED))
        same = next((place for place in places if _same(kept[place], new)), None)
        if same is None:
            same = len(kept)
            kept.append(new)
        else:
            kept[same] = _merge(kept[same], new, reporter)
        for key in _filed_under(kept[same]):
            index[key][same] = None
    return replace(book, posts=_unique(kept))


def _candidate(post: Post) -> _Candidate:
    passages = tuple(text for block in iter_blocks(post.blocks) for text in _texts(block) if text.strip())
    folded = tuple(map(_compared, passages))
    return _Candidate(post, fold(source_text(post.title)), passages, folded, "".join(folded))


def _words(figure: Figure) -> str:
    """Return what a source says of a picture: a flattened copy keeps for a caption what was its text for the blind."""
    return source_text(figure.caption) or (figure.image.alt if figure.image else "")


def _compared(text: str) -> str:
    return fold(_DELIMITERS.sub("", text))


def _shingles(text: str) -> frozenset[str]:
    """Every run of so many characters; a text that is shorter has none."""
    return frozenset(text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1))


def _texts(block: Block) -> Iterable[str]:
    return (_words(block),) if isinstance(block, Figure) else texts_of(block)


def _looked_up(candidate: _Candidate) -> tuple[str, ...]:
    """Where posts that may be the same are filed, as ``_dates_agree`` has it: what a source leaves out may be any."""
    date = candidate.post.date
    if date is None:
        days: tuple[str, ...] = ("any",)
    elif date.year is None:
        days = (f"{_day(date)} any", "none")
    else:
        days = (f"{_day(date)} {date.year}", f"{_day(date)} none", "none")
    return tuple(f"{day} {name}" for name in _names(candidate) for day in days)


def _filed_under(candidate: _Candidate) -> tuple[str, ...]:
    date = candidate.post.date
    days = (f"{_day(date)} {date.year or 'none'}", f"{_day(date)} any") if date else ("none",)
    return tuple(f"{day} {name}" for name in _names(candidate) for day in (*days, "any"))


def _day(date: PostDate) -> str:
    return f"{date.month}-{date.day}"


def _names(candidate: _Candidate) -> Iterator[str]:
    """What one post has in common in two sources: its whole text, its title, or the beginning of its text."""
    yield f"text {sha256(f'{candidate.title} {candidate.body}'.encode()).hexdigest()}"
    yield f"title {candidate.title}"
    if len(candidate.body) >= _OPENING:
        yield f"opening {candidate.body[:_OPENING]}"


def _same(one: _Candidate, other: _Candidate) -> bool:
    if not _dates_agree(one.post.date, other.post.date):
        return False
    if one.title != other.title:
        return _containment(one, other) >= _RETITLED
    return _is_bare(one) or _is_bare(other) or _containment(one, other) >= _SAME


def _is_bare(candidate: _Candidate) -> bool:
    """Whether the source has the title alone, and says that there is more."""
    return not candidate.body and isinstance(candidate.post.status, Truncated)


def _dates_agree(one: PostDate | None, other: PostDate | None) -> bool:
    """Whether two dates may be one day; a date or year that a source does not give agrees with all."""
    if one is None or other is None:
        return True
    if one.year is not None and other.year is not None and one.year != other.year:
        return False
    return (one.month, one.day) == (other.month, other.day)


def _containment(one: _Candidate, other: _Candidate) -> float:
    if one.body == other.body:
        return 1.0
    shorter, longer = sorted((one.body, other.body), key=len)
    if len(shorter) < _SHINGLE:
        return float(shorter != "" and longer.startswith(shorter))
    fewer, more = sorted((_shingles(one.body), _shingles(other.body)), key=len)
    return len(fewer & more) / len(fewer)


def _merge(old: _Candidate, new: _Candidate, reporter: Reporter) -> _Candidate:
    """Keep the better text, of equals the older one; what else is known is put together."""
    alike = _say_the_same(old, new)
    best, other = (new, old) if _rank(new, alike=alike) > _rank(old, alike=alike) else (old, new)
    post = replace(
        _with_pictures(best.post, other.post),
        id=old.post.id,
        title=other.post.title if _is_cut(best.title) and not _is_cut(other.title) else best.post.title,
        date=_known(best.post.date, other.post.date),
        url=best.post.url or other.post.url,
        aliases=tuple(
            dict.fromkeys((*old.post.aliases, *new.post.aliases, *filter(None, (old.post.url, new.post.url))))
        ),
        copies=(*old.post.copies, *((other.post.span,) if _equal(old, new) else ())),
        origins=tuple(dict.fromkeys((*_origins(old.post), *_origins(new.post)))),
    )
    _report(best, other, reporter)
    return replace(best, post=post)


def _equal(one: _Candidate, other: _Candidate) -> bool:
    return (one.title, one.body, type(one.post.status)) == (other.title, other.body, type(other.post.status))


def _is_cut(title: str) -> bool:
    """Whether the source itself cut the title short."""
    return title.endswith(("...", "…"))


def _rank(candidate: _Candidate, *, alike: bool) -> tuple[bool, int, int]:
    whole = isinstance(candidate.post.status, Complete)
    return whole, _markup(candidate.post) if alike else 0, len(candidate.body)


def _say_the_same(one: _Candidate, other: _Candidate) -> bool:
    """Whether neither text has more than a few words that the other has not."""
    fewer, more = sorted((_shingles(one.body), _shingles(other.body)), key=len)
    return len(fewer & more) >= _RETITLED * len(more)


def _left_out(other: _Candidate, best: _Candidate) -> tuple[str, ...]:
    """Return the passages of ``other`` that are not in the text of ``best``, nor anything like them."""
    unlike = [
        (passage, _shingles(folded))
        for passage, folded in zip(other.passages, other.folded, strict=True)
        if len(folded) >= _SHINGLE and folded not in best.body
    ]
    held = _shingles(best.body) if unlike else frozenset()
    return tuple(passage for passage, shingles in unlike if len(shingles & held) < _LEFT_OUT * len(shingles))


def _markup(post: Post) -> int:
    """Count what a flattened copy of a post has lost: pictures that were found, links, stress, notes."""
    inlines = inlines_of(post)
    return sum(bool(i.resource) if isinstance(i, Image) else type(i) not in LEAVES for i in inlines)


def _with_pictures(post: Post, other: Post) -> Post:
    """Return ``post`` with pictures of ``other`` in its figures that lost theirs, by the same words."""
    figures = (block for block in iter_blocks(other.blocks) if isinstance(block, Figure))
    found = {fold(_words(figure)): figure.image for figure in figures if figure.image and figure.image.resource}
    found.pop("", None)

    def filled(block: Block) -> Block:
        if not isinstance(block, Figure) or (block.image and block.image.resource):
            return block
        return replace(block, image=found.get(fold(_words(block)), block.image))

    return replace(post, blocks=change_blocks(post.blocks, filled)) if found else post


def _known(one: PostDate | None, other: PostDate | None) -> PostDate | None:
    if one is None or (one.year is None and other is not None):
        return other
    return one


def _origins(post: Post) -> tuple[str, ...]:
    return post.origins or (post.span.path,)


def _report(best: _Candidate, other: _Candidate, reporter: Reporter) -> None:
    title, post, where = source_text(best.post.title), best.post, best.post.span
    completed = isinstance(other.post.status, Truncated) and isinstance(post.status, Complete)
    if completed:
        code, message = Code.POST_COMPLETED, f"{title!r} is cut at {other.post.span} and was completed by {where}"
    else:
        code, message = Code.POST_TWICE, f"{title!r} is also at {where}, and the book has it once"
    differences = "; ".join(_differences(best, other, more=not completed))
    message = f"{message}; they differ: {differences}" if differences else message
    reporter.report(code, message, other.post.span, post=post.id)
    for passage in _left_out(other, best)[:_SHOWN]:
        message = f"the book has {title!r} as it is at {where}, which lacks: {passage.strip()!r:.200}"
        reporter.report(Code.PASSAGE_LEFT_OUT, message, other.post.span, post=post.id)


def _differences(best: _Candidate, other: _Candidate, *, more: bool) -> Iterator[str]:
    """Yield what ``other`` has between ``[-`` and ``-]`` and what the book has between ``{+`` and ``+}``.

    ``more``: what the book has more than the other is told too.
    """
    matcher = SequenceMatcher(None, other.folded, best.folded, autojunk=False)
    shown = 0
    for _, start, end, into, upto in matcher.get_opcodes():
        lost, taken = "".join(other.folded[start:end]), "".join(best.folded[into:upto])
        if lost == taken or (not more and lost in best.body):
            continue
        shown += 1
        if shown > _SHOWN:
            yield "…"
            return
        yield _difference("\n".join(other.passages[start:end]), "\n".join(best.passages[into:upto]))


def _difference(old: str, new: str) -> str:
    """Show two passages with what they begin and end with in common cut down."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    head, tail = old[:start], old[len(old) - end :]
    return f"{_end(head)}[-{old[start : len(old) - end]}-]{{+{new[start : len(new) - end]}+}}{_beginning(tail)}"


def _common(one: str, other: str) -> int:
    """Length of the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if fold(a) != fold(b)), min(len(one), len(other)))


def _end(text: str, width: int = 12) -> str:
    return text if len(text) <= width else f"…{text[-width:]}"


def _beginning(text: str, width: int = 12) -> str:
    return text if len(text) <= width else f"{text[:width]}…"


def _unique(candidates: list[_Candidate]) -> tuple[Post, ...]:
    """Give posts that share title and day, yet are different posts, ids that tell their years and texts apart."""
    shared = Counter(candidate.post.id for candidate in candidates)
    return tuple(
        candidate.post if shared[candidate.post.id] == 1 else replace(candidate.post, id=_other_id(candidate))
        for candidate in candidates
    )


def _other_id(candidate: _Candidate) -> str:
    """Return an id from all that tells posts of one day apart; posts that agree in it were merged."""
    post = candidate.post
    return hashed_id(f"{post.id} {post.date.year if post.date else None} {candidate.title} {candidate.body}")
