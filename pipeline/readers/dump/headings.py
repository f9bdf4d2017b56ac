"""Headings, which a dump does not mark: recognised by what they are and where they stand, not by their words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from pipeline.document import Heading
from pipeline.readers.dump.body import Body, Found
from pipeline.readers.dump.code import HASHES
from pipeline.readers.dump.code_tables import OPTION
from pipeline.readers.dump.equations import displayed_formula
from pipeline.readers.dump.inlines import parse_inlines, parse_line
from pipeline.readers.dump.lines import Chunk, stripped
from pipeline.readers.dump.lists import marker_of
from pipeline.readers.dump.outline import Candidate, limit
from pipeline.readers.dump.prose import CONNECTIVES, PARTICLES, blotted, ending, is_open, single_line, weight

_LABEL: Final = re.compile(
    r"(?:table|tab\.|figure|fig\.)\s*[0-9ivx]|(?:表格?|图|圖)\s*[0-9一二三四五六七八九十]", re.IGNORECASE
)
_LEADS: Final = re.compile(
    r"""(?:如下|所示|(?<![行作认何因])为|[是即]|[得看找]到|[改换写]成|(?:^|[中里上下内面后尾])加入)$
    | 如[下上]?[图圖表]\s*[0-9]*$
    | ^在.{4,}[中里上下]$
    | \b(?:is|are|be|was|were|to|that|as|and|or|the|where|which|then)$
    | ^(?:We|It|You|I|They|Let['’]?s|Let\ us)\ [a-z]""",
    re.VERBOSE,
)
"""How a line ends, or begins, that goes on in what is displayed below it: words of grammar, whatever it is about."""
_CLAUSE: Final = re.compile(
    rf"""^(?:考虑|代入|不妨|注意到|这里|等式?两[边端侧]|两[边端式]|如[\s\0])
    | (?:取对数|求.{{0,2}}导数?)$
    | ^(?:{PARTICLES}|{CONNECTIVES})(?:[\s\0]|$|.*[有得知为到式理])
    | [有得]$ | [てにばはをがでとち]$
    | ^[a-z]+$ | ^(?:then|thus|hence|so|if|for|with|since|by|from|now|suppose|consider|let)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A piece of a sentence that a displayed formula goes on with: conjunctions, and verbs that ask for what follows."""
_NOTE: Final = re.compile(r"\s*[(（][^()（）]+[)）]\s*$")
"""What a heading says once more, in another language often."""
_THEN: Final = re.compile(
    r"^(?:然后|接着|最后(?!的)|首先|其次|于是|再(?![谈见论会])|[也还就]?可以|只[需要]|现在|这[时里]|此时|[同这]样|或者?)"
)
"""How a line begins that tells a step, and then shows it."""
_COPULA: Final = re.compile(r"(?:(?<![就求皆])是|(?<![行作认何因])为|[即称])$")
"""How a paragraph ends whose sentence goes on in the line below it."""
_WORD: Final = re.compile(r"[a-z][a-z0-9.+-]*")
_TERM: Final = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")
_REPEATED: Final = 4  # what a line weighs at least that tells of its words whose they are
_ABOVE_FORMULA: Final = 10  # what a heading may weigh right above a displayed formula: of longer lines most lead to it
_LINE: Final = 34  # what a line of an enumeration may weigh; longer ones are paragraphs whose full stop is missing
_REACH: Final = 8  # chunks on each side that are looked at
_ROW: Final = 4  # headings of three levels may follow one another


def hashed_heading(body: Body, index: int) -> Found | None:
    """Take a line after hashes, as Markdown has them, for a heading, unless it is a comment beside code.

    A single hash, with which a title begins or a comment, heads only where others have more of them.
    """
    chunk = body.chunks[index]
    line = chunk.lines[0].strip()
    match = HASHES.match(line.text)
    if not match or not single_line(chunk) or ending(line.text) in ":：" or len(match["hashes"]) < body.hashes:
        return None
    if any(body.chunk(place) and body.code[place] for place in (index - 1, index + 1)):
        return None
    return (Heading(len(match["hashes"]) + 1 - body.hashes, parse_line(line.drop(match.end())), chunk.span),), index + 1


def heading(body: Body, index: int) -> Found | None:
    """Take a short line with text below it for a heading, unless what surrounds it claims it."""
    chunk, before, after = body.chunks[index], body.chunk(index - 1), body.chunk(index + 1)
    candidate = body.candidate(index)
    if not candidate or not after or after.lines[0].number == chunk.lines[0].number:  # cut on its own line
        return None
    shown = body.doubled(index + 1) or body.code[index + 1]
    displayed = body.displays(index + 1)
    if (displayed or body.has_table(index - 1)) and _LABEL.match(candidate.text):
        return None
    formula = displayed_formula(after) is not None or _only_formulas(after)
    leads = (displayed or formula) and (_LEADS.search(candidate.text) or (shown and _THEN.match(candidate.text)))
    if not candidate.kind and (leads or (formula and _goes_on(candidate)) or _in_a_row(body, index)):
        return None
    if index == 0 and not candidate.kind and _repeats_title(body, candidate):
        return None
    if before and not candidate.kind and _COPULA.search(before.text.rstrip()[-2:]):
        return None
    if not candidate.kind and (_is_entered(body, index) or _is_entered(body, index + 1)):
        return None
    introduced = before is not None and ending(before.text) in ":：,，"
    if candidate.weight > limit(candidate, body.outline, beside=introduced or shown):
        return None
    level = body.outline.levels.get((candidate.kind, candidate.depth), 1)
    return (Heading(level, parse_inlines(stripped(chunk.lines)), chunk.span),), index + 1


def _repeats_title(body: Body, candidate: Candidate) -> bool:
    """Whether a line has its words from the title of a post that numbers its headings: it is a title, too."""
    terms, title = (Counter(_TERM.findall(text.lower())) for text in (candidate.text, body.context.title))
    return candidate.weight >= _REPEATED and bool(body.outline.levels) and terms <= title


def _only_formulas(chunk: Chunk) -> bool:
    """Whether formulas stand alone, as some authors display them between single dollars."""
    return "$" in chunk.text and not blotted(chunk.text).strip(" \t\n\0,.;，。；")


def _goes_on(candidate: Candidate) -> bool:
    """Whether a line right above a displayed formula belongs to its sentence."""
    text = blotted(candidate.text)
    return weight(_NOTE.sub("", text)) > _ABOVE_FORMULA or _CLAUSE.search(text) is not None


def _is_entered(body: Body, index: int) -> bool:
    """Whether a line is a command in the midst of a sentence, which the paragraph above leaves open.

    A word alone may be one as well, but below a line that may be a heading, or a list, it heads what follows.
    """
    above, text = body.chunk(index - 1), body.chunks[index].text.strip()
    if not above or not body.outline.closes or body.code[index - 1] or not is_open(above):
        return False
    if _WORD.fullmatch(text):
        return body.candidate(index - 1) is None and marker_of(above.lines[0]) is None
    return body.candidate(index) is not None and text[:1].islower() and OPTION.search(text) is not None


def _in_a_row(body: Body, index: int) -> bool:
    """Whether four short lines and more follow one another, long ones that only lack a full stop between them.

    Then they enumerate something, or nobody ended a sentence here, and they head nothing.
    """
    found = 1
    for step in (-1, 1):
        for place in range(index + step, index + step * _REACH, step):
            candidate = _unnumbered(body, place)
            if found == _ROW or not candidate:
                break
            found += candidate.weight <= _LINE
    return found >= _ROW


def _unnumbered(body: Body, index: int) -> Candidate | None:
    """Return what a chunk would be as a heading without a number, if nothing else claims it."""
    candidate = body.candidate(index)
    if not candidate or candidate.kind or body.code[index] or body.doubled(index) or body.doubled(index - 1):
        return None
    return candidate
