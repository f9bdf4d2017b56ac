"""Headings, which a dump does not mark: recognised by what they are and where they stand, not by their words.

A heading is one short line that does not end as a sentence does, with text after it. How short is short depends on
how much speaks for it (a number before it) or against it (a clause, a question, a colon or a figure beside it), and
on the other headings of the post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.numerals import CHINESE
from pipeline.readers.dump.prose import URL, blotted, ending, has_cjk, single_line, weight

_LONGEST: Final = 200  # characters; a heading is not looked for in a longer line
_NUMBERED, _PLAIN, _CLAUSES, _QUESTION, _SHORT = 34, 20, 12, 14, 8
_USUAL: Final = 6  # the weight of a usual heading, while the post has not shown its own
_CLOSING: Final = frozenset("。．.,，;；:：、~～…>")
_SENTENCE: Final = re.compile(r"。.|[:：=]\s*\0")
_BRACKETED: Final = re.compile(r"[(（\[【<].*[)）\]】>]")
_NUMBERS: Final = re.compile(
    rf"""(?P<part>第[ ]?[0-9{CHINESE}]+[ ]?(?:部分|章|篇|讲|講|编|編)|(?:part|chapter)\s[0-9IVX]+\b)
    | (?P<chinese>[{CHINESE}]+[、.．])
    | (?P<section>第[ ]?[0-9{CHINESE}]+[ ]?(?:节|節)|§[ ]?[0-9]+|section\s[0-9]+\b)
    | (?P<bracketed>[(（][{CHINESE}]+[)）])
    | (?P<decimal>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+)[.、]?(?=[\s{{}}\u3400-\u9fff])
    | (?P<roman>[IVX]+\.(?=\s))
    | (?P<label>[^\W\d_]{{1,12}}[ ]?[0-9]+)[ ]?[:：]""",
    re.VERBOSE | re.IGNORECASE,
)
_KINDS: Final = ("part", "chinese", "roman", "section", "bracketed", "point", "decimal", "label")
"""From the highest kind of number to the lowest; "point" is the number of a point, used for a heading."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lines of a post that may be headings have in common: the evidence that they give one another."""

    usual: float  # the weight of a typical heading
    levels: Mapping[tuple[str, int], int]  # kind of number and its depth → level
    restarted: frozenset[str]  # words such as "Step" whose numbers come more than once; headings are numbered once
    points: frozenset[str] = frozenset()  # kinds of markers that number headings rather than points


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading; ``kind`` is how it is numbered, empty when it is not, as are the other two."""

    text: str
    weight: int
    kind: str = ""
    depth: int = 0
    label: str = ""


def candidate_of(chunk: Chunk) -> Candidate | None:
    """Return what a heading would be made of; None for a chunk that cannot be one, whatever stands around it."""
    text = chunk.text.strip()
    if not single_line(chunk) or len(text) > _LONGEST or URL.search(text) or _BRACKETED.fullmatch(text):
        return None
    prose = blotted(text)
    size = weight(prose)
    if not size or ending(prose) in _CLOSING or not prose.replace("\0", "").strip():
        return None
    if match := _NUMBERS.match(text):
        kind = match.lastgroup or ""
        return Candidate(text, size, kind, match[0].count(".") if kind == "decimal" else 0, match["label"] or "")
    return None if _SENTENCE.search(prose) else Candidate(text, size)


def plain_candidate(chunk: Chunk) -> bool:
    """Whether a chunk may be a heading without a number, by its form."""
    candidate = candidate_of(chunk)
    return candidate is not None and not candidate.kind and not marker_of(chunk.lines[0])


def outline_of(chunks: Sequence[Chunk]) -> Outline:
    """Weigh up all chunks of a post."""
    candidates = [candidate for chunk in chunks if not marker_of(chunk.lines[0]) and (candidate := candidate_of(chunk))]
    sizes = sorted(candidate.weight for candidate in candidates if not candidate.kind and candidate.weight <= _PLAIN)
    numbered = {(candidate.kind, candidate.depth) for candidate in candidates if candidate.kind}
    labels = Counter(candidate.label for candidate in candidates if candidate.label)
    order = sorted(numbered, key=lambda kind: (_KINDS.index(kind[0]), kind[1]))
    return Outline(
        usual=median(sizes) if sizes else _USUAL,
        levels={kind: level for level, kind in enumerate(order, 1)},
        restarted=frozenset(_word(label) for label, count in labels.items() if count > 1),
    )


def _word(label: str) -> str:
    return label.rstrip("0123456789 ")


def limit(candidate: Candidate, outline: Outline, *, beside: bool) -> float:
    """Return the weight up to which a candidate is a heading.

    Args:
        candidate: the line.
        outline: the evidence of its post.
        beside: whether a colon stands before it, or something displayed after it, that it may belong to.
    """
    if _word(candidate.label) in outline.restarted:
        return 0
    if candidate.kind:
        return _NUMBERED
    limits: list[float] = [_PLAIN]
    if re.search("[,，;；]", candidate.text):
        limits.append(_CLAUSES)
    if colon := re.search("[:：]", candidate.text):
        limits.append(_CLAUSES if has_cjk(candidate.text[colon.end() :]) else _SHORT)
    if ending(candidate.text) in "?？!！":
        limits.append(_SHORT if has_cjk(candidate.text) else _QUESTION)
    if beside:
        limits.append(max(_SHORT, 1.5 * outline.usual))
    return min(limits)
