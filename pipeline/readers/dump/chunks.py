"""Cut the body of a post into chunks, which blank lines separate, but not where a formula or a fence holds one.

A displayed formula may have a blank line inside (MathJax reads it, TeX does not); code between fences has many.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from pipeline.readers.dump.lines import Chunk, Line

FENCE: Final = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[\w+#.-]*)[ \t]*")
_DISPLAY: Final = re.compile(r"\\\\|\\(?P<edge>begin|end)\s*\{[a-zA-Z]+\*?\}|\\(?P<bracket>[\[\]])|(?P<dollars>\$\$)")
_PROSE: Final = re.compile(r"[。；？！]|[\u3400-\u9fff][，：,:]")
_FARTHEST: Final = 60  # lines after a blank one within which a formula must end

_Fences: TypeAlias = Mapping[int, int]
"""Fenced code: the row of the opening fence → the row after the closing one."""


def split_chunks(lines: Sequence[Line]) -> tuple[Chunk, ...]:
    """Return the chunks of ``lines`` in order; together they hold every line that is not blank."""
    fences = _fences(lines)
    chunks: list[Chunk] = []
    row = 0
    while row < len(lines):
        if lines[row].blank:
            row += 1
            continue
        end = fences.get(row) or _text_end(lines, row, fences)
        chunks.append(Chunk(tuple(lines[row:end])))
        row = end
    return tuple(chunks)


def _fences(lines: Sequence[Line]) -> _Fences:
    """Return where code stands between fences; a fence that nothing closes is no fence."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    openings = [
        (row, match) for row, line in enumerate(lines) if may_fence(line.text) and (match := FENCE.fullmatch(line.text))
    ]
    for row, match in openings:
        if not match["language"]:
            rows[match["fence"]].append(row)
    fences: dict[int, int] = {}
    after = 0
    for row, match in openings:
        closing = rows[match["fence"]]
        following = bisect_right(closing, row)
        if row >= after and following < len(closing):
            fences[row] = after = closing[following] + 1
    return fences


def may_fence(text: str) -> bool:
    """Whether a line may be a fence."""
    return "```" in text or "~~~" in text


def _text_end(lines: Sequence[Line], row: int, fences: _Fences) -> int:
    """Return the row after the chunk at ``row``: the next blank line or fence outside displayed formulas."""
    end = _next_blank(lines, row, fences)
    opened, dollars = _balance(lines[row:end])
    while (opened > 0 or dollars % 2) and (closing := _closing_chunk(lines, end, fences)):
        more_opened, more_dollars = _balance(lines[end:closing])
        opened, dollars, end = opened + more_opened, dollars + more_dollars, closing
    return end


def _next_blank(lines: Sequence[Line], row: int, fences: _Fences) -> int:
    while row < len(lines) and not lines[row].blank and row not in fences:
        row += 1
    return row


def _balance(lines: Sequence[Line]) -> tuple[int, int]:
    """Return how many more displays ``lines`` open than they close, and how often they have two dollars."""
    opened = dollars = 0
    for text in (line.text for line in lines if "\\" in line.text or "$$" in line.text):
        for match in _DISPLAY.finditer(text):
            dollars += match["dollars"] is not None
            opened += match["edge"] == "begin" or match["bracket"] == "["
            opened -= match["edge"] == "end" or match["bracket"] == "]"
    return opened, dollars


def _closing_chunk(lines: Sequence[Line], row: int, fences: _Fences) -> int | None:
    """Return the row after the chunk that ends an open formula; None when prose, or nothing, comes before its end."""
    for candidate in range(row, min(row + _FARTHEST, len(lines))):
        if _PROSE.search(lines[candidate].text) or candidate in fences:
            return None
        opened, dollars = _balance(lines[candidate : candidate + 1])
        if opened < 0 or dollars % 2:
            return _next_blank(lines, candidate, fences)
    return None
