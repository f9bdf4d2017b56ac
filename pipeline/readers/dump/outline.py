"""The lines of a post that may be headings, and what they tell about one another.

A heading is one short line that does not end as a sentence does. How short is short depends on how much speaks for
it (a number before it) or against it (a clause, a question, something displayed beside it), and on how long the other
headings of the post are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.readers.dump.dates import parse_date_line
from pipeline.readers.dump.heading_numbers import heading_points
from pipeline.readers.dump.lines import Chunk
from pipeline.readers.dump.lists import Marker, marker_of
from pipeline.readers.dump.numerals import CHINESE
from pipeline.readers.dump.prose import (
    CONNECTIVES,
    PARTICLES,
    URL,
    blotted,
    closes,
    ending,
    has_cjk,
    single_line,
    weight,
)
from pipeline.tex.delimiters import find_formulas

_LONGEST: Final = 200  # characters; a heading is not looked for in a longer line
_NUMBERED: Final = 34  # what a heading may weigh (prose.weight) with a number before it, without one, …
_PLAIN: Final = 20  # measured: at most 10 in the Chinese posts this was made with; English needs more room
_CLAUSES: Final = 12  # … of several clauses, …
_QUESTION: Final = 14  # … as a question in Latin letters, or in a post that asks more of them, …
_SHORT: Final = 8  # … with something against it, …
_EXCLAMATION: Final = 4  # … as an exclamation
_ASKED: Final = 3  # so many questions, each with text below it, are how a post heads its parts
_DAYS: Final = 2
_USUAL: Final = 6  # the weight of a usual heading, while the post has not shown its own
_CLOSING: Final = frozenset("。．.,，;；:：、~～…>")
_SENTENCE: Final = re.compile(r"。.|[a-z]{4}\. [A-Z]|[:：=]\s*\0|\$\$|\\")  # or TeX that is no formula
_CREDIT: Final = re.compile(
    r"(?:本文)?(?:作者|译者|编辑|出处|原文|字数|标签|(?:阅读|浏览)(?:次数|时长|[量数])|author|by|tags?|categories)\s?[:：]"
    r"|分类于\s|(?:来源|source)\s?[:：]\s?(?:《|https?:|.{1,6}$)|[转摘]载?自(?![己然行由])",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"(?:[—–]{1,6}|--) ?[^\W\d_]")  # who said what is quoted above
_PART: Final = re.compile(
    r"^(?:and|or|but|so|where|which|because|since|hence|thus)\b|\b(?:that|the|and|or|because|if)$"
    r"|^\0+\s?(?:[是为](?!什么|何|否|不是)|表示|代表)|^[或和与及即且]$|^是不是|^进一步地|^[(（]?[0-9]{1,3}[)）]|[,，].*我们(?!的)"
    r"|[,，] ?(?:但是|[则若]|.{0,2}(?<![没值不难懂觉舍获])[有得]$)|^虽然.*[,，]"
    r"|(?:(?<![行作认何因华无有能而])为|.{4}(?<![就求为皆一])是)$"
)  # of a sentence: it goes on, or went before; a number in brackets that marks no point names an equation
_PROOF: Final = re.compile(
    r"^(?:[注证解按]|备注|附注|Remark|Note)[:：]\s?\S|^Proof[:：.。]\s?(?:[a-z]|$)"
    r"|^证明[:：.。]\s?(?:[略由因见同易设令从显]|(?-i:[a-z])|$)"
    r"|(?:[□∎■◻◼]|\\(?:qed|square|Box|blacksquare)\$)$"
    r"|(?:^|[…。.!！?？])\s?[(（\[【](?:未完|待续|未完待续|to be continued)[)）\]】]$",
    re.IGNORECASE,
)  # what is said under a heading in a line or two, or ends what was said
_RELATION: Final = re.compile(r"[=<>]|\\(?:leq?|geq?|lt|gt|approx|equiv|neq?|sim|propto)\b")
_EQUATION: Final = re.compile(
    r"""(?:^[A-Za-z]\w{0,3}|[:：].*)(?<![=!<>])\s?=(?!=)
    | ^\w+\s?=\s?[-0-9.]
    | (?<![=!<>])=(?!=).*[-+*/×÷=]
    """,
    re.VERBOSE,
)  # AP=…, 精度=0.9, 速度=路程÷时间
_STATEMENT: Final = re.compile(rf"^(?:{PARTICLES}\s?\0|(?:{CONNECTIVES}))|[,，:：]")
"""What a line has that ends in an equation and says so: several clauses, or a word that ties it to what went before."""
_FORMATS: Final = "zip|rar|7z|t?gz|pdf|docx?|xlsx?|pptx?|mp[34]|exe|apk"
_FILE: Final = re.compile(rf"[:：]\s?[A-Za-z0-9_./-]+\.(?:txt|csv|{_FORMATS})$")
_ATTACHED: Final = re.compile(
    rf"(?:^|\s)[A-Za-z0-9_.-]+\.(?:{_FORMATS})$"
)  # a file to take along, its name in several words
_COPULA: Final = re.compile(r"[为是指即作成]\s*\0+\s*$")
_VALUE: Final = re.compile(
    r"(?:[a-z_]\w{0,30}[:：]\s?)?[-+]?[0-9][0-9.,]*(?:e[-+]?[0-9]+)?%?"
    r"|[A-Za-z_]\w*(?:\.[a-z_]\w*)+|(?:[\w.-]+/)+[\w-]+\.[a-z0-9]{2,4}"
)  # what a program printed ("loss: 0.5"), x.shape, or the path of a file
_DAY: Final = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日\s")  # what happened that day is told below
_BRACKETED: Final = re.compile(r"[(（\[<].*[)）\]>]|【.{12,}】")  # a note; 【a short one】 may be a heading
_ORNAMENT: Final = re.compile(r"^[^\w\s(（§\0]+\s+")  # such as an emoji before the heading
_NUMBERS: Final = re.compile(
    rf"""(?P<part>第[ ]?[0-9{CHINESE}]+[ ]?(?:部分|章|篇|讲|講|编|編)|(?:part|chapter)\s[0-9IVX]+\b)
    | (?P<chinese>[{CHINESE}]+[、.．])
    | (?P<section>第[ ]?[0-9{CHINESE}]+[ ]?(?:节|節)|§[ ]?[0-9]+|section\s[0-9]+\b)
    | (?P<bracketed>[(（][{CHINESE}]+[)）])
    | (?P<decimal>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+)[.、]?(?=[\s{{}}\u3400-\u9fff])
    | (?P<roman>[IVX]+\.(?=\s))
    | (?P<label>[^\W\d_]{{1,12}}[ ]?[0-9]+(?:[-–~][0-9]+)?)[ ]?[:：]""",
    re.VERBOSE | re.IGNORECASE,
)
_KINDS: Final = ("part", "chinese", "roman", "section", "bracketed", "point", "decimal", "label")
"""From the highest kind of number to the lowest; "point" is the number of a point, used for a heading."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading. ``kind`` is how it is numbered; when it is not, that and all below is empty."""

    text: str
    weight: int
    kind: str = ""
    depth: int = 0
    label: str = ""
    marker: Marker | None = None
    day: bool = False  # whether it is a day, and nothing but it


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lines of a post that may be headings have in common: the evidence that they give one another."""

    candidates: tuple[Candidate | None, ...]  # for each chunk
    usual: float  # the weight of a typical heading
    levels: Mapping[tuple[str, int], int]  # kind of number and its depth → level
    restarted: frozenset[str]  # words such as "Step" whose numbers come more than once; headings are numbered once
    asks: bool  # whether the post heads its parts with questions
    closes: bool  # whether its paragraphs use to end in a mark, so that one without goes on below
    dated: bool = False  # whether several days stand on lines of their own, so that each heads what happened on it
    points: frozenset[int] = frozenset()  # the chunks whose marker numbers a heading rather than a point


def candidate_of(chunk: Chunk) -> Candidate | None:
    """Return what a heading would be made of; None for a chunk that cannot be one, whatever stands around it."""
    text = chunk.text.strip()
    if not single_line(chunk) or len(text) > _LONGEST or ending(text) in _CLOSING:  # no formula ends in one of these
        return None
    if any(found(text) for found in (URL.search, _BRACKETED.fullmatch, _ASIDE.match, _CREDIT.match, _PROOF.search)):
        return None
    prose = blotted(text)
    if (
        ending(prose) in _CLOSING
        or _VALUE.fullmatch(prose)
        or _FILE.search(prose)
        or not prose.replace("\0", "").strip()
        or not (size := weight(prose))
    ):
        return None
    if marker := marker_of(chunk.lines[0]):
        depth = marker.text.count(".") if marker.kind == "decimal" else 0
        return Candidate(text, size, "point", depth, marker=marker)
    if match := _NUMBERS.match(_ORNAMENT.sub("", text, count=1)):
        depth = (match["decimal"] or "").count(".")
        return Candidate(text, size, match.lastgroup or "", depth, match["label"] or "")
    if any(found(prose) for found in (_SENTENCE.search, _PART.search, _ATTACHED.search)) or _states(text, prose):
        return None
    if "\0" in prose and any(formula.delimiters.display for formula in find_formulas(text)):
        return None  # the words around a displayed formula are the sentence that it belongs to
    return Candidate(text, size, day=parse_date_line(text) is not None)


def _states(text: str, prose: str) -> bool:
    """Whether a line says of something what it is: an equation, or one behind a clause, a connective or a verb."""
    if "=" in prose:
        return not has_cjk(prose) or _EQUATION.search(prose) is not None
    if not prose.rstrip().endswith("\0"):
        return False
    stated = _STATEMENT.search(prose) and _RELATION.search(find_formulas(text)[-1].tex)
    return bool(stated) or _COPULA.search(prose) is not None


def outline_of(chunks: Sequence[Chunk]) -> Outline:
    """Weigh up all chunks of a post."""
    all_candidates = tuple(map(candidate_of, chunks))
    weights = [candidate.weight if candidate else None for candidate in all_candidates]
    points = heading_points(chunks, weights, longest=_NUMBERED, usual=_PLAIN)
    candidates = [
        candidate
        for index, candidate in enumerate(all_candidates)
        if candidate and (not candidate.marker or index in points)
    ]
    sizes = sorted(candidate.weight for candidate in candidates if not candidate.kind and candidate.weight <= _PLAIN)
    numbered = {(candidate.kind, candidate.depth) for candidate in candidates if candidate.kind}
    labels = Counter(candidate.label for candidate in candidates if candidate.label)
    order = sorted(numbered, key=lambda kind: (_KINDS.index(kind[0]), kind[1]))
    return Outline(
        candidates=all_candidates,
        usual=median(sizes) if sizes else _USUAL,
        levels={kind: level for level, kind in enumerate(order, 1)},
        restarted=frozenset(_word(label) for label, count in labels.items() if count > 1),
        asks=sum(map(_asks_above_text, all_candidates, all_candidates[1:])) >= _ASKED,
        closes=closes(chunks),
        dated=sum(candidate.day for candidate in candidates) >= _DAYS,
        points=points,
    )


def _asks_above_text(candidate: Candidate | None, below: Candidate | None) -> bool:
    """Whether a line is a short question, and none that may be a heading follows it."""
    return below is None and candidate is not None and candidate.weight <= _QUESTION and _is_question(candidate)


def _is_question(candidate: Candidate) -> bool:
    return candidate.text[-1:] in "?？" and not re.search("[,，;；:：]", candidate.text)


def _word(label: str) -> str:
    return label.rstrip("0123456789-–~ ")


def limit(candidate: Candidate, outline: Outline, *, beside: bool) -> float:
    """Return the weight up to which a candidate is a heading.

    Args:
        candidate: the line.
        outline: the evidence of its post.
        beside: whether a colon stands before it, or something displayed after it, that it may belong to.
    """
    if _word(candidate.label) in outline.restarted or (candidate.day and not outline.dated):
        return 0
    if candidate.kind:
        return _PLAIN if candidate.label and re.search("[,，;；]", candidate.text) else _NUMBERED
    limits: list[float] = [_PLAIN]
    if re.search("[,，;；]", candidate.text):
        limits.append(_CLAUSES)
    if colon := re.search("[:：]", candidate.text):
        limits.append(_CLAUSES if has_cjk(candidate.text[colon.end() :]) else _SHORT)
    if ending(candidate.text) in "?？":
        asked = not has_cjk(candidate.text) or (outline.asks and _is_question(candidate))
        limits.append(_QUESTION if asked else _SHORT)
    if ending(candidate.text) in "!！":
        limits.append(_EXCLAMATION)
    if candidate.text[:1].islower() and not has_cjk(candidate.text):
        limits.append(_SHORT)
    if beside and not _DAY.match(candidate.text):
        limits.append(max(_SHORT, 1.5 * outline.usual))
    return min(limits)
