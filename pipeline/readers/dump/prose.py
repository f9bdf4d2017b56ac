"""How running text looks from outside: its weight in words, how it ends, whether it is one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.readers.dump.inlines import TAG, masked
from pipeline.readers.dump.lines import Chunk
from pipeline.tex.delimiters import find_formulas

_UNITS: Final = re.compile(
    r"(?P<wide>[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff])"
    r"|(?P<word>[^\W_\u2e80-\U0003ffff]+(?:['’\-][^\W_\u2e80-\U0003ffff]+)*)|(?P<formula>\0+)"
)
_WEIGHTS: Final = {"wide": 1, "word": 2, "formula": 2}
_CLOSERS: Final = " \t\u3000\"'”’」』)）】]》>*∎□■"
_CJK: Final = re.compile(r"[\u3400-\u9fff]")
_CLAUSES: Final = re.compile(r"[\u3400-\u9fff][,，;；。]")
_TAGS: Final = re.compile(rf"(?:{TAG}\s*)+")
_LONG: Final = 40  # characters: more than a heading usually has
PARTICLES: Final = "[设令记取若当由对从则故而又即]"
CONNECTIVES: Final = (
    "其中|于是|所以|因[此为而]|从而|进而|此时|这时|根据|利用|显然|假设|满足|[例比]如|首先|其次|然后|接着|最[后终]|先有"
    "|整理|化简|[解求可易]得|同理|类似|反之|否则|这里|那么|结果|よって|ゆえに|結局|すなわち|したがって"
)
"""How pieces of sentences begin that formulas belong to, for patterns: one character may begin any word as well."""
URL: Final = re.compile(r"https?://|www\.")


def blotted(text: str) -> str:
    """Return ``text`` with its formulas blotted out."""
    return masked(text, find_formulas(text)) if "$" in text or "\\" in text else text


def weight(text: str) -> int:
    """Return how much there is to read in blotted text: one a Chinese character, two a word or a formula."""
    return sum(_WEIGHTS[match.lastgroup or "wide"] for match in _UNITS.finditer(text))


def ending(text: str) -> str:
    """Return the last character of ``text`` that is no white space, bracket or quotation mark."""
    return text.rstrip(_CLOSERS)[-1:]


def leads_on(chunk: Chunk) -> bool:
    """Whether a paragraph ends in a colon, or without any mark: something that belongs to it follows."""
    last = blotted(chunk.text).rstrip()[-1:]
    return last in ":：" or (last.isalnum() and len(chunk.text) > _LONG and not URL.search(chunk.lines[-1].text))


def single_line(chunk: Chunk) -> bool:
    """Whether a chunk is one line."""
    return len(chunk.lines) == 1


def has_cjk(text: str) -> bool:
    """Whether a Chinese character is in ``text``."""
    return _CJK.search(text) is not None


def is_open(chunk: Chunk) -> bool:
    """Whether a chunk of several clauses in Chinese ends without a mark."""
    return has_cjk(chunk.text.rstrip()[-1:]) and _has_clauses(chunk)


def closes(chunks: Sequence[Chunk]) -> bool:
    """Whether at least half of the chunks with marks between Chinese clauses end in one."""
    return 2 * sum(map(is_open, chunks)) <= sum(map(_has_clauses, chunks))


def _has_clauses(chunk: Chunk) -> bool:
    return _CLAUSES.search(chunk.text) is not None


def only_tags(text: str) -> bool:
    """Whether there is nothing but tags of HTML in ``text``."""
    return _TAGS.fullmatch(text.strip()) is not None
